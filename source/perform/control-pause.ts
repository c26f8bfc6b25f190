import {closelyWatchedMs} from '../closely-watched.js';
import type {ControlRefused} from '../diagnosis/evidence.js';
import type {ControlState} from '../gateway/control-plane.js';

/** While somebody may stand at the gateway to approve this device; later; and when nobody came, in milliseconds. */
const approvalPausesMs = {close: 5_000, later: 15_000, late: 60_000} as const;
const lateApprovalMs = 600_000;

/** Between two attempts that the gateway did not refuse and that failed all the same (a proxy, a handshake that does not end). */
const firstFailurePauseMs = 10_000;
const longestFailurePauseMs = 300_000;

/** A gateway that starts says for how long nobody is let in (500 ms, 2026.9.6): while somebody waits for it, and later, in milliseconds. */
const startPausesMs = {close: 500, later: 5_000} as const;

/** A gateway that asks to wait, without saying for how long. */
const usualWaitMs = 30_000;
/** Nobody who refuses is asked again sooner, whatever it says. */
const shortestPauseMs = 2_000;

/** How often, and since when, the control plane of a gateway that is well could not be used. */
export interface Missed {
	/** Attempts that failed in a row, from 1. */
	readonly attempts: number;
	readonly sinceMs: number;
}

/**
 * Pause before the control plane of a gateway that is well is dialled again, in milliseconds; undefined when waiting changes nothing:
 * then it is dialled when the user asks, or when the gateway was away.
 *
 * @param random A number from 0 up to 1; pauses are made longer by up to a quarter.
 */
export function controlPause(state: ControlState, {attempts, sinceMs}: Missed, random: number): number | undefined {
	const pause = plainPause(state, attempts, sinceMs);
	return pause === undefined ? undefined : Math.round(pause * (1 + random / 4));
}

function plainPause(state: ControlState, attempts: number, sinceMs: number): number | undefined {
	switch (state.kind) {
		case 'closed':
		case 'connecting':
			return Math.min(longestFailurePauseMs, firstFailurePauseMs * 2 ** (attempts - 1));
		case 'refused':
			return refusalPause(state.refusal, sinceMs);
		case 'withheld':
		case 'open':
			return undefined;
	}
}

function refusalPause(refusal: ControlRefused, sinceMs: number): number | undefined {
	const {code, nextStep, retryAfterMs} = refusal;
	if (waitsForApproval(refusal)) return Math.max(retryAfterMs ?? 0, approvalPause(sinceMs));
	if (code === 'UNAVAILABLE') return sinceMs < closelyWatchedMs ? startPausesMs.close : Math.max(startPausesMs.later, retryAfterMs ?? 0);
	if (retryAfterMs !== undefined) return Math.max(shortestPauseMs, retryAfterMs);
	return nextStep === 'wait_then_retry' ? usualWaitMs : undefined;
}

function approvalPause(sinceMs: number): number {
	if (sinceMs < closelyWatchedMs) return approvalPausesMs.close;
	return sinceMs < lateApprovalMs ? approvalPausesMs.later : approvalPausesMs.late;
}

/** Whether somebody on the gateway's side only has to say yes. 2026.2.9 gives no `details.code`, but the id of the request. */
export function waitsForApproval({detail, requestId}: ControlRefused): boolean {
	return detail === 'PAIRING_REQUIRED' || requestId !== undefined;
}
