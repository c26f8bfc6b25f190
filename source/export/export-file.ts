import {lstat} from 'node:fs/promises';
import {join, parse} from 'node:path';
import {replaceFile} from '../config/replace-file.js';
import {writeNewFile} from '../transcripts/new-file.js';

/**
 * Writes an export whole or not at all, mode 0600. @throws The system's error: `EEXIST` when there is such a file and `replaces` was not
 * asked for, or it is no plain file; it is left as it is then.
 */
export async function writeExport(path: string, text: string, {replaces = false}: {readonly replaces?: boolean} = {}): Promise<void> {
	if (!replaces || (await kindOf(path)) === 'none') return writeNewFile(path, append => append(text));
	if ((await kindOf(path)) === 'other') throw Object.assign(new Error(`${path} is no plain file`), {code: 'EEXIST'});
	return replaceFile(path, text);
}

/** Writes into a folder under this name, or with the first free number behind it. Answers with the path. */
export async function writeNumberedExport(folder: string, name: string, text: string): Promise<string> {
	const {name: stem, ext} = parse(name);
	for (let count = 1; ; count++) {
		const path = join(folder, count === 1 ? name : `${stem}-${count}${ext}`);
		try {
			await writeExport(path, text);
			return path;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count === 1000) throw error;
		}
	}
}

/** Devices, sockets, folders and links are not replaced: nobody means them by a file for an export. */
async function kindOf(path: string): Promise<'none' | 'file' | 'other'> {
	const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	});
	return stats === undefined ? 'none' : stats.isFile() ? 'file' : 'other';
}
