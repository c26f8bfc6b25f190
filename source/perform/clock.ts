/** Time, passed in so that tests own it. */
export interface Clock {
	/** Wall clock, milliseconds since the epoch. */
	now(): number;
	/** Calls back once after `ms` milliseconds, or after 24 days where they are more. Returns how to call it off. */
	after(ms: number, callback: () => void): () => void;
	/** Calls back every `ms` milliseconds. Returns how to stop. */
	every(ms: number, callback: () => void): () => void;
}

/** Timers of Node that are to wait longer fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The real time. */
export const systemClock: Clock = {
	now: Date.now,
	after(ms, callback) {
		const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
		return () => clearTimeout(timer);
	},
	every(ms, callback) {
		const timer = setInterval(callback, ms);
		return () => clearInterval(timer);
	},
};
