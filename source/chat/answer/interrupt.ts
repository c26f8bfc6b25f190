import {emptyDraft} from '../composer/draft.js';
import {stashed} from '../composer/input-history.js';
import {takeQueueBack} from '../composer/queue.js';
import {editDraft, rememberDraft} from '../composer/update-draft.js';
import {leave} from '../leave.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {keepLast} from './ask-again.js';

/** How long a first Ctrl+C waits for the second one, in milliseconds. */
const quitArmedMs = 2_000;

/** Esc: stops the answer; else takes a waiting queue back into the composer; else ends a walk through the history. */
export function cancel(state: State): Step {
	if (state.answer !== undefined) return stopAnswer(state);
	if (state.queue.length > 0) return stay(takeQueueBack(state));
	if (state.conversation.replacing !== undefined) return stay(keepLast(state));
	if (state.inputHistory.position === undefined) return stay(state);
	return stay({...state, draft: stashed(state.inputHistory) ?? emptyDraft, inputHistory: {lines: state.inputHistory.lines}});
}

/** Ctrl+C: stops the answer; else clears the composer into the input history; else quits, the second time. */
export function interrupt(state: State): Step {
	if (state.answer !== undefined && state.answer.phase !== 'cancelling') return stopAnswer(state);
	if (state.draft.text !== '') return rememberDraft(state.conversation.replacing === undefined ? state : keepLast(state));
	if (state.quitArmedUntil !== undefined && state.now < state.quitArmedUntil) return leave(state);
	return stay({...state, quitArmedUntil: state.now + quitArmedMs});
}

/** Ctrl+D: quits on an empty composer, else deletes forward. */
export function endOfInput(state: State): Step {
	return state.draft.text === '' ? leave(state) : stay(editDraft(state, 'delete-char'));
}

function stopAnswer(state: State): Step {
	const {answer} = state;
	if (answer === undefined || answer.phase === 'cancelling') return stay(state);
	return [{...state, answer: {...answer, phase: 'cancelling'}}, [{type: 'stop-answer', questionId: answer.questionId}]];
}
