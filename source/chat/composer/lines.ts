import {boundaries} from './graphemes.js';

/** The lines of a text, as its line feeds make them; how they are wrapped on a screen is the view's matter. */

export function lineStart(text: string, caret: number): number {
	return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

export function lineEnd(text: string, caret: number): number {
	const end = text.indexOf('\n', caret);
	return end === -1 ? text.length : end;
}

/** The place in the line above at the same column; undefined on the first line. */
export function lineUp(text: string, caret: number): number | undefined {
	const start = lineStart(text, caret);
	return start === 0 ? undefined : sameColumn(text, start, caret, lineStart(text, start - 1));
}

/** The place in the line below at the same column; undefined on the last line. */
export function lineDown(text: string, caret: number): number | undefined {
	const end = lineEnd(text, caret);
	return end === text.length ? undefined : sameColumn(text, lineStart(text, caret), caret, end + 1);
}

/** Columns are counted in graphemes, up to this many code units: nobody aims at the column of a longer line. */
const reach = 2000;

function sameColumn(text: string, currentStart: number, caret: number, targetStart: number): number {
	const column = boundaries(text.slice(currentStart, Math.min(caret, currentStart + reach))).length - 1;
	const targetEnd = Math.min(lineEnd(text, targetStart), targetStart + reach);
	const places = boundaries(text.slice(targetStart, targetEnd));
	return targetStart + (places[Math.min(column, places.length - 1)] ?? 0);
}
