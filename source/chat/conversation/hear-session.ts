import type {SessionTurn} from '../../gateway/session.js';
import type {ConversationRecord} from '../../transcripts/record.js';
import type {StoredTurn} from '../../transcripts/stored.js';
import {appendRecord} from '../answer/ask.js';
import {draftOf} from '../composer/draft.js';
import {closeOverlay} from '../overlay/overlay.js';
import {withItems} from '../overlay/picker.js';
import type {NewEntry, State} from '../state.js';
import {append, notice, type Step, stay, then, without} from '../step.js';
import {type HeardTurn, heardTurn, knownAmong, withHeard} from './heard-turns.js';
import {newestMessages} from './remembered-turns.js';
import {answerEntries, replay} from './replay.js';
import {markOpen, mergeSessions} from './session-items.js';
import type {SessionEvent} from './session-order.js';

/** What the gateway told of its sessions and commands. */
export function hearSession(state: State, event: SessionEvent): Step {
	switch (event.type) {
		case 'sessions-listed':
			return stay(fillWithSessions(state, event));
		case 'session-heard':
			return event.conversationId === state.conversation.id ? hearTurns(state, event) : stay(state);
		case 'session-at-work':
			return stay(event.conversationId === state.conversation.id ? hearOtherRun(state, event) : state);
		case 'session-told':
			return stay(event.conversationId === state.conversation.id ? notice(state, event.text) : state);
		case 'earlier-read':
			return stay(event.orderId === state.waitsForConversation ? showEarlier(without(state, 'waitsForConversation'), event) : state);
		case 'gateway-commands-listed':
			return stay({...state, gatewayCommands: event.commands});
	}
}

function hearOtherRun(state: State, {sessionKey, text}: Extract<SessionEvent, {type: 'session-at-work'}>): State {
	const {conversation} = state;
	if (text !== undefined) return {...state, conversation: {...conversation, otherRun: {sessionKey, text}}};
	return conversation.otherRun === undefined ? state : {...state, conversation: without(conversation, 'otherRun')};
}

function fillWithSessions(state: State, {orderId, items, more}: Extract<SessionEvent, {type: 'sessions-listed'}>): State {
	const {overlay} = state;
	if (overlay?.kind !== 'picker' || overlay.sessionsOrder !== orderId) return state;
	const {sessionsOrder: _came, ...picker} = overlay;
	const all = mergeSessions(overlay.items, items, state.place);
	if (all.length === 0 && overlay.order === undefined)
		return notice(closeOverlay(state), 'There are no conversations yet, neither on disk nor at the gateway.');
	const title = more === 0 ? picker.title : `${picker.title}, without ${more} older ones of the gateway`;
	return {...state, overlay: withItems({...picker, title, sessions: items}, markOpen(all, state.conversation))};
}

/** Turns of the open session as the gateway keeps them: those that are not known here were said elsewhere; what is known already changes nothing. */
function hearTurns(before: State, {turns, older = 0}: Extract<SessionEvent, {type: 'session-heard'}>): Step {
	const {conversation} = before;
	const {heard = []} = conversation;
	const known = knownAmong(heard, turns);
	const hasGap = older > 0 && heard.length > 0 && known.every(turn => turn === undefined);
	// From there `/earlier` goes back.
	const state = hasGap ? {...tellAll(before, [{kind: 'notice', text: gapWords}]), conversation: {...conversation, older}} : before;
	return turns.reduce<Step>((step, turn, index) => then(step, current => hearTurn(current, turn, known[index])), stay(state));
}

const gapWords = 'Much was said in this session meanwhile. What follows is the newest of it; /earlier reads what came before.';

function hearTurn(state: State, turn: SessionTurn, known: HeardTurn | undefined): Step {
	if (known?.isAnswered === true || isUnderWay(state, turn.id) || isSaid(state, turn)) return stay(state);
	if (known === undefined) {
		const entries = replay([storedTurn(turn)]).filter(entry => turn.answer !== undefined || !isEnd(entry));
		const shown = tellAll(remember(state, turn), [...orderWords(state, turn), ...entries]);
		return isOfConversation(state, turn.id) ? stay(shown) : keep(shown, turn);
	}
	if (turn.answer === undefined) return stay(state);
	const told = {...turn, id: known.id};
	const which: readonly NewEntry[] = isLastQuestion(state, turn.question)
		? []
		: [{kind: 'notice', text: `The answer to “${beginningOf(turn.question)}”:`}];
	const answered = tellAll(remember(state, told), [...which, ...answerEntries(storedTurn(told))]);
	return known.isKeptByOther ? stay(answered) : keep(answered, told, true);
}

/** Its question stands right above. */
function isLastQuestion({entries, heardMeanwhile = []}: State, question: string): boolean {
	const last = [...entries, ...heardMeanwhile].findLast(({kind}) => kind === 'question');
	return last?.kind === 'question' && last.text === question;
}

