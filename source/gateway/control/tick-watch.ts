/** Calls back once after `delayMs`; returns how to cancel. */
export type Schedule = (delayMs: number, callback: () => void) => () => void;

export interface TickWatch {
	/** A frame came. */
	heard(): void;
	stop(): void;
}

/** Timers of a process that runs are not that late, milliseconds. */
const lateMs = 1_000;
/** For reading what waits, milliseconds. */
const readingMs = 100;

/**
 * Finds a connection that is half open: a gateway sends a tick every `tickIntervalMs`, so that silence for twice as long means that
 * nobody is there. One timer, however many frames come.
 *
 * @param now Milliseconds of a clock that does not go back.
 * @param silent Called once, with the milliseconds of silence.
 */
export function watchTicks(tickIntervalMs: number, schedule: Schedule, now: () => number, silent: (silentMs: number) => void): TickWatch {
	const patienceMs = 2 * tickIntervalMs;
	let heardAt = now();
	let cancel = schedule(patienceMs, look);

	function look(): void {
		const silentMs = now() - heardAt;
		if (silentMs < patienceMs) cancel = schedule(patienceMs - silentMs, look);
		else if (silentMs < patienceMs + lateMs) silent(silentMs);
		else cancel = schedule(readingMs, () => conclude(silentMs));
	}

	/** A timer that comes late comes to a process that was stopped: what the gateway sent meanwhile is read first. */
	function conclude(silentMs: number): void {
		if (now() - heardAt >= silentMs) silent(silentMs);
		else look();
	}

	return {
		heard() {
			heardAt = now();
		},
		stop: () => cancel(),
	};
}
