import {words} from './segmenters.js';

/** Word motions of the composer, by the words of UAX #29 (dictionary words in CJK), within a stretch around the caret. */

/** Code units that a word motion looks at: no word that is typed is longer, and a pasted line may be a megabyte. */
const reach = 2000;

/** Start of the word at or before `caret`; the start of the text when there is none. */
export function wordStartBefore(text: string, caret: number): number {
	const start = Math.max(0, caret - reach);
	let found: number | undefined;
	for (const {index, isWordLike} of words().segment(text.slice(start, caret))) if (isWordLike) found = start + index;
	return found ?? start;
}

/** End of the word at or after `caret`; the end of the text when there is none. */
export function wordEndAfter(text: string, caret: number): number {
	const end = Math.min(text.length, caret + reach);
	for (const {index, segment, isWordLike} of words().segment(text.slice(caret, end))) {
		if (isWordLike) return caret + index + segment.length;
	}
	return end;
}
