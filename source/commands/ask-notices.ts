import {durationInWords} from './duration.js';

/** Tells on stderr how long nothing has come. */
export interface SilenceNotices {
	/** Something came. */
	heard(): void;
	stop(): void;
}

/** Silence after which something is said; after the last, every minute. Provider retries are silent for 60–90 s (OpenClaw 2026.9.6). */
const saidAfterMs = [10_000, 30_000, 60_000];
const thenEveryMs = 60_000;

/** @param tell Called with one line at 10, 30, 60 s of silence and then every minute. */
export function createSilenceNotices(tell: (line: string) => void): SilenceNotices {
	let step = 0;
	let timer: NodeJS.Timeout | undefined;
	const dueMs = (index: number) => saidAfterMs[index] ?? 60_000 + (index - saidAfterMs.length + 1) * thenEveryMs;
	const schedule = () => {
		const sinceMs = step === 0 ? 0 : dueMs(step - 1);
		timer = setTimeout(() => {
			tell(`No data for ${durationInWords(dueMs(step))}; still waiting. A gateway is silent while tools run or the model is tried again.`);
			step++;
			schedule();
		}, dueMs(step) - sinceMs);
		timer.unref();
	};
	const stop = () => clearTimeout(timer);
	schedule();
	return {
		heard() {
			stop();
			step = 0;
			schedule();
		},
		stop,
	};
}
