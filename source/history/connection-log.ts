import {appendFile, rename, stat} from 'node:fs/promises';
import {withLock} from '../config/file-lock.js';
import {ensureDirectory} from '../config/folder.js';
import type {Locations} from '../config/location.js';
import {readRegularFile} from '../config/regular-file.js';
import {isRecord} from '../config/schema.js';
import {lineFile} from '../transcripts/append.js';

/** One change of a connection: it can be used from now on, or it failed. No content, no token. */
export interface LogRecord {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly origin: string;
	readonly profile?: string;
	readonly state: 'up' | 'down';
	readonly by: 'status' | 'ask' | 'chat';
	/** The diagnosis of a failure, e.g. `N04`. */
	readonly id?: string;
	/** Of a WebSocket. */
	readonly closeCode?: number;
	/** Silence before an answer was cut, in milliseconds. */
	readonly silentMs?: number;
	/** `loopback`, `LAN`, `tailnet`, `public`. */
	readonly path: string;
	readonly latencyMs?: number;
	/** Version of the gateway. */
	readonly version?: string;
	/** When it was last seen to be usable, for a failure. */
	readonly lastGoodAt?: string;
}

export interface ReadLog {
	readonly records: readonly LogRecord[];
	/** Lines that are no records: cut short by a crash. They stay in their file. */
	readonly torn: number;
}

/** The log is two files of this size at most: one that grows, and the one before it. */
const turnOverBytes = 512 * 1024;

/** All that is remembered, oldest first. A missing log is empty. Rejects when a file cannot be read. */
export async function readConnectionLog({connectionLogFile}: Locations): Promise<ReadLog> {
	const parts = await Promise.all([readLines(`${connectionLogFile}.old`), readLines(connectionLogFile)]);
	const lines = parts.flat();
	const records = lines.map(readRecord).filter(record => record !== undefined);
	return {records, torn: lines.length - records.length};
}

/**
 * Adds a change, in append mode, so that lines of two processes do not mix. A log that has grown to half a megabyte becomes the old
 * one; what could not be read of the old one before is kept in `….torn`. Rejects when the disk does not take it.
 */
export async function appendToConnectionLog(locations: Locations, record: LogRecord): Promise<void> {
	const path = locations.connectionLogFile;
	await ensureDirectory(locations);
	if ((await sizeOf(path)) >= turnOverBytes) await turnOver(path);
	await lineFile(path).append(JSON.stringify(record));
}

async function turnOver(path: string): Promise<void> {
	await withLock(path, async () => {
		// Another process may have done it while this one waited.
		if ((await sizeOf(path)) < turnOverBytes) return;
		const torn = (await readLines(`${path}.old`)).filter(line => readRecord(line) === undefined);
		if (torn.length > 0) await appendFile(`${path}.torn`, `${torn.join('\n')}\n`, {mode: 0o600});
		await rename(path, `${path}.old`);
	});
}

async function readLines(path: string): Promise<readonly string[]> {
	try {
		return (await readRegularFile(path)).split('\n').filter(line => line.trim() !== '');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
		throw error;
	}
}

const texts = ['profile', 'id', 'version', 'lastGoodAt'] as const;
const numbers = ['closeCode', 'silentMs', 'latencyMs'] as const;

function readRecord(line: string): LogRecord | undefined {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		// Cut short: counted by the caller.
		return undefined;
	}
	if (!isRecord(value)) return undefined;
	const {at, origin, state, by, path} = value;
	if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || typeof origin !== 'string' || typeof path !== 'string') return undefined;
	if ((state !== 'up' && state !== 'down') || (by !== 'status' && by !== 'ask' && by !== 'chat')) return undefined;
	const optional = [...texts.filter(key => typeof value[key] === 'string'), ...numbers.filter(key => typeof value[key] === 'number')];
	return {at, origin, state, by, path, ...Object.fromEntries(optional.map(key => [key, value[key]]))};
}
