import type {Question} from '../../gateway/transport.js';
import type {ConversationRecord} from '../../transcripts/record.js';
import type {Command} from '../command.js';
import {type Draft, draftOf} from '../composer/draft.js';
import type {Outgoing} from '../composer/piece.js';
import {type Conversation, nextQuestionId} from '../conversation/conversation.js';
import {heardTurn, withHeard} from '../conversation/heard-turns.js';
import type {State} from '../state.js';
import {append, type Step, without} from '../step.js';
import {emptyScan} from './blocks.js';

/**
 * Sends one question now. Its record is ordered before it goes out; nobody waits for the disk.
 *
 * @param draft As it was typed: what is shown, and what comes back to the composer when the question does not arrive.
 */
export function ask(state: State, {text, images}: Outgoing, draft: Draft = draftOf(text)): Step {
	const {conversation, now} = state;
	const id = nextQuestionId(conversation);
	const next = append(
		{
			...state,
			conversation: askedIn(conversation, id, text, now),
			answer: {
				questionId: id,
				question: text,
				draft,
				...(state.agent !== undefined && {agent: state.agent}),
				...(state.model !== undefined && {askedModel: state.model}),
				askedAt: now,
				phase: 'sending',
				text: '',
				scan: emptyScan,
				savedLength: 0,
				begun: false,
				lastByteAt: now,
				tools: [],
			},
		},
		{kind: 'question', text: draft.pieces === undefined ? text : draft.text},
	);
	const send: Command = {type: 'send-question', question: questionOf(state, id, text), ...(images.length > 0 && {images})};
	return [next, [...recordsOf(state, id, text, images), send]];
}

/** From now on its file is begun, its session written down, and a question that was replaced is replaced. */
function askedIn(conversation: Conversation, id: string, text: string, now: number): Conversation {
	const {fresh} = conversation;
	const heard = withHeard(conversation.heard, heardTurn(id, text, now, true));
	const asked = {...without(conversation, 'replacing', 'unwritten'), asked: conversation.asked + 1, heard};
	return fresh === undefined ? asked : {...asked, fresh: {...fresh, isRecorded: true}};
}

function questionOf({conversation, turns, agent, model, thinking}: State, id: string, text: string): Question {
	return {
		id,
		idempotencyKey: id,
		text,
		images: [],
		history: turns,
		sessionKey: conversation.sessionKey,
		...(conversation.fresh && {seed: conversation.fresh.seed}),
		...(agent !== undefined && {agent}),
		...(model !== undefined && {model}),
		...(thinking !== undefined && {thinking}),
	};
}

/** The question's record; the first question begins the file. */
function recordsOf(state: State, id: string, text: string, images: Outgoing['images']): readonly Command[] {
	const {conversation, agent, model} = state;
	const at = new Date(state.now).toISOString();
	const named = {...(agent !== undefined && {agent}), ...(model !== undefined && {model})};
	const attachments = images.map(({path, mediaType, bytes}) => ({name: path, mediaType, bytes}));
	const question = appendRecord(state, {
		kind: 'question',
		id,
		at,
		text,
		...named,
		...(attachments.length > 0 && {attachments}),
		...(conversation.replacing !== undefined && {replaces: conversation.replacing}),
	});
	return [...beginningOf(state), ...sessionOf(state), question];
}

/** What the file begins with, when it has not begun yet. */
function beginningOf(state: State): readonly Command[] {
	const {conversation, place} = state;
	if (conversation.asked > 0 || conversation.isStored) return [];
	const at = new Date(state.now).toISOString();
	const begun = appendRecord(state, {
		schema: 'clawtalk.conversation/1',
		kind: 'conversation',
		id: conversation.id,
		at,
		sessionKey: conversation.sessionKey,
		origin: place.origin,
		...(place.profile !== undefined && {profile: place.profile}),
	});
	const named = conversation.name === undefined ? [] : [appendRecord(state, {kind: 'renamed', at, name: conversation.name})];
	return [begun, ...named, ...(conversation.unwritten ?? []).map(record => appendRecord(state, record))];
}

/** A session that the questions from here on go to. */
function sessionOf(state: State): readonly Command[] {
	const {fresh, sessionKey} = state.conversation;
	if (fresh === undefined || fresh.isRecorded) return [];
	return [appendRecord(state, {kind: 'session', at: new Date(state.now).toISOString(), sessionKey, why: fresh.why})];
}

/** Gives the conversation a name, on disk too. */
export function recordName(state: State, name: string): Step {
	const renamed: State = {
		...state,
		conversation: {...state.conversation, name, ...(!state.conversation.ephemeral && {isStored: true as const})},
	};
	const record = appendRecord(state, {kind: 'renamed', at: new Date(state.now).toISOString(), name});
	const begun = beginningOf({...state, conversation: without(state.conversation, 'name')});
	return [renamed, [...begun, record]];
}

export function appendRecord({conversation}: Pick<State, 'conversation'>, record: ConversationRecord): Command {
	return {type: 'append-record', conversationId: conversation.id, record};
}
