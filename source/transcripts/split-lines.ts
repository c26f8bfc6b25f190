/** One line: `buffer` from `start` up to `end`, without its line feed; good only while it is visited, since chunks are written to again. */
export interface Line {
	readonly buffer: Buffer;
	readonly start: number;
	readonly end: number;
	/** Where it begins in the file, bytes. */
	readonly offset: number;
	/** The file ends in it: no line feed follows. */
	readonly isLast: boolean;
}

export interface LineSplitter {
	push(chunk: Buffer): void;
	/** The rest, if the file does not end with a line feed. */
	end(): void;
}

const lineFeed = 0x0a;

/** Cuts a file that comes in chunks into lines, in order, empty ones too. @param offset Where in the file the first chunk begins. */
export function splitLines(visit: (line: Line) => void, offset = 0): LineSplitter {
	let held: Buffer[] = [];
	let lineOffset = offset;
	const tell = (buffer: Buffer, start: number, end: number, isLast: boolean) => {
		const length = held.reduce((sum, part) => sum + part.length, end - start);
		if (held.length === 0) visit({buffer, start, end, offset: lineOffset, isLast});
		else visit({buffer: Buffer.concat([...held, buffer.subarray(start, end)]), start: 0, end: length, offset: lineOffset, isLast});
		held = [];
		lineOffset += length + 1;
	};
	return {
		push(chunk) {
			let start = 0;
			for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
				tell(chunk, start, end, false);
				start = end + 1;
			}
			if (start < chunk.length) held.push(Buffer.from(chunk.subarray(start)));
		},
		end() {
			const rest = held.pop();
			if (rest !== undefined) tell(rest, 0, rest.length, true);
		},
	};
}

export function textOfLine({buffer, start, end}: Line): string {
	return buffer.toString('utf8', start, end);
}

const kindPrefix = Buffer.from('{"kind":"');
/** Of these there are thousands: they are told byte by byte, without a text of each. */
const frequent = (['question', 'answer'] as const).map(kind => ({kind, bytes: Buffer.from(`{"kind":"${kind}"`)}));

/**
 * The record kind without parsing the line, for the lines that clawtalk writes: they begin with it and end with their brace. Undefined for
 * any other: they have to be parsed.
 */
export function kindAtStart({buffer, start, end}: Line): string | undefined {
	const from = start + kindPrefix.length;
	if (end - start < kindPrefix.length + 2 || buffer[end - 1] !== 0x7d) return undefined;
	for (const {kind, bytes} of frequent) if (beginsWith(buffer, start, end, bytes)) return kind;
	if (buffer.compare(kindPrefix, 0, kindPrefix.length, start, from) !== 0) return undefined;
	const text = buffer.toString('latin1', from, Math.min(end, from + 16));
	const quote = text.indexOf('"');
	return quote === -1 ? undefined : text.slice(0, quote);
}

function beginsWith(buffer: Buffer, start: number, end: number, bytes: Buffer): boolean {
	if (end - start < bytes.length) return false;
	// From the end: all kinds begin alike.
	for (let index = bytes.length - 1; index >= 0; index--) if (buffer[start + index] !== bytes[index]) return false;
	return true;
}
