/** Reproducible random numbers below a limit (mulberry32). */
export function seededRandom(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return below => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
	};
}

/** A text of up to `most` pieces. */
export function randomText(random: (below: number) => number, pieces: readonly string[], most: number): string {
	return Array.from({length: random(most + 1)}, () => pieces[random(pieces.length)]).join('');
}

/** The text in pieces of up to `longest` UTF-16 units, cut anywhere. */
export function cutAnywhere(random: (below: number) => number, text: string, longest: number): readonly string[] {
	const pieces: string[] = [];
	for (let at = 0; at < text.length; ) {
		const next = at + 1 + random(longest);
		pieces.push(text.slice(at, next));
		at = next;
	}
	return pieces;
}
