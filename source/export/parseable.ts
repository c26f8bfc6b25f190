/** Longer texts are not parsed: it would take longer than anyone waits. */
const maxLength = 256 * 1024;
/** Nor are those with so much between two empty lines: what marked does with marks that nobody closes grows with the square of it. */
const maxParagraphLength = 32 * 1024;

/** Whether markdown of somebody who is not trusted is parsed in a moment. UTF-16 units. */
export function isParseable(markdown: string): boolean {
	return markdown.length <= maxLength && markdown.split(/\n[ \t]*\n/).every(({length}) => length <= maxParagraphLength);
}
