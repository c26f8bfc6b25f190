import type {Evidence, FailedAttempt} from './evidence.js';
import {findAll, findLast} from './find.js';
import {blamesClient} from './stacks.js';
import {dialled, hostAndPort, joinPort} from './target-words.js';

/** How a try to open a connection ended. `silent`: nothing came back; `other`: in a way that says nothing about the way there. */
export type ContactOutcome = 'connected' | 'refused' | 'silent' | 'no-route' | 'forbidden' | 'interface-down' | 'other';

/** One try to open a connection to the target: by a request (the last one that failed so), or by a bare socket. */
export interface Contact {
	/** Place in `Evidence.observations`. */
	readonly index: number;
	readonly by: 'request' | 'socket';
	readonly address?: string;
	readonly port?: number;
	readonly outcome: ContactOutcome;
	readonly code?: string;
	readonly tookMs?: number;
}

const outcomes: ReadonlyMap<string, ContactOutcome> = new Map(
	Object.entries({
		ECONNREFUSED: 'refused',
		ETIMEDOUT: 'silent',
		UND_ERR_CONNECT_TIMEOUT: 'silent',
		// macOS: nobody in the local network says that the address is theirs.
		EHOSTDOWN: 'silent',
		EHOSTUNREACH: 'no-route',
		ENETUNREACH: 'no-route',
		EACCES: 'forbidden',
		EPERM: 'forbidden',
		ENETDOWN: 'interface-down',
		EADDRNOTAVAIL: 'interface-down',
	}),
);

/** Every try, requests first: what a request met is what the user met. */
export function contacts(evidence: Evidence): readonly Contact[] {
	return [...requestContacts(evidence), ...socketContacts(evidence)];
}

function requestContacts(evidence: Evidence): readonly Contact[] {
	const found = findLast(evidence, 'network-failure', ({phase}) => phase === 'connect');
	if (!found) return [];
	const {index, observation} = found;
	const limited = observation.timeoutMs !== undefined;
	if (observation.attempts.length === 0) return limited ? [{index, by: 'request', outcome: 'silent'}] : [];
	return observation.attempts.map(attempt => ({...fromAttempt(attempt, limited, observation.tookMs), index, by: 'request'}));
}

function fromAttempt(
	{code, address, port}: FailedAttempt,
	limited: boolean,
	tookMs: number | undefined,
): Pick<Contact, 'outcome' | 'code' | 'address' | 'port'> {
	const outcome = outcomeOf(code, tookMs) ?? (limited ? 'silent' : 'other');
	return {outcome, ...(code ? {code} : {}), ...(address === undefined ? {} : {address}), ...(port === undefined ? {} : {port})};
}

function socketContacts(evidence: Evidence): readonly Contact[] {
	return findAll(evidence, 'tcp-attempt').map(({index, observation: {address, port, outcome, failure, tookMs}}) => {
		const code = failure?.code;
		const ended = outcome === 'connected' ? outcome : outcome === 'no-answer' ? 'silent' : (outcomeOf(code, tookMs) ?? 'other');
		return {index, by: 'socket', address, port, outcome: ended, ...(code ? {code} : {}), ...(tookMs === undefined ? {} : {tookMs})};
	});
}

/** A machine without a way there knows it at once; one that looks for the address in its network gives up after this, in milliseconds. */
const searchMs = 1_000;

/** Linux asks three times, a second each, whose the address is before it says that the host cannot be reached: that is silence. */
function outcomeOf(code: string | undefined, tookMs = 0): ContactOutcome | undefined {
	return code === 'EHOSTUNREACH' && tookMs >= searchMs ? 'silent' : outcomes.get(code ?? '');
}

/** Tries that ended alike, when no connection came about at all. */
export interface FailedContact {
	/** Places in the evidence, each once. */
	readonly refs: readonly number[];
	/** `127.0.0.1:18789`, or `[::1]:18789 and 127.0.0.1:18789`. */
	readonly where: string;
	/** The same with `or`. */
	readonly whereOr: string;
	readonly addresses: readonly string[];
}

/**
 * What failed with this outcome; nothing when some bare connection came about, when the client itself is proved to be at fault, or
 * (`every`) when another address ended otherwise. An answer of the network tells more than silence does, to the same address: gateways
 * and firewalls answer only so many times a second.
 */
export function failedContact(evidence: Evidence, outcome: ContactOutcome, all: 'some' | 'every' = 'some'): FailedContact | undefined {
	const tries = contacts(evidence);
	if (tries.some(one => one.outcome === 'connected') || blamesClient(evidence)) return undefined;
	const addressed = tries.filter(({address}) => address !== undefined);
	const counted = addressed.length > 0 ? addressed : tries;
	const matching = counted.filter(one => verdictOn(one.address, counted) === outcome);
	if (matching.length === 0 || (all === 'every' && matching.length < counted.length)) return undefined;
	return summary(evidence, [...tries.filter(one => one.address === undefined && one.outcome === outcome), ...matching]);
}

/** From the most telling one to the least. */
const telling: readonly ContactOutcome[] = ['connected', 'refused', 'forbidden', 'interface-down', 'no-route', 'silent', 'other'];

function verdictOn(address: string | undefined, tries: readonly Contact[]): ContactOutcome | undefined {
	const ended = tries.filter(one => one.address === address).map(one => one.outcome);
	return telling.find(outcome => ended.includes(outcome));
}

/** Tries in words, and their places in the evidence. */
export function summary(evidence: Evidence, tries: readonly Contact[]): FailedContact {
	const addresses = [...new Set(tries.flatMap(({address}) => (address === undefined ? [] : [address])))];
	const places = addresses.map(address => joinPort(address, portOf(evidence, tries, address)));
	const named = places.length > 0 ? places : [dialled(evidence)];
	return {refs: [...new Set(tries.map(({index}) => index))], where: named.join(' and '), whereOr: named.join(' or '), addresses};
}

function portOf(evidence: Evidence, tries: readonly Contact[], address: string): number {
	return tries.find(one => one.address === address)?.port ?? hostAndPort(evidence.target)?.port ?? 0;
}
