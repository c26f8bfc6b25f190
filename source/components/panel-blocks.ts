/** Lines that are shown together or not at all. Those of the highest rank are left out first. */
export interface Block {
	readonly rank: number;
	readonly lines: readonly string[];
}

/** As many blocks as there is room for, in their order. Those of rank 0 and below are cut where not even they fit. */
export function fitting(blocks: readonly Block[], height: number): readonly string[] {
	let room = height;
	const kept = new Map<Block, readonly string[]>();
	for (const block of blocks.toSorted((a, b) => a.rank - b.rank)) {
		if (block.lines.length > room && block.rank > 0) break;
		const lines = block.lines.slice(0, room);
		kept.set(block, lines);
		room -= lines.length;
	}
	return blocks.flatMap(block => kept.get(block) ?? []);
}
