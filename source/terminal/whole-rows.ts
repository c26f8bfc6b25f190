/**
 * Where the rows of a paragraph end that is still being received: what stands before can be written, nothing that follows changes it.
 * Undefined where that is not sure: outside of a paragraph of one line, or with marks open. Words that may go on are not looked at.
 *
 * @param width Cells of the terminal.
 * @param rowsOf How many rows the terminal needs for some markdown.
 */
export function endOfWholeRows(text: string, width: number, rowsOf: (markdown: string) => number): number | undefined {
	if (text.length <= width || text.length > mostRows * width || text.includes('\n')) return undefined;
	if (!beginsParagraph.test(text) || beginsList.test(text)) return undefined;
	let rows = 1;
	let wordStart = 0;
	for (const {index, 0: gap} of text.matchAll(/ +/g)) {
		if (index < width / 2) continue;
		const needed = rowsOf(text.slice(0, index));
		if (needed > rows && isClosed(text.slice(0, wordStart)) && canBegin(text.slice(wordStart))) return wordStart;
		rows = needed;
		wordStart = index + gap.length;
	}
	return undefined;
}

/** With every piece that is received the rows are counted again: longer texts wait for their end. */
const mostRows = 4;

const beginsParagraph = /^[\p{L}\p{N}"'(„“«¿¡]/u;
const beginsList = /^\d{1,9}[.)]/;

/** No mark of bold text, code or a link is open at the end; texts with other marks are left alone. */
function isClosed(text: string): boolean {
	if (/[<|$\\]/.test(text)) return false;
	const closed = [/\*+/g, /_+/g, /`+/g, /~+/g].every(runs => {
		const [first, ...others] = text.match(runs) ?? [];
		return first === undefined || (others.length % 2 === 1 && others.every(({length}) => length === first.length));
	});
	return closed && text.split('[').length === text.split(']').length;
}

/** At the beginning of a line these words would still be words. */
function canBegin(text: string): boolean {
	return beginsParagraph.test(text) && !beginsList.test(text);
}
