import stringWidth from 'string-width';
import type {Draft} from '../chat/composer/draft.js';
import type {Palette} from '../terminal/palette.js';
import {type DraftRows, rowsAround} from './draft-rows.js';
import {cellsOf, display, type Row} from './soft-wrap.js';

export interface ComposerView {
	readonly lines: readonly string[];
	/** Row in `lines` and column of the terminal where the caret stands. */
	readonly caret: {readonly x: number; readonly y: number};
}

/** The composer's mark. */
export const prompt = '❯ ';
const indentation = '  ';

/**
 * The draft as at most `maxHeight` rows around the caret, softly wrapped between words. Only what is near the caret is looked at:
 * the cost of a key does not grow with the draft.
 */
export function composerView(draft: Draft, columns: number, maxHeight: number, palette: Palette): ComposerView {
	const {rows, caretRow, cutBefore, cutAfter} = rowsAround(draft, widthIn(columns), maxHeight);
	const first = Math.max(0, Math.min(caretRow - Math.floor(maxHeight / 2), rows.length - maxHeight));
	const shown = rows.slice(first, first + maxHeight);
	const last = shown.length - 1;
	const labels = labelsIn(draft);
	const lines = shown.map((row, index) => {
		const hidden = (index === 0 && (cutBefore || first > 0)) || (index === last && (cutAfter || first + maxHeight < rows.length));
		const mark = hidden ? palette.dim('⋮ ') : row.start === 0 ? palette.accent(prompt) : indentation;
		return mark + drawRow(row, labels, palette);
	});
	const current = rows[caretRow];
	return {lines, caret: {x: prompt.length + (current ? columnOf(current, draft) : 0), y: caretRow - first}};
}

/** Where the caret goes in the row above or below, at the same column; undefined in the first and the last row. */
export function placeInRow(draft: Draft, columns: number, direction: 'above' | 'below'): number | undefined {
	const {rows, caretRow}: DraftRows = rowsAround(draft, widthIn(columns), 2);
	const current = rows[caretRow];
	const target = rows[direction === 'above' ? caretRow - 1 : caretRow + 1];
	if (current === undefined || target === undefined) return undefined;
	const column = columnOf(current, draft);
	let passed = 0;
	for (const {index, cells, length} of cellsOf(target.text)) {
		const isLast = index + length === target.text.length;
		// Behind the last character of a wrapped row the caret would stand in the next one.
		const staysInRow = !isLast || draft.text[target.end] === '\n' || target.end === draft.text.length;
		if (passed + cells > column || !staysInRow) return target.start + index;
		passed += cells;
	}
	return target.end;
}

/** A column stays free for the caret behind a full row. */
function widthIn(columns: number): number {
	return Math.max(1, columns - prompt.length - 1);
}

function columnOf(row: Row, {text, caret}: Draft): number {
	return stringWidth(display(text.slice(row.start, caret)));
}

type Label = Pick<Row, 'start' | 'end'>;

function labelsIn({text, pieces = []}: Draft): readonly Label[] {
	return pieces.map(({label}) => ({start: text.indexOf(label), end: text.indexOf(label) + label.length}));
}

/** What stands for something else is underlined, besides its brackets and its colour. */
function drawRow({text, start, end}: Row, labels: readonly Label[], palette: Palette): string {
	const within = labels.filter(label => label.start < end && label.end > start).toSorted((one, other) => one.start - other.start);
	let drawn = '';
	let at = start;
	for (const label of within) {
		const [from, to] = [Math.max(label.start, at), Math.min(label.end, end)];
		drawn += display(text.slice(at - start, from - start)) + palette.underline(palette.accent(text.slice(from - start, to - start)));
		at = to;
	}
	return drawn + display(text.slice(at - start));
}
