import type {FileHandle} from 'node:fs/promises';

/** How much is read at once, going back. */
const stepBytes = 64 * 1024;
/** A line longer than this is not copied whole: its end is. */
const mostBytes = 16 * 1024 * 1024;

/** A last line without its line feed: where it begins and what there is of it. Undefined when the file ends well. */
export async function tornTail(file: FileHandle, size: number): Promise<{readonly offset: number; readonly bytes: Buffer} | undefined> {
	if (size === 0 || (await read(file, size - 1, 1))[0] === 0x0a) return undefined;
	const parts: Buffer[] = [];
	let offset = size;
	while (offset > 0 && size - offset < mostBytes) {
		const start = Math.max(0, offset - stepBytes);
		const step = await read(file, start, offset - start);
		if (step.length === 0) break;
		const end = step.lastIndexOf(0x0a);
		parts.unshift(end === -1 ? step : step.subarray(end + 1));
		offset = end === -1 ? start : start + end + 1;
		if (end !== -1) break;
	}
	return {offset, bytes: Buffer.concat(parts)};
}

export function isWholeLine(bytes: Buffer): boolean {
	try {
		JSON.parse(bytes.toString('utf8'));
		return true;
	} catch {
		return false; // That is the question.
	}
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}
