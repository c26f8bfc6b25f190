/** Heights of the live area's parts, in rows of the terminal. */
export interface Layout {
	readonly tail: number;
	/** What was said during the answer, below it. */
	readonly asides: number;
	/** The connection panel, drawn for the room that `panelRoom` gave, and an empty line above it. */
	readonly panel: number;
	readonly queue: number;
	readonly composer: number;
	readonly status: number;
}

/** More of an unfinished block is not worth its bytes: it is drawn again with every frame until it moves to the scrollback. */
const maxTail = 12;
/** An empty line, what is attached with its first lines, and a message; or three messages. */
const maxQueue = 6;

/** Terminals lower than this need every row. */
const lowRows = 6;

/**
 * How high the live area may be. Ink's cursor stands in the row below it, so the terminal must be higher: else Ink clears the screen, and
 * the scrollback's last lines go with it. One more row stays free above: tmux takes an erasure that begins in the first row for a
 * cleared screen, and keeps what stood there in its scrollback.
 */
export function liveRows(rows: number): number {
	return Math.max(1, rows - (rows < lowRows ? 1 : 2));
}

/** Shares the terminal's rows; the sum is at most `liveRows`. The composer comes first, the status line second. */
export function planLayout(rows: number, wanted: Layout): Layout {
	const available = liveRows(rows);
	const composer = Math.max(1, Math.min(wanted.composer, maxComposerHeight(rows)));
	const status = Math.min(wanted.status, available - composer);
	const panel = Math.min(wanted.panel, available - composer - status);
	const queue = Math.min(wanted.queue, maxQueue, available - composer - status - panel);
	const free = available - composer - status - panel - queue;
	const asides = Math.min(wanted.asides, Math.floor(free * (wanted.tail > 0 ? 0.7 : 1)));
	const tail = Math.min(wanted.tail, maxTail, free - asides);
	return {tail, asides, panel, queue, composer, status};
}

/** How high the composer may grow before it scrolls. */
export function maxComposerHeight(rows: number): number {
	return Math.max(1, Math.min(10, Math.floor((rows - 1) / 2)));
}

/** Rows of an answer that stay on the screen beside a panel. */
const tailBesidePanel = 3;

/** How high the panel may be: composer, status line, an empty line above each, and a little of an answer stay. */
export function panelRoom(rows: number, composer: number, hasAnswer: boolean): number {
	return Math.max(0, liveRows(rows) - Math.min(composer, maxComposerHeight(rows)) - 3 - (hasAnswer && rows > 12 ? tailBesidePanel : 0));
}

/** Fewer rows are no list. */
const fewestListRows = 10;

/**
 * How high a list or the help may be: half of the screen, for they scroll. What they push up stays in the scrollback and does not come back
 * when they close.
 */
export function listRoom(rows: number, panel: number): number {
	return Math.min(panel, Math.max(fewestListRows, Math.floor(rows / 2)));
}
