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
	const grapheme = graphemeAt(text, index);
	return grapheme === undefined || grapheme.start === index ? clamped(text, index) : grapheme.end;
}

/** `index` itself when it is a boundary, else the next boundary before it. */
export function boundaryUpTo(text: string, index: number): number {
	return graphemeAt(text, index)?.start ?? clamped(text, index);
}

/** The grapheme in which the code unit at `index` stands; undefined at the start and the end of the text. */
function graphemeAt(text: string, index: number): {readonly start: number; readonly end: number} | undefined {
	if (index <= 0 || index >= text.length) return undefined;
	const from = safeBefore(text, index);
	const found = graphemes()
		.segment(text.slice(from, safeAfter(text, index + 1)))
		.containing(index - from);
	return found && {start: from + found.index, end: from + found.index + found.segment.length};
}

function clamped(text: string, index: number): number {
	return Math.max(0, Math.min(index, text.length));
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

/** By the rules of UAX #29, version 16: what is not known to stand apart is looked at by the segmenter. */
function isSurelyBoundary(text: string, index: number): boolean {
	const left = text.charCodeAt(index - 1);
	const right = text.charCodeAt(index);
	if (left === 0x0d && right === 0x0a) return false;
	if (isSyllable(left) && isSyllable(right)) return true;
	if (mayJoinNext(text, index - 1)) return false;
	return joinsNothingBefore(right) || (left !== zeroWidthJoiner && isPictograph(right, text.charCodeAt(index + 1)));
}

const zeroWidthJoiner = 0x200d;

/** Latin, Greek, Cyrillic, Hebrew and Arabic letters, controls, kana, CJK ideographs: only a prepended mark joins them to what is before. */
function joinsNothingBefore(unit: number): boolean {
	if (unit < 0x300) return unit !== 0xa9 && unit !== 0xae;
	return letterRanges.some(([first, last]) => unit >= first && unit <= last);
}

const letterRanges = [
	[0x4e00, 0x9fff],
	[0x0370, 0x0482],
	[0x048a, 0x052f],
	[0x05d0, 0x05ea],
	[0x0620, 0x064a],
	[0x3041, 0x3096],
	[0x30a1, 0x30fa],
] as const;

function isSyllable(unit: number): boolean {
	return unit >= 0xac00 && unit <= 0xd7a3;
}

/** U+1F000 to U+1FBFF without regional indicators and skin tones: a joiner alone joins them to what is before. */
function isPictograph(high: number, low: number): boolean {
	if (high < 0xd83c || high > 0xd83e) return false;
	return high !== 0xd83c || low < 0xdde6 || (low > 0xddff && low < 0xdffb);
}

/** Marks that are prepended (Grapheme_Cluster_Break=Prepend): all are in these few places. */
function mayJoinNext(text: string, index: number): boolean {
	const unit = text.charCodeAt(index);
	if (unit < 0x600) return false;
	if (unit >= 0xdc00 && unit <= 0xdfff) {
		const high = text.charCodeAt(index - 1);
		return high >= 0xd804 && high <= 0xd807;
	}
	return prepended.some(([first, last]) => unit >= first && unit <= last);
}

const prepended = [
	[0x0600, 0x0605],
	[0x06dd, 0x06dd],
	[0x070f, 0x070f],
	[0x0890, 0x0891],
	[0x08e2, 0x08e2],
	[0x0d4e, 0x0d4e],
] as const;
