import {type ConnectedPeer, type ConnectionState, type ConnectorOptions, createConnector} from './connector.js';
import {installDispatcher} from './dispatcher.js';
import {paceReading} from './paced-reading.js';
import {type buildConnector, Client, type Dispatcher, fetch, type RequestInit, type Response} from './undici.js';
import {UnseenAnswer} from './unseen-answer.js';

export interface SingleConnectionOptions extends ConnectorOptions {
	/** Milliseconds between two reads of the answer's body, for a caller that draws in frames; absent = it is read as it comes. */
	readonly restMs?: number | undefined;
}

/** One connection that carries one request and is closed with it. */
export interface SingleConnection {
	readonly state: Readonly<ConnectionState>;
	/**
	 * npm undici's `fetch` on this connection, once; redirects are not followed. It rejects with the cause that undici
	 * wraps in `TypeError: fetch failed`, and with an `UnseenAnswer` for an answer that fetch keeps to itself.
	 */
	fetch(url: string, init: RequestInit): Promise<Response>;
	/** Opens a socket by the same route for something other than HTTP, i.e. `ws`. */
	readonly connect: buildConnector.connector;
	/** Closes it at once, whatever is under way. */
	destroy(reason?: Error): void;
}

/** fetch wanted to send a request a second time. */
class RepeatRefusedError extends Error {
	override readonly name = 'RepeatRefusedError';
	readonly code = 'ERR_REPEAT_REFUSED';
}

/**
 * Prepares a connection; it is opened by the first request. Each request has its own, with `connection: close`, so no request can
 * die of a kept-alive connection that the peer is closing at that moment (undici lost 14 of 60 POSTs to that), and none is repeated,
 * not even by fetch itself (undici 8.12 sends a request that was answered with 421 a second time).
 */
export function createSingleConnection(origin: string, options: SingleConnectionOptions): SingleConnection {
	// Before the first packet of this process, whoever sends the next ones.
	installDispatcher();
	const state: ConnectionState = {stage: 'lookup', peer: {} satisfies ConnectedPeer};
	const connect = createConnector(options, state);
	const client = new Client(origin, {connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false});
	const once = onlyOnce(client, options.restMs);
	return {
		state,
		connect,
		async fetch(url, init) {
			try {
				return await fetch(url, {...init, redirect: 'manual', dispatcher: once.dispatcher});
			} catch (error) {
				const status = once.status();
				if (status === 421 || status === 407) throw new UnseenAnswer(status, {cause: error});
				throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
			}
		},
		destroy(reason) {
			// The promise only tells when; it rejects when it was destroyed before, which is fine.
			void client.destroy(reason ?? null).catch(() => undefined);
			state.socket?.destroy();
		},
	};
}

/** Lets one request through, refuses any other, and remembers the status of the answer. */
function onlyOnce(client: Client, restMs: number | undefined): {readonly dispatcher: Dispatcher; status(): number | undefined} {
	let used = false;
	let status: number | undefined;
	const dispatcher = client.compose(dispatch => (request, handler) => {
		if (used) throw new RepeatRefusedError('a request is sent once');
		used = true;
		const onResponseStart = handler.onResponseStart?.bind(handler);
		handler.onResponseStart = (controller, statusCode, headers, statusText) => {
			status = statusCode;
			onResponseStart?.(controller, statusCode, headers, statusText);
		};
		if (restMs !== undefined) paceReading(handler, restMs);
		return dispatch(request, handler);
	});
	return {dispatcher, status: () => status};
}
