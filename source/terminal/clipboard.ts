const esc = '\u001B';
/** GNU screen takes control strings of at most 768 bytes (its manual, "String escapes"); 600 leaves room for what stands around them. */
const screenPieceLength = 600;

/**
 * The control sequence that asks the terminal to put one line on the clipboard (OSC 52, xterm's ctlseqs). tmux and screen swallow it, so
 * there it is wrapped for the terminal around them; tmux gets it for itself, too, because it may be the one that is allowed to do it
 * (`set-clipboard on`, else `allow-passthrough on`). Whether anybody obeys is never answered.
 *
 * @param line Copied as one line, without a newline at its end.
 */
export function clipboardSequence(line: string, env: Readonly<Record<string, string | undefined>>): string {
	const text = line.replace(/[\r\n]+/g, ' ').trim();
	const sequence = `${esc}]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (env['TMUX']) return `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${esc}\\${sequence}`;
	if (env['STY']) return inScreen(sequence);
	if (!/^(?:screen|tmux)/.test(env['TERM'] ?? '')) return sequence;
	// One of them runs on another machine than this shell, and only TERM tells: tmux takes the plain one, screen the wrapped one, and a
	// plain one that is too long for screen would be printed by it.
	return inScreen(sequence) + (sequence.length <= screenPieceLength ? sequence : '');
}

function inScreen(sequence: string): string {
	const pieces = sequence.match(new RegExp(`[\\s\\S]{1,${screenPieceLength}}`, 'g')) ?? [];
	return pieces.map(piece => `${esc}P${piece}${esc}\\`).join('');
}
