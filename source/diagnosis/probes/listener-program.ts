import {readdir, readFile, readlink} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {plainLine} from '../../gateway/plain-text.js';

/** A machine with thousands of processes is not searched to the end, milliseconds. */
const searchMs = 300;

/** The program that has one of these sockets open, as far as this user may see it (`/proc/PID/fd`, proc(5)); the newest processes first. */
export async function programOf(inodes: readonly string[], procFolder: string): Promise<string | undefined> {
	const wanted = new Set(inodes.filter(inode => inode !== '' && inode !== '0').map(inode => `socket:[${inode}]`));
	if (wanted.size === 0) return undefined;
	const giveUpAt = performance.now() + searchMs;
	const processes = (await readdir(procFolder)).filter(name => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a));
	for (const process of processes) {
		if (performance.now() > giveUpAt) return undefined;
		if (await hasOpen(join(procFolder, process, 'fd'), wanted)) return await nameOf(join(procFolder, process));
	}
	return undefined;
}

async function hasOpen(folder: string, wanted: ReadonlySet<string>): Promise<boolean> {
	try {
		const links = await Promise.allSettled((await readdir(folder)).map(name => readlink(join(folder, name))));
		return links.some(link => link.status === 'fulfilled' && wanted.has(link.value));
	} catch {
		// Gone meanwhile, or the process of another user: it tells nothing.
		return false;
	}
}

/** First word of the command line, which programs may set (`openclaw-gateway`, `nginx:`), else the kernel's name for it. */
async function nameOf(folder: string): Promise<string | undefined> {
	try {
		const [first = ''] = (await readFile(join(folder, 'cmdline'), 'utf8')).split(/[\0 ]/);
		const name = basename(first).replace(/:$/, '') || (await readFile(join(folder, 'comm'), 'utf8')).trim();
		return name === '' ? undefined : plainLine(name, 40);
	} catch {
		// It ended meanwhile.
		return undefined;
	}
}
