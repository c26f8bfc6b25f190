import {plainLine} from '../../gateway/plain-text.js';
import type {Evidence, Layer, Observation} from '../evidence.js';
import type {ProbeEnded} from '../surroundings.js';
import type {Journal} from './journal.js';

/** What one probe may use while it runs. What it adds after its end is dropped. */
export interface ProbeScope {
	/** Aborted at the probe's own limit, at the limit of the whole look, and when the user ends it. */
	readonly signal: AbortSignal;
	elapsed(): number;
	add(...observations: readonly Observation[]): void;
	join(part: Evidence): void;
}

export interface Probe {
	readonly name: string;
	readonly layer: Layer;
	readonly limitMs: number;
}

/** The time of a probe, or of the whole look, is over. */
export class TimeIsUp extends Error {
	override readonly name = 'TimeIsUp';
}

/** What was aborted gets this long to hand in what it has, milliseconds. */
const graceMs = 60;

/**
 * Runs one probe within its limit. One that is ended before it is done leaves a `probe-ended`; so does one that the system does not
 * let work. Never rejects.
 */
export async function runProbe<T>(
	{journal, signal}: {readonly journal: Journal; readonly signal: AbortSignal},
	{name, layer, limitMs}: Probe,
	work: (scope: ProbeScope) => Promise<T>,
): Promise<T | undefined> {
	const atMs = journal.elapsed();
	const end = (reason: ProbeEnded['reason'], message?: string) =>
		journal.add({
			kind: 'probe-ended',
			layer,
			atMs,
			tookMs: journal.elapsed() - atMs,
			probe: name,
			reason,
			...(message === undefined ? {} : {message}),
		});
	if (signal.aborted) {
		end(reasonOf(signal));
		return undefined;
	}
	const limit = limitedBy(signal, limitMs);
	let isOpen = true;
	const scope: ProbeScope = {
		signal: limit.signal,
		elapsed: journal.elapsed,
		add: (...observations) => (isOpen ? journal.add(...observations.filter(one => !isOwnEnd(one))) : undefined),
		join: part => (isOpen ? journal.join({...part, observations: part.observations.filter(one => !isOwnEnd(one))}) : undefined),
	};
	try {
		const done = work(scope);
		const result = await Promise.race([done.then(value => ({value})), limit.over]);
		if (limit.signal.aborted) end(reasonOf(limit.signal));
		return result?.value;
	} catch (error) {
		if (limit.signal.aborted) end(reasonOf(limit.signal));
		else end('not-possible', plainLine(error instanceof Error ? error.message : String(error), 160));
		return undefined;
	} finally {
		isOpen = false;
		limit.clear();
	}
}

function reasonOf({reason}: AbortSignal): ProbeEnded['reason'] {
	return reason instanceof TimeIsUp ? 'time-limit' : 'cancelled';
}

/** A signal that follows another and has a limit of its own. `over` resolves a little after the end, never before. */
export function limitedBy(
	parent: AbortSignal,
	limitMs: number,
): {readonly signal: AbortSignal; readonly over: Promise<undefined>; clear(): void} {
	const controller = new AbortController();
	const follow = () => controller.abort(parent.reason);
	const timer = setTimeout(() => controller.abort(new TimeIsUp('the time is up')), limitMs);
	let grace: NodeJS.Timeout | undefined;
	const over = new Promise<undefined>(resolve => {
		controller.signal.addEventListener('abort', () => {
			grace = setTimeout(resolve, graceMs, undefined);
		});
	});
	parent.addEventListener('abort', follow, {once: true});
	if (parent.aborted) follow();
	return {
		signal: controller.signal,
		over,
		clear() {
			clearTimeout(timer);
			clearTimeout(grace);
			parent.removeEventListener('abort', follow);
		},
	};
}

/** A request that failed because we ended it says nothing about the gateway. */
function isOwnEnd(observation: Observation): boolean {
	if (observation.kind !== 'network-failure' || observation.timeoutMs !== undefined) return false;
	return (
		observation.attempts.length > 0 &&
		observation.attempts.every(({name, code}) => code === undefined && name !== undefined && /^(?:TimeIsUp|AbortError)$/.test(name))
	);
}

/** Resolves after a rest, or at once when the signal is aborted. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		if (signal.aborted) {
			resolve();
			return;
		}
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end, {once: true});
	});
}
