import stringWidth from 'string-width';

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
 * One logical line as rows of at most `width` cells; a row ends behind a space where there is one.
 *
 * @param offset Where the line begins in the whole text.
 */
export function wrapLine(line: string, offset: number, width: number): readonly Row[] {
	const rows: Row[] = [];
	let rowStart = 0;
	let rowWidth = 0;
	let breakAt = 0;
	let widthAtBreak = 0;
	for (const {index, cells, isSpace, length} of cellsOf(line)) {
		if (rowWidth + cells > width && index > rowStart) {
			const cut = breakAt > rowStart ? breakAt : index;
			rows.push({text: line.slice(rowStart, cut), start: offset + rowStart, end: offset + cut});
			rowWidth -= breakAt > rowStart ? widthAtBreak : rowWidth;
			rowStart = cut;
		}
		rowWidth += cells;
		if (isSpace) {
			breakAt = index + length;
			widthAtBreak = rowWidth;
		}
	}
	rows.push({text: line.slice(rowStart), start: offset + rowStart, end: offset + line.length});
	return rows;
}

function* cellsOf(line: string): Generator<{index: number; cells: number; isSpace: boolean; length: number}> {
	if (/^[\t -~]*$/.test(line)) {
		for (let index = 0; index < line.length; index++) {
			const unit = line[index];
			yield {index, cells: unit === '\t' ? tabWidth : 1, isSpace: unit === ' ' || unit === '\t', length: 1};
		}
		return;
	}
	graphemes ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	for (const {segment, index} of graphemes.segment(line)) {
		yield {index, cells: stringWidth(display(segment)), isSpace: segment === ' ' || segment === '\t', length: segment.length};
	}
}

/** A tab is shown as spaces, always the same number of them. */
export function display(text: string): string {
	return text.replaceAll('\t', ' '.repeat(tabWidth));
}
