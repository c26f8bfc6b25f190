import {type FileHandle, mkdir, open} from 'node:fs/promises';
import {dirname} from 'node:path';

/** Appends lines to one file, in order. */
export interface LineFile {
	/**
	 * Adds one line (without its end). Resolves when it is written, after all lines before it; with `durable` when the disk has it.
	 * Rejects with the system's error; the line is then kept and written with the next one.
	 */
	append(line: string, durable?: boolean): Promise<void>;
}

/**
 * A JSONL file that only grows: mode 0600 in a folder of mode 0700, created with its first line. Each line goes out in one write in
 * append mode, so that lines of two processes do not mix. A line that was cut short, by a crash or a full disk, is ended before the
 * next one begins: readers skip it, and nothing after it is lost.
 */
export function lineFile(path: string): LineFile {
	const waiting: string[] = [];
	let last: Promise<void> = Promise.resolve();

	const writeAll = async (durable: boolean) => {
		await mkdir(dirname(path), {recursive: true, mode: 0o700});
		const file = await open(path, 'a+', 0o600);
		try {
			let torn = await endsTorn(file);
			for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
				await writeWhole(file, `${torn ? '\n' : ''}${line}\n`);
				torn = false;
				waiting.shift();
			}
			if (durable) await file.datasync();
		} finally {
			await file.close();
		}
	};

	return {
		append(line, durable = false) {
			waiting.push(line);
			const written = last.then(() => writeAll(durable));
			last = written.catch(() => undefined); // The caller of this line is told; the next line tries again.
			return written;
		},
	};
}

async function writeWhole(file: FileHandle, text: string): Promise<void> {
	const bytes = Buffer.from(text);
	const {bytesWritten} = await file.write(bytes);
	if (bytesWritten < bytes.length) throw Object.assign(new Error('no space left on device, short write'), {code: 'ENOSPC'});
}

async function endsTorn(file: FileHandle): Promise<boolean> {
	const {size} = await file.stat();
	if (size === 0) return false;
	const {bytesRead, buffer} = await file.read(Buffer.alloc(1), 0, 1, size - 1);
	return bytesRead === 1 && buffer[0] !== 0x0a;
}
