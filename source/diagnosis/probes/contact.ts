import {connect} from 'node:net';
import {attemptsOf} from '../../gateway/observe.js';
import type {KnownAddress, TcpAttempt} from '../surroundings.js';
import {type ProbeScope, rest} from './run-probe.js';

/** One connection may take this long, milliseconds. */
export const attemptMs = 2_000;
/** Silence after which it is looked around, milliseconds. */
const patienceMs = 400;
/** Only answers faster than this are asked for again, milliseconds. */
const fastMs = 200;
const betweenRoundsMs = 150;

/** How the first round went: somebody took the connection, all failed, or not all have answered yet. */
export type FirstContact = 'connected' | 'failed' | 'silent';

export interface Contact {
	readonly first: Promise<FirstContact>;
	/** All attempts, after all rounds. */
	readonly done: Promise<readonly TcpAttempt[]>;
}

/**
 * Connects to every address at once and sends nothing. When nobody took the connection, addresses that failed fast are asked twice
 * more: a gateway that comes and goes is told from one that is not there.
 */
export function makeContact(scope: ProbeScope, addresses: readonly KnownAddress[], port: number): Contact {
	const attempts: TcpAttempt[] = [];
	const tryOne = async (address: KnownAddress, round: number) => {
		const attempt = await attemptOnce(scope, address, port, round);
		if (scope.signal.aborted && attempt.outcome !== 'connected') return attempt;
		attempts.push(attempt);
		scope.add(attempt);
		return attempt;
	};
	const firstRound = addresses.map(address => tryOne(address, 1));
	const isConnected = () => attempts.some(({outcome}) => outcome === 'connected');
	const done = (async () => {
		await Promise.all(firstRound);
		const fast = attempts.filter(({outcome, tookMs = 0}) => outcome === 'failed' && tookMs < fastMs);
		for (const round of [2, 3]) {
			if (fast.length === 0 || isConnected()) break;
			await rest(betweenRoundsMs, scope.signal);
			if (scope.signal.aborted) break;
			await Promise.all(fast.map(({address, addressClass, own}) => tryOne({address, addressClass, ...(own ? {own} : {})}, round)));
		}
		return attempts;
	})();
	return {first: firstContact(firstRound, scope.signal), done};
}

async function firstContact(firstRound: readonly Promise<TcpAttempt>[], signal: AbortSignal): Promise<FirstContact> {
	const patience = new AbortController();
	const connected = new Promise<FirstContact>(resolve => {
		for (const one of firstRound) void one.then(({outcome}) => outcome === 'connected' && resolve('connected'));
	});
	const failed = Promise.all(firstRound).then((): FirstContact => 'failed');
	const silent = rest(patienceMs, AbortSignal.any([patience.signal, signal])).then((): FirstContact => 'silent');
	try {
		return await Promise.race([connected, failed, silent]);
	} finally {
		patience.abort();
	}
}

/** One connection to one address. */
export function attemptOnce({signal, elapsed}: ProbeScope, address: KnownAddress, port: number, round: number): Promise<TcpAttempt> {
	const atMs = elapsed();
	const startedAt = performance.now();
	return new Promise(resolve => {
		const socket = connect({host: address.address, port});
		const end = (outcome: TcpAttempt['outcome'], error?: unknown) => {
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
			socket.destroy();
			const failure = error === undefined ? undefined : attemptsOf(error)[0];
			const tookMs = Math.round(performance.now() - startedAt);
			resolve({
				kind: 'tcp-attempt',
				layer: 'tcp',
				atMs,
				tookMs,
				...address,
				port,
				round,
				outcome,
				...(failure === undefined ? {} : {failure}),
			});
		};
		const abort = () => end('no-answer');
		// A connection that stands counts, also where this process had no time to hear of it: that is heard before an immediate runs.
		const timer = setTimeout(() => setImmediate(end, 'no-answer'), attemptMs);
		socket.once('connect', () => end('connected')).on('error', error => end('failed', error));
		signal.addEventListener('abort', abort, {once: true});
		if (signal.aborted) abort();
	});
}
