import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';

/**
 * Opens one of our own files for reading. A pipe or a device in its place would be waited for, for ever perhaps, and what comes out of it is not
 * ours: only regular files are read, links to them included.
 *
 * @throws The system's error, `EISDIR` for a folder too, or one without a code that says what is there instead.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
	// Windows has no such flag.
	const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const found = await file.stat();
		if (found.isDirectory()) throw Object.assign(new Error('a folder, not a file'), {code: 'EISDIR'});
		if (!found.isFile()) throw new Error('a pipe or a device, not a file');
		return file;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** The text of one of our own files. @throws As `openRegularFile`. */
export async function readRegularFile(path: string): Promise<string> {
	const file = await openRegularFile(path);
	try {
		return await file.readFile('utf8');
	} finally {
		await file.close();
	}
}
