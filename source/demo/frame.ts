/** A request frame of the control plane. */
export interface Frame {
	readonly id: string;
	readonly method: string;
	readonly params: Readonly<Record<string, unknown>>;
}

/** Reads a request frame; undefined when the text is not one. */
export function readFrame(text: string): Frame | undefined {
	const value = parse(text);
	return isRecord(value) && value['type'] === 'req' && typeof value['id'] === 'string' && typeof value['method'] === 'string'
		? {id: value['id'], method: value['method'], params: isRecord(value['params']) ? value['params'] : {}}
		: undefined;
}

/** Whether a text is JSON at all: what is not JSON is treated differently from a wrong frame. */
export function isJson(text: string): boolean {
	return parse(text) !== undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined; // not JSON: the callers' own case
	}
}
