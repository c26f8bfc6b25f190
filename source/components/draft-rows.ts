import type {Draft} from '../chat/composer/draft.js';
import {type Row, wrapLine} from './soft-wrap.js';

export interface DraftRows {
	readonly rows: readonly Row[];
	/** The row in which the caret stands. */
	readonly caretRow: number;
	/** There is text before the first row, or behind the last. */
	readonly cutBefore: boolean;
	readonly cutAfter: boolean;
}

/** The part of a draft that can be on the screen, in UTF-16 code units. */
interface Stretch {
	readonly start: number;
	readonly end: number;
}

/** A line that is longer is looked at around the caret only: beginnings of rows are counted from one of these places, so that they stay. */
const anchorStep = 2048;

/** The rows around the caret, `reach` above and below it where there are so many. What a key costs does not grow with the draft. */
export function rowsAround({text, caret}: Draft, width: number, reach: number): DraftRows {
	const near = Math.max(anchorStep, 2 * reach * width);
	const from = Math.max(0, caret - near);
	const to = wholeCharacter(text, Math.min(text.length, caret + near));
	const start = startOfLines(text, {start: from, end: caret}, reach);
	const end = endOfLines(text, {start: caret, end: to}, reach);
	const rows: Row[] = [];
	for (let at = start; at <= end; ) {
		const lineEnd = text.indexOf('\n', at);
		const cut = lineEnd === -1 ? end : Math.min(lineEnd, end);
		rows.push(...wrapLine(text.slice(at, cut), at, width));
		at = cut + 1;
	}
	const caretRow = Math.max(
		0,
		rows.findLastIndex(row => row.start <= caret),
	);
	return {rows, caretRow, cutBefore: start > 0, cutAfter: end < text.length};
}

/** So many lines above that of the caret, or a place in one of them that stays the same while something is typed behind it. */
function startOfLines(text: string, {start, end}: Stretch, lines: number): number {
	let at = end;
	for (let line = 0; line <= lines; line++) {
		const lineEnd = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
		if (lineEnd === -1 || lineEnd < start) return start === 0 ? 0 : anchorFrom(text, start, at);
		at = lineEnd;
	}
	return at + 1;
}

function endOfLines(text: string, {start, end}: Stretch, lines: number): number {
	let at = start;
	for (let line = 0; line <= lines; line++) {
		const lineEnd = text.indexOf('\n', at);
		if (lineEnd === -1 || lineEnd > end) return end;
		at = lineEnd + 1;
	}
	return at - 1;
}

/** The first surely unjoined place behind a multiple of the step; a line that is all joined characters is cut where it is. */
function anchorFrom(text: string, start: number, limit: number): number {
	const anchor = Math.floor(start / anchorStep) * anchorStep;
	const place = /[\t\n -~][\t -~\u4e00-\u9fff]/.exec(text.slice(anchor, limit));
	return place === null ? anchor : anchor + place.index + 1;
}

function wholeCharacter(text: string, end: number): number {
	return /[\uDC00-\uDFFF]/.test(text[end] ?? '') ? end + 1 : end;
}
