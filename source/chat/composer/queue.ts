import {ask} from '../answer/ask.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then} from '../step.js';
import {type Draft, joinDrafts, outgoingOf} from './draft.js';
import {typedDraft} from './input-history.js';
import type {Outgoing} from './piece.js';

/** Sends the first question of the queue when it can be sent now: connected, no answer under way, not held back, not about to leave. */
export function sendNext(state: State): Step {
	const [first, ...rest] = state.queue;
	const {answer, connection, conversation, deleting, queueHeld, switchingProfile} = state;
	const isLeaving = switchingProfile || deleting?.id === conversation.id;
	if (first === undefined || queueHeld || answer !== undefined || isLeaving || connection.state !== 'online') return stay(state);
	return ask({...state, queue: rest}, messageOf(first), first);
}

/** What a draft says as a message: `//text` says `/text`, and pieces say what they stand for. */
export function messageOf(draft: Draft): Outgoing {
	const outgoing = outgoingOf(draft);
	return draft.text.startsWith('//') ? {...outgoing, text: outgoing.text.slice(1)} : outgoing;
}

/** The user wants the queue sent after all. */
export function releaseQueue(state: State): Step {
	return sendNext({...state, queueHeld: false});
}

/** What was queued was meant to follow a whole answer: nothing of it is sent before the user says so. */
export function holdQueue(state: State): State {
	const [only, ...more] = state.queue;
	if (only === undefined || state.queueHeld) return state;
	if (more.length === 0 && state.draft.text === '') return {...state, queue: [], draft: only};
	const count = state.queue.length;
	const messages = count === 1 ? '1 queued message is' : `${count} queued messages are`;
	return notice({...state, queueHeld: true}, `${messages} held back: Enter sends, Esc takes back to edit.`);
}

/** Everything that was not sent becomes the draft, in order, what is being typed last; a walk through the history ends. */
export function takeQueueBack(state: State): State {
	return {...state, queue: [], queueHeld: false, draft: unsent(state), inputHistory: {lines: state.inputHistory.lines}};
}

/** The last message of the queue comes back to the composer, before what is being typed. */
export function takeLastBack(state: State): State {
	const last = state.queue.at(-1);
	if (last === undefined) return state;
	const queue = state.queue.slice(0, -1);
	const draft = state.draft.text === '' ? last : {...joinDrafts([last, state.draft]), caret: last.text.length};
	return {...state, queue, queueHeld: state.queueHeld && queue.length > 0, draft};
}

/** What the user wrote and nobody got yet. */
export function unsent({queue, draft, inputHistory}: State): Draft {
	const typed = typedDraft(inputHistory, draft);
	return queue.length === 0 ? typed : joinDrafts([...queue, typed]);
}

/** A question that did not arrive goes back to the composer, or to the head of the queue, or is named in the input history. */
export function giveBack(state: State, question: Draft): State {
	if (state.queue.length > 0) return {...state, queue: [question, ...state.queue]};
	if (state.draft.text === '') return {...state, draft: question};
	return notice(state, 'The message that was not sent is in the input history: ↑ brings it back.');
}

/** Sends what stands in the queue and then this, or lets it wait its turn. */
export function askInTurn(state: State, draft: Draft): Step {
	return then(stay({...state, queue: [...state.queue, draft]}), releaseQueue);
}
