import {type Device, type DeviceProof, type Devices, judgeSignature} from './devices.js';
import {type Frame, isRecord} from './frame.js';
import type {DemoState} from './options.js';
import {askForPairing, type PairingReason} from './pairing.js';
import {type Refusal, refusal} from './refusal.js';

/** How a client was let in. */
export interface Admitted {
	readonly method: 'token' | 'device-token';
	readonly scopes: readonly string[];
	readonly device?: Device;
}

/** What is known of a connection beside its first frame. */
export interface Caller {
	readonly nonce: string;
	readonly origin: string | undefined;
	readonly devices: Devices;
}

/** How old a signature may be, in milliseconds. */
const freshMs = 10 * 60_000;

/** Decides who is let in, and with what scopes, in the order and the words of the generation. */
export function admit(state: DemoState, {params}: Frame, caller: Caller): Admitted | Refusal {
	const old = state.generation === '2026.2.9';
	const say = (message: string, code: string, more: Record<string, unknown> = {}, over: Partial<Refusal> = {}) =>
		refusal(message, {...(old ? {} : {details: {code, ...more}}), ...over});
	const client = readClient(params);
	if (client.id === 'webchat' || (!old && caller.origin !== undefined)) {
		const words = 'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)';
		return say(words, 'CONTROL_UI_ORIGIN_NOT_ALLOWED', {
			reason: caller.origin === undefined ? 'origin missing or invalid' : 'origin not allowed',
		});
	}

	const given = readAuth(params, state);
	const proof = readProof(params['device']);
	const isEmpty = given === undefined && !(old && hasPassword(params));
	if (proof === undefined && (isEmpty || (!old && client.role === 'node'))) {
		return say('device identity required', 'DEVICE_IDENTITY_REQUIRED', {}, {code: 'NOT_PAIRED'});
	}
	if (state.fault === 'lockout') return lockedOut(state, say);
	if (proof === undefined && client.id === 'openclaw-tui') {
		return say('control ui requires device identity (use HTTPS or localhost secure context)', 'CONTROL_UI_DEVICE_IDENTITY_REQUIRED');
	}

	const wrongProof = proof && checkProof(state, proof, {...client, token: given?.value ?? ''}, caller.nonce, say);
	if (wrongProof) return wrongProof;
	const known = proof && caller.devices.paired.get(proof.id);
	const method = recognise(state, given, known);
	if (method === undefined) return unauthorized(state, given, proof !== undefined, say);
	const ask = (reason: PairingReason) =>
		askForPairing(state, caller.devices, {...client, id: proof?.id ?? '', clientId: client.id}, known, reason);
	if (state.fault === 'pairing') return ask('not-paired');
	if (proof === undefined) return {method, scopes: scopesWithoutDevice(state, client)};
	if (known && known.platform !== client.platform && !old) return ask('metadata-upgrade');
	const more = known ? client.scopes.filter(scope => !known.scopes.includes(scope)) : client.scopes;
	if (known && more.length > 0 && method === 'device-token') {
		const advice = {authReason: 'scope_mismatch', canRetryWithDeviceToken: false, recommendedNextStep: 'review_auth_configuration'};
		return say('unauthorized: device token scope mismatch (re-pair or approve scope upgrade)', 'AUTH_SCOPE_MISMATCH', advice, {
			authorization: 'wrong',
		});
	}
	if (known && more.length === 0) return {method, scopes: client.scopes, device: known};
	if (state.seenFrom === 'lan') return ask(known ? 'scope-upgrade' : 'not-paired');
	// On loopback the shared token is enough to let a device in, with whatever it asks for.
	const scopes = [...new Set([...(known?.scopes ?? []), ...client.scopes])];
	const device = caller.devices.admit({id: proof.id, platform: client.platform, role: client.role, scopes});
	return {method, scopes: client.scopes, device};
}

type Say = (message: string, code: string, more?: Record<string, unknown>, over?: Partial<Refusal>) => Refusal;

interface Asking {
	readonly id: string;
	readonly mode: string;
	readonly platform: string;
	readonly deviceFamily: string;
	readonly role: string;
	readonly scopes: readonly string[];
}

function readClient(params: Frame['params']): Asking {
	const client = isRecord(params['client']) ? params['client'] : {};
	const text = (name: string) => (typeof client[name] === 'string' ? client[name] : '');
	const scopes = Array.isArray(params['scopes']) ? params['scopes'].map(String) : [];
	return {
		id: text('id'),
		mode: text('mode'),
		platform: text('platform'),
		deviceFamily: text('deviceFamily'),
		role: String(params['role']),
		scopes,
	};
}

interface Given {
	readonly value: string;
	readonly deviceToken?: string;
	readonly isDeviceTokenOnly: boolean;
}

