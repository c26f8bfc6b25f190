import {isAbsolute, resolve} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {fuzzyMatches} from '../chat/fuzzy.js';
import {gitFiles} from './git.js';
import {entriesOf, isPlain, walk} from './walk.js';

/** A file or folder that a typed path may mean. */
export interface FoundFile {
	/** As it is to be typed: relative, absolute or with `~/`, as the query was. A folder ends with a slash. */
	readonly path: string;
}

export interface FileFinder {
	/** The files that match what was typed, best first; undefined when nobody wants them any more. */
	find(query: string, isWanted?: () => boolean): Promise<readonly FoundFile[] | undefined>;
}

/** How long a list of all files is good for, in milliseconds. */
const freshMs = 10_000;
const mostFound = 50;
/** So many are matched in 5 ms. */
const filesInARow = 1000;

/** Finds files from a folder on: those of its repository or below it by their letters, those of any folder by the beginning of their names. */
export function createFileFinder(folder: string, home: string, now: () => number = Date.now): FileFinder {
	let listed: {readonly at: number; readonly paths: Promise<readonly string[]>} | undefined;
	const allFiles = () => {
		if (listed === undefined || now() - listed.at > freshMs) listed = {at: now(), paths: listFiles(folder)};
		return listed.paths;
	};
	return {
		async find(query, isWanted = () => true) {
			const [all, near] = await Promise.all([leadsAway(query) ? [] : allFiles(), beside(query, folder, home)]);
			const matched = await bestOf(query, all, isWanted);
			if (matched === undefined) return undefined;
			// What lies in the folder that was typed comes first when its name begins so: a folder to go on in, or a file that git ignores.
			const exact = near.filter(path => !matched.includes(path));
			return [...new Set([...(query === '' ? matched : []), ...exact, ...matched])].slice(0, mostFound).map(path => ({path}));
		},
	};
}

/** The best matches; keys have their turn between some thousands of files. Undefined when nobody wants them any more. */
async function bestOf(query: string, paths: readonly string[], isWanted: () => boolean): Promise<readonly string[] | undefined> {
	let best: readonly string[] = [];
	for (let from = 0; from < paths.length; from += filesInARow) {
		if (from > 0) await nextTurn();
		if (!isWanted()) return undefined;
		const next = fuzzyMatches(query, paths.slice(from, from + filesInARow), path => path);
		best = fuzzyMatches(query, [...best, ...next.slice(0, mostFound)], path => path).slice(0, mostFound);
	}
	return isWanted() ? best : undefined;
}

/** Where a typed path leads. */
export function fullPath(path: string, folder: string, home: string): string {
	return resolve(
		folder,
		path.replace(/^~(?=$|\/)/, () => home),
	);
}

async function listFiles(folder: string): Promise<readonly string[]> {
	return ((await gitFiles(folder)) ?? (await walk(folder))).filter(isPlain).slice(0, 20_000);
}

/** Paths that lead out of the folder are not in the list of its files. */
function leadsAway(query: string): boolean {
	return isAbsolute(query) || /^(?:~|\.\.?)(?:\/|$)/.test(query);
}

/** What lies in the folder of a typed path and begins like its last part; hidden names only when the dot was typed. */
async function beside(query: string, folder: string, home: string): Promise<readonly string[]> {
	if (query === '' || query === '~') return [];
	const cut = query.lastIndexOf('/') + 1;
	const typed = query.slice(cut).toLowerCase();
	const entries = await entriesOf(fullPath(query.slice(0, cut) || '.', folder, home));
	return entries
		.filter(({name}) => name.toLowerCase().startsWith(typed) && (typed.startsWith('.') || !name.startsWith('.')))
		.map(entry => `${query.slice(0, cut)}${entry.name}${entry.isDirectory() ? '/' : ''}`);
}
