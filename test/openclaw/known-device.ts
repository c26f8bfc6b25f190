import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import type {DeviceKeys, DeviceToken} from '../../source/gateway/control-plane.js';

/** A device whose key is not kept on a disk, with what gateways gave it. */
export interface KnownDevice extends DeviceKeys {
	readonly id: string;
	readonly publicKey: string;
	sign(text: string): string;
	readonly tokens: Map<string, DeviceToken>;
}

export function makeDevice(): KnownDevice {
	const {privateKey, publicKey} = generateKeyPairSync('ed25519');
	const raw = publicKey.export({type: 'spki', format: 'der'}).subarray(-32);
	const tokens = new Map<string, DeviceToken>();
	const identity = {
		id: createHash('sha256').update(raw).digest('hex'),
		publicKey: raw.toString('base64url'),
		sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
	};
	return {
		...identity,
		tokens,
		identity: () => Promise.resolve(identity),
		tokenFor: origin => Promise.resolve(tokens.get(origin)),
		async keepToken(origin, token) {
			tokens.set(origin, token);
		},
		async forgetToken(origin, refused) {
			if (tokens.get(origin)?.secret.reveal() === refused.reveal()) tokens.delete(origin);
		},
	};
}
