import type {WebSocket} from 'ws';
import {type Admitted, admit} from './admission.js';
import type {Client} from './client.js';
import {checkConnect} from './connect-check.js';
import type {Devices} from './devices.js';
import {type Frame, isJson, isRecord, readFrame} from './frame.js';
import type {DemoRequest, DemoState} from './options.js';
import type {Refusal} from './refusal.js';
import {strikeHandshake} from './socket-faults.js';

/** What the handshake works with. */
export interface Greeting {
	readonly state: DemoState;
	readonly devices: Devices;
	/** Calls `welcomed` once a client was let in; sends `hello-ok` by itself. */
	welcomed(client: Client, frame: Frame, admitted: Admitted): void;
}

/** Challenges a new WebSocket and waits for its `connect`. */
export function greet({state, devices, welcomed}: Greeting, socket: WebSocket, logged: DemoRequest): void {
	const send = (frame: unknown) => socket.send(JSON.stringify(frame));
	const deadline = setTimeout(() => socket.close(1000), state.handshakeTimeoutMs);
	socket.once('close', () => clearTimeout(deadline));
	const capabilities = state.generation === '2026.2.9' ? {} : {capabilities: ['model-catalog-snapshot']};
	const nonce = crypto.randomUUID();
	if (state.fault === 'no-challenge') return;
	send({type: 'event', event: 'connect.challenge', payload: {nonce, ts: state.now(), ...capabilities}});
	socket.once('message', data => {
		clearTimeout(deadline);
		const text = String(data);
		const frame = readFrame(text);
		if (strikeHandshake(state, socket, frame)) return;
		if (text.length > 64 * 1024) {
			socket.close(1009);
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

		const answer = checkConnect(state, frame) ?? admit(state, frame, {nonce, origin: logged.headers['origin'], devices});
		if ('message' in answer) {
			logged.authorization = answer.authorization;
			refuse(send, socket, frame, answer);
			return;
		}

		logged.authorization = 'right';
		welcomed(createClient(state, socket, frame, answer), frame, answer);
	});
}

function refuse(send: (frame: unknown) => void, socket: WebSocket, frame: Frame, refusal: Refusal): void {
	const {code, message, details, retryAfterMs, closeReason = message} = refusal;
	const retry = retryAfterMs === undefined ? {} : {retryable: true, retryAfterMs};
	send({type: 'res', id: frame.id, ok: false, error: {code, message, ...retry, ...(details === undefined ? {} : {details})}});
	// A close frame has room for 123 bytes of reason.
	socket.close(refusal.close ?? 1008, closeReason.slice(0, 123));
}

function createClient({now}: DemoState, socket: WebSocket, {params}: Frame, {scopes, device}: Admitted): Client {
	const given = isRecord(params['client']) ? params['client'] : {};
	const words = (name: string) => (Array.isArray(params[name]) ? params[name].map(String) : []);
	const permissions = isRecord(params['permissions']) ? params['permissions'] : {};
	return {
		connectionId: crypto.randomUUID(),
		role: params['role'] === 'node' ? 'node' : 'operator',
		clientId: String(given['id']),
		mode: String(given['mode'] ?? ''),
		version: String(given['version'] ?? ''),
		platform: String(given['platform'] ?? ''),
		...(device === undefined ? {} : {deviceId: device.id}),
		...(typeof given['displayName'] === 'string' ? {displayName: given['displayName']} : {}),
		scopes: new Set(scopes),
		capabilities: new Set(words('caps')),
		commands: words('commands'),
		permissions: Object.fromEntries(Object.entries(permissions).map(([name, allowed]) => [name, allowed === true])),
		connectedAt: now(),
		subscriptions: new Set(),
		hearsSessions: false,
		sequence: 0,
		send: frame => socket.send(JSON.stringify(frame)),
		close: (code, reason) => socket.close(code, reason),
		drop: () => socket.terminate(),
	};
}
