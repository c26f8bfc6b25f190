/** A filter for text in pieces: a control sequence split across pieces is still recognised. */
export interface Sanitizer {
	/** The safe part of what has come so far. */
	push(piece: string): string;
	/** What was still held back, made safe. */
	end(): string;
}
