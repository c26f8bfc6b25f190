import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';

/** One tick a second, while waiting times are on the screen. */
export interface Ticker {
	start(dispatch: Dispatch): void;
	stop(): void;
}

export function createTicker(clock: Clock): Ticker {
	let stop: (() => void) | undefined;
	return {
		start(dispatch) {
			stop ??= clock.every(1_000, () => dispatch({type: 'clock-ticked', at: clock.now()}));
		},
		stop() {
			stop?.();
			stop = undefined;
		},
	};
}
