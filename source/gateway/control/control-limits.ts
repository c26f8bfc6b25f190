import type {Schedule} from './tick-watch.js';

/** Time limits of a control connection and what measures them, milliseconds. */
export interface ControlLimits {
	/** For TCP, TLS and the upgrade. */
	readonly openWithinMs: number;
	/** For the challenge, once it is open. */
	readonly challengeWithinMs: number;
	/** For the answer to the handshake. */
	readonly helloWithinMs: number;
	/** For the gateway's goodbye after a refusal; its close code and reason are evidence. */
	readonly goodbyeWithinMs: number;
	readonly callWithinMs: number;
	readonly schedule: Schedule;
	/** A clock that does not go back. */
	readonly uptime: () => number;
}

export const controlLimits: ControlLimits = {
	openWithinMs: 5_000,
	challengeWithinMs: 5_000,
	helloWithinMs: 15_000,
	goodbyeWithinMs: 500,
	callWithinMs: 10_000,
	schedule(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		timer.unref();
		return () => clearTimeout(timer);
	},
	uptime: () => performance.now(),
};
