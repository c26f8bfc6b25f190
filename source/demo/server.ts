import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {authorizationOf} from './authorization.js';
import {createControlPlane} from './control-plane.js';
import type {DemoGateway, DemoGatewayOptions, DemoRequest, DemoState} from './options.js';
import {route} from './routes.js';
import {createSessions} from './sessions.js';

const defaultHandshakeTimeoutMs = 15_000;

/**
 * Starts a gateway on 127.0.0.1 that speaks the part of OpenClaw's protocol which clawtalk uses, as one of two releases.
 *
 * @throws The system's error when the port cannot be had, e.g. `EADDRINUSE`.
 */
export async function startDemoGateway(options: DemoGatewayOptions): Promise<DemoGateway> {
	const state = createState(options);
	const requests: DemoRequest[] = [];
	const sockets = new Map<Socket, number>();
	const answers = new Set<Promise<void>>();
	const server = createServer();
	const controlPlane = createControlPlane(state);
	const sessions = createSessions();
	const log = (request: IncomingMessage) => {
		const logged = describe(request, state.token, sockets.get(request.socket) ?? 0);
		requests.push(logged);
		return logged;
	};

	trackConnections(server, state, sockets);
	server.on('request', (request, response) => {
		const logged = log(request);
		const answer = new Promise<void>(resolve => {
			response.once('close', () => {
				logged.clientLeft = !response.writableFinished;
				answers.delete(answer);
				resolve();
			});
		});
		answers.add(answer);
		route(state, sessions, request, response, logged);
	});
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy()); // the client reset it: nobody is there to be told
		controlPlane.upgrade(request, socket, head, log(request)).catch((error: unknown) => {
			socket.destroy(error instanceof Error ? error : undefined);
		});
	});

	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const close = async () => {
		const closed = server.listening ? once(server, 'close') : Promise.resolve();
		server.close();
		for (const socket of sockets.keys()) {
			socket.destroy();
		}

		await Promise.all([closed, ...answers]);
	};

	return {
		origin: `http://127.0.0.1:${port}`,
		token: options.token,
		generation: state.generation,
		port,
		requests,
		setFault(fault, faultOptions = {}) {
			state.fault = fault;
			state.faultOptions = faultOptions;
		},
		async stop() {
			await controlPlane.shutDown();
			await close();
		},
		kill: close,
	};
}

function createState(options: DemoGatewayOptions): DemoState {
	const now = options.now ?? Date.now;
	return {
		generation: options.generation ?? '2026.9.6',
		token: options.token,
		tokensPerSecond: options.tokensPerSecond ?? 0,
		handshakeTimeoutMs: options.handshakeTimeoutMs ?? defaultHandshakeTimeoutMs,
		startedAt: now(),
		now,
		fault: options.fault,
		faultOptions: options.faultOptions ?? {},
	};
}

/** Numbers the connections, and plays the faults that strike before any HTTP. */
function trackConnections(server: Server, state: DemoState, sockets: Map<Socket, number>): void {
	let count = 0;
	server.on('connection', (socket: Socket) => {
		count += 1;
		sockets.set(socket, count);
		socket.once('close', () => sockets.delete(socket));
		if (state.fault === 'drop-on-accept') {
			socket.destroy();
		} else if (state.fault === 'garbage-http') {
			socket.end('SSH-2.0-OpenSSH_9.9\r\n');
		}
	});
}

function describe(request: IncomingMessage, token: string, connection: number): DemoRequest {
	const secret = ['authorization', 'cookie', 'x-openclaw-token', 'proxy-authorization'];
	const headers = Object.entries(request.headers).filter(([name]) => !secret.includes(name));
	return {
		method: request.method ?? '',
		path: (request.url ?? '/').replace(/[?#].*$/s, ''),
		authorization: authorizationOf(request.headers.authorization, token),
		headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
		connection,
		clientLeft: false,
	};
}
