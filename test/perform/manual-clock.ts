import type {Clock} from '../../source/perform/clock.js';

export interface ManualClock extends Clock {
	/** Moves time on, running what is due on the way. */
	advance(ms: number): void;
	/** Timers that are set. */
	readonly pending: number;
}

interface Timer {
	at: number;
	readonly every?: number;
	readonly callback: () => void;
}

/** Time that moves when the test says so. */
export function manualClock(start = 1_000_000): ManualClock {
	let now = start;
	const timers = new Set<Timer>();
	const add = (timer: Timer) => {
		timers.add(timer);
		return () => void timers.delete(timer);
	};
	const nextDue = (until: number) => [...timers].filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0];
	return {
		now: () => now,
		after: (ms, callback) => add({at: now + ms, callback}),
		every: (ms, callback) => add({at: now + ms, every: ms, callback}),
		advance(ms) {
			const until = now + ms;
			for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
				now = timer.at;
				if (timer.every === undefined) timers.delete(timer);
				else timer.at += timer.every;
				timer.callback();
			}
			now = until;
		},
		get pending() {
			return timers.size;
		},
	};
}
