import {type ConnectedPeer, type ConnectionState, type ConnectorOptions, createConnector} from './connector.js';
import {type buildConnector, Client} from './undici.js';

/** One connection that carries one request and is closed with it. */
export interface SingleConnection {
	readonly client: Client;
	readonly state: Readonly<ConnectionState>;
	/** Opens a socket by the same route for something other than HTTP, i.e. `ws`. */
	readonly connect: buildConnector.connector;
	/** Closes it at once, whatever is under way. */
	destroy(reason?: Error): void;
}

/**
 * Prepares a connection; it is opened by the first request. Each request has its own, with `connection: close`, so no request can
 * die of a kept-alive connection that the peer is closing at that moment (undici lost 14 of 60 POSTs to that), and none is repeated
 * on another connection.
 */
export function createSingleConnection(origin: string, options: ConnectorOptions): SingleConnection {
	const state: ConnectionState = {stage: 'lookup', peer: {} satisfies ConnectedPeer};
	const connect = createConnector(options, state);
	const client = new Client(origin, {connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false});
	return {
		client,
		state,
		connect,
		destroy(reason) {
			// The promise only tells when; it rejects when it was destroyed before, which is fine.
			void client.destroy(reason ?? null).catch(() => undefined);
			state.socket?.destroy();
		},
	};
}
