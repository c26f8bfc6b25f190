import {once} from 'node:events';
import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {authorizationOf} from './authorization.js';
import type {DemoRequest, DemoState} from './options.js';

/** The connections of a server and what was asked on them. */
export interface Connections {
	/** Notes a request, and with its answer also whether the client waited for the end. */
	note(request: IncomingMessage, response?: ServerResponse): DemoRequest;
	/** Closes the server and destroys every connection; resolves when all is over. */
	close(): Promise<void>;
}

/** Watches the connections of a server, notes requests in `requests`, and plays the faults that strike before any HTTP. */
export function watchConnections(server: Server, state: DemoState, requests: DemoRequest[]): Connections {
	const numbers = new Map<Socket, number>();
	const answers = new Set<Promise<unknown>>();
	let count = 0;
	server.on('connection', (socket: Socket) => {
		count += 1;
		numbers.set(socket, count);
		socket.once('close', () => numbers.delete(socket));
		strike(state, socket);
	});
	return {
		note(request, response) {
			const noted = describe(request, state.token, numbers.get(request.socket) ?? 0);
			requests.push(noted);
			if (response) {
				const over = once(response, 'close').then(() => {
					noted.clientLeft = !response.writableFinished;
					answers.delete(over);
				});
				answers.add(over);
			}
			return noted;
		},
		async close() {
			const closed = server.listening ? once(server, 'close') : undefined;
			server.close();
			for (const socket of numbers.keys()) socket.destroy();
			await Promise.all([closed, ...answers]);
		},
	};
}

function strike({fault}: DemoState, socket: Socket): void {
	if (fault === 'drop-on-accept') {
		socket.destroy();
	} else if (fault === 'garbage-http') {
		socket.end('SSH-2.0-OpenSSH_9.9\r\n');
	}
}

const credentials = ['authorization', 'cookie', 'x-openclaw-token', 'proxy-authorization'];

function describe(request: IncomingMessage, token: string, connection: number): DemoRequest {
	const headers = Object.entries(request.headers).filter(([name]) => !credentials.includes(name));
	return {
		method: request.method ?? '',
		path: (request.url ?? '/').replace(/[?#].*$/s, ''),
		authorization: authorizationOf(request.headers.authorization, token),
		headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
		connection,
		clientLeft: false,
	};
}
