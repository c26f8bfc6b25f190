/** The window's title (OSC 2). @param text Fixed words of ours. */
export function titleSequence(text: string): string {
	return `\u001B]2;${text}\u001B\\`;
}

/** Keeps the title that is there (XTWINOPS 22, xterm's ctlseqs); terminals that have no such memory ignore it. */
export const keepTitle = '\u001B[22;2t';

/** Brings back the title that was kept. Where there is no such memory the title is empty, which shells and terminals fill in. */
export const restoreTitle = `${titleSequence('')}\u001B[23;2t`;
