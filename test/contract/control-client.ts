import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import type {Peer} from './peer.js';

export type Fields = Readonly<Record<string, unknown>>;

export interface Heard {
	readonly event: string;
	readonly payload: Fields;
	readonly seq: number;
}

export interface Answer {
	readonly ok: boolean;
	readonly payload: Fields;
	readonly error: {readonly code: string; readonly message: string; readonly details?: Fields};
}

/** A connection to the control plane as bare as can be: the contract is about the gateway, not about clawtalk's client. */
export interface ControlClient {
	readonly hello: Fields;
	/** Events so far, but for those that come by the clock. */
	readonly events: readonly Heard[];
	call(method: string, params?: Fields): Promise<Answer>;
	/** The first event that fits, also one that has come already. */
	event(fits: (heard: Heard) => boolean): Promise<Heard>;
	/** Every event from now on. */
	hear(listener: (heard: Heard) => void): void;
	close(): void;
}

export interface ConnectOptions {
	readonly scopes?: readonly string[];
	readonly caps?: readonly string[];
	readonly device?: TestDevice;
	readonly client?: Fields;
	readonly params?: Fields;
	/** Spoils what the device shows. */
	readonly changeDevice?: (device: Fields) => Fields;
}

/** A device of a test, with a key of its own. */
export interface TestDevice {
	readonly id: string;
	readonly publicKey: string;
	sign(text: string): string;
}

export function createDevice(): TestDevice {
	const {privateKey, publicKey} = generateKeyPairSync('ed25519');
	const raw = publicKey.export({type: 'spki', format: 'der'}).subarray(-32);
	return {
		id: createHash('sha256').update(raw).digest('hex'),
		publicKey: raw.toString('base64url'),
		sign: text => sign(null, Buffer.from(text), privateKey).toString('base64url'),
	};
}

/** How long a real gateway may take for anything: its first run after the start takes seconds. */
const patienceMs = 60_000;

export async function connectControl(peer: Peer, options: ConnectOptions = {}): Promise<ControlClient> {
	const socket = new WebSocket(peer.origin.replace('http', 'ws'));
	const events: Heard[] = [];
	const waiting = new Map<string, (answer: Answer) => void>();
	const listeners = new Set<(heard: Heard) => void>();
	const end = new AbortController();
	socket.on('close', (code, reason) => end.abort(new Error(`closed with ${code} ${String(reason)}`)));
	const [challenge] = (await once(socket, 'message', {signal: AbortSignal.timeout(patienceMs)})) as [Buffer];
	const {payload} = JSON.parse(String(challenge)) as {payload: {nonce: string; ts: number}};
	socket.on('message', data => {
		const frame = JSON.parse(String(data)) as Answer & Heard & {type: string; id: string};
		if (frame.type === 'res') {
			waiting.get(frame.id)?.(frame);
		} else if (!['tick', 'health', 'presence'].includes(frame.event)) {
			const heard = {...frame, payload: frame.payload ?? {}};
			events.push(heard);
			for (const listener of listeners) listener(heard);
		}
	});
	let count = 0;
	const call = async (method: string, params: Fields = {}): Promise<Answer> => {
		const id = `r${++count}`;
		const answer = new Promise<Answer>(resolve => waiting.set(id, resolve));
		socket.send(JSON.stringify({type: 'req', id, method, params}));
		return within(answer, `an answer to ${method}`, end.signal);
	};
	const answer = await call('connect', connectParams(peer, payload, options));
	if (!answer.ok) throw new Error(answer.error.message, {cause: answer.error});
	return {
		hello: answer.payload,
		events,
		call,
		async event(fits) {
			const found = events.find(fits);
			if (found) return found;
			const heard = new Promise<Heard>(resolve => {
				const listener = (event: Heard) => {
					if (!fits(event)) return;
					listeners.delete(listener);
					resolve(event);
				};
				listeners.add(listener);
			});
			return within(heard, 'an event', end.signal);
		},
		hear: listener => void listeners.add(listener),
		close: () => socket.terminate(),
	};
}

