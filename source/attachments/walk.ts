import {type Dirent, readdir} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';

const readFolder = promisify(readdir) as (path: string, options: {withFileTypes: true}) => Promise<Dirent[]>;

const mostFiles = 20_000;
const deepest = 8;
const longestMs = 1500;

/** Files below a folder, those near to it first, as far as that is quick; hidden folders and `node_modules` are left out. */
export async function walk(folder: string, now: () => number = Date.now): Promise<readonly string[]> {
	const begunAt = now();
	const found: string[] = [];
	let level = [''];
	for (let depth = 0; depth < deepest && level.length > 0; depth++) {
		const next: string[] = [];
		for (const way of level) {
			if (found.length >= mostFiles || now() - begunAt > longestMs) return found;
			for (const entry of await entriesOf(join(folder, way))) {
				const path = way === '' ? entry.name : `${way}/${entry.name}`;
				if (entry.isFile()) found.push(path);
				else if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') next.push(path);
			}
		}
		level = next;
	}
	return found.slice(0, mostFiles);
}

/** In the order of their names; nothing of a folder that cannot be read: there is nothing in it to choose. */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
	const entries = await readFolder(folder, {withFileTypes: true}).catch((): Dirent[] => []);
	return entries.filter(({name}) => isPlain(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names with control characters can be neither shown nor typed. */
export function isPlain(name: string): boolean {
	return !/[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/u.test(name);
}
