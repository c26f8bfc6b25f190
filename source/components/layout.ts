/** Heights of the live area's parts, in rows of the terminal. */
export interface Layout {
	readonly tail: number;
	/** What was said during the answer, below it. */
	readonly asides: number;
	readonly queue: number;
	readonly composer: number;
	readonly status: number;
}

/** More of an unfinished block is not worth its bytes: it is drawn again with every frame until it moves to the scrollback. */
const maxTail = 12;
/** An empty line and three messages. */
const maxQueue = 4;

/**
 * Shares the terminal's rows. The sum is always lower than `rows`: a live area as high as the terminal would make Ink clear the
 * screen and take the scrollback's last lines with it. The composer comes first, the status line second.
 */
export function planLayout(rows: number, wanted: Layout): Layout {
	const available = Math.max(1, rows - 1);
	const composer = Math.max(1, Math.min(wanted.composer, maxComposerHeight(rows)));
	const status = Math.min(wanted.status, available - composer);
	const queue = Math.min(wanted.queue, maxQueue, available - composer - status);
	const asides = Math.min(wanted.asides, Math.floor((available - composer - status - queue) * (wanted.tail > 0 ? 0.7 : 1)));
	const tail = Math.min(wanted.tail, maxTail, available - composer - status - queue - asides);
	return {tail, asides, queue, composer, status};
}

/** How high the composer may grow before it scrolls. */
export function maxComposerHeight(rows: number): number {
	return Math.max(1, Math.min(10, Math.floor((rows - 1) / 2)));
}
