import {mkdir} from 'node:fs/promises';
import {dirname} from 'node:path';

type Make = (path: string, options: {readonly recursive: boolean; readonly mode: number}) => Promise<string | undefined>;

/**
 * Makes a private folder (0700) and those above it. Answers with the first one that it had to make.
 *
 * @throws The system's error. Node 24 says ENOENT of a read-only file system where it makes several; this says EROFS.
 */
export async function makeFolder(path: string, make: Make = mkdir): Promise<string | undefined> {
	try {
		return await make(path, {recursive: true, mode: 0o700});
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
		throw (await whyNot(path, make)) ?? error;
	}
}

/** What the system says of the uppermost folder that is missing. */
async function whyNot(path: string, make: Make): Promise<unknown> {
	try {
		await make(path, {recursive: false, mode: 0o700});
		return undefined;
	} catch (error) {
		return codeOf(error) === 'ENOENT' && dirname(path) !== path ? whyNot(dirname(path), make) : error;
	}
}

function codeOf(error: unknown): unknown {
	return (error as NodeJS.ErrnoException).code;
}
