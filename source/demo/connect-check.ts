import {type Frame, isRecord} from './frame.js';
import type {DemoState} from './options.js';

/** Why a `connect` is refused: the error frame, and the close code when it is not 1008. */
export interface Refusal {
	readonly code: string;
	readonly message: string;
	readonly details?: Readonly<Record<string, unknown>>;
	readonly close?: number;
	readonly authorization: 'wrong' | 'absent';
}

const clientIds =
	'webchat-ui openclaw-control-ui openclaw-browser-copilot openclaw-tui webchat cli gateway-client openclaw-macos openclaw-linux openclaw-ios openclaw-watchos openclaw-android node-host openclaw-worker test fingerprint openclaw-probe'.split(
		' ',
	);

/** Checks the first frame of a WebSocket as the generation does, in its order; undefined when it is welcome. */
export function checkConnect(state: DemoState, frame: Frame): Refusal | undefined {
	const old = state.generation === '2026.2.9';
	const {params} = frame;
	const refuse = (message: string, more: Partial<Refusal> = {}): Refusal => ({
		code: 'INVALID_REQUEST',
		message,
		authorization: 'absent',
		...more,
	});
	if (frame.method !== 'connect') {
		return refuse('invalid handshake: first request must be connect');
	}

	const client = params['client'];
	if (!isRecord(client)) {
		return refuse("invalid connect params: must have required property 'client'");
	}

	if (!clientIds.includes(String(client['id'])) || (old && client['id'] === 'openclaw-tui')) {
		const complaint = old
			? 'must be equal to constant; at /client/id: must match a schema in anyOf'
			: 'must be equal to one of the allowed values';
		return refuse(`invalid connect params: at /client/id: ${complaint}`);
	}

	const protocol = checkProtocol(old, params);
	if (protocol) {
		return refuse('protocol mismatch', {close: 1002, details: protocol});
	}

	if (params['role'] !== 'operator' && params['role'] !== 'node') {
		return refuse('invalid role');
	}

	return checkToken(state, old, params, refuse);
}

function checkProtocol(old: boolean, params: Frame['params']): Record<string, unknown> | undefined {
	const expected = old ? 3 : 4;
	const [minimum, maximum] = [Number(params['minProtocol']), Number(params['maxProtocol'])];
	if (minimum <= expected && expected <= maximum) {
		return undefined;
	}

	return old
		? {expectedProtocol: 3}
		: {
				code: 'PROTOCOL_MISMATCH',
				clientMinProtocol: minimum,
				clientMaxProtocol: maximum,
				expectedProtocol: 4,
				minimumProbeProtocol: 3,
			};
}

type Refuse = (message: string, more?: Partial<Refusal>) => Refusal;

function checkToken(state: DemoState, old: boolean, params: Frame['params'], refuse: Refuse): Refusal | undefined {
	// 2026.2.9 sends no details.
	const details = (code: string, more: Record<string, unknown> = {}) => (old ? {} : {details: {code, ...more}});
	const auth = isRecord(params['auth']) ? params['auth'] : {};
	const given = auth['token'] ?? auth['password'];
	if (state.fault === 'pairing') {
		const requestId = crypto.randomUUID();
		const more = details('PAIRING_REQUIRED', {reason: 'not-paired', requestId});
		return refuse(`pairing required: device is not approved yet (requestId: ${requestId})`, {code: 'NOT_PAIRED', ...more});
	}
	if (given === undefined) {
		return refuse('device identity required', {code: 'NOT_PAIRED', ...details('DEVICE_IDENTITY_REQUIRED')});
	}
	if (state.fault === 'lockout') {
		const retryAfterMs = (state.faultOptions.retryAfterSeconds ?? 20) * 1000;
		const more = details('AUTH_RATE_LIMITED', {retryAfterMs});
		return refuse('unauthorized: too many failed authentication attempts (retry later)', {authorization: 'wrong', ...more});
	}
	const isRight = given === state.token && state.fault !== 'unauthorized' && state.fault !== 'close-1008';
	return isRight ? undefined : refuse(mismatch(old), {authorization: 'wrong', ...details('AUTH_TOKEN_MISMATCH', mismatchAdvice)});
}

const mismatch = (old: boolean) =>
	`unauthorized: gateway token mismatch (${
		old ? 'set gateway.remote.token to match gateway.auth.token' : "use this gateway's gateway.auth.token or pair the device"
	})`;

const mismatchAdvice = {
	authReason: 'token_mismatch',
	canRetryWithDeviceToken: false,
	recommendedNextStep: 'update_auth_credentials',
};

/** The scopes a client asked for; a loopback client with the shared token gets them all. */
export function scopesOf(frame: Frame): readonly unknown[] {
	const scopes = frame.params['scopes'];
	return Array.isArray(scopes) ? scopes : [];
}
