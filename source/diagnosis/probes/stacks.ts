import {connect} from 'node:net';
import {attemptsOf} from '../../gateway/observe.js';
import type {KnownAddress, StackComparison, StackResult} from '../surroundings.js';
import {hostAndPort, type Place} from './place.js';
import {type ProbeScope, rest} from './run-probe.js';

type Round = StackComparison['rounds'][number];

const askMs = 1_000;
const rounds = 3;
const betweenRoundsMs = 150;

/**
 * Asks one address of the target by four ways, in three interleaved rounds: a bare socket, node:http, npm undici, and the fetch of this
 * Node, which gets no dispatcher from us (an Agent of undici 8 breaks the fetch of Node before 26). Without the token.
 */
export async function compareStacks(scope: ProbeScope, place: Place, {address}: KnownAddress): Promise<void> {
	const atMs = scope.elapsed();
	const url = `${place.isTls ? 'https' : 'http'}://${hostAndPort(place.isName && place.isTls ? place.host : address, place.port)}/healthz`;
	const seen: Round[] = [];
	for (let round = 0; round < rounds && !scope.signal.aborted; round++) {
		if (round > 0) await rest(betweenRoundsMs, scope.signal);
		seen.push({
			raw: await resultOf(scope.signal, signal => rawConnect(address, place.port, signal)),
			http: await resultOf(scope.signal, signal => askWithNode(url, signal)),
			undici: await resultOf(scope.signal, signal => askWithUndici(url, signal)),
			fetch: await resultOf(scope.signal, signal => askWithFetch(url, signal)),
		});
	}
	if (scope.signal.aborted) return;
	scope.add({kind: 'stack-comparison', layer: 'tcp', atMs, tookMs: scope.elapsed() - atMs, rounds: seen});
}

async function resultOf(parent: AbortSignal, ask: (signal: AbortSignal) => Promise<void>): Promise<StackResult> {
	const signal = AbortSignal.any([parent, AbortSignal.timeout(askMs)]);
	try {
		await ask(signal);
		return 'ok';
	} catch (error) {
		if (signal.aborted) return 'ETIMEDOUT';
		const [first] = attemptsOf(error);
		return first?.code ?? first?.name ?? 'failed';
	}
}

function rawConnect(host: string, port: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect({host, port, signal});
		socket.once('error', reject).once('connect', () => {
			socket.destroy();
			resolve();
		});
	});
}

/** Not with `import`: as a module, node:http brings the fetch of this Node along at once (50 ms on Node 24). */
async function askWithNode(url: string, signal: AbortSignal): Promise<void> {
	const {request} = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
	await new Promise<void>((resolve, reject) => {
		request(url, {agent: false, signal, headers: {'user-agent': 'clawtalk'}})
			.once('error', reject)
			.once('response', response => {
				response.destroy();
				resolve();
			})
			.end();
	});
}

async function askWithUndici(url: string, signal: AbortSignal): Promise<void> {
	const {createSingleConnection} = await import('../../network/single-connection.js');
	const connection = createSingleConnection(new URL(url).origin, {verifyCertificate: true, accept: () => undefined});
	try {
		await connection.fetch(url, {signal, headers: {'user-agent': 'clawtalk'}});
	} finally {
		connection.destroy();
	}
}

async function askWithFetch(url: string, signal: AbortSignal): Promise<void> {
	const response = await globalThis.fetch(url, {signal, redirect: 'manual', headers: {'user-agent': 'clawtalk'}});
	await response.body?.cancel();
}
