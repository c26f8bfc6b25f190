import type {StoredConversation, StoredTurn} from '../transcripts/stored.js';
import {belongsTo, type Conversation, inFreshSession, nameOf, withoutIn} from './conversation.js';
import {type Draft, draftOf, emptyDraft} from './draft.js';
import {unsent} from './queue.js';
import {messagesOf} from './remembered-turns.js';
import {lastScreenful, replay} from './replay.js';
import type {NewEntry, State} from './state.js';
import {append, notice, type Step, then, without} from './step.js';

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
	const left = leaveBehind(state);
	return then(left, current => [showOpened(enter(current, opened), opened), []]);
}

/** The state in the conversation, before anything of it is shown. */
export function enter(state: State, {stored, tag, draft}: OpenedConversation): State {
	const turns = turnsOf(stored);
	const remembered = messagesOf(turns);
	const {agent, model} = stored;
	return {
		...without(state, 'agent', 'model', 'waitsForConversation'),
		conversation: conversationOf(stored, turns, remembered, tag, state),
		...(agent !== undefined && {agent}),
		...(model !== undefined && {model}),
		turns: remembered,
		queue: [],
		queueHeld: false,
		draft: state.leftDrafts?.[stored.id] ?? draft ?? emptyDraft,
	};
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
	const conversation: Conversation = {
		id,
		sessionKey,
		asked: 0,
		ephemeral: false,
		isStored: true,
		tag,
		...(name !== undefined && {name}),
		...(last !== undefined && {last: lastOf(last)}),
		...(!belongsTo(stored, place) && {elsewhere: {origin: origin ?? 'an unknown gateway', ...(profile !== undefined && {profile})}}),
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
	if (begin === -1) return 'many';
	const asked = entries.slice(begin + 1).filter(entry => entry.kind === 'turn');
	if (asked.some(({answer}) => answer !== undefined && isDelivered(answer))) return 'many';
	return asked.some(({answer}) => answer === undefined) ? 'unknown' : 'none';
}

function isDelivered({ended, text}: NonNullable<StoredTurn['answer']>): boolean {
	return text !== '' || (ended !== 'refused' && ended !== 'unreachable');
}

function lastOf({questionId, question, answer}: StoredTurn): NonNullable<Conversation['last']> {
	return {
		id: questionId,
		draft: draftOf(question),
		isTurn: answer !== undefined && answer.text !== '',
		isDelivered: answer === undefined || isDelivered(answer),
		isWhole: answer?.ended === 'complete' && answer.finishReason === 'stop',
	};
}

/** What stands on the screen when it was opened: where it is from, its last screenful, and what there is to know. */
function showOpened(state: State, opened: OpenedConversation): State {
	const {stored, isFork} = opened;
	if (isFork) return notice(state, forkWords(state, stored));
	const {found, left, entries} = partsOf(opened);
	const head: NewEntry = {kind: 'notice', text: headWords(stored, left)};
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

function headWords({name, id, title, asked}: StoredConversation, left: number): string {
	const called = name === undefined ? `“${title}”` : name;
	const earlier = left === 0 ? '' : ` ${left} earlier ${left === 1 ? 'one is' : 'ones are'} not shown: /less shows all.`;
	return `Conversation ${called} (${id.slice(0, 8)}), ${asked} ${asked === 1 ? 'question' : 'questions'}.${earlier}`;
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

/** Why nothing is sent, and what can be done. */
export function elsewhereWords({elsewhere, id}: Conversation): string | undefined {
	if (elsewhere === undefined) return undefined;
	const {profile, origin} = elsewhere;
	const whose = profile === undefined ? origin : `profile ${profile}, ${origin}`;
	const flag = profile === undefined ? `--gateway ${origin}` : `--profile ${profile}`;
	return [
		`It belongs to another gateway (${whose}): nothing of it is sent to the one that you are talking to.`,
		`There: \`clawtalk ${flag} --resume ${id}\`. Here: /fork goes on with a copy, which this gateway is told.`,
	].join('\n');
}

function forkWords({conversation, turns}: State, {forkedFrom}: StoredConversation): string {
	const back = forkedFrom === undefined ? '' : ` /resume ${forkedFrom.slice(0, 8)} goes back.`;
	return `A copy of the conversation so far (${nameOf(conversation)}), in a session of its own: its agent is told the last ${turns.length} messages with your next one, and nothing of what was done besides.${back}`;
}

/** A hit in the conversation that is open already: its place is shown, nothing changes. */
function showAgain(state: State, {stored, at}: OpenedConversation): Step {
	const rest: State = without(state, 'waitsForConversation');
	const turns = turnsOf(stored);
	const index = turns.findIndex(({questionId}) => questionId === at);
	const place = turns[index];
	if (place === undefined) return [notice(rest, 'This conversation is open already.'), []];
	const where = `Message ${stored.earlierTurns + index + 1} of ${stored.asked} of this conversation:`;
	return [append(rest, {kind: 'notice', text: where}, ...replay([place]), {kind: 'notice', text: 'The conversation goes on here.'}), []];
}

/** What was not sent stays with its conversation. One that was never begun has no draft to come back to: that is carried along. */
export function leaveBehind(state: State): Step {
	const {conversation} = state;
	const draft = unsent(state);
	const rest: State = {...state, conversation: withoutIn(conversation, 'replacing')};
	if (draft.text === '' || !isBegun(conversation)) return [rest, []];
	const kept = `What was not sent stays with the conversation that you leave: /resume ${conversation.id.slice(0, 8)} shows it.`;
	const leftDrafts = {...state.leftDrafts, [conversation.id]: draft};
	return [notice({...rest, queue: [], queueHeld: false, draft: emptyDraft, leftDrafts}, kept), []];
}

/** Whether it has a file, or is about to. */
export function isBegun({asked, isStored, ephemeral}: Conversation): boolean {
	return !ephemeral && (asked > 0 || isStored === true);
}
