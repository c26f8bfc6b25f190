import {fitsScreen, multiplexer, passedThrough, throughScreen} from './passed-through.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The control sequence that asks the terminal to put one line on the clipboard. @param line Copied as one line, without a newline at its
 * end.
 */
export function clipboardSequence(line: string, env: Environment): string {
	return clipboardTextSequence(line.replace(/[\r\n]+/g, ' ').trim(), env);
}

/**
 * The control sequence that asks the terminal to put a text on the clipboard as it is (OSC 52, xterm's ctlseqs). tmux and screen swallow
 * it, so there it is wrapped for the terminal around them; tmux gets it for itself, too, because it may be the one that is allowed to do
 * it (`set-clipboard on`, else `allow-passthrough on`). Whether anybody obeys is never answered.
 */
export function clipboardTextSequence(text: string, env: Environment): string {
	const sequence = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	const between = multiplexer(env);
	if (between === 'tmux') return passedThrough(sequence, env) + sequence;
	if (between === 'screen') return passedThrough(sequence, env);
	if (!/^(?:screen|tmux)/.test(env['TERM'] ?? '')) return sequence;
	// One of them runs on another machine than this shell, and only TERM tells: tmux takes the plain one, screen the wrapped one, and a
	// plain one that is too long for screen would be printed by it.
	return throughScreen(sequence) + (fitsScreen(sequence) ? sequence : '');
}

/** Terminals that take OSC 52 without being asked, as far as their environment tells them apart. */
export function takesClipboard(env: Environment): boolean {
	if (env['KITTY_WINDOW_ID'] || env['WEZTERM_PANE'] || env['WT_SESSION'] || env['ALACRITTY_WINDOW_ID'] || env['TMUX']) return true;
	return (
		/^(?:iTerm\.app|WezTerm|ghostty|vscode|rio)$/.test(env['TERM_PROGRAM'] ?? '') ||
		/^(?:foot|xterm-kitty|xterm-ghostty)/.test(env['TERM'] ?? '')
	);
}