function beginningOf(question: string): string {
	const [line = ''] = question.trim().split('\n');
	return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

/** 2026.2.9 keeps what it answers to its own commands, and not the command. */
function isSaid({turns}: State, {question, answer}: SessionTurn): boolean {
	if (question !== '' || answer === undefined) return false;
	return turns.some(({role, text}) => role === 'assistant' && text.trim() === answer.text.trim());
}

/** Our own answer comes by itself. */
function isUnderWay({answer}: State, id: string): boolean {
	return answer?.questionId === id || answer?.runId === id;
}

function isEnd({kind}: NewEntry): boolean {
	return kind === 'answer-end';
}

/** Now, or when our answer has ended. */
function tellAll(state: State, entries: readonly NewEntry[]): State {
	if (state.answer === undefined) return append(state, ...entries);
	return {...state, heardMeanwhile: [...(state.heardMeanwhile ?? []), ...entries]};
}

/** Below our own question stands what the gateway was asked before it. */
function orderWords({answer}: State, {question, askedAt}: SessionTurn): readonly NewEntry[] {
	if (answer === undefined || question === '' || askedAt >= answer.askedAt) return [];
	return [{kind: 'notice', text: 'Asked before your last question:'}];
}

/** From now on it is known; the agent knows of it, too. */
function remember(state: State, turn: SessionTurn): State {
	const {conversation} = state;
	const isKnown = conversation.heard?.some(({id}) => id === turn.id);
	const heard = withHeard(conversation.heard, {
		...heardTurn(turn.id, turn.question, turn.askedAt, turn.answer !== undefined),
		...(!isKnown && isOfConversation(state, turn.id) && {isKeptByOther: true}),
	});
	const text = turn.answer?.text ?? '';
	if (text === '') return {...state, conversation: {...conversation, heard}};
	const turns = newestMessages([...state.turns, {role: 'user', text: turn.question}, {role: 'assistant', text}]);
	const last = {id: turn.id, draft: draftOf(turn.question), isTurn: true, isDelivered: true, isWhole: turn.answer?.ended === 'complete'};
	// During an answer of our own the last question is ours.
	return {...state, turns, conversation: {...conversation, heard, ...(state.answer === undefined && {last})}};
}

function storedTurn({id, question, askedAt, attachments, answer}: SessionTurn): StoredTurn {
	return {
		questionId: id,
		askedAt,
		question,
		elsewhere: true,
		...(attachments !== undefined && {attachments}),
		...(answer !== undefined && {answer}),
	};
}

/** Its question was asked in this conversation: another clawtalk that has it open writes its own turns. */
function isOfConversation({conversation}: State, id: string): boolean {
	return id.startsWith(`${conversation.id}-`);
}

/** A file is begun with a question of ours: until then they wait. */
function keep(state: State, turn: SessionTurn, isKnown = false): Step {
	const {conversation} = state;
	const records = recordsOfTurn(turn, isKnown);
	if (conversation.asked > 0 || conversation.isStored) return [state, records.map(record => appendRecord({conversation}, record))];
	return stay({...state, conversation: {...conversation, unwritten: [...(conversation.unwritten ?? []), ...records]}});
}

/** What a turn that was said elsewhere is on disk. @param answerOnly Its question is there already. */
export function recordsOfTurn(
	{id, question, askedAt, attachments = [], answer}: SessionTurn,
	answerOnly = false,
): readonly ConversationRecord[] {
	const asked: ConversationRecord = {
		kind: 'question',
		id,
		at: new Date(askedAt).toISOString(),
		text: question,
		elsewhere: true,
		...(attachments.length > 0 && {attachments: attachments.map(name => ({name}))}),
	};
	const {endedAt = 0, text = '', ended = '', finishReason, model} = answer ?? {};
	const answered: ConversationRecord = {
		kind: 'answer',
		questionId: id,
		at: new Date(endedAt).toISOString(),
		text,
		ended,
		...(finishReason !== undefined && {finishReason}),
		...(model !== undefined && {model}),
	};
	return [...(answerOnly ? [] : [asked]), ...(answer === undefined ? [] : [answered])];
}

function showEarlier(state: State, {turns, older}: Extract<SessionEvent, {type: 'earlier-read'}>): State {
	const {older: _before, ...conversation} = state.conversation;
	const next: State = {...state, conversation: {...conversation, ...(older > 0 && {older})}};
	if (turns.length === 0) return notice(next, 'Nothing was said before that.');
	const more = older > 0 ? `/earlier goes on: about ${older} messages are older still.` : 'That was the beginning of the session.';
	const head = `Said before, ${turns.length === 1 ? 'one question' : `${turns.length} questions`} of the gateway’s history:`;
	const foot: NewEntry = {kind: 'notice', text: `${more} The conversation goes on here.`};
	return append(next, {kind: 'notice', text: head}, ...replay(turns.map(storedTurn)), foot);
}
