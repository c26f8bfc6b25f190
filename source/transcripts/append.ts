import {type FileHandle, open, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {makeFolder} from '../config/make-folder.js';
import {syncDirectory} from './new-file.js';
import {isWholeLine, tornTail} from './torn-tail.js';

/** Appends lines to one file, in order. */
export interface LineFile {
	/**
	 * Adds one line (without its end). Resolves when it is written, after all lines before it; with `durable` when the disk has it.
	 * Rejects with the system's error; the line is then kept and written with the next one.
	 */
	append(line: string, durable?: boolean): Promise<void>;
	/** Writes the lines that were kept, if any, durably. */
	flush(): Promise<void>;
}

export interface LineFileOptions {
	/** Where the bytes of a last line are copied that was cut short before this process came; absent = they only stay in the file. */
	readonly tornCopy?: (offset: number) => string;
	/** Told once, with where the copy is. */
	readonly onTorn?: (copy: string) => void;
}

/**
 * A JSONL file that only grows: mode 0600 in a folder of mode 0700, created with its first line. Each line goes out in one write in
 * append mode, so that lines of two processes do not mix. A line that was cut short, by a crash or a full disk, is ended before the
 * next one begins: readers skip it, and nothing after it is lost.
 */
export function lineFile(path: string, {tornCopy, onTorn}: LineFileOptions = {}): LineFile {
	const waiting: string[] = [];
	let last: Promise<void> = Promise.resolve();
	let isFirstLook = true;
	/** Written, but not known to be on the disk. */
	let isDurable = true;

	const writeAll = async (durable: boolean) => {
		if (waiting.length === 0 && (isDurable || !durable)) return;
		const made = await makeFolder(dirname(path));
		const file = await open(path, 'a+', 0o600);
		try {
			const found = await file.stat();
			// It would take the line and give it to nobody, or keep us waiting.
			if (found.isFIFO()) throw new Error('a pipe, not a file');
			const {size} = found;
			const tail = await tornTail(file, size);
			if (tail !== undefined && isFirstLook && tornCopy !== undefined) await keepCopy(tail, tornCopy, onTorn);
			isFirstLook = false;
			let torn = tail !== undefined;
			for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
				isDurable = false;
				torn = await lacksEnd(file, `${torn ? '\n' : ''}${line}\n`);
				waiting.shift();
			}
			if (durable) await file.datasync();
			isDurable ||= durable;
			if (size === 0) await syncDirectory(dirname(path));
			if (made !== undefined) await syncDirectory(dirname(made));
		} finally {
			await file.close();
		}
	};
	const then = (durable: boolean) => {
		const written = last.then(() => writeAll(durable));
		last = written.catch(() => undefined); // The caller of this line is told; the next line tries again.
		return written;
	};

	return {
		append(line, durable = false) {
			waiting.push(line);
			return then(durable);
		},
		flush: () => then(true),
	};
}

/** Writes a line. Whether its line feed alone found no room: the line is whole then, and must not be written again. */
async function lacksEnd(file: FileHandle, text: string): Promise<boolean> {
	const bytes = Buffer.from(text);
	const {bytesWritten} = await file.write(bytes);
	if (bytesWritten < bytes.length - 1) throw Object.assign(new Error('no space left on device, short write'), {code: 'ENOSPC'});
	return bytesWritten < bytes.length;
}

/** The bytes stay in the file, too: when they cannot be copied nothing is lost. A line that lacks only its end is whole. */
async function keepCopy(
	tail: {readonly offset: number; readonly bytes: Buffer},
	tornCopy: (offset: number) => string,
	onTorn?: (copy: string) => void,
) {
	if (isWholeLine(tail.bytes)) return;
	const copy = tornCopy(tail.offset);
	try {
		await writeFile(copy, tail.bytes, {flag: 'wx', mode: 0o600});
		onTorn?.(copy);
	} catch (error) {
		// There already: another look kept it. No space: it stays where it is.
		if ((error as NodeJS.ErrnoException).code === undefined) throw error;
	}
}
