import type {JsonObject} from '../control-plane.js';
import {fieldsOf} from './fields.js';
import {lookUpFate} from './run-fate.js';
import {isOfSession} from './run-reader.js';
import type {TurnOptions} from './turn.js';

/**
 * A question that comes while another run of its session is under way is answered after it, by a run of another name: its own ends at
 * once with nothing. Which run that is tells the history (2026.9.6), which names the question; 2026.2.9 names none, and there it is the
 * next to begin.
 */
export interface QueuedRun {
	/** From now on the run that answers is looked for. */
	begin(): void;
	/** It was found. */
	end(): void;
	hear(name: string, payload: JsonObject): void;
	readonly isWaiting: boolean;
}

export interface FoundFrames {
	readonly runId: string;
	readonly frames: readonly (readonly [string, JsonObject])[];
}

/** Frames that are kept of a run while it is found out whose it is, and runs of which that is asked at the same time. */
const mostFrames = 500;
const mostCandidates = 20;

export function createQueuedRun(
	{control, asked, hello, relation}: Pick<TurnOptions, 'control' | 'asked' | 'hello' | 'relation'>,
	found: (run: FoundFrames) => void,
): QueuedRun {
	const candidates = new Map<string, [string, JsonObject][]>();
	let isWaiting = false;

	const check = async (runId: string) => {
		const sought = {runId: asked.runId, message: asked.message, sentAt: relation.now()};
		const fate = hello.protocol < 4 ? undefined : await lookUpFate(control, asked.sessionKey, sought);
		const isOurs =
			fate === undefined || (fate.kind === 'running' && fate.runId === runId) || (fate.kind === 'finished' && fate.answer.runId === runId);
		const frames = candidates.get(runId) ?? [];
		candidates.delete(runId);
		if (!isOurs || !isWaiting) return;
		isWaiting = false;
		found({runId, frames});
	};
	return {
		get isWaiting() {
			return isWaiting;
		},
		begin() {
			isWaiting = true;
		},
		end() {
			isWaiting = false;
			candidates.clear();
		},
		hear(name, payload) {
			const {runId, sessionKey} = payload;
			if (!isWaiting || typeof runId !== 'string' || sessionKey === undefined || !isOfSession(sessionKey, asked.sessionKey)) return;
			const kept = candidates.get(runId);
			if (kept !== undefined) {
				if (kept.length < mostFrames) kept.push([name, payload]);
				return;
			}
			const begins = name === 'agent' && payload['stream'] === 'lifecycle' && fieldsOf(payload['data'])['phase'] === 'start';
			if (!begins || candidates.size >= mostCandidates) return;
			candidates.set(runId, [[name, payload]]);
			void check(runId);
		},
	};
}
