import type {StoredConversation, StoredTurn} from '../../transcripts/stored.js';
import {type Draft, draftOf, joinDrafts} from '../composer/draft.js';
import type {NewEntry, State} from '../state.js';
import {append, notice, type Step, stay, then, without} from '../step.js';
import {belongsTo, type Conversation, deliveryOf, inFreshSession, isBlank, nameOf} from './conversation.js';
import {heardOnDisk} from './heard-turns.js';
import {leaveBehind} from './leave-conversation.js';
import {messagesOf} from './remembered-turns.js';
import {lastScreenful, replay} from './replay.js';

/** A conversation as it was read back. Memory keeps of it what the screen shows and what the agent may have to be told. */
export interface OpenedConversation {
	readonly stored: StoredConversation;
	/** Fresh: keeps the ids of this process apart from those of others. */
	readonly tag: string;
	readonly draft?: Draft;
	/** The terminal. */
	readonly room: {readonly columns: number; readonly rows: number};
	/** A question to show, besides the end. */
	readonly at?: string;
	/** It is a copy of the conversation that was open, or of another one. */
	readonly isFork?: true;
}

/** Puts a stored conversation in the place of the one that is open. What was not sent stays with that one, as its draft. */
export function openConversation(state: State, opened: OpenedConversation): Step {
	if (opened.stored.id === state.conversation.id) return showAgain(state, opened);
	return then(leaveBehind(state), current => stay(showOpened(enter(current, opened), opened)));
}

/** The state in the conversation, before anything of it is shown. What was typed for none yet follows what waits there. */
function enter(state: State, opened: OpenedConversation): State {
	const {stored, tag} = opened;
	const turns = turnsOf(stored);
	const remembered = messagesOf(turns);
	const {agent, model} = stored;
	const {[stored.id]: draft, ...others} = keepDraft(state, opened).leftDrafts ?? {};
	return {
		...without(state, 'agent', 'model', 'thinking', 'waitsForConversation', 'leftDrafts'),
		...(Object.keys(others).length > 0 && {leftDrafts: others}),
		conversation: conversationOf(stored, turns, remembered, tag, state),
		...(agent !== undefined && {agent}),
		...(model !== undefined && {model}),
		turns: remembered,
		...(draft !== undefined && {draft: joinDrafts([draft, state.draft])}),
	};
}

/** What waits for a conversation on disk was taken over when that was read: it is kept for it, whether it is opened now or later. */
export function keepDraft(state: State, {stored, draft}: OpenedConversation): State {
	if (draft === undefined) return state;
	const kept = state.leftDrafts?.[stored.id];
	return {...state, leftDrafts: {...state.leftDrafts, [stored.id]: kept === undefined ? draft : joinDrafts([draft, kept])}};
}

function turnsOf({entries}: StoredConversation): readonly StoredTurn[] {
	return entries.filter(entry => entry.kind === 'turn');
}

function conversationOf(
	stored: StoredConversation,
	turns: readonly StoredTurn[],
	remembered: State['turns'],
	tag: string,
	{place}: State,
): Conversation {
	const {id, sessionKey, name, origin, profile} = stored;
	const last = turns.at(-1);
	const begun = stored.entries.findLast(entry => entry.kind === 'session');
	const older = begun?.sessionKey === sessionKey ? begun.older : undefined;
	const conversation: Conversation = {
		id,
		sessionKey,
		asked: 0,
		ephemeral: false,
		isStored: true,
		tag,
		heard: heardOnDisk(turns),
		...(older !== undefined && {older}),
		...(name !== undefined && {name}),
		...(last !== undefined && {last: lastOf(last)}),
		...(!belongsTo(stored, place) && {elsewhere: {origin: origin ?? unknownOrigin, ...(profile !== undefined && {profile})}}),
	};
	const inSession = turnsInSession(stored);
	if (inSession === 'many' || turns.length === 0) return conversation;
	if (inSession === 'none') return {...conversation, fresh: {why: 'fork', seed: remembered, isRecorded: true}};
	// Whether the gateway took the only question of this session is not known: another session is told everything, this one would hear it twice.
	return inFreshSession(conversation, 'opened', remembered);
}

/** Whether the session knows of what was said: questions that it got, after the conversation went over to it. */
function turnsInSession({entries}: StoredConversation): 'none' | 'unknown' | 'many' {
	const begin = entries.findLastIndex(({kind}) => kind === 'session' || kind === 'forked');
	const begun = entries[begin];
	// One that was begun elsewhere is not new to the gateway, whatever of it is here.
	if (begun === undefined || (begun.kind === 'session' && begun.why === 'elsewhere')) return 'many';
	const asked = entries.slice(begin + 1).filter(entry => entry.kind === 'turn');
	const deliveries = asked.map(({answer}) => deliveryOf(answer?.ended, cameOf(answer)));
	if (deliveries.includes('sure')) return 'many';
	return deliveries.includes('unknown') ? 'unknown' : 'none';
}

function cameOf(answer: StoredTurn['answer']) {
	return {text: answer?.text ?? '', hadTools: (answer?.tools ?? []).length > 0};
}

