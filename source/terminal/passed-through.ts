const esc = '\u001B';
/** GNU screen takes control strings of at most 768 bytes (its manual, "String escapes"); 600 leaves room for what stands around them. */
const screenPieceLength = 600;

type Environment = Readonly<Record<string, string | undefined>>;

/** What stands between the program and the terminal, as far as the environment tells. */
export function multiplexer(env: Environment): 'tmux' | 'screen' | undefined {
	if (env['TMUX']) return 'tmux';
	return env['STY'] ? 'screen' : undefined;
}

/** A control sequence for the terminal around tmux (it needs `allow-passthrough on`) or GNU screen; as it is where there is neither. */
export function passedThrough(sequence: string, env: Environment): string {
	const between = multiplexer(env);
	if (between === 'tmux') return `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${esc}\\`;
	return between === 'screen' ? throughScreen(sequence) : sequence;
}

/** In pieces that GNU screen takes. */
export function throughScreen(sequence: string): string {
	const pieces = sequence.match(new RegExp(`[\\s\\S]{1,${screenPieceLength}}`, 'g')) ?? [];
	return pieces.map(piece => `${esc}P${piece}${esc}\\`).join('');
}

/** Whether GNU screen takes the sequence as one string. */
export function fitsScreen(sequence: string): boolean {
	return sequence.length <= screenPieceLength;
}
