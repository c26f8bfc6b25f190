import {cellWidth} from '../terminal/cell-width.js';

/** A row of the screen, cut out of a text. */
export interface Row {
	readonly text: string;
	/** Where it begins and ends in the text, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
}

const tabWidth = 4;
/** Made when first needed: loading ICU's tables takes 12 ms, and most drafts are ASCII. */
let graphemes: Intl.Segmenter | undefined;

/**
 * One logical line as rows of at most `width` cells; a row ends behind a space or a wide character where there is one.
 *
 * @param offset Where the line begins in the whole text.
 */
export function wrapLine(line: string, offset: number, width: number): readonly Row[] {
	const rows: Row[] = [];
	let rowStart = 0;
	let rowWidth = 0;
	let breakAt = 0;
	let widthAtBreak = 0;
	for (const {index, cells, isBreak, length} of cellsOf(line)) {
		if (rowWidth + cells > width && index > rowStart) {
			const cut = breakAt > rowStart ? breakAt : index;
			rows.push({text: line.slice(rowStart, cut), start: offset + rowStart, end: offset + cut});
			rowWidth -= breakAt > rowStart ? widthAtBreak : rowWidth;
			rowStart = cut;
		}
		rowWidth += cells;
		if (isBreak) {
			breakAt = index + length;
			widthAtBreak = rowWidth;
		}
	}
	rows.push({text: line.slice(rowStart), start: offset + rowStart, end: offset + line.length});
	return rows;
}

/** A grapheme of a line, and the cells it takes. */
export interface Cell {
	readonly index: number;
	readonly length: number;
	readonly cells: number;
	/** A row may end behind it. */
	readonly isBreak: boolean;
}

export function* cellsOf(line: string): Generator<Cell> {
	for (let index = 0; index < line.length; ) {
		const unit = line.charCodeAt(index);
		const cells = aloneWidth(unit);
		if (cells > 0 && (index + 1 === line.length || aloneWidth(line.charCodeAt(index + 1)) > 0)) {
			yield {index, length: 1, cells, isBreak: unit === 0x20 || unit === 0x09 || cells === 2};
			index++;
			continue;
		}
		const end = endOfJoining(line, index);
		graphemes ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
		for (const {segment, index: within} of graphemes.segment(line.slice(index, end))) {
			const width = cellsOfGrapheme(segment);
			yield {index: index + within, length: segment.length, cells: width, isBreak: width > 1 || /^[\t ]$/.test(segment)};
		}
		index = end;
	}
}

const known = new Map<string, number>();

function cellsOfGrapheme(segment: string): number {
	const cells = known.get(segment) ?? cellWidth(display(segment));
	// A draft has a few hundred different ones.
	if (known.size < 2_000) known.set(segment, cells);
	return cells;
}

/** To begin with another stretch costs as much as so many code units. */
const leastStretch = 256;

/** A place further on where two characters meet of which none joins with another. */
function endOfJoining(line: string, index: number): number {
	for (let end = index + leastStretch; end < line.length; end++) {
		if (aloneWidth(line.charCodeAt(end - 1)) > 0 && aloneWidth(line.charCodeAt(end)) > 0) return end;
	}
	return line.length;
}

/** Cells of a code unit that is a grapheme of its own beside others of its kind; 0 for what has to be looked at closely. */
function aloneWidth(unit: number): number {
	if (unit === 0x09) return tabWidth;
	if (unit < 0x300) return (unit >= 0x20 && unit < 0x7f) || (unit >= 0xa0 && unit !== 0xad) ? 1 : 0;
	return widths.find(([first, last]) => unit >= first && unit <= last)?.[2] ?? 0;
}

/** Ideographs, kana and Hangul syllables; letters of Greek, Cyrillic, Hebrew and Arabic. */
const widths = [
	[0x4e00, 0x9fff, 2],
	[0x3041, 0x3096, 2],
	[0x30a1, 0x30fa, 2],
	[0xac00, 0xd7a3, 2],
	[0x0391, 0x03a1, 1],
	[0x03a3, 0x0482, 1],
	[0x048a, 0x052f, 1],
	[0x05d0, 0x05ea, 1],
	[0x0620, 0x064a, 1],
] as const;

/** A tab is shown as spaces, always the same number of them. */
export function display(text: string): string {
	return text.replaceAll('\t', ' '.repeat(tabWidth));
}
