import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import type {DeviceKeys} from '../../source/gateway/control-plane.js';

/** A device that lives as long as the test. */
export function memoryOfDevices(): DeviceKeys {
	const {publicKey, privateKey} = generateKeyPairSync('ed25519');
	const raw = publicKey.export({type: 'spki', format: 'der'}).subarray(-32);
	return {
		identity: async () => ({
			id: createHash('sha256').update(raw).digest('hex'),
			publicKey: raw.toString('base64url'),
			sign: text => sign(null, Buffer.from(text), privateKey).toString('base64url'),
		}),
		tokenFor: async () => undefined,
		keepToken: async () => undefined,
		forgetToken: async () => undefined,
	};
}
