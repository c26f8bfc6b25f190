/** A run as a gateway told it. */
export interface RecordedRun {
	readonly runId: string;
	readonly sessionKey: string;
	/** JSON lines: `["chat", {…}]`. */
	readonly frames: string;
}

/** The frames of a recorded run, each with the name of its event. */
export function framesOf({frames}: RecordedRun): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
	return frames.split('\n').map(line => JSON.parse(line));
}
