import {readRunNews} from '../gateway/control/session-news.js';
import type {ControlNews} from '../gateway/control-plane.js';
import type {Clock} from './clock.js';

/** Runs in a session that this chat did not ask for. */
export interface OtherRuns {
	hear(news: ControlNews): void;
	/** Tells what has changed since it was told last. */
	report(): void;
	/** Nothing is known any more, as after a loss of the connection. */
	forget(): void;
	stop(): void;
}

interface Surroundings {
	readonly key: string;
	readonly isOwn: (runId: string) => boolean;
	readonly after: Clock['after'];
	/** @param text The end of what it has said so far; absent: nothing is under way any more. */
	readonly tell: (text: string | undefined) => void;
}

/** Texts come up to thirteen times a second: what stands in one line needs no more than this. Milliseconds. */
const betweenTellsMs = 250;
/** A run of which nothing is heard for so long, in milliseconds, has ended unheard, as far as can be seen. Providers are silent for 90 s. */
const silenceMs = 180_000;
/** As much of a text as one line can show, UTF-16 units. */
const mostText = 400;
/** So many ids of runs that are over are remembered: what comes late of them begins nothing. */
const mostEnded = 100;
/** More at a time are not believed. */
const mostRuns = 20;

export function createOtherRuns({key, isOwn, after, tell}: Surroundings): OtherRuns {
	const runs = new Map<string, {text: string; giveUp: () => void}>();
	const ended = new Set<string>();
	let told: string | undefined;
	let callOff: (() => void) | undefined;
	const report = () => {
		const text = [...runs.values()].at(-1)?.text;
		if (text !== told) tell(text);
		told = text;
	};
	const reportSoon = () => {
		callOff ??= after(betweenTellsMs, () => {
			callOff = undefined;
			report();
		});
	};
	const drop = (runId: string) => {
		runs.get(runId)?.giveUp();
		runs.delete(runId);
	};
	const goesOn = (runId: string, text = runs.get(runId)?.text ?? '') => {
		drop(runId);
		if (ended.has(runId) || runs.size >= mostRuns) return;
		const giveUp = after(silenceMs, () => {
			runs.delete(runId);
			report();
		});
		runs.set(runId, {text: text.slice(-mostText), giveUp});
		reportSoon();
	};
	const end = (runId: string) => {
		ended.add(runId);
		for (const oldest of [...ended].slice(0, -mostEnded)) ended.delete(oldest);
		drop(runId);
	};
	const forget = () => [...runs.keys()].forEach(drop);
	return {
		hear(news) {
			const run = news.kind === 'event' ? readRunNews(news.name, news.payload) : undefined;
			if (run === undefined || run.key.toLowerCase() !== key.toLowerCase() || isOwn(run.runId)) return;
			if (run.isOver) end(run.runId);
			// What tools do says nothing of a run of which nothing else was heard.
			else if (run.isChat || runs.has(run.runId)) goesOn(run.runId, run.text);
		},
		report,
		forget() {
			forget();
			report();
		},
		stop() {
			callOff?.();
			forget();
		},
	};
}
