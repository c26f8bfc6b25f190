/** True for JSON objects (and arrays, whose fields are simply not there). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Foreign text: not being JSON is an answer, too.
		return undefined;
	}
}
