import {randomUUID} from 'node:crypto';
import {open, stat, unlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';
import {readRegularFile} from './regular-file.js';

interface Owner {
	readonly id: string;
	readonly pid: number;
	readonly host: string;
}

/** Holders keep a lock for milliseconds. After this even a living owner (another host, a reused process id) counts as gone. */
const abandonedAfterMs = 30_000;
const unwrittenAfterMs = 2000;
const patienceMs = 10_000;

/** Ids of the locks that this process holds: one that has its process id and is not among them could not be removed when its work was done. */
const held = new Set<string>();

/** Thrown when a lock stays held by a living process. */
export class LockedError extends Error {
	constructor(readonly path: string) {
		super(`another clawtalk keeps ${path} locked; try again, or delete ${path}.lock when none runs`);
		this.name = 'LockedError';
	}
}

/**
 * Runs `work` while no other clawtalk process is inside for the same path. The lock is `PATH.lock`, created exclusively and holding
 * its owner's process id: a lock whose owner is gone is taken over at once, so that a killed process blocks nobody.
 *
 * @throws LockedError after ten seconds of waiting for a living owner.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
	const lock = `${path}.lock`;
	const owner: Owner = {id: randomUUID(), pid: process.pid, host: hostname()};
	const giveUpAt = performance.now() + patienceMs;
	held.add(owner.id);
	try {
		while (!(await create(lock, owner))) {
			if (await removeIfAbandoned(lock)) continue;
			if (performance.now() > giveUpAt) throw new LockedError(path);
			await delay(2 + Math.random() * 20);
		}
		return await work();
	} finally {
		held.delete(owner.id);
		await release(lock, owner);
	}
}

/** A disk that fails here does not undo the work: the lock is found to be abandoned by whoever wants it next. */
async function release(lock: string, owner: Owner): Promise<void> {
	for (let attempt = 1; attempt <= 2; attempt++) {
		if ((await ownerOf(lock))?.id === owner.id) await unlink(lock).catch(() => undefined);
	}
}

async function create(lock: string, owner: Owner): Promise<boolean> {
	try {
		const file = await open(lock, 'wx', 0o600);
		try {
			await file.writeFile(JSON.stringify(owner));
		} catch (error) {
			// Without its owner in it, others would have to wait for it to grow old.
			await unlink(lock);
			throw error;
		} finally {
			await file.close();
		}
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/**
 * Two waiters may both see a dead owner; were both to delete the lock, the second would delete the first one's new lock. So the
 * removal itself is done under a second exclusive file, and the owner is looked at again inside.
 */
async function removeIfAbandoned(lock: string): Promise<boolean> {
	if (!(await isAbandoned(lock))) return false;
	const takeover = `${lock}.takeover`;
	const me: Owner = {id: randomUUID(), pid: process.pid, host: hostname()};
	held.add(me.id);
	try {
		if (!(await create(takeover, me))) {
			if (await isAbandoned(takeover)) await remove(takeover);
			return false;
		}
		return (await isAbandoned(lock)) && (await remove(lock));
	} finally {
		held.delete(me.id);
		await release(takeover, me);
	}
}

async function isAbandoned(lock: string): Promise<boolean> {
	const ageMs = await ageOf(lock);
	if (ageMs === undefined) return false;
	if (ageMs > abandonedAfterMs) return true;
	const owner = await ownerOf(lock);
	// Created and not yet written: its owner needs a moment, unless it was killed right there.
	if (owner === undefined) return ageMs > unwrittenAfterMs;
	if (owner.host !== hostname()) return false;
	return owner.pid === process.pid ? !held.has(owner.id) : !isAlive(owner.pid);
}

async function ageOf(path: string): Promise<number | undefined> {
	try {
		return Date.now() - (await stat(path)).mtimeMs;
	} catch {
		// Released in the meantime.
		return undefined;
	}
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
	try {
		const owner: unknown = JSON.parse(await readRegularFile(lock));
		if (typeof owner !== 'object' || owner === null) return undefined;
		const {id, pid, host} = owner as Partial<Owner>;
		return typeof id === 'string' && typeof pid === 'number' && typeof host === 'string' ? {id, pid, host} : undefined;
	} catch {
		// Released, or being written at this moment.
		return undefined;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function remove(path: string): Promise<boolean> {
	try {
		await unlink(path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw error;
	}
}
