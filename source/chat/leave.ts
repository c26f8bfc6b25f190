import {breakOff} from './answer/end-answer.js';
import {unsent} from './composer/queue.js';
import {storedDraft} from './composer/stored-draft.js';
import {tellUntold} from './panel/panel.js';
import type {State} from './state.js';
import {type Step, then} from './step.js';

/** Ends the chat: an answer under way is stopped, what came of it is kept, and what was not sent stays as a draft. */
export function leave(state: State): Step {
	return then(breakOff({...tellUntold(state), phase: 'quitting'}), quitting => [
		quitting,
		[{type: 'save-draft', conversationId: state.conversation.id, ...storedDraft(unsent(state))}, {type: 'quit'}],
	]);
}
