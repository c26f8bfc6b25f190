import stringWidth from 'string-width';
import type {Draft} from '../chat/draft.js';
import type {Palette} from '../terminal/palette.js';
import {display, type Row, wrapLine} from './soft-wrap.js';

export interface ComposerView {
	readonly lines: readonly string[];
	/** Row in `lines` and column of the terminal where the caret stands. */
	readonly caret: {readonly x: number; readonly y: number};
}

/** The composer's mark. */
export const prompt = '❯ ';
const indentation = '  ';

/**
 * The draft as at most `maxHeight` rows around the caret, softly wrapped between words. Only the lines near the caret are looked at:
 * the cost of a key does not grow with the number of lines.
 */
export function composerView(draft: Draft, columns: number, maxHeight: number, palette: Palette): ComposerView {
	const width = Math.max(1, columns - prompt.length - 1);
	const {rows, caretRow, cutBefore, cutAfter} = rowsAround(draft, width, maxHeight);
	const first = Math.max(0, Math.min(caretRow - Math.floor(maxHeight / 2), rows.length - maxHeight));
	const shown = rows.slice(first, first + maxHeight);
	const last = shown.length - 1;
	const lines = shown.map((row, index) => {
		const hidden = (index === 0 && (cutBefore || first > 0)) || (index === last && (cutAfter || first + maxHeight < rows.length));
		const mark = hidden ? palette.dim('⋮ ') : row.start === 0 ? palette.accent(prompt) : indentation;
		return mark + display(row.text);
	});
	const current = rows[caretRow];
	const before = current ? display(draft.text.slice(current.start, draft.caret)) : '';
	return {lines, caret: {x: prompt.length + stringWidth(before), y: caretRow - first}};
}

function rowsAround(draft: Draft, width: number, reach: number) {
	const {text, caret} = draft;
	const caretLine = text.lastIndexOf('\n', caret - 1) + 1;
	let start = caret === 0 ? 0 : caretLine;
	for (let lines = 0; lines < reach && start > 0; lines++) start = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
	const rows: Row[] = [];
	let caretRow = 0;
	let at = start;
	for (let after = 0; at <= text.length && after <= reach; ) {
		const lineEnd = text.indexOf('\n', at);
		const end = lineEnd === -1 ? text.length : lineEnd;
		const wrapped = wrapLine(text.slice(at, end), at, width);
		if (caret >= at && caret <= end)
			caretRow =
				rows.length +
				Math.max(
					0,
					wrapped.findLastIndex(row => row.start <= caret),
				);
		rows.push(...wrapped);
		if (end >= caret) after++;
		at = end + 1;
	}
	return {rows, caretRow, cutBefore: start > 0, cutAfter: at <= text.length};
}
