import type {Locations} from './location.js';
import {isRecord} from './schema.js';
import {openStateFile} from './state-file.js';

/** What the user said yes to, by origin. */
export interface Trust {
	/** Origins that may get the token over plain http, with the time of the yes (ISO 8601). */
	readonly plainHttp: Readonly<Record<string, string>>;
	/** TLS pins. */
	readonly pins: Readonly<Record<string, Pin>>;
}

export interface Pin {
	/** SHA-256 of the certificate, colon-separated upper-case hex. */
	readonly fingerprint: string;
	/** ISO 8601. */
	readonly at: string;
}

/** `~/.clawtalk/trust.json` (0600). Every answer carries notices for stderr: what happened to a broken file. */
export interface TrustStore {
	read(): Promise<{readonly trust: Trust; readonly notices: readonly string[]}>;
	allowPlainHttp(origin: string): Promise<readonly string[]>;
	pin(origin: string, fingerprint: string): Promise<readonly string[]>;
	/** Forgets one origin, or all. */
	reset(origin?: string): Promise<readonly string[]>;
}

/** `now` is milliseconds since the epoch. */
export function openTrust(locations: Locations, now: () => number = Date.now): TrustStore {
	const file = openStateFile(locations.trustFile, locations, 'list of trusted gateways', now);
	const at = (): string => new Date(now()).toISOString();
	const change = (next: (trust: Trust) => Trust): Promise<readonly string[]> => {
		return file.update(value => ({...value, schema: 'clawtalk.trust/1', ...next(trustIn(value))}));
	};
	return {
		read: async () => {
			const {value, notices} = await file.read();
			return {trust: trustIn(value), notices};
		},
		allowPlainHttp: origin => change(trust => ({...trust, plainHttp: {...trust.plainHttp, [origin]: at()}})),
		pin: (origin, fingerprint) => change(trust => ({...trust, pins: {...trust.pins, [origin]: {fingerprint, at: at()}}})),
		reset: origin => change(trust => ({plainHttp: without(trust.plainHttp, origin), pins: without(trust.pins, origin)})),
	};
}

function without<T>(entries: Readonly<Record<string, T>>, origin: string | undefined): Readonly<Record<string, T>> {
	return Object.fromEntries(Object.entries(entries).filter(([key]) => origin !== undefined && key !== origin));
}

function trustIn(value: Readonly<Record<string, unknown>>): Trust {
	const {plainHttp, pins} = value;
	return {
		plainHttp: Object.fromEntries(entriesOf(plainHttp).flatMap(([origin, at]) => (typeof at === 'string' ? [[origin, at]] : []))),
		pins: Object.fromEntries(entriesOf(pins).flatMap(([origin, pin]) => pinIn(pin).map(valid => [origin, valid]))),
	};
}

function pinIn(value: unknown): readonly Pin[] {
	if (!isRecord(value)) return [];
	const {fingerprint, at} = value;
	return typeof fingerprint === 'string' && isFingerprint(fingerprint) ? [{fingerprint, at: typeof at === 'string' ? at : ''}] : [];
}

/** SHA-256 as colon-separated upper-case hex, the form Node prints (`fingerprint256`). */
function isFingerprint(text: string): boolean {
	return /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(text);
}

function entriesOf(value: unknown): ReadonlyArray<[string, unknown]> {
	return isRecord(value) ? Object.entries(value) : [];
}
