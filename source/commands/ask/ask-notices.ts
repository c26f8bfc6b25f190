import type {FoundRun, TransportEvent} from '../../gateway/transport.js';
import {durationInWords} from '../duration.js';

/** Tells on stderr how long nothing has come. */
export interface SilenceNotices {
	/** Something came. */
	heard(): void;
	/** The connection is gone, and is waited for. */
	lost(): void;
	stop(): void;
}

/** Silence after which something is said; after the last, every minute. Provider retries are silent for 60–90 s (OpenClaw 2026.9.6). */
const saidAfterMs = [10_000, 30_000, 60_000];
const thenEveryMs = 60_000;

/** @param tell Called with one line at 10, 30, 60 s of silence and then every minute. */
export function createSilenceNotices(tell: (line: string) => void): SilenceNotices {
	let step = 0;
	let isLost = false;
	let timer: NodeJS.Timeout | undefined;
	const dueMs = (index: number) => saidAfterMs[index] ?? 60_000 + (index - saidAfterMs.length + 1) * thenEveryMs;
	const schedule = () => {
		const sinceMs = step === 0 ? 0 : dueMs(step - 1);
		timer = setTimeout(() => {
			const time = durationInWords(dueMs(step));
			tell(
				isLost
					? `No connection for ${time}; still trying.`
					: `No data for ${time}; still waiting. A gateway is silent while tools run or the model is tried again.`,
			);
			step++;
			schedule();
		}, dueMs(step) - sinceMs);
		timer.unref();
	};
	const stop = () => clearTimeout(timer);
	const beginAnew = (gone: boolean) => {
		stop();
		isLost = gone;
		step = 0;
		schedule();
	};
	schedule();
	return {heard: () => beginAnew(false), lost: () => beginAnew(true), stop};
}

/** What becomes of the connection while an answer comes; undefined for all else. */
export function connectionNotice(event: TransportEvent): string | undefined {
	if (event.type === 'interrupted') return 'The connection broke. The answer may go on at the gateway, and is looked up when that is back.';
	if (event.type !== 'resumed') return undefined;
	return foundWords[event.run];
}

const foundWords: Readonly<Record<FoundRun, string>> = {
	running: 'The connection is back, and the answer goes on.',
	'taken-up': 'The gateway has started anew and has its agent answer again: what its tools did may be done twice.',
	finished: 'The connection is back, and the answer was found.',
};

/** The same for a whole chat: a connection that comes and goes while the answer is looked for is said to be gone once. */
export function createConnectionNotices(): (event: TransportEvent) => string | undefined {
	let isGone = false;
	return event => {
		if (event.type === 'ended') isGone = false;
		if (event.type !== 'interrupted' && event.type !== 'resumed') return undefined;
		const changes = isGone !== (event.type === 'interrupted');
		isGone = event.type === 'interrupted';
		return changes ? connectionNotice(event) : undefined;
	};
}
