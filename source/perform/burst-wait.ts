import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';

/** How long an Enter that came in one go with text waits for more, in milliseconds: longer than the chunks of a paste are apart. */
const burstEndMs = 30;

/** Waits for the end of a burst of input; the last one begun counts. */
export interface BurstWait {
	start(id: number, dispatch: Dispatch): void;
	stop(): void;
}

export function createBurstWait(clock: Clock): BurstWait {
	let stop: (() => void) | undefined;
	return {
		start(id, dispatch) {
			stop?.();
			stop = clock.after(burstEndMs, () => {
				// Once more around the event loop: input that is there already is read before that.
				stop = clock.after(0, () => dispatch({type: 'burst-ended', at: clock.now(), id}));
			});
		},
		stop: () => stop?.(),
	};
}
