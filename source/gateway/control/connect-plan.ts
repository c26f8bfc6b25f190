import {approvalCapability, approvalScope} from '../approval.js';
import type {DeviceIdentity} from '../control-plane.js';

/** Which credential goes with one handshake; revealed for the wire. */
export type ControlCredential =
	/** The gateway's token or password: which of the two it is, the gateway knows. */
	| {readonly kind: 'token'; readonly value: string}
	| {readonly kind: 'device-token'; readonly value: string; readonly scopes: readonly string[]}
	| {readonly kind: 'nothing'};

/** What one handshake says of us. */
export interface ConnectPlan {
	readonly credential: ControlCredential;
	readonly device?: DeviceIdentity;
	readonly scopes: readonly string[];
	readonly platform: string;
	readonly version: string;
	/** OpenClaw before 2026.3: it knows no `auth.deviceToken` and no v3 signature (2026.2.9 refuses both). */
	readonly isOldGateway: boolean;
}

/** What the library signs for a device, v2 or v3. */
export interface DevicePayloads {
	readonly v2: (params: DevicePayload) => string;
	readonly v3: (params: DevicePayload & {readonly platform: string}) => string;
}

interface DevicePayload {
	deviceId: string;
	clientId: string;
	clientMode: string;
	role: string;
	scopes: string[];
	signedAtMs: number;
	token: string | null;
	nonce: string;
}

export interface Challenge {
	readonly nonce: string | null;
	/** The gateway's clock; a signature is good for minutes around it. */
	readonly signedAtMs: number;
}

/** A gateway takes only names of its own list (2026.9.6: `INVALID_REQUEST` for any other). */
const client = {id: 'cli', mode: 'cli'} as const;
const role = 'operator';

/** Params of the request `connect`, protocols 3 and 4. */
export function connectParams(plan: ConnectPlan, challenge: Challenge, payloads: DevicePayloads): Record<string, unknown> {
	const {scopes, platform, version, credential} = plan;
	return {
		minProtocol: 3,
		maxProtocol: 4,
		client: {...client, version, platform},
		role,
		scopes: [...scopes],
		// Without the first one the runs of tools are not told of, without the second one no run waits for approval (2026.9.6).
		caps: ['tool-events', ...(scopes.includes(approvalScope) ? [approvalCapability] : [])],
		...authOf(credential, plan.isOldGateway),
		...(plan.device === undefined || challenge.nonce === null
			? {}
			: {device: deviceProof(plan, plan.device, challenge.nonce, challenge.signedAtMs, payloads)}),
	};
}

function authOf(credential: ControlCredential, isOldGateway: boolean): {auth?: Record<string, string>} {
	switch (credential.kind) {
		case 'token':
			// A gateway looks at the one that its mode asks for, and not at the other (2026.2.9 and 2026.9.6).
			return {auth: {token: credential.value, password: credential.value}};
		case 'device-token':
			return {auth: isOldGateway ? {token: credential.value} : {deviceToken: credential.value}};
		case 'nothing':
			return {};
	}
}

/** The proof is made over the token that goes along. */
function deviceProof(plan: ConnectPlan, device: DeviceIdentity, nonce: string, signedAtMs: number, payloads: DevicePayloads) {
	const {credential, scopes, platform, isOldGateway} = plan;
	const token = credential.kind === 'token' || credential.kind === 'device-token' ? credential.value : null;
	const params = {deviceId: device.id, clientId: client.id, clientMode: client.mode, role, scopes: [...scopes], signedAtMs, token, nonce};
	const text = isOldGateway ? payloads.v2(params) : payloads.v3({...params, platform});
	return {id: device.id, publicKey: device.publicKey, signature: device.sign(text), signedAt: signedAtMs, nonce};
}
