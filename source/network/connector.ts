import {isIP, type LookupFunction, type Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {connectTimeouts} from './timeouts.js';
import {openTunnel} from './tunnel.js';
import {buildConnector} from './undici.js';

/** How far a connection has come. `open` = bytes of ours may have been sent. */
export type ConnectionStage = 'lookup' | 'connect' | 'tls' | 'open';

/** Who is at the other end, known before anything is sent. */
export interface ConnectedPeer {
	/** IP address; absent through a proxy. */
	readonly address?: string;
	/** SHA-256 of the certificate, colon-separated upper-case hex; absent without TLS. */
	readonly fingerprint?: string;
}

export interface ConnectorOptions {
	/** Proxy URL; absent = direct. */
	readonly proxy?: string | undefined;
	/** Dial this address for the origin's host name, and no other. */
	readonly address?: string | undefined;
	/** False where `accept` decides about the certificate alone (a pin). */
	readonly verifyCertificate: boolean;
	/** Called once the connection stands and before a byte is sent on it: an error closes it. */
	readonly accept: (peer: ConnectedPeer) => Error | undefined;
}

/** One connection's progress, updated while it is made. */
export interface ConnectionState {
	stage: ConnectionStage;
	peer: ConnectedPeer;
	socket?: Socket;
}

/**
 * Opens connections to one origin, for undici (`Client`'s `connect`) and for `ws` (`createConnection`) alike, so that both take the
 * same route and both ask `accept` before they send. TLS sessions are not resumed: a resumed one need not show the certificate.
 */
export function createConnector(options: ConnectorOptions, state: ConnectionState): buildConnector.connector {
	const direct = buildConnector({
		allowH2: false,
		maxCachedSessions: 0,
		// The socket stops reading while nobody takes what it has read: the kernel then gathers what a paced reader takes in one piece.
		highWaterMark: 1,
		timeout: connectTimeouts.connectMs,
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: connectTimeouts.attemptMs,
		rejectUnauthorized: options.verifyCertificate,
		...(options.address === undefined ? {} : {lookup: answerWith(options.address)}),
	} as buildConnector.BuildOptions);

	return (target, callback) => {
		const isDirect = options.proxy === undefined;
		state.stage = isDirect && isIP(target.hostname.replace(/^\[|\]$/g, '')) === 0 ? 'lookup' : 'connect';
		const finish = finisher(options, state, callback);
		if (options.proxy === undefined) {
			follow(direct(target, finish), target.protocol, state);
			return;
		}
		const isTls = target.protocol === 'https:';
		openTunnel(options.proxy, target.hostname, target.port || (isTls ? '443' : '80')).then(
			tunnel => {
				if (isTls) {
					state.stage = 'tls';
					direct({...target, httpSocket: tunnel}, finish);
				} else finish(null, tunnel);
			},
			(error: Error) => callback(error, null),
		);
	};
}

/** Asks `accept` before anybody may use the socket. */
function finisher(options: ConnectorOptions, state: ConnectionState, callback: buildConnector.Callback): buildConnector.Callback {
	return (error, socket) => {
		if (error !== null || socket === null) {
			callback(error ?? new Error('no socket'), null);
			return;
		}
		state.socket = socket;
		state.peer = describePeer(socket, options.proxy === undefined);
		const objection = options.accept(state.peer);
		if (objection === undefined) {
			state.stage = 'open';
			callback(null, socket);
			return;
		}
		socket.destroy();
		callback(objection, null);
	};
}

/** undici's connector returns the socket, though its type does not say so (8.12). */
function follow(socket: unknown, protocol: string, state: ConnectionState): void {
	if (socket === undefined || socket === null) return;
	const events = socket as Socket;
	state.socket = events;
	events.once('lookup', (error: Error | null) => {
		if (error === null) state.stage = 'connect';
	});
	events.once('connect', () => {
		if (protocol === 'https:') state.stage = 'tls';
	});
}

function describePeer(socket: Socket, direct: boolean): ConnectedPeer {
	const fingerprint = isTls(socket) ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
	return {
		...(direct && socket.remoteAddress !== undefined ? {address: socket.remoteAddress} : {}),
		...(fingerprint === undefined ? {} : {fingerprint}),
	};
}

/** Without `instanceof`: loading node:tls takes 10 ms, and most gateways are asked over plain http. */
function isTls(socket: Socket): socket is TLSSocket {
	return 'getPeerX509Certificate' in socket;
}

function answerWith(address: string): LookupFunction {
	const family = isIP(address);
	return (_hostname, options, callback) => {
		if (options.all === true) callback(null, [{address, family}]);
		else callback(null, address, family);
	};
}
