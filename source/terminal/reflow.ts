import stringWidth from 'string-width';

/** What stands at the bottom of the screen, and where in it the cursor is. */
export interface Frame {
	readonly lines: readonly string[];
	readonly caret: {readonly x: number; readonly y: number};
	/** Width of the terminal when it was drawn; longer lines were cut there. */
	readonly columns: number;
}

/**
 * Terminals that cut long lines when they become narrower. All others (VTE, kitty, iTerm2, WezTerm, Windows Terminal, tmux …) wrap
 * them anew, and a frame then takes more rows than were written.
 */
export function reflows(env: Readonly<Record<string, string | undefined>>): boolean {
	const term = env['TERM'] ?? '';
	return !(env['XTERM_VERSION'] || term === 'linux' || (term.startsWith('screen') && !env['TMUX']));
}

/**
 * Erases a frame that the terminal has wrapped anew to a new size, and leaves the cursor where Ink expects it: as many rows below the
 * frame's top as before. Without it each step of making the window smaller leaves copies of the frame in the scrollback. What the
 * terminal has scrolled away already is out of reach. No erasure begins in the first row: tmux takes that for a cleared screen, and
 * keeps what stood there.
 */
export function eraseReflowed(frame: Frame, {columns, rows}: {readonly columns: number; readonly rows: number}): string {
	const {lines, caret} = frame;
	const rowsOf = (line: string) => Math.max(1, Math.ceil(Math.min(stringWidth(line.trimEnd()), frame.columns) / columns));
	const above = lines.slice(0, caret.y).reduce((sum, line) => sum + rowsOf(line), Math.floor(caret.x / columns));
	const down = caret.y > 0 ? `\u001B[${caret.y}B` : '';
	if (above >= rows - 1) return `\u001B[H\u001B[K\u001B[2;1H\u001B[J${down}`;
	const up = above > 0 ? `\u001B[${above}A` : '';
	return `${up}\r\u001B7\u001B[K\u001B[1B\u001B[J\u001B8${down}`;
}
