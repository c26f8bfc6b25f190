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
 * Erases a frame that the terminal has wrapped anew to `columns`, and leaves the cursor where Ink expects it: as many rows below the
 * frame's top as before. Without it each step of making the window narrower leaves copies of the frame in the scrollback.
 */
export function eraseReflowed(frame: Frame, columns: number): string {
	const {lines, caret} = frame;
	const rowsOf = (line: string) => Math.max(1, Math.ceil(Math.min(stringWidth(line.trimEnd()), frame.columns) / columns));
	const above = lines.slice(0, caret.y).reduce((rows, line) => rows + rowsOf(line), Math.floor(caret.x / columns));
	const up = above > 0 ? `\u001B[${above}A` : '';
	const down = caret.y > 0 ? `\u001B[${caret.y}B` : '';
	return `${up}\r\u001B[J${down}`;
}
