import {createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {TestContext} from 'node:test';
import {WebSocketServer} from 'ws';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {DeviceKeys} from '../../source/gateway/control-plane.js';
import type {Credential, Gateway, GatewayTarget, Refusal, RefusalLedger} from '../../source/gateway/gateway.js';
import {type GatewaySurroundings, openGateway} from '../../source/gateway/open-gateway.js';
import type {SilenceLimits} from '../../source/gateway/silence-watch.js';
import type {Outcome, Question, TransportEvent} from '../../source/gateway/transport.js';
import {classifyHost} from '../../source/network/address-class.js';

/** A request as it reached the server. */
export interface Seen {
	readonly method: string;
	readonly path: string;
	readonly authorization: string | undefined;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

export interface TestServer {
	readonly origin: string;
	readonly port: number;
	readonly seen: Seen[];
	/** Connections accepted so far. */
	connections(): number;
	readonly server: Server;
}

export type Answerer = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void;

/** Serves on 127.0.0.1 until the test ends. */
export async function serve(t: TestContext, answer: Answerer, tls?: {readonly key: string; readonly cert: string}): Promise<TestServer> {
	const seen: Seen[] = [];
	const sockets = new Set<Socket>();
	let connections = 0;
	const listener: RequestListener = (request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const {method = '', url = '', headers} = request;
			const one = {
				method,
				path: url,
				authorization: headers.authorization,
				headers,
				body: Buffer.concat(pieces).toString(),
			};
			seen.push(one);
			answer(one, response, request);
		});
	};
	const server = tls === undefined ? createHttpServer(listener) : createTlsServer(tls, listener);
	server.on('connection', (socket: Socket) => {
		connections += 1;
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.after(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise(resolve => server.close(resolve));
	});
	const {port} = server.address() as AddressInfo;
	const scheme = tls === undefined ? 'http' : 'https';
	return {
		origin: `${scheme}://127.0.0.1:${port}`,
		port,
		seen,
		connections: () => connections,
		server,
	};
}

/** Answers `/healthz` as 2026.9.6 does and everything else by `answer`. */
export function gatewayAnswering(answer: Answerer): Answerer {
	return (seen, response, request) => {
		if (seen.path === '/healthz') sendJson(response, 200, {ok: true, status: 'live'});
		else answer(seen, response, request);
	};
}

/** Lets the server challenge WebSockets, as every OpenClaw does. */
export function challengeOn(server: Server, firstFrame: unknown): WebSocketServer {
	const sockets = new WebSocketServer({server});
	sockets.on('connection', socket => socket.send(JSON.stringify(firstFrame)));
	return sockets;
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body));
}

export function sendStream(response: ServerResponse, body: string): void {
	response.writeHead(200, {'content-type': 'text/event-stream'}).end(body);
}

export const token = 'test-token-of-the-owner';

export function memoryLedger(entries: Record<string, Refusal> = {}): RefusalLedger & {readonly entries: Record<string, Refusal>} {
	return {
		entries,
		async find(origin) {
			return entries[origin];
		},
		async record(origin, _token, refusal) {
			entries[origin] = refusal;
		},
		async clear(origin) {
			delete entries[origin];
		},
	};
}

export interface GatewayOptions {
	readonly credential?: Credential;
	readonly headers?: GatewayTarget['headers'];
	readonly pin?: string;
	readonly basePath?: string;
	readonly proxy?: string;
	readonly ledger?: RefusalLedger;
	readonly now?: () => number;
	readonly silence?: Partial<SilenceLimits>;
	readonly devices?: DeviceKeys;
	/** Limits and timer of the control plane. */
	readonly control?: GatewaySurroundings['control'];
	readonly returnWithinMs?: number;
}

/** The gateway client under test, closed with the test. */
export function connectTo(t: TestContext, origin: string, options: GatewayOptions = {}): Gateway {
	const {credential = {kind: 'token', secret: new Secret(token), source: 'test'}, headers = {}, basePath = '', pin, proxy} = options;
	const gateway = openGateway(
		{
			origin,
			basePath,
			source: 'test',
			addressClass: classifyHost(new URL(origin).hostname),
			credential,
			headers,
			...(pin === undefined ? {} : {pin}),
			...(proxy === undefined ? {} : {proxy}),
		},
		{
			ledger: options.ledger ?? memoryLedger(),
			env: {},
			now: options.now ?? Date.now,
			silence: options.silence ?? {},
			...(options.devices === undefined ? {} : {devices: options.devices}),
			...(options.control === undefined ? {} : {control: options.control}),
			...(options.returnWithinMs === undefined ? {} : {returnWithinMs: options.returnWithinMs}),
		},
	);
	t.after(() => gateway.close());
	return gateway;
}

export const question: Question = {
	id: 'q1',
	idempotencyKey: 'k1',
	text: 'hello',
	images: [],
	history: [],
};

export interface Asked {
	readonly events: readonly TransportEvent[];
	readonly text: string;
	readonly outcome: Outcome;
	readonly evidence: Evidence;
	/** Kinds of the observations, in order. */
	readonly kinds: readonly string[];
}

/** Puts one question and collects the answer. */
export async function ask(
	gateway: Gateway,
	options: {
		readonly question?: Partial<Question>;
		readonly signal?: AbortSignal;
		readonly onEvent?: (event: TransportEvent) => void;
	} = {},
): Promise<Asked> {
	const events: TransportEvent[] = [];
	await gateway.transport.send({...question, ...options.question}, options.signal ?? new AbortController().signal, event => {
		events.push(event);
		options.onEvent?.(event);
	});
	const last = events.at(-1);
	if (last?.type !== 'ended') throw new Error('the last event is not `ended`');
	const text = events.map(event => (event.type === 'delta' ? event.text : '')).join('');
	return {
		events,
		text,
		outcome: last.outcome,
		evidence: last.evidence,
		kinds: last.evidence.observations.map(({kind}) => kind),
	};
}
