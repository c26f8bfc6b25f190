import {graphemes} from './segmenters.js';

/**
 * What a user takes for one character: grapheme clusters (UAX #29), so that emoji with ZWJ, flags and combining marks are never
 * split. Every function looks at a short stretch around the place, never at the whole text.
 */

/** The boundary after the one at `index`; the end of the text stays. */
export function nextBoundary(text: string, index: number): number {
	if (index >= text.length) return text.length;
	const segment = graphemes()
		.segment(text.slice(index, safeAfter(text, index + 1)))
		.containing(0);
	return index + (segment?.segment.length ?? 1);
}

/** The boundary before the one at `index`; the start of the text stays. */
export function previousBoundary(text: string, index: number): number {
	if (index <= 0) return 0;
	const start = safeBefore(text, index - 1);
	const segment = graphemes()
		.segment(text.slice(start, index))
		.containing(index - start - 1);
	return start + (segment?.index ?? 0);
}

/** `index` itself when it is a boundary, else the next boundary after it. */
export function boundaryFrom(text: string, index: number): number {
	if (index <= 0 || index >= text.length) return Math.max(0, Math.min(index, text.length));
	const start = safeBefore(text, index);
	const segment = graphemes()
		.segment(text.slice(start, safeAfter(text, index + 1)))
		.containing(index - start);
	if (segment === undefined || segment.index === index - start) return index;
	return start + segment.index + segment.segment.length;
}

/** `index` itself when it is a boundary, else the next boundary before it. */
export function boundaryUpTo(text: string, index: number): number {
	return boundaryFrom(text, index) === index ? index : previousBoundary(text, index);
}

/** The boundaries of a text, its start and end included. */
export function boundaries(text: string): readonly number[] {
	return [...Array.from(graphemes().segment(text), segment => segment.index), text.length];
}

/** The last place at or before `index` that is surely a boundary. */
function safeBefore(text: string, index: number): number {
	let place = index;
	while (place > 0 && !isSurelyBoundary(text, place)) place -= 1;
	return place;
}

function safeAfter(text: string, index: number): number {
	let place = index;
	while (place < text.length && !isSurelyBoundary(text, place)) place += 1;
	return place;
}

function isSurelyBoundary(text: string, index: number): boolean {
	return standsAlone(text.charCodeAt(index - 1)) && standsAlone(text.charCodeAt(index));
}

/**
 * Code units that join with no neighbour of these kinds: Latin letters and controls (no CR, as CR LF joins), letters of Greek, Cyrillic,
 * Hebrew and Arabic, kana, CJK ideographs, Hangul syllables. Texts of these scripts are cut without a look at a long stretch.
 */
function standsAlone(unit: number): boolean {
	if (unit < 0x300) return unit !== 0x0d;
	return aloneRanges.some(([first, last]) => unit >= first && unit <= last);
}

const aloneRanges = [
	[0x4e00, 0x9fff],
	[0x0370, 0x0482],
	[0x048a, 0x052f],
	[0x05d0, 0x05ea],
	[0x0620, 0x064a],
	[0x3041, 0x3096],
	[0x30a1, 0x30fa],
	[0xac00, 0xd7a3],
] as const;
