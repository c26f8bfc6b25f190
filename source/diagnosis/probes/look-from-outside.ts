import type {Evidence, NetworkFailure} from '../evidence.js';
import {findLast} from '../find.js';
import type {ClockReading, KnownAddress, TcpAttempt} from '../surroundings.js';
import {clientFacts} from './client.js';
import {attemptMs, attemptOnce, type FirstContact, makeContact} from './contact.js';
import type {Look} from './look.js';
import {type LookAround, lookAround} from './look-around.js';
import {lookUp} from './lookup.js';
import {isThisMachine} from './place.js';
import {runProbe} from './run-probe.js';

/** Limits of requests, milliseconds. */
const identifyMs = 3_000;
const requestMs = 2_000;
/** Where nothing has come back for a while, it is not waited for as long. */
const silentMs = 2_500;
const marginMs = 400;
/** A failure that came faster was an answer of the network, not silence. */
const fastMs = 400;
/** The gateway's own limit for the handshake is 15 s (2026.9.6). */
const holdMs = 18_000;

/** Opens one TCP connection to the first address, and nothing else. */
export async function makeOneContact(look: Look): Promise<void> {
	if (look.place.proxy !== undefined) {
		throughProxy(look);
		return;
	}
	const [address] = await addressesOf(look);
	if (address === undefined) return;
	await runProbe(look, {name: 'tcp', layer: 'tcp', limitMs: attemptMs + 100}, async scope =>
		scope.add(await attemptOnce(scope, address, look.place.port, 1)),
	);
}

/** `GET /healthz`, and nothing else. */
export async function checkHealth(look: Look): Promise<void> {
	await identify(look);
}

/**
 * Goes in from the outside, layer by layer, each as soon as the one before it allows. What does not answer as it should is looked
 * around, beside what still runs.
 */
export async function lookFromOutside(look: Look): Promise<void> {
	const {journal, place, machine, env} = look;
	journal.add({...clientFacts(env, machine), atMs: journal.elapsed()});
	if (!look.reaches('dns')) return;
	if (place.proxy === undefined) {
		const addresses = await addressesOf(look);
		const around = lookAround(look, addresses);
		await goOn(look, around, addresses);
		await around.settled();
	} else {
		throughProxy(look);
		if (look.reaches('identity')) await goIn(look, lookAround(look, []));
	}
}

async function goOn(look: Look, around: LookAround, addresses: readonly KnownAddress[]): Promise<void> {
	const {place} = look;
	if (addresses.length === 0 || isHijacked(look, addresses)) around.tailnet();
	around.publicNames();
	const contact = look.reaches('tcp') && addresses.length > 0 ? await beginContact(look, around, addresses) : undefined;
	const first = await contact?.first;
	const address = connectedAddress(look) ?? addresses[0];
	if (first === 'connected' && place.isTls && address !== undefined) around.tls(address);
	if (look.reaches('identity')) {
		const evidence = await goIn(look, around, first === 'silent' ? silentMs : identifyMs);
		if (evidence !== undefined && first === 'connected' && address !== undefined) notIdentified(look, around, evidence, address, addresses);
	}
	await contact?.done;
}

/** A name of a tailnet that leads somewhere else. */
function isHijacked({place}: Look, addresses: readonly KnownAddress[]): boolean {
	return (
		place.addressClass === 'tailnet-name' && addresses.every(one => one.addressClass !== 'cgnat' && one.addressClass !== 'tailscale-v6')
	);
}

async function addressesOf(look: Look): Promise<readonly KnownAddress[]> {
	const {place, machine} = look;
	return (await runProbe(look, {name: 'dns', layer: 'dns', limitMs: 2_100}, scope => lookUp(scope, place, machine))) ?? [];
}

/** The connection is the proxy's: what we could see of it would not be the gateway's. */
function throughProxy({journal, place, reaches}: Look): void {
	for (const layer of ['dns', 'tcp', ...(place.isTls ? (['tls'] as const) : [])] as const) {
		if (!reaches(layer)) continue;
		const message = 'the proxy makes the connection';
		journal.add({kind: 'probe-ended', layer, atMs: journal.elapsed(), probe: layer, reason: 'not-possible', message});
	}
}

interface Begun {
	readonly first: Promise<FirstContact | undefined>;
	readonly done: Promise<unknown>;
}

/** Begins to connect, and looks around as soon as that fails, or nothing comes back for a while. */
async function beginContact(look: Look, around: LookAround, addresses: readonly KnownAddress[]): Promise<Begun> {
	const {promise: first, resolve} = Promise.withResolvers<FirstContact | undefined>();
	const done = runProbe(look, {name: 'tcp', layer: 'tcp', limitMs: 3 * attemptMs}, async scope => {
		const contact = makeContact(scope, addresses, look.place.port);
		const how = await contact.first;
		resolve(how);
		if (how !== 'connected') {
			around.siblings();
			around.host();
			around.tailnet();
		}
		const refusing = attemptedAddress(look, ({outcome, tookMs = 0}) => outcome === 'failed' && tookMs < fastMs);
		if (how === 'failed' && refusing !== undefined) around.stacks(refusing);
		await contact.done;
	});
	void done.then(() => resolve(undefined));
	return {first, done};
}

