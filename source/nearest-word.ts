/** The candidate that is a likely misspelling of `word`: at most two edits away, and at most half as many as it has letters. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let bestDistance = Math.min(3, Math.ceil(word.length / 2) + 1);
	for (const candidate of candidates) {
		const distance = editDistance(word, candidate);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** What was probably meant: the only candidate that begins with the word, or that of several which begins them all, else the nearest one. */
export function likely(word: string, candidates: Iterable<string>): string | undefined {
	const all = [...candidates];
	const begun = word.replace(/^-+/, '') === '' ? [] : all.filter(candidate => candidate.startsWith(word));
	return begun.find(candidate => begun.every(other => other.startsWith(candidate))) ?? nearest(word, all);
}

/** Edits are insertion, deletion, replacement, and the swap of two neighbours (optimal string alignment distance). */
function editDistance(a: string, b: string): number {
	const rows: number[][] = [Array.from({length: b.length + 1}, (_, column) => column)];
	const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
	for (let row = 1; row <= a.length; row++) {
		rows.push([row]);
		for (let column = 1; column <= b.length; column++) {
			const replaced = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
			let least = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced);
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				least = Math.min(least, at(row - 2, column - 2) + 1);
			}
			rows[row]?.push(least);
		}
	}
	return at(a.length, b.length);
}
