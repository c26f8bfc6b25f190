import {link, lstat, open, rename, rm} from 'node:fs/promises';
import {dirname} from 'node:path';

/**
 * Writes a file that does not exist yet, whole or not at all: into a temporary one, onto the disk, then under its name. Mode 0600.
 *
 * @throws The system's error; `EEXIST` when there is one: it is left as it is.
 */
export async function writeNewFile(
	path: string,
	write: (append: (text: string | Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
	// The folder may be anybody's (an export into /tmp): no link and no file that somebody put there is written through.
	const temporary = `${path}.${crypto.randomUUID()}.new`;
	const file = await open(temporary, 'wx', 0o600);
	try {
		try {
			await write(async text => void (await file.appendFile(text)));
			await file.sync();
		} finally {
			await file.close();
		}
		await moveWithoutOverwriting(temporary, path);
	} catch (error) {
		// Nobody else moves a temporary file: what has its content under the new name is this one.
		if (await isSameFile(temporary, path).catch(() => false)) await rm(path, {force: true});
		await rm(temporary, {force: true});
		throw error;
	}
}

/**
 * Gives a file another name in the same file system, durably. A link first, since renaming would replace what has the new name; killed between
 * the two steps, the file has both names; the next move to the same name ends that.
 *
 * @throws The system's error; `EEXIST` when another file has the new name.
 */
export async function moveWithoutOverwriting(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
	} catch (error) {
		const {code = ''} = error as NodeJS.ErrnoException;
		if (code === 'EEXIST' && (await isSameFile(from, to))) return rm(from, {force: true});
		if (!withoutLinks.has(code) || (await exists(to))) throw error;
		return rename(from, to);
	}
	await syncDirectory(dirname(to));
	// Another process that moves it to the same place may have been quicker.
	await rm(from, {force: true});
}

/** What file systems answer that know no hard links (exFAT, some shares). */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

/** New and changed names in a folder are on the disk when this resolves; systems that cannot do it on a folder (Windows) need no such thing. */
export async function syncDirectory(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const directory = await open(path, 'r');
	try {
		await directory.sync();
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
	} finally {
		await directory.close();
	}
}

/** Two names of one file. A symbolic link to it is another file: it is nothing without the first. */
async function isSameFile(one: string, other: string): Promise<boolean> {
	const [a, b] = await Promise.all([lstat(one), lstat(other)]);
	return a.ino === b.ino && a.dev === b.dev;
}

async function exists(path: string): Promise<boolean> {
	return lstat(path).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false;
			throw error;
		},
	);
}
