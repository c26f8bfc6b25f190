import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {watchConnections} from './connections.js';
import {createControlPlane} from './control-plane.js';
import type {DemoGateway, DemoGatewayOptions, DemoState} from './options.js';
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
	const server = createServer();
	const connections = watchConnections(server, state);
	const controlPlane = createControlPlane(state);
	const sessions = createSessions();
	server.on('request', (request, response) => route(state, sessions, request, response, connections.note(request, response)));
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy()); // the client reset it: nobody is there to be told
		controlPlane.upgrade(request, socket, head, connections.note(request)).catch((error: unknown) => {
			socket.destroy(error instanceof Error ? error : undefined);
		});
	});
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		token: options.token,
		generation: state.generation,
		port,
		requests: connections.requests,
		setFault(fault, faultOptions = {}) {
			state.fault = fault;
			state.faultOptions = faultOptions;
		},
		async stop() {
			await controlPlane.shutDown();
			await connections.close();
		},
		kill: connections.close,
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
