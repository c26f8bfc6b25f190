import type {Layer, NetworkFailure, Observation, PinMismatch} from '../diagnosis/evidence.js';
import type {ConnectedPeer} from '../network/connector.js';
import {ProxyRefusedError} from '../network/proxy-refused-error.js';
import type {SingleConnection} from '../network/single-connection.js';
import {UnseenAnswer} from '../network/unseen-answer.js';
import {checkPin} from './certificate-pin.js';
import type {EvidenceLog} from './evidence-log.js';
import {observeFailure} from './observe.js';

/** Where requests go and by which route. */
export interface Route {
	/** `http(s)://host:port`. */
	readonly origin: string;
	/** Path prefix, `''` or `/prefix`. */
	readonly basePath: string;
	readonly proxy?: string | undefined;
	readonly pin?: string | undefined;
	/** Connections of ours that are open, so that all can be dropped at once. */
	readonly open: Set<Closeable>;
}

export interface Closeable {
	/** Ends it; requests under way fail with `DroppedError`. */
	drop(): void;
}

export interface ExchangeRequest {
	readonly method: 'GET' | 'POST';
	/** Without the prefix, e.g. `/healthz`. */
	readonly path: string;
	readonly layer: Layer;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal: AbortSignal;
	/** Milliseconds between two reads of the body; absent = it is read as it comes. */
	readonly restMs?: number | undefined;
	/** Limit for everything until the body's end; absent = none. */
	readonly timeoutMs?: number;
	/** The peer that identified itself: only it is spoken to. Absent = anybody. */
	readonly expected?: ConnectedPeer;
}

/** An answer whose body is still to be read. `finish` must be called in the end. */
export interface Exchange {
	readonly answered: true;
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: AsyncIterable<Uint8Array>;
	readonly peer: ConnectedPeer;
	/** Milliseconds of the log's clock when the request began. */
	readonly atMs: number;
	/** Describes an error thrown while reading the body. */
	failure(error: unknown): NetworkFailure | PinMismatch;
	finish(): void;
}

export interface NoExchange {
	readonly answered: false;
	readonly observation: Observation;
	/** The connection was made to somebody else than expected; nothing was sent. */
	readonly peerChanged: boolean;
	/** Whether request bytes may have left. */
	readonly sent: boolean;
}

/** The peer is not the one that identified itself. Nothing was sent. */
class PeerChangedError extends Error {
	override readonly name = 'PeerChangedError';
	readonly code = 'ERR_PEER_CHANGED';
}

/** We closed the connection because the network changed or the gateway was closed. */
export class DroppedError extends Error {
	override readonly name = 'DroppedError';
	readonly code = 'ERR_CONNECTION_DROPPED';
}

/**
 * Sends one request on a connection of its own, never a second time, and never to a place a redirect names. Header values are
 * checked before (`header-check.ts`): fetch would quote them in its errors.
 */
export async function exchange(route: Route, request: ExchangeRequest, log: EvidenceLog): Promise<Exchange | NoExchange> {
	const {createSingleConnection} = await import('../network/single-connection.js');
	const atMs = log.elapsed();
	const connection = createSingleConnection(route.origin, {
		proxy: route.proxy,
		address: request.expected?.address,
		verifyCertificate: route.pin === undefined,
		accept: acceptPeer(route.pin, request.expected),
		restMs: request.restMs,
	});
	const limits = limit(route, request, connection);
	const describe = (error: unknown, answered: boolean) =>
		describeFailure({route, request, connection, error, answered, atMs, tookMs: log.elapsed() - atMs, timedOut: limits.timedOut()});
	const answered = (status: number, headers: Exchange['headers'], body: Exchange['body']): Exchange => {
		const failure = (error: unknown) => describe(error, true);
		return {answered: true, status, headers, body, peer: connection.state.peer, atMs, failure, finish: limits.finish};
	};
	try {
		const response = await connection.fetch(route.origin + route.basePath + request.path, {
			method: request.method,
			headers: {'accept-encoding': 'identity', 'user-agent': 'clawtalk', ...request.headers},
			body: request.body ?? null,
			signal: limits.signal,
		});
		const headers = Object.fromEntries(response.headers);
		return answered(response.status, headers, response.body ?? noBody());
	} catch (error) {
		if (error instanceof UnseenAnswer) return answered(error.status, {}, noBody());
		limits.finish();
		const refusal = error instanceof ProxyRefusedError ? observeProxyRefusal(error, request.layer, atMs, log.elapsed() - atMs) : undefined;
		return {
			answered: false,
			observation: refusal ?? describe(error, false),
			peerChanged: error instanceof PeerChangedError,
			sent: connection.state.stage === 'open',
		};
	}
}

