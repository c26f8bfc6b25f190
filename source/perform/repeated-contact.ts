import type {Gateway} from '../gateway/gateway.js';
import type {Look} from './gateway-look.js';
import type {WatchSurroundings} from './gateway-watch.js';

/** Tells whether a gateway that was away is away in the same way, by one bare connection. */
export function repeatedContact(gateway: Gateway, {contact}: Pick<WatchSurroundings, 'contact'>) {
	let away: Look | undefined;
	let how: string | undefined;
	return {
		/** A look found nobody. */
		failed(look: Look) {
			away = look;
		},
		/** Somebody was there: the next outage is another one. */
		forget() {
			away = undefined;
			how = undefined;
		},
		/** What was found before, when nothing changed; undefined when it is worth asking. */
		async again(signal: AbortSignal): Promise<Look | undefined> {
			const failure = await contact?.(gateway, signal);
			const isSame = failure !== undefined && failure === how;
			how = failure;
			return isSame ? away : undefined;
		},
	};
}
