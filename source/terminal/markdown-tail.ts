/**
 * An unfinished block as it will most likely go on, so that what is drawn does not change its kind with the next characters. A last line
 * of marks alone is left out: `-` may become a list item, an underline that makes the line above a heading, or a rule. A table's first
 * line is shown as a row, and bold text and inline code that are open at the end are closed.
 */
export function steadyTail(block: string): string {
	const isLineWhole = block.endsWith('\n');
	const lines = (isLineWhole ? block.slice(0, -1) : block).split('\n');
	if (isInFence(lines)) return block;
	const rows = lines.slice(lines.findLastIndex(line => !/^ {0,3}\|/.test(line)) + 1);
	const [header = '', delimiter = ''] = rows;
	if (rows.length === 1 || (rows.length === 2 && /^[ |:-]*$/.test(delimiter))) return asTable(lines.slice(0, -rows.length), header);
	return !isLineWhole && marksAlone.test(lines.at(-1) ?? '') ? lines.slice(0, -1).join('\n') : closeInline(block);
}

/** Nothing but characters that begin, underline or end a block. */
const marksAlone = /^[ \t>]*(?:[-+*_=#`~:|]+|\d{1,9}[.)]?|[-*+] +\[[ x]?\]?|[-*+|: \t]+)[ \t]*$/;

function isInFence(lines: readonly string[]): boolean {
	let fence: string | undefined;
	for (const line of lines) {
		const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
		if (mark !== undefined && fence === undefined) fence = mark;
		else if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) fence = undefined;
	}
	return fence !== undefined;
}

/** Adds the line that makes a row the header of a table. */
function asTable(before: readonly string[], row: string): string {
	const cells = row.trim().replace(/^\|/, '').replace(/\|$/, '');
	if (cells.trim() === '') return before.join('\n');
	const count = cells.split('|').length;
	return [...before, ...(before.at(-1)?.trim() ? [''] : []), `|${cells}|`, `|${'---|'.repeat(count)}`].join('\n');
}

/** Closes bold text and inline code of the last paragraph. */
function closeInline(block: string): string {
	const paragraph = block.slice(block.lastIndexOf('\n\n') + 1);
	const ticks = paragraph.match(/`+/g) ?? [];
	if (ticks.length % 2 === 1) {
		const open = ticks.at(-1) ?? '`';
		return block.endsWith(open) ? block.slice(0, -open.length) : block + open;
	}
	const stars = paragraph.replace(/`+[^`]*`+|\\\*/g, '').match(/(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)/g) ?? [];
	if (/(?:^|\s)\*{1,3}$/.test(block)) return block.replace(/\*+$/, '');
	if (stars.length % 2 === 0) return block;
	return block.endsWith('*') ? `${block}*` : `${block.trimEnd()}**`;
}