async function* noBody(): AsyncGenerator<Uint8Array> {
	// Nothing follows.
}

interface Failure {
	readonly route: Route;
	readonly request: ExchangeRequest;
	readonly connection: SingleConnection;
	readonly error: unknown;
	readonly answered: boolean;
	readonly timedOut: boolean;
	readonly atMs: number;
	readonly tookMs: number;
}

function describeFailure({route, request, connection, error, answered, timedOut, atMs, tookMs}: Failure): NetworkFailure | PinMismatch {
	const {stage, socket} = connection.state;
	const {method, path, layer, timeoutMs} = request;
	return observeFailure(timedOut ? new Error('no answer in time') : error, {
		method,
		path,
		layer,
		atMs,
		tookMs,
		stage,
		answered,
		...(timedOut && timeoutMs !== undefined ? {timeoutMs} : {}),
		// Under TLS the handshake counts, so the number says nothing there.
		...(route.origin.startsWith('http:') ? {bytesRead: socket?.bytesRead ?? 0} : {}),
	});
}

/** Objects to a certificate that is not the pinned one, and to a peer that is not the one expected. */
export function acceptPeer(pin: string | undefined, expected: ConnectedPeer | undefined): (peer: ConnectedPeer) => Error | undefined {
	return peer => {
		const mismatch = checkPin(pin, peer);
		if (mismatch !== undefined || expected === undefined) return mismatch;
		const isSame = expected.address === peer.address && expected.fingerprint === peer.fingerprint;
		return isSame ? undefined : new PeerChangedError('the peer is not the one that identified itself');
	};
}

/** Joins the caller's signal, the time limit and `drop` into one signal, and cleans up after all three. */
function limit(route: Route, request: ExchangeRequest, connection: SingleConnection) {
	const controller = new AbortController();
	let timedOut = false;
	let isFinished = false;
	const end = (reason: unknown) => {
		controller.abort(reason);
		connection.destroy();
	};
	const abort = () => end(request.signal.reason);
	const closeable: Closeable = {drop: () => end(new DroppedError('the connection was dropped'))};
	const timer =
		request.timeoutMs === undefined
			? undefined
			: setTimeout(() => {
					// What came while this process had no time to read it counts: it is read before an immediate runs.
					setImmediate(() => {
						if (isFinished) return;
						timedOut = true;
						end(new Error('no answer in time'));
					});
				}, request.timeoutMs);
	route.open.add(closeable);
	request.signal.addEventListener('abort', abort, {once: true});
	if (request.signal.aborted) abort();
	return {
		signal: controller.signal,
		timedOut: () => timedOut,
		finish() {
			isFinished = true;
			clearTimeout(timer);
			request.signal.removeEventListener('abort', abort);
			route.open.delete(closeable);
			connection.destroy();
		},
	};
}

function observeProxyRefusal(error: ProxyRefusedError, layer: Layer, atMs: number, tookMs: number): Observation {
	return {
		kind: 'http-answer',
		layer,
		atMs,
		tookMs,
		method: 'CONNECT',
		path: error.target,
		status: error.status,
		body: 'other',
		headers: {},
	};
}
