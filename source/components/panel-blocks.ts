/** Lines that are shown together or not at all. Those of the highest rank are left out first. */
export interface Block {
	readonly rank: number;
	readonly lines: readonly string[];
}

/** As many blocks as there is room for, in their order; rank 0 is cut from its beginning when not even it fits. */
export function fitting(blocks: readonly Block[], height: number): readonly string[] {
	let room = height;
	const kept = new Set<Block>();
	for (const block of blocks.toSorted((a, b) => a.rank - b.rank)) {
		if (block.lines.length > room && kept.size > 0) {
			if (block.rank > 0) break;
			continue;
		}
		kept.add(block);
		room -= block.lines.length;
	}
	return blocks
		.filter(block => kept.has(block))
		.flatMap(({lines}) => lines)
		.slice(0, height);
}
