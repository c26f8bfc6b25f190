import assert from 'node:assert/strict';
import {WebSocket} from 'ws';
import type {Case, Peer} from './peer.js';

type Frame = Record<string, unknown>;

interface Conversation {
	readonly challenge: Frame;
	/** Empty when the gateway closed without a word. */
	readonly answer: Frame;
	/** Absent when the gateway stayed. */
	readonly code?: number;
	readonly reason?: string;
}

const protocolOf = (peer: Peer) => (peer.generation === '2026.2.9' ? 3 : 4);

function connect(peer: Peer, changes: Frame = {}): string {
	return JSON.stringify({
		type: 'req',
		id: 'c1',
		method: 'connect',
		params: {
			minProtocol: protocolOf(peer),
			maxProtocol: protocolOf(peer),
			client: {id: 'cli', version: '0.1.0', platform: 'linux', mode: 'cli'},
			role: 'operator',
			scopes: ['operator.read', 'operator.write'],
			caps: [],
			auth: {token: peer.token},
			...changes,
		},
	});
}

/** Opens a WebSocket, waits for the challenge, sends one frame, and notes the answer and how it ends. */
async function converse(peer: Peer, frame: string): Promise<Conversation> {
	const socket = new WebSocket(peer.origin.replace('http', 'ws'));
	const frames: Frame[] = [];
	return new Promise((resolve, reject) => {
		socket.once('error', reject);
		socket.on('message', data => {
			const received = JSON.parse(String(data)) as Frame;
			frames.push(received);
			if (frames.length === 1) {
				socket.send(frame);
			} else if (received['ok'] === true) {
				socket.terminate();
				resolve({challenge: frames[0] ?? {}, answer: received});
			}
		});
		socket.once('close', (code, reason) => resolve({challenge: frames[0] ?? {}, answer: frames[1] ?? {}, code, reason: String(reason)}));
	});
}

interface Refused {
	readonly name: string;
	frame(peer: Peer): string;
	readonly code: number;
	readonly reason: Readonly<Record<Peer['generation'], string>>;
	/** `error.details.code` on 2026.9.6. */
	readonly detail?: string;
}

const both = (reason: string) => ({'2026.9.6': reason, '2026.2.9': reason});

const refused: readonly Refused[] = [
	{
		name: 'a wrong token',
		frame: peer => connect(peer, {auth: {token: 'wrong'}}),
		code: 1008,
		reason: {
			'2026.9.6': "unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)",
			'2026.2.9': 'unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)',
		},
		detail: 'AUTH_TOKEN_MISMATCH',
	},
	{
		name: 'no token',
		frame: peer => connect(peer, {auth: undefined}),
		code: 1008,
		reason: both('device identity required'),
		detail: 'DEVICE_IDENTITY_REQUIRED',
	},
	{
		name: 'another protocol',
		frame: peer => connect(peer, {minProtocol: 7, maxProtocol: 9}),
		code: 1002,
		reason: both('protocol mismatch'),
	},
	{
		name: 'a client it does not know',
		frame: peer => connect(peer, {client: {id: 'clawtalk', version: '0.1.0', platform: 'linux', mode: 'cli'}}),
		code: 1008,
		reason: {
			'2026.9.6': 'invalid connect params: at /client/id: must be equal to one of the allowed values',
			'2026.2.9': 'invalid connect params: at /client/id: must be equal to constant; at /client/id: must match a schema in anyOf',
		},
	},
	{name: 'a role it does not know', frame: peer => connect(peer, {role: 'bogus'}), code: 1008, reason: both('invalid role')},
	{
		name: 'another method first',
		frame: () => JSON.stringify({type: 'req', id: 'x', method: 'health', params: {}}),
		code: 1008,
		reason: both('invalid handshake: first request must be connect'),
	},
	{name: 'JSON that is no request', frame: () => '{"a":1}', code: 1008, reason: both('invalid request frame')},
	{name: 'text that is not JSON', frame: () => 'hello', code: 1000, reason: both('')},
];

/** The WebSocket control plane: challenge, welcome, refusals. */
export const controlCases: readonly Case[] = [
	{
		name: 'challenges and welcomes a WebSocket',
		async run(peer) {
			const {challenge, answer} = await converse(peer, connect(peer));
			assert.equal(challenge['event'], 'connect.challenge');
			assert.deepEqual(
				Object.keys(challenge['payload'] as Frame),
				peer.generation === '2026.2.9' ? ['nonce', 'ts'] : ['nonce', 'ts', 'capabilities'],
			);
			const hello = answer['payload'] as Frame;
			assert.equal(hello['type'], 'hello-ok');
			assert.equal(hello['protocol'], protocolOf(peer));
			assert.equal('auth' in hello, peer.generation !== '2026.2.9');
			assert.equal((hello['policy'] as Frame)['maxPayload'], peer.generation === '2026.2.9' ? 524_288 : 26_214_400);
		},
	},
	{
		name: 'takes the best of a range of protocols',
		async run(peer) {
			const {answer} = await converse(peer, connect(peer, {minProtocol: 3, maxProtocol: 5}));
			assert.equal((answer['payload'] as Frame)['protocol'], protocolOf(peer));
		},
	},
	...refused.map(entry => ({
		name: `closes the WebSocket on ${entry.name}`,
		async run(peer: Peer) {
			const {answer, code, reason} = await converse(peer, entry.frame(peer));
			assert.deepEqual({code, reason}, {code: entry.code, reason: entry.reason[peer.generation]});
			if (entry.detail !== undefined && peer.generation !== '2026.2.9') {
				assert.equal(((answer['error'] as Frame)['details'] as Frame)['code'], entry.detail);
			}
		},
	})),
];
