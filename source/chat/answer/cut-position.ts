import {graphemes} from '../composer/segmenters.js';
import type {BlockScan} from './blocks.js';
import {fenceMark} from './fence.js';

/** Characters; about 16 lines of a wide terminal, so that the live tail is lower than the screen and cheap to draw. */
export const maxBlockLength = 1600;

/** Lines of code: a code block of short lines would be higher than the screen long before it is too long. */
const maxFenceLines = 30;

/** Characters that a line with a closing fence has at most. */
const maxClosingLength = 80;

/** A table loses its header where it is cut: it may grow longer. */
const maxTableLength = 4 * maxBlockLength;

/**
 * Where `pending` ends a block before its current line is read on, if anywhere. Looks only at text that no later delta changes, and
 * says nothing before it knows enough: so the cuts do not depend on how the text arrived.
 */
export function cutPosition(scan: BlockScan): {readonly at: number; readonly tooLong: boolean} | undefined {
	const {pending, lineStart} = scan;
	const beginning = pending.slice(lineStart, lineStart + 2);
	if (beginning === '' || (scan.afterBlank && beginning === ' ')) return undefined;
	if (scan.afterBlank && endsParagraph(pending, lineStart, beginning)) return {at: lineStart, tooLong: false};
	// A closing fence stays with its code: alone it would draw nothing, and be missing where the source is shown.
	const mayClose = scan.fence !== undefined && fenceMark(scan.fence).startsWith(beginning);
	if (scan.fence !== undefined && scan.lines >= maxFenceLines && lineStart > 0 && !mayClose) return {at: lineStart, tooLong: true};
	const limit = scan.fence === undefined && beginning.startsWith('|') ? maxTableLength : maxBlockLength + (mayClose ? maxClosingLength : 0);
	if (pending.length <= limit || pending.slice(lineStart, limit + 1).includes('\n')) return undefined;
	return {at: lineStart > 0 ? lineStart : endOfSentence(pending.slice(0, limit)), tooLong: true};
}

/** A blank line ends a block, unless what follows is indented (it belongs to the list item above) or blank again. */
function endsParagraph(pending: string, lineStart: number, beginning: string): boolean {
	if (/^(?:\n|\t| [ \t\n])/.test(beginning)) return false;
	return pending.slice(0, lineStart).trim() !== '';
}

/** The last place in the second half where a line may well be broken; never inside a grapheme. */
function endOfSentence(window: string): number {
	const half = window.length / 2;
	const sentence = Math.max(window.lastIndexOf('. '), window.lastIndexOf('? '), window.lastIndexOf('! ')) + 2;
	if (sentence > half) return sentence;
	const space = window.lastIndexOf(' ') + 1;
	if (space > half) return space;
	return (
		graphemes()
			.segment(window)
			.containing(window.length - 1)?.index || window.length
	);
}
