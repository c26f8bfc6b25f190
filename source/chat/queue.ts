import {ask} from './ask.js';
import {draftOf, emptyDraft} from './draft.js';
import type {State} from './state.js';
import {notice, type Step, stay, then} from './step.js';

/** Puts a question at the end of the queue; it was taken out of the composer, so it is shown there. */
function enqueue(state: State, text: string): State {
	return {...state, queue: [...state.queue, text]};
}

/** Sends the first question of the queue when it can be sent now: connected, no answer under way, not held back, not about to move. */
export function sendNext(state: State): Step {
	const [first, ...rest] = state.queue;
	const mustWait = state.queueHeld || state.answer !== undefined || state.switchingProfile || state.connection.state !== 'online';
	if (first === undefined || mustWait) return stay(state);
	return ask({...state, queue: rest}, first);
}

/** The user wants the queue sent after all. */
export function releaseQueue(state: State): Step {
	return sendNext({...state, queueHeld: false});
}

/** What was queued was meant to follow a whole answer: nothing of it is sent before the user says so. */
export function holdQueue(state: State): State {
	const [only, ...more] = state.queue;
	if (only === undefined || state.queueHeld) return state;
	if (more.length === 0 && state.draft.text === '') return {...state, queue: [], draft: draftOf(only)};
	const count = state.queue.length;
	const messages = count === 1 ? '1 queued message is' : `${count} queued messages are`;
	return notice({...state, queueHeld: true}, `${messages} held back: Enter sends, Esc takes back to edit.`);
}

/** Everything that was not sent becomes the draft, in order, what is being typed last. */
export function takeQueueBack(state: State): State {
	const text = unsentText(state);
	return {...state, queue: [], queueHeld: false, draft: text === '' ? emptyDraft : draftOf(text)};
}

/** What the user wrote and nobody got yet. */
export function unsentText(state: State): string {
	return [...state.queue, state.draft.text].filter(text => text !== '').join('\n\n');
}

/** A question that did not arrive goes back to the composer, or to the head of the queue, or is named in the input history. */
export function giveBack(state: State, question: string): State {
	if (state.queue.length > 0) return {...state, queue: [question, ...state.queue]};
	if (state.draft.text === '') return {...state, draft: draftOf(question)};
	return notice(state, 'The message that was not sent is in the input history: ↑ brings it back.');
}

/** Sends what stands in the queue and then this, or lets it wait its turn. */
export function askInTurn(state: State, text: string): Step {
	return then(stay(enqueue(state, text)), releaseQueue);
}