function connectedAddress(look: Look): KnownAddress | undefined {
	return attemptedAddress(look, ({outcome}) => outcome === 'connected');
}

function attemptedAddress({journal}: Look, matches: (attempt: TcpAttempt) => boolean): KnownAddress | undefined {
	const attempt = findLast(journal.evidence(), 'tcp-attempt', matches)?.observation;
	if (attempt === undefined) return undefined;
	const {address, addressClass, own} = attempt;
	return {address, addressClass, ...(own ? {own} : {})};
}

/** @returns The evidence when nobody identified himself as a gateway. */
async function goIn(look: Look, around: LookAround, limitMs = identifyMs): Promise<Evidence | undefined> {
	const {clock, found} = await identify(look, limitMs);
	if (!found) {
		look.journal.add(...clock);
		return look.journal.evidence();
	}
	const entered = async () => {
		if ((await access(look)) === 'refused') around.host();
	};
	await Promise.all([entered(), facts(look), greet(look), look.isDeep && look.reaches('control') && hold(look)]);
	if (findLast(look.journal.evidence(), 'clock-reading') === undefined) look.journal.add(...clock);
	return undefined;
}

/** The clock of an HTTP header is kept back: the one of the challenge is better. */
async function identify(look: Look, limitMs = identifyMs): Promise<{readonly found: boolean; readonly clock: readonly ClockReading[]}> {
	let clock: readonly ClockReading[] = [];
	// The look ends a little later than the request, so that what became of it is told.
	const timeoutMs = Math.max(1, Math.min(limitMs, look.leftMs() - marginMs));
	const kind = await runProbe(look, {name: 'identity', layer: 'identity', limitMs: limitMs + 1_000}, async ({signal, join}) => {
		const seen = await look.gateway.identify(signal, {anew: true, timeoutMs, withClock: true});
		clock = seen.observations.filter(one => one.kind === 'clock-reading');
		join({...seen.evidence, observations: seen.observations.filter(one => one.kind !== 'clock-reading')});
		return seen.value;
	});
	return {found: kind !== undefined, clock};
}

async function access(look: Look): Promise<'ok' | 'refused' | 'unknown' | undefined> {
	if (!look.reaches('auth')) return undefined;
	return await runProbe(look, {name: 'access', layer: 'auth', limitMs: 3 * requestMs}, async ({signal, join}) => {
		if (look.isAsked) await look.gateway.forgetRefusal();
		const seen = await look.gateway.checkAccess(signal, {timeoutMs: requestMs, withEmptyQuestion: true});
		join(seen.evidence);
		return seen.value.auth;
	});
}

async function facts(look: Look): Promise<void> {
	await runProbe(look, {name: 'facts', layer: 'identity', limitMs: requestMs}, async ({signal, join}) =>
		join((await look.gateway.askFacts(signal, requestMs)).evidence),
	);
}

async function greet(look: Look): Promise<void> {
	if (!look.reaches('control')) return;
	await runProbe(look, {name: 'control', layer: 'control', limitMs: requestMs + 500}, async ({signal, join}) =>
		join((await look.gateway.greet(signal)).evidence),
	);
}

/** Holds a WebSocket open and sends nothing, to see who closes it, when and how. */
async function hold(look: Look): Promise<void> {
	await runProbe(look, {name: 'held WebSocket', layer: 'control', limitMs: holdMs + 1_000}, async ({signal, join}) => {
		const {evidence} = await look.gateway.greet(signal, holdMs);
		join({...evidence, observations: evidence.observations.filter(one => one.kind === 'websocket-closed')});
	});
}

/** Somebody is there, or seems to be, and it is no gateway: who else, and is it the way we ask? */
function notIdentified(
	look: Look,
	around: LookAround,
	evidence: Evidence,
	address: KnownAddress,
	addresses: readonly KnownAddress[],
): void {
	const failure = findLast(evidence, 'network-failure')?.observation;
	const answer = findLast(evidence, 'http-answer')?.observation;
	if (isThisMachine(look.place, addresses)) {
		around.host();
		around.siblings();
	}
	around.tailnet();
	if (!look.place.isTls && (answer === undefined || answer.status === 400)) around.tls(address);
	if (failure !== undefined && isFastConnectFailure(failure)) around.stacks(address);
}

function isFastConnectFailure({phase, tookMs = 0, timeoutMs}: NetworkFailure): boolean {
	return phase === 'connect' && timeoutMs === undefined && tookMs < fastMs;
}