function lastOf({questionId, question, answer}: StoredTurn): NonNullable<Conversation['last']> {
	return {
		id: questionId,
		// As it was typed: what begins with a slash would be a command.
		draft: draftOf(question.startsWith('/') ? `/${question}` : question),
		isTurn: answer !== undefined && answer.text !== '',
		isDelivered: deliveryOf(answer?.ended, cameOf(answer)) !== 'none',
		isWhole: answer?.ended === 'complete' && answer.finishReason === 'stop',
		...(answer?.ended === 'cancelled' && isBlank(cameOf(answer)) && {isBlank: true}),
	};
}

/** What stands on the screen when it was opened: where it is from, its last screenful, and what there is to know. */
function showOpened(state: State, opened: OpenedConversation): State {
	const {stored, isFork} = opened;
	if (isFork) return notice(state, forkWords(state, stored));
	const {found, left, entries} = partsOf(opened);
	const head: NewEntry = {kind: 'notice', text: headWords(stored, left, state.conversation.older)};
	const shown = append(state, head, ...found, ...entries);
	const told = elsewhereWords(shown.conversation) ?? tailWords(shown, stored);
	return told === undefined ? shown : notice(shown, told);
}

function partsOf({stored, room, at}: OpenedConversation): {found: readonly NewEntry[]; left: number; entries: readonly NewEntry[]} {
	const turns = turnsOf(stored);
	const index = at === undefined ? -1 : turns.findIndex(({questionId}) => questionId === at);
	const {entries, left} = lastScreenful(turns, {...room, rows: index === -1 ? room.rows : Math.ceil(room.rows / 2)});
	const place = turns[index];
	if (place === undefined || index >= left) return {found: [], left: left + stored.earlierTurns, entries};
	const where = `Found: message ${stored.earlierTurns + index + 1} of ${stored.asked}.`;
	return {
		found: [{kind: 'notice', text: where}, ...replay([place]), {kind: 'notice', text: 'And this is how the conversation ends:'}],
		left: left + stored.earlierTurns,
		entries,
	};
}

function headWords({name, id, title, asked}: StoredConversation, left: number, older = 0): string {
	const called = name === undefined ? `“${title}”` : name;
	const earlier = left === 0 ? '' : ` ${left} earlier ${left === 1 ? 'one is' : 'ones are'} not shown: /less shows all.`;
	return `Conversation ${called} (${id.slice(0, 8)}), ${asked} ${asked === 1 ? 'question' : 'questions'}.${earlier}${older === 0 ? '' : ' The gateway keeps what was said before: /earlier.'}`;
}

/** What is said below the screenful: an address that has changed, lines that could not be read. */
function tailWords({place}: State, {origin, profile, unreadable}: StoredConversation): string | undefined {
	const moved =
		profile !== undefined && origin !== undefined && origin !== place.origin
			? [`It began at ${origin}; profile ${profile} is at ${place.origin} now. If that is another gateway, it knows nothing of this.`]
			: [];
	const {tornBytes, brokenLines} = unreadable;
	const damaged = tornBytes + brokenLines > 0 ? ['A part of its file is not readable; it stays there as it is.'] : [];
	return moved.length + damaged.length === 0 ? undefined : [...moved, ...damaged].join(' ');
}

/** The file does not say, or not in the form of an address. */
const unknownOrigin = 'an unknown one';

/** Why nothing is sent, and what can be done. */
export function elsewhereWords({elsewhere, id}: Conversation): string | undefined {
	if (elsewhere === undefined) return undefined;
	const {profile, origin} = elsewhere;
	const whose = profile === undefined ? origin : `profile ${profile}, ${origin}`;
	const flag = profile === undefined ? `--gateway ${origin}` : `--profile ${profile}`;
	const there = profile === undefined && origin === unknownOrigin ? '' : `There: \`clawtalk ${flag} --resume ${id}\`. `;
	return [
		`It belongs to another gateway (${whose}): nothing of it is sent to the one that you are talking to.`,
		`${there}Here: /fork goes on with a copy, which this gateway is told.`,
	].join('\n');
}

function forkWords({conversation, turns}: State, {forkedFrom}: StoredConversation): string {
	const back = forkedFrom === undefined ? '' : ` /resume ${forkedFrom.slice(0, 8)} goes back.`;
	return `A copy of the conversation so far (${nameOf(conversation)}), in a session of its own: its agent is told the last ${turns.length} messages with your next one, and nothing of what was done besides.${back}`;
}

/** A hit in the conversation that is open already: its place is shown. Nothing changes, but that text comes back which another clawtalk left there. */
function showAgain(state: State, {stored, at, draft}: OpenedConversation): Step {
	const rest: State = {
		...without(state, 'waitsForConversation'),
		...(draft !== undefined && {draft: joinDrafts([draft, state.draft])}),
	};
	const turns = turnsOf(stored);
	const index = turns.findIndex(({questionId}) => questionId === at);
	const place = turns[index];
	if (place === undefined) return [notice(rest, 'This conversation is open already.'), []];
	const where = `Message ${stored.earlierTurns + index + 1} of ${stored.asked} of this conversation:`;
	return [append(rest, {kind: 'notice', text: where}, ...replay([place]), {kind: 'notice', text: 'The conversation goes on here.'}), []];
}
