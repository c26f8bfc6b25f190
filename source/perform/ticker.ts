import type {ClockPace} from '../chat/command.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';

/** Ticks while waiting times are on the screen, at one pace at a time. */
export interface Ticker {
	start(dispatch: Dispatch, pace: ClockPace): void;
	stop(): void;
}

const paceMs = {second: 1_000, minute: 60_000} as const;

export function createTicker(clock: Clock): Ticker {
	let stop: (() => void) | undefined;
	return {
		start(dispatch, pace) {
			stop?.();
			stop = clock.every(paceMs[pace], () => dispatch({type: 'clock-ticked', at: clock.now()}));
		},
		stop() {
			stop?.();
			stop = undefined;
		},
	};
}
