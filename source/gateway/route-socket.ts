import type {WebSocket} from 'ws';
import type {ConnectedPeer, ConnectionStage} from '../network/connector.js';
import type {Closeable, Route} from './exchange.js';
import {acceptPeer} from './exchange.js';

/** A WebSocket on the route that requests take: the same proxy, pin and address rules. */
export interface RouteSocket {
	isOpen(): boolean;
	send(text: string): void;
	/** Says goodbye, and ends it where the peer does not answer in time. */
	close(code: number, reason: string): void;
	/** Ends it at once. */
	drop(): void;
}

export interface RouteSocketOptions {
	/** The peer that identified itself: only it is spoken to. */
	readonly expected: ConnectedPeer;
	readonly headers: Readonly<Record<string, string>>;
	/** Longest message that is taken, bytes. */
	readonly maxPayloadBytes: number;
	/** For TCP, TLS and the upgrade together, milliseconds. */
	readonly openWithinMs: number;
}

export interface RouteSocketListener {
	opened(): void;
	received(text: string): void;
	/** Comes once, and last. */
	ended(end: SocketEnd): void;
}

/** How a WebSocket ended. */
export interface SocketEnd {
	/** 1006 when no close frame came; 1002 and 1007 also when we found the peer's frames broken. */
	readonly code: number;
	readonly reason: string;
	/** HTTP status when the upgrade was refused; `reason` then has the words of OpenClaw's 503. */
	readonly upgradeStatus?: number;
	/** Why it did not open, and how far it had come. */
	readonly failure?: {readonly error: unknown; readonly stage: ConnectionStage};
	/** It ended because we dropped or closed it. */
	readonly byUs: boolean;
}

/** Of the body of a refusal. */
const wordsMs = 500;
const mostWords = 120;
/** For the peer's half of a goodbye. */
const goodbyeMs = 1_000;

type Open = (route: Route, options: RouteSocketOptions, listener: RouteSocketListener) => RouteSocket;

/** Loads what opens WebSockets: `ws` and undici's connector, only where one is wanted. */
export async function loadRouteSockets(): Promise<Open> {
	const [{WebSocket}, {createSingleConnection}] = await Promise.all([import('./web-socket.js'), import('../network/single-connection.js')]);

	/** Sends no token and no Origin header: with one, a gateway refuses anything but its own pages. */
	return (route, options, listener) => {
		const connection = createSingleConnection(route.origin, {
			proxy: route.proxy,
			address: options.expected.address,
			verifyCertificate: route.pin === undefined,
			accept: acceptPeer(route.pin, options.expected),
		});
		const url = new URL(route.origin);
		const socket = new WebSocket(`${route.origin.replace(/^http/, 'ws')}${route.basePath}/`, {
			headers: {...options.headers},
			handshakeTimeout: options.openWithinMs,
			maxPayload: options.maxPayloadBytes,
			perMessageDeflate: false,
			createConnection: ((_options: unknown, created: (error: Error | null, socket?: unknown) => void) => {
				connection.connect(
					{hostname: url.hostname.replace(/^\[|\]$/g, ''), host: url.host, protocol: url.protocol, port: url.port},
					(error, stream) => (error === null ? created(null, stream) : created(error)),
				);
			}) as never,
		});
		const destroy = () => {
			socket.terminate();
			connection.destroy();
		};
		return follow(socket, route, {destroy, stage: () => connection.state.stage}, listener);
	};
}

interface Wire {
	readonly destroy: () => void;
	readonly stage: () => ConnectionStage;
}

function follow(socket: WebSocket, route: Route, {destroy, stage}: Wire, listener: RouteSocketListener): RouteSocket {
	let isOver = false;
	let byUs = false;
	let failure: SocketEnd['failure'];
	let goodbye: {readonly timer: NodeJS.Timeout; readonly code: number; readonly reason: string} | undefined;
	const end = (code: number, reason: string, upgradeStatus?: number) => {
		if (isOver) return;
		isOver = true;
		clearTimeout(goodbye?.timer);
		route.open.delete(closeable);
		destroy();
		const status = upgradeStatus === undefined ? {} : {upgradeStatus};
		listener.ended({code, reason, byUs, ...status, ...(failure === undefined ? {} : {failure})});
	};
	const drop = () => {
		byUs = true;
		end(goodbye?.code ?? 1006, goodbye?.reason ?? '');
	};
	const closeable: Closeable = {drop};
	route.open.add(closeable);
	socket
		.on('open', () => listener.opened())
		// With this listener `ws` leaves it to us to end the attempt, and may report no end of its own.
		.on('unexpected-response', (request, response) => {
			const {statusCode} = response;
			void wordsOf(response).then(words => {
				request.destroy();
				end(1006, words, statusCode);
			});
		})
		.on('message', (data: Buffer) => {
			if (!isOver) listener.received(data.toString('utf8'));
		})
		// Always followed by `close`, which broken frames have to wait half a minute for.
		.on('error', error => {
			failure ??= {error, stage: stage()};
			const breach = breachOf(error);
			if (breach !== undefined) end(breach, error.message);
		})
		.on('close', (code, reason) => end(code, reason.toString('utf8')));
	return {
		isOpen: () => !isOver && socket.readyState === socket.OPEN,
		send: text => socket.send(text),
		close(code, reason) {
			if (isOver || goodbye !== undefined) return;
			byUs = true;
			socket.close(code, reason);
			goodbye = {timer: setTimeout(drop, goodbyeMs), code, reason};
			goodbye.timer.unref();
		},
		drop,
	};
}

/** The close code (RFC 6455 §7.4.1) for what `ws` finds wrong with the frames of the peer; one that is only too long breaks no rule. */
function breachOf({code = ''}: NodeJS.ErrnoException): number | undefined {
	if (!code.startsWith('WS_ERR_') || /_UNSUPPORTED_|_TOO_MANY_/.test(code)) return undefined;
	return code === 'WS_ERR_INVALID_UTF8' ? 1007 : 1002;
}

/** OpenClaw says in a few plain words why it takes no WebSockets now, with 503. Pages of proxies are not such words. */
async function wordsOf(response: import('node:http').IncomingMessage): Promise<string> {
	if (response.statusCode !== 503) return '';
	const timer = setTimeout(() => response.destroy(), wordsMs);
	let words = '';
	try {
		for await (const piece of response.setEncoding('utf8')) {
			words += String(piece);
			if (words.length > mostWords) break;
		}
	} catch {
		// Cut short: what came before it counts.
	} finally {
		clearTimeout(timer);
	}
	return /^\s*[<{]/.test(words) ? '' : words.slice(0, mostWords).trim();
}
