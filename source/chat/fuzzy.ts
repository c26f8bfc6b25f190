/**
 * The items that hold every word of the query, a word as letters in their order; best first: letters that stand together, and at the start of a
 * word. Without regard to case and accents. An empty query keeps all, in their order.
 */
export function fuzzyMatches<Item>(query: string, items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
	const words = folded(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return items;
	return items
		.flatMap((item, index) => {
			const score = scoreOf(words, folded(textOf(item)));
			return score === undefined ? [] : [{item, score, index}];
		})
		.sort((a, b) => b.score - a.score || a.index - b.index)
		.map(({item}) => item);
}

function scoreOf(words: readonly string[], text: string): number | undefined {
	let score = 0;
	for (const word of words) {
		const one = wordScore(word, text);
		if (one === undefined) return undefined;
		score += one;
	}
	return score;
}

/** A part of the text counts most; else letters in order, more for those that follow each other or begin a word. */
function wordScore(word: string, text: string): number | undefined {
	const found = text.indexOf(word);
	if (found !== -1) return word.length * 4 + (beginsWord(text, found) ? 4 : 0) - Math.min(found, 20) / 20;
	let score = 0;
	let at = -1;
	for (const letter of word) {
		const next = text.indexOf(letter, at + 1);
		if (next === -1) return undefined;
		score += next === at + 1 || beginsWord(text, next) ? 2 : 0.5;
		at = next;
	}
	return score;
}

function beginsWord(text: string, index: number): boolean {
	return index === 0 || /[^\p{L}\p{N}]/u.test(text[index - 1] ?? '');
}

function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
