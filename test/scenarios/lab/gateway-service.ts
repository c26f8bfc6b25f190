import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import {startDemoGateway} from '../../../source/demo/server.js';
import {carryTo, type Front, openFront} from './front.js';
import {answerBy} from './http-service.js';
import type {GatewayService, ServiceRecord, WebSocketEnd} from './plan.js';

/** Starts a demo gateway behind a front on the address wanted. */
export async function startGatewayService(service: GatewayService, secrets: readonly string[]): Promise<() => ServiceRecord> {
	const {at, tls, clockAheadMs = 0, endsWebSockets, answers, holdsBack = false} = service;
	const demo = await startDemoGateway({
		token: service.token ?? secrets[0] ?? '',
		...(service.generation === undefined ? {} : {generation: service.generation}),
		...(service.fault === undefined ? {} : {fault: service.fault}),
		...(service.faultOptions === undefined ? {} : {faultOptions: service.faultOptions}),
		now: () => Date.now() + clockAheadMs,
	});
	const webSockets = endsWebSockets && (await listenForWebSockets(endsWebSockets));
	const scripted = answers && (await listenWith(answers));
	const portFor = (head: string): number => {
		if (webSockets !== undefined && /^upgrade: websocket/im.test(head)) return webSockets;
		const [method = '', path = ''] = head.split(' ');
		const isScripted = answers && (answers[`${method} ${path}`] ?? answers[path]);
		return scripted !== undefined && isScripted ? scripted : demo.port;
	};
	const front: Front = await openFront({at, tls, secrets, accept: socket => withHead(socket, portFor, holdsBack)});
	return () => ({
		at: at.join(' '),
		connections: front.connections,
		sawSecret: front.sawSecret,
		authorized: demo.requests.filter(({authorization}) => authorization !== 'absent').length,
	});
}

/** The first bytes say which of the listeners gets the connection. */
function withHead(socket: Duplex, portFor: (head: string) => number, holdsBack: boolean): void {
	socket.once('data', (first: Buffer) => {
		socket.pause();
		carryTo(portFor(first.toString('latin1')), socket, first, holdsBack);
	});
}

async function listenWith(answers: NonNullable<GatewayService['answers']>): Promise<number> {
	// One answer a connection, so that the next request finds its way anew.
	return listen(createServer((request, response) => answerBy(answers, request, response.setHeader('Connection', 'close'))));
}

async function listenForWebSockets(end: WebSocketEnd): Promise<number> {
	const server = createServer();
	const webSockets = new WebSocketServer({server});
	webSockets.on('connection', socket => {
		socket.on('error', () => socket.terminate()); // the client left first
		if (end.when === 'after-challenge') {
			const payload = {nonce: crypto.randomUUID(), ts: Date.now()};
			socket.send(JSON.stringify({type: 'event', event: 'connect.challenge', payload}));
		}
		setTimeout(() => endSocket(socket, end), end.afterMs ?? 0);
	});
	return listen(server);
}

function endSocket(socket: WebSocket, {code, reason}: WebSocketEnd): void {
	if (code === 1006) socket.terminate();
	else socket.close(code, reason);
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}
