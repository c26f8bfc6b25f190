import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Line, splitLines} from './split-lines.js';

/**
 * Reading without promises: a thousand small files cost a tenth of the time, and a large one is read in pieces of about a millisecond, between
 * which others get their turn.
 */
const chunkBytes = 1024 * 1024;

/** A file that is open for reading. */
export interface OpenFile {
	readonly stats: Stats;
	/** Fills `buffer`, as far as the file goes; answers with how much. */
	read(buffer: Buffer, position: number): number;
	close(): void;
}

/** @throws The system's error; what is no plain file is answered with `EINVAL`. */
export function openForReading(path: string): OpenFile {
	// A pipe that lies in the folder must not be waited for. Windows has no such flag.
	const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const stats = fstatSync(descriptor);
		if (!stats.isFile()) throw Object.assign(new Error(`not a file: ${path}`), {code: 'EINVAL'});
		return {
			stats,
			read: (buffer, position) => readSync(descriptor, buffer, 0, buffer.length, position),
			close: () => closeSync(descriptor),
		};
	} catch (error) {
		closeSync(descriptor);
		throw error;
	}
}

/** A piece of the file; shorter where the file ends. */
export function readPlace(file: OpenFile, offset: number, length: number): Buffer {
	const buffer = Buffer.allocUnsafe(length);
	return buffer.subarray(0, file.read(buffer, offset));
}

/**
 * The lines between two places, in order. Stops at `to`: what another process appends meanwhile belongs to the next look.
 * A line is good only while it is visited.
 */
export async function eachLine(file: OpenFile, from: number, to: number, visit: (line: Line) => void): Promise<void> {
	for await (const _chunk of chunksOfLines(file, from, to, visit)) await nextTurn();
}

/** As `eachLine`, and pauses after each chunk but the last one. */
export function* chunksOfLines(file: OpenFile, from: number, to: number, visit: (line: Line) => void): Generator<void, void, void> {
	const splitter = splitLines(visit, from);
	const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(chunkBytes, to - from)));
	let position = from;
	while (position < to) {
		const length = file.read(buffer.subarray(0, Math.min(buffer.length, to - position)), position);
		if (length === 0) break;
		splitter.push(buffer.subarray(0, length));
		position += length;
		if (position < to) yield;
	}
	splitter.end();
}
