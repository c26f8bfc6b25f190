/** Which of our own styles and which link are open at a place of a text. */
export interface StyleTrack {
	/** A control sequence of the text: SGR with one style, or OSC 8. */
	take(sequence: string): void;
	/** The sequences that open anew what is open. */
	open(): string;
	/** The sequences that close what is open. */
	close(): string;
}

const linkEnd = '\u001B]8;;\u001B\\';

export function createStyleTrack(): StyleTrack {
	let styles: ReadonlyArray<readonly [open: string, end: number]> = [];
	let link = '';
	return {
		take(sequence) {
			if (sequence.startsWith('\u001B]')) {
				link = /^\u001B\]8;[^;]*;(?:\u0007|\u001B)/.test(sequence) ? '' : sequence;
				return;
			}
			const code = Number.parseInt(sequence.slice(2), 10) || 0;
			const end = endOf(code);
			if (end !== undefined) styles = styles.some(([open]) => open === sequence) ? styles : [...styles, [sequence, end]];
			else styles = code === 0 ? [] : styles.filter(([, style]) => style !== code);
		},
		open: () => link + styles.map(([sequence]) => sequence).join(''),
		close() {
			const ends = new Set(styles.map(([, end]) => end).toReversed());
			return [...ends].map(end => `\u001B[${end}m`).join('') + (link && linkEnd);
		},
	};
}

/** The SGR parameter that ends a style (ECMA-48 §8.3.117); undefined for one that is an end itself. */
function endOf(code: number): number | undefined {
	if (code === 1 || code === 2) return 22;
	if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return 39;
	if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return 49;
	return new Map([
		[3, 23],
		[4, 24],
		[7, 27],
		[9, 29],
	]).get(code);
}
