import {rename} from 'node:fs/promises';
import {ensureDirectory} from './folder.js';
import type {Locations} from './location.js';
import {readRegularFile} from './regular-file.js';
import {replaceFile} from './replace-file.js';
import {isRecord} from './schema.js';
import {shown} from './shown.js';

/** A small JSON object that clawtalk itself keeps (trust, refusals). */
export interface StateFile {
	/** The object; empty when there is none. A file that is not understood is moved aside and `notices` says so. */
	read(): Promise<Content>;
	/**
	 * Read, change, write with mode 0600, under a lock and by rename, so that no reader ever sees half of it.
	 * A file that is not understood is moved aside first. Rejects when it cannot be read, moved or written: it is then as it was.
	 */
	update(change: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Promise<readonly string[]>;
}

export interface Content {
	readonly value: Readonly<Record<string, unknown>>;
	/** Lines for stderr. */
	readonly notices: readonly string[];
}

/** `what` is the file in words, e.g. `list of trusted gateways`. `now` is milliseconds since the epoch. */
export function openStateFile(path: string, locations: Locations, what: string, now: () => number): StateFile {
	const broken = ({code, message}: NodeJS.ErrnoException): Content => {
		return {value: {}, notices: [`the ${what} is not usable (${shown(path)}, ${shown(code ?? message)}); going on without it.`]};
	};
	const readOrMoveAside = async (): Promise<Content> => {
		const found = await readObject(path);
		if (found.kind === 'object') return {value: found.value, notices: []};
		if (found.kind === 'unreadable') throw found.error;
		return {value: {}, notices: [await keepAside(path, what, now())]};
	};
	const read = async (): Promise<Content> => {
		const found = await readObject(path);
		if (found.kind === 'object') return {value: found.value, notices: []};
		if (found.kind === 'unreadable') return broken(found.error);
		try {
			// Looked at again under the lock: another process may have moved it and written a new one meanwhile.
			const {withLock} = await import('./file-lock.js');
			return await withLock(path, readOrMoveAside);
		} catch (error) {
			return broken(error as NodeJS.ErrnoException);
		}
	};
	const update: StateFile['update'] = async change => {
		await ensureDirectory(locations);
		const {withLock} = await import('./file-lock.js');
		return withLock(path, async () => {
			const {value, notices} = await readOrMoveAside();
			await replaceFile(path, `${JSON.stringify(change(value), undefined, '\t')}\n`);
			return notices;
		});
	};
	return {read, update};
}

type Found =
	| {readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>>}
	| {readonly kind: 'not-understood'}
	| {readonly kind: 'unreadable'; readonly error: NodeJS.ErrnoException};

/** A missing file is an empty object. */
async function readObject(path: string): Promise<Found> {
	let text: string;
	try {
		text = await readRegularFile(path);
	} catch (error) {
		const failure = error as NodeJS.ErrnoException;
		return failure.code === 'ENOENT' ? {kind: 'object', value: {}} : {kind: 'unreadable', error: failure};
	}
	try {
		const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
		return isRecord(value) ? {kind: 'object', value} : {kind: 'not-understood'};
	} catch {
		// Not JSON: the caller keeps the file aside.
		return {kind: 'not-understood'};
	}
}

async function keepAside(path: string, what: string, nowMs: number): Promise<string> {
	const aside = `${path}.bad-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
	await rename(path, aside);
	return `the ${what} was not readable; it is kept as ${shown(aside)}, and a new one begins.`;
}
