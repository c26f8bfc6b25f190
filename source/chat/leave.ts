import {breakOff} from './end-answer.js';
import {tellUntold} from './panel.js';
import {unsent} from './queue.js';
import type {State} from './state.js';
import {type Step, then} from './step.js';
import {storedDraft} from './stored-draft.js';

/** Ends the chat: an answer under way is stopped, what came of it is kept, and what was not sent stays as a draft. */
export function leave(state: State): Step {
	return then(breakOff({...tellUntold(state), phase: 'quitting'}), quitting => [
		quitting,
		[{type: 'save-draft', conversationId: state.conversation.id, ...storedDraft(unsent(state))}, {type: 'quit'}],
	]);
}
