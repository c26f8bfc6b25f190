import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {carryTo, openFront} from './front.js';
import type {HttpReply, HttpService, ServiceRecord} from './plan.js';

/** Starts a web server that follows a script. */
export async function startHttpService({at, tls, answers}: HttpService, secrets: readonly string[]): Promise<() => ServiceRecord> {
	const server = createServer((request, response) => answerBy(answers, request, response));
	// What a forward proxy is asked; without this Node closes the connection.
	server.on('connect', (_request, socket: Socket) => {
		const {status = 405, headers = {}} = answers['*'] ?? {};
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.end(`HTTP/1.1 ${status} No\r\n${lines.join('')}Content-Length: 0\r\nConnection: close\r\n\r\n`);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const front = await openFront({at, tls, secrets, accept: socket => carryTo(port, socket)});
	return () => ({at: at.join(' '), connections: front.connections, sawSecret: front.sawSecret, authorized: 0});
}

/** Answers one request: the script's word for method and path, for the path, or for everything else. */
export function answerBy(answers: Readonly<Record<string, HttpReply>>, request: IncomingMessage, response: ServerResponse): void {
	const {method = '', url = ''} = request;
	const path = url.split('?')[0] ?? '';
	const {status, headers, body, never} = answers[`${method} ${path}`] ?? answers[path] ?? answers['*'] ?? {status: 404};
	request.resume();
	if (never) return;
	response.writeHead(status, headers);
	response.end(body);
}
