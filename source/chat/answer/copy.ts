import {openOverlay} from '../overlay/overlay.js';
import {type PickerItem, pickerOf} from '../overlay/picker.js';
import type {State} from '../state.js';
import {notice, type Step, stay} from '../step.js';
import {type CodeBlock, codeBlocks} from './code-blocks.js';

/** `/copy`: the last answer as the model wrote it; with a number, one of its code blocks. */
export function copy(state: State, number: string | undefined): Step {
	const [last] = newestAnswers(state);
	if (last === undefined) return stay(notice(state, 'There is no answer to copy yet.'));
	if (number === undefined) return copyText(state, last.text, last.isWhole ? 'The last answer' : 'The answer so far');
	if (!/^[1-9]\d{0,3}$/.test(number)) return stay(notice(state, '/copy takes the number of a code block, such as /copy 2.'));
	const blocks = codeBlocks(last.text);
	const block = blocks[Number(number) - 1];
	if (block === undefined) return stay(notice(state, `${countInWords(blocks.length)} Ctrl+X Ctrl+Y shows those of earlier answers, too.`));
	return copyText(state, block.code, `Code block ${number} of ${blocks.length}${inLanguage(block)} of the last answer`);
}

/** The picker of code blocks, those of the newest answer first. */
export function chooseCodeBlock(state: State): Step {
	const answers = newestAnswers(state);
	const items = answers.flatMap(({text}, back) => itemsOf(codeBlocks(text), answers.length - 1 - back, answerInWords(back)));
	if (items.length === 0) return stay(notice(state, 'No answer of this conversation has a code block.'));
	return stay(openOverlay(state, pickerOf('code-block', 'Copy a code block', items.slice(0, mostItems))));
}

/** @param id Of an item of `chooseCodeBlock`. */
export function copyChosen(state: State, id: string): Step {
	const [fromOldest = 0, index = 0, length = 0] = id.split('.').map(Number);
	const blocks = codeBlocks(newestAnswers(state).toReversed()[fromOldest]?.text ?? '');
	const block = blocks[index];
	// Old answers leave the memory, and the others move up.
	if (block?.code.length !== length) return stay(notice(state, 'That code block is not in memory any more. Choose again.'));
	return copyText(state, block.code, `Code block ${index + 1} of ${blocks.length}${inLanguage(block)}`);
}

const mostItems = 200;
const previewLines = 4;

/** @param fromOldest Place of the answer in memory. */
function itemsOf(blocks: readonly CodeBlock[], fromOldest: number, answer: string): readonly PickerItem[] {
	return blocks.map((block, index) => {
		const lines = block.code.split('\n').slice(0, -1);
		return {
			id: `${fromOldest}.${index}.${block.code.length}`,
			title: lines.find(line => line.trim() !== '')?.trim() ?? '(empty)',
			detail: `${block.language ? `${block.language}, ` : ''}${lines.length === 1 ? '1 line' : `${lines.length} lines`}, ${index + 1} of ${answer}`,
			preview: lines.slice(0, previewLines),
		};
	});
}

interface KnownAnswer {
	readonly text: string;
	readonly isWhole: boolean;
}

/** The answers in memory, the newest first; one that is still coming counts as soon as it has text. */
function newestAnswers({turns, answer}: State): readonly KnownAnswer[] {
	const ended = turns.filter(({role}) => role === 'assistant').map(({text}) => ({text, isWhole: true}));
	const coming = answer === undefined || answer.text === '' ? [] : [{text: answer.text, isWhole: false}];
	return [...ended, ...coming].toReversed();
}

function copyText(state: State, text: string, what: string): Step {
	return [state, [{type: 'copy-text', text, what}]];
}

function inLanguage({language}: CodeBlock): string {
	return language === '' ? '' : ` (${language})`;
}

function answerInWords(back: number): string {
	if (back === 0) return 'the last answer';
	return back === 1 ? 'the answer before' : `the answer ${back} before the last`;
}

function countInWords(count: number): string {
	if (count === 0) return 'The last answer has no code block.';
	return count === 1 ? 'The last answer has one code block.' : `The last answer has ${count} code blocks.`;
}