function connectParams(peer: Peer, {nonce, ts}: {nonce: string; ts: number}, options: ConnectOptions): Fields {
	const {
		scopes = ['operator.read', 'operator.write'],
		caps = ['tool-events'],
		device,
		params = {},
		changeDevice = shown => shown,
	} = options;
	const client = {id: 'cli', version: '0.1.0', platform: 'linux', mode: 'cli', ...options.client};
	const proof = ['v2', device?.id, 'cli', 'cli', 'operator', scopes.join(','), String(ts), peer.token, nonce].join('|');
	const shown = device && {id: device.id, publicKey: device.publicKey, signature: device.sign(proof), signedAt: ts, nonce};
	return {
		minProtocol: 3,
		maxProtocol: 4,
		client,
		role: 'operator',
		scopes,
		caps,
		auth: {token: peer.token},
		...(shown ? {device: changeDevice(shown)} : {}),
		...params,
	};
}

async function within<Value>(value: Promise<Value>, what: string, ended: AbortSignal): Promise<Value> {
	const over = new AbortController();
	const limit = AbortSignal.any([ended, over.signal]);
	const timer = setTimeout(() => over.abort(new Error(`waited in vain for ${what}`)), patienceMs);
	const failure = new Promise<never>((_, reject) => {
		limit.addEventListener('abort', () => reject(limit.reason as Error), {once: true});
		if (limit.aborted) reject(limit.reason as Error);
	});
	try {
		return await Promise.race([value, failure]);
	} finally {
		clearTimeout(timer);
	}
}

/** Connects, uses the connection and ends it, whatever happens. */
export async function withControl(peer: Peer, options: ConnectOptions, use: (control: ControlClient) => Promise<void>): Promise<void> {
	const control = await connectControl(peer, options);
	try {
		await use(control);
	} finally {
		control.close();
	}
}

/** A session of a case's own. */
export function freshKey(): string {
	return `agent:main:clawtalk:${crypto.randomUUID()}`;
}

/** Sends a message and gives the id of the run. */
export async function send(control: ControlClient, sessionKey: string, message: string): Promise<string> {
	const idempotencyKey = crypto.randomUUID();
	const {ok, payload, error} = await control.call('chat.send', {sessionKey, message, idempotencyKey});
	if (!ok) throw new Error(error.message);
	return String(payload['runId']);
}

const ends = ['final', 'error', 'aborted'];

/** The `chat` event that ends a run. */
export async function endOf(control: ControlClient, runId: string): Promise<Fields> {
	const {payload} = await control.event(
		({event, payload: told}) => event === 'chat' && told['runId'] === runId && ends.includes(String(told['state'])),
	);
	return payload;
}

/** The `chat` events of a run. */
export function chatOf({events}: ControlClient, runId: string): Fields[] {
	return events.filter(({event, payload}) => event === 'chat' && payload['runId'] === runId).map(({payload}) => payload);
}

/** The `agent` events of a run in a stream: their data. */
export function streamOf({events}: ControlClient, runId: string, stream: string): Fields[] {
	const own = events.filter(({event, payload}) => event === 'agent' && payload['runId'] === runId && payload['stream'] === stream);
	return own.map(({payload}) => payload['data'] as Fields);
}

/** The text of a message as events and history carry it. */
export function textOf(message: unknown): string {
	const {content} = (message ?? {content: ''}) as {content: string | ReadonlyArray<{text?: string}>};
	return typeof content === 'string' ? content : content.map(({text = ''}) => text).join('');
}

/** The history of a session, fifty messages at most. */
export async function historyOf(control: ControlClient, sessionKey: string, more: Fields = {}): Promise<Fields> {
	const {payload} = await control.call('chat.history', {sessionKey, limit: 50, ...more});
	return payload;
}

/** Messages of a history as `role: text`. */
export function said(history: Fields): string[] {
	return (history['messages'] as Fields[]).map(message => `${String(message['role'])}: ${textOf(message).trim()}`);
}