/** The credential of a `connect`; an empty one is none. */
function readAuth(params: Frame['params'], {generation}: DemoState): Given | undefined {
	const auth = isRecord(params['auth']) ? params['auth'] : {};
	const text = (name: string) => (typeof auth[name] === 'string' && auth[name] !== '' ? auth[name] : undefined);
	// 2026.9.6 takes its token for a password, too; 2026.2.9 looks at the token alone.
	const shared = text('token') ?? (generation === '2026.2.9' ? undefined : text('password'));
	const deviceToken = text('deviceToken');
	const value = shared ?? deviceToken;
	if (value === undefined) return undefined;
	return {value, ...(deviceToken === undefined ? {} : {deviceToken}), isDeviceTokenOnly: shared === undefined};
}

function hasPassword(params: Frame['params']): boolean {
	const auth = isRecord(params['auth']) ? params['auth'] : {};
	return typeof auth['password'] === 'string' && auth['password'] !== '';
}

function readProof(device: unknown): DeviceProof | undefined {
	if (!isRecord(device)) return undefined;
	const {id, publicKey, signature, signedAt, nonce} = device;
	return {id: String(id), publicKey: String(publicKey), signature: String(signature), signedAt: Number(signedAt), nonce: String(nonce)};
}

function checkProof(
	state: DemoState,
	proof: DeviceProof,
	client: Asking & {readonly token: string},
	nonce: string,
	say: Say,
): Refusal | undefined {
	const judged = judgeSignature(proof, {...client, clientId: client.id}, state.generation === '2026.2.9');
	if (judged === 'other-device') return say('device identity mismatch', 'DEVICE_AUTH_DEVICE_ID_MISMATCH', {reason: 'device-id-mismatch'});
	if (Math.abs(state.now() - proof.signedAt) > freshMs) {
		return say('device signature expired', 'DEVICE_AUTH_SIGNATURE_EXPIRED', {reason: 'device-signature-stale'});
	}
	if (proof.nonce !== nonce) return say('device nonce mismatch', 'DEVICE_AUTH_NONCE_MISMATCH', {reason: 'device-nonce-mismatch'});
	return judged === 'right' ? undefined : say('device signature invalid', 'DEVICE_AUTH_SIGNATURE_INVALID', {reason: 'device-signature'});
}

function recognise(state: DemoState, given: Given | undefined, known: Device | undefined): Admitted['method'] | undefined {
	if (given === undefined) return undefined;
	const isRefused = state.fault === 'unauthorized' || state.fault === 'close-1008';
	if (!given.isDeviceTokenOnly && given.value === state.token && !isRefused) return 'token';
	return known && (given.value === known.token || given.deviceToken === known.token) ? 'device-token' : undefined;
}

function unauthorized(state: DemoState, given: Given | undefined, hasDevice: boolean, say: Say): Refusal {
	const remote = state.generation === '2026.2.9' || state.seenFrom === 'lan';
	const hint = remote ? 'set gateway.remote.token to match gateway.auth.token' : "use this gateway's gateway.auth.token or pair the device";
	if (given === undefined) {
		const advice = {authReason: 'token_missing', canRetryWithDeviceToken: false, recommendedNextStep: 'update_auth_configuration'};
		return say(`unauthorized: gateway token missing (${hint})`, 'AUTH_TOKEN_MISSING', advice);
	}

	const update = {canRetryWithDeviceToken: false, recommendedNextStep: 'update_auth_credentials'};
	const wrong = {authorization: 'wrong'} as const;
	if (given.isDeviceTokenOnly) {
		const advice = {authReason: 'device_token_mismatch', ...update};
		return say('unauthorized: device token mismatch (rotate/reissue device token)', 'AUTH_DEVICE_TOKEN_MISMATCH', advice, wrong);
	}

	const retry = {canRetryWithDeviceToken: true, recommendedNextStep: 'retry_with_device_token'};
	const advice = {authReason: 'token_mismatch', ...(hasDevice && !remote ? retry : update)};
	return say(`unauthorized: gateway token mismatch (${hint})`, 'AUTH_TOKEN_MISMATCH', advice, wrong);
}

function lockedOut(state: DemoState, say: Say): Refusal {
	const retryAfterMs = (state.faultOptions.retryAfterSeconds ?? 20) * 1000;
	const advice = {authReason: 'rate_limited', canRetryWithDeviceToken: false, recommendedNextStep: 'wait_then_retry'};
	const words = 'unauthorized: too many failed authentication attempts (retry later)';
	return say(words, 'AUTH_RATE_LIMITED', advice, {authorization: 'wrong', retryAfterMs});
}

/** On loopback the shared token brings the scopes; from elsewhere, and to a probe, it brings none. */
function scopesWithoutDevice({generation, seenFrom}: DemoState, {mode, scopes}: Asking): readonly string[] {
	return seenFrom === 'lan' || (mode === 'probe' && generation !== '2026.2.9') ? [] : scopes;
}
