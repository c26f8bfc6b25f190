import {WebSocket} from 'ws';
import type {Generation} from '../../source/demo/options.js';
import type {ControlRefused, Observation, WebSocketClosed} from '../../source/diagnosis/evidence.js';
import {readRefusal} from '../../source/gateway/control/read-refusal.js';
import {isRecord, parseJson} from '../../source/gateway/json.js';
import type {KnownDevice} from './known-device.js';

/** A handshake that clawtalk itself never makes, part by part. What is absent is as clawtalk has it. */
export interface Handshake {
	readonly minProtocol?: number;
	readonly maxProtocol?: number;
	readonly client?: Readonly<Record<string, unknown>>;
	readonly role?: string;
	readonly scopes?: readonly string[];
	readonly auth?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly device?: KnownDevice;
	/** Payload version of the signature: 2026.2.9 takes v2 alone. */
	readonly signature?: 'v2' | 'v3';
	/** Milliseconds that the signature is older than the challenge. */
	readonly signedBeforeMs?: number;
	/** Changes the proof after it was made. */
	readonly spoil?: (proof: Record<string, unknown>) => Record<string, unknown>;
	/** Sent in the place of the handshake; binary is sent as text all the same. */
	readonly first?: string | Buffer;
	/** Says nothing, not even a handshake. */
	readonly silent?: true;
	readonly commands?: readonly string[];
	readonly caps?: readonly string[];
	readonly permissions?: Readonly<Record<string, boolean>>;
}

/** A connection of somebody else, as clawtalk would observe it. */
export interface StrangeConnection {
	readonly observations: readonly Observation[];
	/** The payload of the welcome; absent when there was none. */
	readonly hello?: Readonly<Record<string, unknown>>;
	/** For frames that clawtalk never sends. */
	readonly socket: WebSocket;
	/** Resolves with all that was observed, when the connection has ended. */
	readonly ended: Promise<readonly Observation[]>;
	close(): void;
}

/** With the signature that a release takes. */
export function signed(generation: Generation, handshake: Handshake): Handshake {
	return {signature: generation === '2026.2.9' ? 'v2' : 'v3', ...handshake};
}

/** Shakes hands in a way of one's own; resolves with the welcome, or when the gateway has closed. */
export function connectStrangely(origin: string, handshake: Handshake): Promise<StrangeConnection> {
	const {auth, headers = {}, role = 'operator', scopes = ['operator.read', 'operator.write'], first, silent = false} = handshake;
	const socket = new WebSocket(origin.replace(/^http/, 'ws'), {headers: {...headers}});
	const observations: Observation[] = [];
	const course = {challenged: false, welcomed: false};
	const ended = ending(socket, course).then(closed => [...observations, closed]);
	const connection = {socket, ended, close: () => socket.close()};
	return new Promise((resolve, reject) => {
		socket.on('error', reject);
		void ended.then(all => resolve({...connection, observations: all}));
		socket.on('message', (data: Buffer) => {
			const frame = parseJson(data.toString());
			if (!isRecord(frame)) return;
			if (frame['event'] === 'connect.challenge') {
				course.challenged = true;
				const asked = () => JSON.stringify({type: 'req', id: 'c1', method: 'connect', params: params(handshake, frame['payload'])});
				if (!silent) socket.send(first ?? asked(), {binary: false});
			}
			if (frame['type'] !== 'res' || frame['id'] !== 'c1') return;
			if (frame['ok'] === true && isRecord(frame['payload'])) {
				course.welcomed = true;
				resolve({...connection, observations, hello: frame['payload']});
			} else observations.push(refusalIn(frame['error'], {scopes, auth, role}));
		});
	});
}

function ending(socket: WebSocket, course: Readonly<Pick<WebSocketClosed, 'challenged' | 'welcomed'>>): Promise<WebSocketClosed> {
	const openedAt = performance.now();
	return new Promise(resolve => {
		socket.once('close', (code, reason) => {
			const openMs = Math.round(performance.now() - openedAt);
			const seen = {kind: 'websocket-closed', layer: 'control', atMs: openMs, code, reason: reason.toString(), openMs} as const;
			resolve({...seen, ...course, byUs: false});
		});
	});
}

function refusalIn(error: unknown, {scopes, auth}: {scopes: readonly string[]; auth: Handshake['auth']; role: string}): ControlRefused {
	const told = isRecord(error) ? error : {};
	const wait = told['retryAfterMs'];
	return readRefusal(
		{
			gatewayCode: String(told['code']),
			message: String(told['message']),
			details: told['details'],
			...(typeof wait === 'number' ? {retryAfterMs: wait} : {}),
		},
		{
			atMs: 0,
			tookMs: 0,
			with: auth?.['password'] !== undefined ? 'password' : auth?.['token'] !== undefined ? 'token' : 'nothing',
			scopes,
		},
	);
}

function params(handshake: Handshake, challenge: unknown): Readonly<Record<string, unknown>> {
	const {minProtocol = 3, maxProtocol = 4, role = 'operator', scopes = ['operator.read', 'operator.write'], auth, device} = handshake;
	const client = {id: 'cli', version: '0.1.0', platform: 'linux', mode: 'cli', ...handshake.client};
	const {commands, caps = [], permissions} = handshake;
	return {
		...{minProtocol, maxProtocol, client, role, scopes, caps},
		...(commands === undefined ? {} : {commands}),
		...(permissions === undefined ? {} : {permissions}),
		...(auth === undefined ? {} : {auth}),
		...(device === undefined ? {} : {device: proof(device, handshake, client, challenge)}),
	};
}

function proof(device: KnownDevice, handshake: Handshake, client: Readonly<Record<string, unknown>>, challenge: unknown) {
	const {role = 'operator', scopes = ['operator.read', 'operator.write'], auth = {}, signature = 'v3', signedBeforeMs = 0} = handshake;
	const {nonce, ts} = isRecord(challenge) ? challenge : {};
	const signedAt = Number(ts) - signedBeforeMs;
	const token = auth['token'] ?? auth['deviceToken'] ?? auth['bootstrapToken'] ?? '';
	const parts = [signature, device.id, client['id'], client['mode'], role, scopes.join(','), signedAt, token, nonce];
	const signed = signature === 'v2' ? parts : [...parts, String(client['platform']).toLowerCase(), ''];
	const made = {id: device.id, publicKey: device.publicKey, signature: device.sign(signed.join('|')), signedAt, nonce};
	return handshake.spoil?.(made) ?? made;
}
