import type {Writable} from 'node:stream';

type Terminal = Writable & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};

/** Lines at the end of a terminal that are drawn anew in place, without clearing the screen. */
export interface LiveBlock {
	/** Shows these lines instead of those before. Lines are no wider than the terminal. */
	draw(lines: readonly string[]): void;
	/** The last lines, which may be as long and as many as they like; the block ends below them. */
	end(lines: readonly string[]): void;
}

/** A block at the cursor. What does not fit the height of the terminal is left out until the end. */
export function liveBlock(terminal: Terminal): LiveBlock {
	let shown: readonly string[] = [];
	const replaceBy = (lines: readonly string[]) => {
		if (lines.length === shown.length && lines.every((line, index) => line === shown[index])) return;
		// Each line is erased behind its new text (EL), and the rest below the last one (ED): nothing flickers, the scrollback stays.
		const rows = shown.reduce((sum, line) => sum + rowsOf(line, terminal.columns), 0);
		const up = rows > 0 ? `\u001B[${rows}A\r` : '';
		terminal.write(`${up}${lines.map(line => `${line}\u001B[K\n`).join('')}\u001B[J`);
		shown = lines;
	};
	return {
		draw: lines => replaceBy(lines.slice(0, Math.max(1, (terminal.rows ?? 24) - 1))),
		end(lines) {
			replaceBy(lines);
			shown = [];
		},
	};
}

/** How many rows a line takes by now: a terminal that was made narrower has broken it. */
function rowsOf(line: string, columns = 80): number {
	const painted = /\u001B\[[\d;]*m/g;
	return Math.max(1, Math.ceil(line.replace(painted, '').length / Math.max(1, columns)));
}
