import {closeSync, constants, fchmodSync, fstatSync, openSync, writeSync} from 'node:fs';
import {redact} from '../../diagnosis/redact.js';

export type DebugLog =
	/** `close` gives the line to say when not all of it could be written: a full disk ends the log, and nothing else. */
	| {readonly ok: true; write(line: string): void; close(): string | undefined}
	/** One line that says why the file is not written. */
	| {readonly ok: false; readonly message: string};

/**
 * Opens the file of `--debug` for appending. Only a regular file is ever written: links are not followed, and devices, pipes and
 * folders are refused. The file becomes readable by its owner only, also when it was there before. Lines carry the time and are
 * redacted; writing is synchronous so that the last line before a crash is there.
 */
export function openDebugLog(path: string): DebugLog {
	try {
		const {O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY} = constants;
		const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0), 0o600);
		if (!fstatSync(descriptor).isFile()) {
			closeSync(descriptor);
			return {ok: false, message: `--debug ${path}: not a regular file, nothing was written.`};
		}
		fchmodSync(descriptor, 0o600);
		return logTo(descriptor, path);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		const why = code === 'ELOOP' ? 'a symbolic link' : code === 'ENXIO' ? 'not a regular file' : (code ?? String(error));
		return {ok: false, message: `--debug ${path} cannot be written: ${why}.`};
	}
}

function logTo(descriptor: number, path: string): DebugLog {
	let failure: string | undefined;
	return {
		ok: true,
		write(line) {
			if (failure !== undefined) return;
			try {
				writeLine(descriptor, line);
			} catch (error) {
				const {code, message} = error as NodeJS.ErrnoException;
				failure = `--debug ${path} could not be written to its end: ${code ?? message}.`;
			}
		},
		close() {
			closeSync(descriptor);
			return failure;
		},
	};
}

function writeLine(descriptor: number, line: string): void {
	const oneLine = redact(line).replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
	writeSync(descriptor, `${new Date().toISOString()} ${oneLine}\n`);
}
