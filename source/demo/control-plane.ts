import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {WebSocket, WebSocketServer} from 'ws';
import {type Frame, readFrame} from './frame.js';
import {greet} from './handshake.js';
import type {DemoRequest, DemoState} from './options.js';

/** The WebSocket side of a demo gateway. */
export interface ControlPlane {
	/** Takes over a connection that asks for a WebSocket; any path is right, as on real gateways. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, logged: DemoRequest): Promise<void>;
	/** Says goodbye to everybody: a shutdown event, then close 1012. Resolves when all are gone. */
	shutDown(): Promise<void>;
}

/** One connected client after the handshake; the methods a client calls are answered here. */
export interface Client {
	send(frame: unknown): void;
	/** Counts the events sent to this client. */
	sequence: number;
}

/** Creates the WebSocket side; `ws` is loaded with the first connection. */
export function createControlPlane(state: DemoState): ControlPlane {
	let server: WebSocketServer | undefined;
	const clients = new Map<WebSocket, Client>();
	const accept = (socket: WebSocket, logged: DemoRequest) => {
		socket.on('error', () => socket.terminate()); // frames that break the protocol: ws has closed it with the right code
		socket.on('close', () => clients.delete(socket));
		greet(state, socket, logged, client => {
			clients.set(socket, client);
			socket.on('message', data => answerRequest(state, client, readFrame(String(data))));
		});
	};

	return {
		async upgrade(request, socket, head, logged) {
			if (state.fault === 'silent') {
				return;
			}

			const refusal = refuseUpgrade(state);
			if (refusal !== undefined) {
				socket.end(refusal);
				return;
			}

			const {WebSocketServer: Server} = await import('ws');
			server ??= new Server({noServer: true, maxPayload: state.generation === '2026.2.9' ? 512 * 1024 : 25 * 1024 * 1024});
			server.handleUpgrade(request, socket, head, accepted => accept(accepted, logged));
		},
		async shutDown() {
			const open = [...(server?.clients ?? [])];
			const gone = open.map(async socket => new Promise<void>(resolve => socket.once('close', () => resolve())));
			for (const socket of open) {
				const client = clients.get(socket);
				client?.send({type: 'event', event: 'shutdown', payload: shutdownPayload(state), seq: ++client.sequence});
				socket.close(1012, 'service restart');
				setTimeout(() => socket.terminate(), 1000).unref(); // a client that does not answer the close frame
			}

			await Promise.all(gone);
		},
	};
}

function shutdownPayload(state: DemoState): Record<string, unknown> {
	return state.generation === '2026.2.9' ? {reason: 'gateway stopping', restartExpectedMs: null} : {reason: 'gateway stopping'};
}

function refuseUpgrade(state: DemoState): string | undefined {
	const refuse = (status: string, text: string) =>
		`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
	switch (state.fault) {
		case 'draining':
			return refuse('503 Service Unavailable', 'Gateway websocket admission closed');
		case 'upgrade-refused':
		case 'html-200':
		case 'redirect':
		case 'captive-portal':
		case 'plugin-proxy':
		case 'bad-gateway':
			return refuse('404 Not Found', 'Not Found');
		default:
			return undefined;
	}
}

/** Requests after the handshake. Frames that are not JSON are ignored, as observed. */
function answerRequest(state: DemoState, client: Client, frame: Frame | undefined): void {
	if (!frame) {
		return;
	}

	if (frame.method === 'health') {
		client.send({type: 'res', id: frame.id, ok: true, payload: {ok: true, ts: state.now(), durationMs: 0, channels: {}}});
		return;
	}

	client.send({type: 'res', id: frame.id, ok: false, error: {code: 'INVALID_REQUEST', message: `unknown method: ${frame.method}`}});
}
