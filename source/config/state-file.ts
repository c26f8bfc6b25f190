import {randomUUID} from 'node:crypto';
import {open, readFile, rename, unlink} from 'node:fs/promises';
import {withLock} from './file-lock.js';
import {ensureDirectory} from './folder.js';
import type {Locations} from './location.js';
import {isRecord} from './schema.js';
import {shown} from './shown.js';

/** A small JSON object that clawtalk itself keeps (trust, refusals). */
export interface StateFile {
	/** The object; empty when there is none. A file that is not understood is moved aside and `notices` says so. */
	read(): Promise<{readonly value: Readonly<Record<string, unknown>>; readonly notices: readonly string[]}>;
	/** Read, change, write with mode 0600, under a lock and by rename, so that no reader ever sees half of it. */
	update(change: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Promise<readonly string[]>;
}

/** `what` is the file in words, e.g. `list of trusted gateways`. `now` is milliseconds since the epoch. */
export function openStateFile(path: string, locations: Locations, what: string, now: () => number): StateFile {
	const read = async (): ReturnType<StateFile['read']> => {
		let text: string;
		try {
			text = await readFile(path, 'utf8');
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			if (code === 'ENOENT') return {value: {}, notices: []};
			return {value: {}, notices: [`the ${what} cannot be read (${shown(path)}, ${code ?? 'unknown error'}); going on without it.`]};
		}
		const value = objectIn(text);
		return value ? {value, notices: []} : {value: {}, notices: [await keepAside(path, what, now())]};
	};
	const update: StateFile['update'] = async change => {
		await ensureDirectory(locations);
		return withLock(path, async () => {
			const {value, notices} = await read();
			await replace(path, `${JSON.stringify(change(value), undefined, '\t')}\n`);
			return notices;
		});
	};
	return {read, update};
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
		return isRecord(value) ? value : undefined;
	} catch {
		// Not JSON: the caller keeps the file aside.
		return undefined;
	}
}

async function keepAside(path: string, what: string, nowMs: number): Promise<string> {
	const aside = `${path}.bad-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
	try {
		await rename(path, aside);
		return `the ${what} was not readable; it is kept as ${shown(aside)}, and a new one begins.`;
	} catch (error) {
		// Another process moved it first, or the folder is read-only: nothing is lost either way.
		return `the ${what} is not readable (${shown(path)}) and could not be moved (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`;
	}
}

async function replace(path: string, text: string): Promise<void> {
	const temporary = `${path}.${randomUUID()}.new`;
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
		await unlink(temporary).catch(() => undefined);
		throw error;
	}
}
