import {endBlocks} from './blocks.js';
import type {Command} from './command.js';
import {blockEntries, recordAnswer} from './end-answer.js';
import {tellUntold} from './panel.js';
import {unsentText} from './queue.js';
import type {State} from './state.js';
import {append, closeAnswer, type Step} from './step.js';

/** Ends the chat: an answer under way is stopped, what came of it is kept, and what was not sent stays as a draft. */
export function leave(state: State): Step {
	const save: Command = {type: 'save-draft', conversationId: state.conversation.id, text: unsentText(state)};
	const quitting: State = {...tellUntold(state), phase: 'quitting'};
	const {answer} = quitting;
	if (answer === undefined) return [quitting, [save, {type: 'quit'}]];
	const record = recordAnswer(state, answer, {kind: 'cancelled', by: 'user'});
	const stopped = closeAnswer(append(quitting, ...blockEntries(answer, endBlocks(answer.scan))));
	return [stopped, [{type: 'stop-answer', questionId: answer.questionId}, record, save, {type: 'quit'}]];
}
