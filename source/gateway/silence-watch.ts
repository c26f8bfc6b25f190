/** When silence during an answer becomes a reason to ask whether the gateway is still there. */
export interface SilenceLimits {
	/** Silence before the first health check, and between two checks, in milliseconds. */
	readonly checkEveryMs: number;
	/** Failed checks in a row that end the answer. With 30 s between them the third comes 60 s after the first. */
	readonly failedChecks: number;
	/** Calls back once after `delayMs`; returns how to cancel. */
	readonly schedule: (delayMs: number, callback: () => void) => () => void;
}

export const silenceLimits: SilenceLimits = {
	checkEveryMs: 30_000,
	failedChecks: 3,
	schedule(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		timer.unref();
		return () => clearTimeout(timer);
	},
};

export interface SilenceWatch {
	/** Bytes arrived. */
	heard(): void;
	stop(): void;
}

/**
 * Watches one answer. Silence alone never ends it (provider retries are silent for 60 to 90 s on OpenClaw 2026.9.6); silence
 * plus failed health checks in a row does.
 *
 * @param check Asks the gateway without the token; true = alive.
 * @param abandon Called once, when the gateway is taken for gone.
 */
export function watchSilence(limits: SilenceLimits, check: () => Promise<boolean>, abandon: () => void): SilenceWatch {
	let failed = 0;
	let stopped = false;
	let heard = false;
	let cancel = arm();

	function arm(): () => void {
		heard = false;
		return limits.schedule(limits.checkEveryMs, () => void look());
	}

	async function look(): Promise<void> {
		const alive = heard || (await check());
		if (stopped) return;
		failed = alive || heard ? 0 : failed + 1;
		if (failed < limits.failedChecks) {
			cancel = arm();
			return;
		}
		stopped = true;
		abandon();
	}

	return {
		heard() {
			heard = true;
		},
		stop() {
			stopped = true;
			cancel();
		},
	};
}
