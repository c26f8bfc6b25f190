import type {DeviceKeys} from '../gateway/control-plane.js';
import type {Locations} from './location.js';

/**
 * The identity of this device, loaded when it is first wanted: most questions go over HTTP and need none.
 *
 * @param isWritten False: a new identity and new tokens are forgotten with this run.
 */
export function deviceKeys(locations: Locations, isWritten = true): DeviceKeys {
	let opened: Promise<DeviceKeys> | undefined;
	const open = () => {
		opened ??= import('./identity-file.js').then(async ({openIdentityFile}) => {
			const file = openIdentityFile(locations);
			return isWritten ? file : (await import('./remembered-device.js')).rememberDeviceInMemory(file);
		});
		return opened;
	};
	const keeping = new Set<Promise<void>>();
	return {
		identity: async () => (await open()).identity(),
		tokenFor: async origin => (await open()).tokenFor(origin),
		keepToken(origin, token) {
			const kept = open().then(keys => keys.keepToken(origin, token));
			keeping.add(kept);
			return kept.finally(() => keeping.delete(kept));
		},
		async settled() {
			await Promise.allSettled(keeping);
		},
		forgetToken: async (origin, refused) => (await open()).forgetToken(origin, refused),
	};
}
