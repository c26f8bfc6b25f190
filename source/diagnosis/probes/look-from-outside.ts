import type {NetworkFailure} from '../evidence.js';
import {findLast} from '../find.js';
import type {KnownAddress, TcpAttempt} from '../surroundings.js';
import {clientFacts} from './client.js';
import {attemptMs, attemptOnce, type FirstContact, makeContact} from './contact.js';
import {goIn, identify} from './go-in.js';
import type {Look} from './look.js';
import {type LookAround, lookAround} from './look-around.js';
import {lookUp} from './lookup.js';
import {isThisMachine} from './place.js';
import {runProbe} from './run-probe.js';

/** A failure that came faster was an answer of the network, not silence. */
const fastMs = 400;

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
		if (look.reaches('identity')) await goIn(look, undefined, () => undefined);
	}
}

async function goOn(look: Look, around: LookAround, addresses: readonly KnownAddress[]): Promise<void> {
	const {place} = look;
	if (addresses.length === 0 || isHijacked(look, addresses)) around.tailnet();
	around.publicNames();
	// What works is looked at closely as well: a second gateway, or a configuration that is not in force.
	if (look.isDeep && isThisMachine(place, addresses)) {
		around.host();
		around.siblings();
	}
	const contact = look.reaches('tcp') && addresses.length > 0 ? beginContact(look, around, addresses) : undefined;
	const first = await contact?.first;
	const lookAtTheirTls = () => {
		const address = connectedAddress(look);
		if (place.isTls && address !== undefined) around.tls(address);
	};
	lookAtTheirTls();
	if (look.reaches('identity')) {
		const isFound = await goIn(look, first, around.host);
		if (!isFound) notIdentified(look, around, addresses);
	}
	await contact?.done;
	lookAtTheirTls();
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
function beginContact(look: Look, around: LookAround, addresses: readonly KnownAddress[]): Begun {
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

/** Somebody is there, or seems to be, and it is no gateway: who else, and is it the way we ask? */
function notIdentified(look: Look, around: LookAround, addresses: readonly KnownAddress[]): void {
	const address = connectedAddress(look);
	if (address === undefined) return;
	const evidence = look.journal.evidence();
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
