import type {WebSocket} from 'ws';
import {checkConnect, type Refusal, scopesOf} from './connect-check.js';
import type {Client} from './control-plane.js';
import {type Frame, isJson, readFrame} from './frame.js';
import type {DemoRequest, DemoState} from './options.js';

/** Challenges a new WebSocket and waits for its `connect`; calls `welcomed` once it was accepted. */
export function greet(state: DemoState, socket: WebSocket, logged: DemoRequest, welcomed: (client: Client) => void): void {
	const send = (frame: unknown) => socket.send(JSON.stringify(frame));
	const deadline = setTimeout(() => socket.close(1000), state.handshakeTimeoutMs);
	socket.once('close', () => clearTimeout(deadline));
	const capabilities = state.generation === '2026.2.9' ? {} : {capabilities: ['model-catalog-snapshot']};
	send({type: 'event', event: 'connect.challenge', payload: {nonce: crypto.randomUUID(), ts: state.now(), ...capabilities}});
	socket.once('message', data => {
		clearTimeout(deadline);
		const text = String(data);
		const frame = readFrame(text);
		if (strikeDown(state, socket)) {
			return;
		}

		if (!frame && isJson(text)) {
			socket.close(1008, 'invalid request frame');
			return;
		}

		if (!frame) {
			socket.close(1000);
			return;
		}

		const refusal = checkConnect(state, frame);
		logged.authorization = refusal?.authorization ?? 'right';
		if (refusal) {
			refuse(send, socket, frame, refusal);
			return;
		}

		const client: Client = {send, sequence: 0};
		send({type: 'res', id: frame.id, ok: true, payload: helloOk(state, frame)});
		welcomed(client);
	});
}

function refuse(send: (frame: unknown) => void, socket: WebSocket, frame: Frame, refusal: Refusal): void {
	const {code, message, details} = refusal;
	send({type: 'res', id: frame.id, ok: false, error: {code, message, ...(details === undefined ? {} : {details})}});
	socket.close(refusal.close ?? 1008, message);
}

/** The faults of the WebSocket strike where the client waits for its welcome. */
function strikeDown(state: DemoState, socket: WebSocket): boolean {
	switch (state.fault) {
		case 'close-1000':
			socket.close(1000);
			return true;
		case 'close-1006':
			socket.terminate();
			return true;
		case 'close-1012':
			socket.send(JSON.stringify({type: 'event', event: 'shutdown', payload: {reason: 'gateway stopping'}, seq: 1}));
			socket.close(1012, 'service restart');
			return true;
		default:
			return false;
	}
}

function helloOk(state: DemoState, frame: Frame): Record<string, unknown> {
	const connId = crypto.randomUUID();
	const events = ['connect.challenge', 'agent', 'chat', 'presence', 'tick', 'shutdown', 'health'];
	const features = {methods: ['health'], events};
	const uptimeMs = state.now() - state.startedAt;
	if (state.generation === '2026.2.9') {
		return {
			type: 'hello-ok',
			protocol: 3,
			server: {version: 'dev', host: 'demo', connId},
			features,
			snapshot: {presence: [], uptimeMs},
			policy: {maxPayload: 524_288, maxBufferedBytes: 1_572_864, tickIntervalMs: 30_000},
		};
	}

	return {
		type: 'hello-ok',
		protocol: 4,
		server: {version: state.generation, buildId: `${state.generation}-demo`, bootId: bootIdOf(state), connId},
		features: {...features, capabilities: []},
		snapshot: {presence: [], uptimeMs, authMode: 'token'},
		auth: {method: 'token', role: 'operator', scopes: scopesOf(frame)},
		policy: {
			maxPayload: 26_214_400,
			maxBufferedBytes: 52_428_800,
			tickIntervalMs: 30_000,
			attachments: {maxBytes: 19_464_192, maxImageBytes: 6_291_456},
		},
	};
}

/** Stays the same as long as the gateway runs, and changes with its start. */
function bootIdOf(state: DemoState): string {
	return `demo-${state.startedAt}`;
}
