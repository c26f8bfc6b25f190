import {findLast} from '../find.js';
import type {ClockReading} from '../surroundings.js';
import type {FirstContact} from './contact.js';
import type {Look} from './look.js';
import {runProbe} from './run-probe.js';
import {signIn} from './sign-in.js';

/** Limits of requests, milliseconds. */
const identifyMs = 3_000;
const requestMs = 2_000;
/** Where nothing has come back for a while, it is not waited for as long. */
const silentMs = 2_500;
/** The whole look ends so much later than its last request. */
const marginMs = 400;
/** The gateway's own limit for the handshake is 15 s (2026.9.6). */
const holdMs = 18_000;

/**
 * Goes from the identity inwards, by the gateway's own means: access, control plane and what it tells about itself, side by side. The
 * control plane is signed in to after the token was tried over HTTP, so that a wrong one is sent once.
 *
 * @param onRefused Called as soon as the token is known to be refused.
 * @returns Whether somebody identified himself as a gateway.
 */
export async function goIn(look: Look, contact: FirstContact | undefined, onRefused: () => void): Promise<boolean> {
	const {clock, isFound} = await identify(look, contact === 'silent' ? silentMs : identifyMs);
	if (isFound) {
		await Promise.all([
			access(look, onRefused).then(() => signIn(look)),
			facts(look),
			greet(look),
			look.isDeep && look.reaches('control') && hold(look),
		]);
	}
	if (findLast(look.journal.evidence(), 'clock-reading') === undefined) look.journal.add(...clock);
	return isFound;
}

/** The clock of an HTTP header is kept back: the one of the challenge is better. */
export async function identify(
	look: Look,
	limitMs = identifyMs,
): Promise<{readonly isFound: boolean; readonly clock: readonly ClockReading[]}> {
	let clock: readonly ClockReading[] = [];
	// The look ends a little later than the request, so that what became of it is told.
	const timeoutMs = Math.max(1, Math.min(limitMs, look.leftMs() - marginMs));
	const kind = await runProbe(look, {name: 'identity', layer: 'identity', limitMs: limitMs + 1_000}, async ({signal, join}) => {
		const seen = await look.gateway.identify(signal, {anew: true, timeoutMs, withClock: true});
		clock = seen.observations.filter(one => one.kind === 'clock-reading');
		join({...seen.evidence, observations: seen.observations.filter(one => one.kind !== 'clock-reading')});
		return seen.value;
	});
	return {isFound: kind !== undefined, clock};
}

async function access(look: Look, onRefused: () => void): Promise<void> {
	if (!look.reaches('auth')) return;
	await runProbe(look, {name: 'access', layer: 'auth', limitMs: 3 * requestMs}, async ({signal, join}) => {
		if (look.isAsked) await look.gateway.forgetRefusal();
		const seen = await look.gateway.checkAccess(signal, {timeoutMs: requestMs, withEmptyQuestion: true});
		join(seen.evidence);
		if (seen.value.auth === 'refused') onRefused();
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
