import {generateKeyPairSync} from 'node:crypto';
import type {DeviceIdentity, DeviceKeys, DeviceToken} from '../gateway/control-plane.js';
import {type IdentityFile, identityFrom} from './identity-file.js';
import {allScopes} from './stored-tokens.js';

/** The same identity for a run that writes nothing: an identity that is there counts, a new one and new tokens are forgotten with the run. */
export function rememberDeviceInMemory(shared: IdentityFile): DeviceKeys {
	const tokens = new Map<string, DeviceToken | undefined>();
	const tokenFor = async (origin: string) => (tokens.has(origin) ? tokens.get(origin) : shared.tokenFor(origin));
	let made: DeviceIdentity | undefined;
	return {
		async identity() {
			const known = made ?? (await shared.look())?.identity;
			made = known ?? identityFrom(generateKeyPairSync('ed25519').privateKey);
			return made;
		},
		tokenFor,
		keepToken: async (origin, token) => void tokens.set(origin, {...token, scopes: allScopes(await tokenFor(origin), token)}),
		async forgetToken(origin, refused) {
			const known = await tokenFor(origin);
			if (known?.secret.reveal() === refused.reveal()) tokens.set(origin, undefined);
		},
	};
}
