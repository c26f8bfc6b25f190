import type {TestContext} from 'node:test';
import {type WebSocket, WebSocketServer} from 'ws';
import type {Hello} from '../../../source/gateway/control-plane.js';
import {gatewayAnswering, sendJson, serve, type TestServer} from '../test-gateway.js';

/** What a client sent with `connect`. */
export interface ConnectRequest {
	readonly id: string;
	readonly params: {
		readonly auth?: Readonly<Record<string, string>>;
		readonly device?: {readonly id: string; readonly signature: string; readonly nonce: string; readonly signedAt: number};
		readonly scopes: readonly string[];
		readonly [name: string]: unknown;
	};
}

export interface ControlServer extends TestServer {
	/** The handshakes of all connections, in order. */
	readonly connects: ConnectRequest['params'][];
	/** Headers of the upgrades. */
	readonly upgrades: Readonly<Record<string, unknown>>[];
	/** Connections that stand. */
	readonly sockets: Set<WebSocket>;
	broadcast(...frames: readonly object[]): void;
}

export interface Script {
	/** Answers `connect`; by default everybody is welcome. */
	readonly onConnect?: (request: ConnectRequest, reply: Reply, socket: WebSocket) => void;
	/** Answers a call; by default with an empty payload. */
	readonly onCall?: (method: string, reply: Reply, socket: WebSocket, params: Readonly<Record<string, unknown>>) => void;
	/** The first frame; undefined sends none. */
	readonly greeting?: string | undefined;
	readonly tls?: {readonly key: string; readonly cert: string};
}

export interface Reply {
	ok(payload: unknown): void;
	error(error: object, close?: readonly [code: number, reason: string]): void;
}

export const challenge = JSON.stringify({type: 'event', event: 'connect.challenge', payload: {nonce: 'nonce-1', ts: 1_700_000_000_000}});

/** `hello-ok` as 2026.9.6 says it, shortened. */
export const helloOk = (more: object = {}) => ({
	type: 'hello-ok',
	protocol: 4,
	server: {version: '2026.9.6', bootId: 'boot-1', connId: 'c'},
	features: {methods: ['chat.send', 'chat.history'], events: []},
	snapshot: {uptimeMs: 5_000, sessionDefaults: {mainSessionKey: 'agent:main:main', defaultAgentId: 'main'}},
	auth: {method: 'token', role: 'operator', scopes: ['operator.read', 'operator.write']},
	policy: {maxPayload: 26_214_400, tickIntervalMs: 30_000},
	...more,
});

/** A gateway whose control plane does what the script says. */
export async function controlServer(t: TestContext, script: Script = {}): Promise<ControlServer> {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendJson(response, 404, {})),
		script.tls,
	);
	const connects: ConnectRequest['params'][] = [];
	const upgrades: Readonly<Record<string, unknown>>[] = [];
	const sockets = new Set<WebSocket>();
	const plane = new WebSocketServer({server: server.server});
	plane.on('connection', (socket, request) => {
		upgrades.push(request.headers);
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		const greeting = 'greeting' in script ? script.greeting : challenge;
		if (greeting !== undefined) socket.send(greeting);
		socket.on('message', data => {
			const {id, method, params} = JSON.parse(String(data)) as ConnectRequest & {method: string};
			const reply: Reply = {
				ok: payload => socket.send(JSON.stringify({type: 'res', id, ok: true, payload})),
				error(error, close) {
					socket.send(JSON.stringify({type: 'res', id, ok: false, error}));
					if (close !== undefined) socket.close(...close);
				},
			};
			if (method !== 'connect') return script.onCall === undefined ? reply.ok({}) : script.onCall(method, reply, socket, params);
			connects.push(params);
			if (script.onConnect === undefined) reply.ok(helloOk());
			else script.onConnect({id, params}, reply, socket);
		});
	});
	const broadcast = (...frames: readonly object[]) => {
		for (const socket of sockets) for (const frame of frames) socket.send(JSON.stringify(frame));
	};
	return {...server, connects, upgrades, sockets, broadcast};
}

export const wrongToken = {
	code: 'INVALID_REQUEST',
	message: 'unauthorized: gateway token mismatch',
	details: {code: 'AUTH_TOKEN_MISMATCH', recommendedNextStep: 'retry_with_device_token'},
};

/** Of a hello, what tests compare. */
export function shape({methods, welcomed: _welcomed, startedAt: _startedAt, ...hello}: Hello) {
	return {...hello, methods: [...methods]};
}
