/** Where words were found in a text, in pieces of one line each: `before`, the `match` as it is written there, `after`. */
export interface Match {
	readonly before: string;
	readonly match: string;
	readonly after: string;
}

/** How much stands on each side of a match, UTF-16 units. */
const contextLength = 60;

/** The words of a query as `matchIn` wants them. */
export function wordsOf(query: string): readonly string[] {
	return fold(query).split(/\s+/).filter(Boolean);
}

/** The first place of one of the words, if all are there; without regard to case and accents. */
export function matchIn(text: string, words: readonly string[]): Match | undefined {
	const folded = fold(text);
	let first = Number.POSITIVE_INFINITY;
	let length = 0;
	for (const word of words) {
		const index = folded.indexOf(word);
		if (index === -1) return undefined;
		if (index < first) [first, length] = [index, word.length];
	}
	if (!Number.isFinite(first)) return undefined;
	const [start, end] = folded.length === text.length && isPlain(text) ? [first, first + length] : placeIn(text, first, first + length);
	return {
		before: oneLine(text.slice(Math.max(0, start - contextLength), start), start > contextLength ? '…' : '', ''),
		match: text.slice(start, end).replace(/\s+/g, ' '),
		after: oneLine(text.slice(end, end + contextLength), '', end + contextLength < text.length ? '…' : ''),
	};
}

/** Letters without case and accents. Most text has none, and lower case alone is quicker by far. */
function fold(text: string): string {
	return isPlain(text) ? text.toLowerCase() : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function isPlain(text: string): boolean {
	return !/[^\0-\x7f]/.test(text);
}

/** Folding changes lengths: walks through the text until as much has been folded. Letters of a match are taken whole, with their accents. */
function placeIn(text: string, foldedStart: number, foldedEnd: number): readonly [start: number, end: number] {
	let folded = 0;
	let start = -1;
	let index = 0;
	for (const character of text) {
		const length = fold(character).length;
		if (start === -1 && folded + length > foldedStart) start = index;
		if (folded >= foldedEnd && length > 0) return [start, index];
		folded += length;
		index += character.length;
	}
	return [start === -1 ? text.length : start, text.length];
}

/** Half a character at a cut is left out. */
function oneLine(text: string, leading: string, trailing: string): string {
	return `${leading}${text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '').replace(/\s+/g, ' ')}${trailing}`;
}
