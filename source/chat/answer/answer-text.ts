import type {Answer, State} from '../state.js';
import {append} from '../step.js';
import {type Block, emptyScan, endBlocks, scanBlocks} from './blocks.js';
import {blockEntries} from './text-entries.js';

export function withAnswer(state: State, answer: Answer): State {
	return {...state, answer};
}

/** More of the answer. */
export function addText(state: State, answer: Answer, text: string): State {
	if (text === '') return withAnswer(state, answer);
	const {scan, blocks} = scanBlocks(answer.scan, text);
	return settle(
		state,
		{
			...answer,
			phase: answer.phase === 'cancelling' ? 'cancelling' : 'streaming',
			text: answer.text + text,
			scan,
			firstTokenAt: answer.firstTokenAt ?? state.now,
		},
		blocks,
	);
}

/** The gateway says the text anew. What stands on the screen stays there; when it was changed, that is said. */
export function replaceText(state: State, answer: Answer, text: string): State {
	const settled = answer.text.slice(0, answer.text.length - answer.scan.pending.length);
	const anew = {...answer, savedLength: 0, before: longest(answer)};
	if (text.startsWith(settled)) {
		const scan = {...answer.scan, pending: '', lineStart: 0, lines: 0, afterBlank: false, fence: answer.scan.reopened};
		return addText(state, {...anew, text: settled, scan}, text.slice(settled.length));
	}
	const stands = append(state, ...blockEntries(answer, endBlocks(answer.scan)));
	const said = append(stands, {kind: 'notice', text: 'The gateway replaced the answer so far. It begins again here.'});
	return addText(said, {...anew, text: '', scan: emptyScan, begun: false}, text);
}

/** What it had come to, before and since it was begun again. */
function longest({text, before = ''}: Answer): string {
	return before.length > text.length && before.startsWith(text) ? before : text;
}

/** An answer that was begun again and does not come to its end is no less than what had come of it before. */
export function putBack(state: State): State {
	const {answer} = state;
	return answer === undefined ? state : addText(state, answer, longest(answer).slice(answer.text.length));
}

/** Turns finished blocks into entries. */
function settle(state: State, answer: Answer, blocks: readonly Block[]): State {
	const entries = blockEntries(answer, blocks);
	return append({...state, answer: {...answer, begun: answer.begun || entries.length > 0}}, ...entries);
}
