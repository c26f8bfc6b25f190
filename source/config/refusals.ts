import {createHash, randomBytes} from 'node:crypto';
import type {Secret} from '../diagnosis/redact.js';
import type {Refusal, RefusalLedger} from '../gateway/gateway.js';
import type {Locations} from './location.js';
import {isRecord} from './schema.js';
import {openStateFile} from './state-file.js';

interface Entry extends Refusal {
	readonly origin: string;
}

const mostEntries = 200;

/**
 * The refusals that all clawtalk processes of this user share, in `~/.clawtalk/refusals.json` (0600). An entry is found by a salted
 * hash of origin and token; the token itself is never written. A refusal whose `until` has passed is not found. A file that is
 * not understood is moved aside. `now` is milliseconds since the epoch.
 *
 * @param notice Told, in a line for stderr, when the file was moved aside or cannot be written. Nothing here rejects.
 */
export function openRefusals(locations: Locations, now: () => number = Date.now, notice?: (line: string) => void): RefusalLedger {
	const file = openStateFile(locations.refusalsFile, locations, 'list of refused tokens', now);
	const update = async (change: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Promise<void> => {
		try {
			for (const line of await file.update(change)) notice?.(line);
		} catch (error) {
			// A read-only home must not stop a question; the next process will not know, and that is said.
			notice?.(`the list of refused tokens cannot be written (${(error as NodeJS.ErrnoException).code ?? 'locked'}).`);
		}
	};
	return {
		find: async (origin, token) => {
			const {value, notices} = await file.read();
			for (const line of notices) notice?.(line);
			const salt = saltIn(value);
			const found = salt === undefined ? undefined : entriesIn(value)[keyOf(salt, origin, token)];
			if (found === undefined || (found.until !== undefined && Date.parse(found.until) <= now())) return undefined;
			const {origin: _known, ...refusal} = found;
			return refusal;
		},
		record: (origin, token, refusal) =>
			update(value => {
				const salt = saltIn(value) ?? randomBytes(16).toString('hex');
				const entries = {...entriesIn(value), [keyOf(salt, origin, token)]: {...refusal, origin}};
				return {...value, schema: 'clawtalk.refusals/1', salt, entries: newest(entries)};
			}),
		clear: async (origin, token) => {
			const {value} = await file.read();
			const salt = saltIn(value);
			if (salt === undefined || entriesIn(value)[keyOf(salt, origin, token)] === undefined) return;
			await update(current => {
				const {[keyOf(saltIn(current) ?? salt, origin, token)]: _forgotten, ...entries} = entriesIn(current);
				return {...current, entries};
			});
		},
	};
}

/** The same refusals for a run that writes nothing: what is recorded on disk counts, what happens in this run is remembered until its end. */
export function rememberInMemory(shared: RefusalLedger): RefusalLedger {
	const known = new Map<string, Refusal>();
	const forgotten = new Set<string>();
	const key = (origin: string, token: Secret): string => `${origin}\0${token.reveal()}`;
	return {
		find: async (origin, token) =>
			known.get(key(origin, token)) ?? (forgotten.has(key(origin, token)) ? undefined : shared.find(origin, token)),
		record: async (origin, token, refusal) => void known.set(key(origin, token), refusal),
		clear: async (origin, token) => {
			forgotten.add(key(origin, token));
			known.delete(key(origin, token));
		},
	};
}

function keyOf(salt: string, origin: string, token: Secret): string {
	return createHash('sha256').update(`${salt}\0${origin}\0${token.reveal()}`).digest('hex');
}

function saltIn({salt}: Readonly<Record<string, unknown>>): string | undefined {
	return typeof salt === 'string' && salt.length >= 32 ? salt : undefined;
}

function newest(entries: Readonly<Record<string, Entry>>): Readonly<Record<string, Entry>> {
	const byAge = Object.entries(entries).sort(([, a], [, b]) => b.at.localeCompare(a.at));
	return Object.fromEntries(byAge.slice(0, mostEntries));
}

function entriesIn({entries}: Readonly<Record<string, unknown>>): Readonly<Record<string, Entry>> {
	if (!isRecord(entries)) return {};
	return Object.fromEntries(Object.entries(entries).flatMap(([key, entry]) => entryIn(entry).map(valid => [key, valid])));
}

function entryIn(value: unknown): readonly Entry[] {
	if (!isRecord(value)) return [];
	const {at, status, isLockout, until, origin} = value;
	if (typeof at !== 'string' || typeof status !== 'number' || typeof origin !== 'string') return [];
	const kind = typeof isLockout === 'boolean' ? {isLockout} : {};
	return [{at, status, origin, ...kind, ...(typeof until === 'string' ? {until} : {})}];
}
