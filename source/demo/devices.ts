import {createHash, createPublicKey, verify} from 'node:crypto';

/** A device that was let in, or asks to be. */
export interface Device {
	readonly id: string;
	readonly platform: string;
	readonly role: string;
	readonly scopes: readonly string[];
	readonly token: string;
	readonly issuedAtMs: number;
}

/** A device that waits to be let in. */
export interface PairingRequest extends Omit<Device, 'token' | 'issuedAtMs'> {
	readonly requestId: string;
	readonly clientId: string;
	readonly ts: number;
}

export interface Devices {
	readonly paired: Map<string, Device>;
	readonly pending: Map<string, PairingRequest>;
	/** Lets a device in and gives it a token. */
	admit(device: Omit<Device, 'token' | 'issuedAtMs'>): Device;
}

export function createDevices(now: () => number): Devices {
	const paired = new Map<string, Device>();
	const pending = new Map<string, PairingRequest>();
	return {
		paired,
		pending,
		admit({id, platform, role, scopes}) {
			const token = `demo-device-${crypto.randomUUID()}`;
			const device = {id, platform, role, scopes, token, issuedAtMs: now()};
			paired.set(id, device);
			for (const [requestId, request] of pending) {
				if (request.id === id) pending.delete(requestId);
			}
			return device;
		},
	};
}

/** What a client shows of its device in `connect`. */
export interface DeviceProof {
	readonly id: string;
	readonly publicKey: string;
	readonly signature: string;
	readonly signedAt: number;
	readonly nonce: string;
}

/** The parts of `connect` that a device signs, in their order. */
export interface Signed {
	readonly clientId: string;
	readonly mode: string;
	readonly role: string;
	readonly scopes: readonly string[];
	readonly token: string;
	readonly platform: string;
	readonly deviceFamily: string;
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Judges a signature. 2026.9.6 takes the third form of the text and the second one; 2026.2.9 only the second. */
export function judgeSignature(proof: DeviceProof, signed: Signed, old: boolean): 'right' | 'wrong' | 'other-device' {
	const raw = Buffer.from(proof.publicKey, 'base64url');
	if (raw.length !== 32 || createHash('sha256').update(raw).digest('hex') !== proof.id) return 'other-device';
	const key = createPublicKey({key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki'});
	const {clientId, mode, role, scopes, token} = signed;
	const common = [proof.id, clientId, mode, role, scopes.join(','), String(proof.signedAt), token, proof.nonce];
	const third = ['v3', ...common, signed.platform.toLowerCase(), signed.deviceFamily.toLowerCase()];
	const texts = [['v2', ...common], ...(old ? [] : [third])].map(parts => parts.join('|'));
	const signature = Buffer.from(proof.signature, 'base64url');
	return texts.some(text => verify(null, Buffer.from(text), key, signature)) ? 'right' : 'wrong';
}
