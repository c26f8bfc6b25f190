import {open, rename, rm} from 'node:fs/promises';

/**
 * Puts a text in the place of a file, whole or not at all: into a temporary one of mode 0600 beside it, onto the disk, then under its name. The
 * name of the temporary one cannot be guessed and is new, so that no link is written through.
 *
 * @throws The system's error; the file is then as it was.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
	const temporary = `${path}.${crypto.randomUUID()}.new`;
	try {
		const file = await open(temporary, 'wx', 0o600);
		try {
			await file.writeFile(text);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(temporary, path);
	} catch (error) {
		// What failed first is what is told.
		await rm(temporary, {force: true}).catch(() => undefined);
		throw error;
	}
}
