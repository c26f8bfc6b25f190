import type {TransportEvent} from '../transport.js';
import {countIn, type Fields, fieldsOf, lineIn} from './fields.js';

export type Progress = Pick<TransportEvent & {type: 'progress'}, 'phase' | 'message' | 'retry'>;

/** What the gateway does, in words for people, by its own word for it (2026.9.6). */
const words: ReadonlyMap<string, string> = new Map([
	['preparing_workspace', 'preparing the workspace'],
	['naming_worktree', 'preparing the workspace'],
	['creating_worktree', 'preparing the workspace'],
	['running_setup', 'preparing the workspace'],
	['provisioning_environment', 'preparing the workspace'],
	['preparing_context', 'preparing the context'],
	['starting_model', 'starting the model'],
	['compacting', 'shortening the conversation for the model'],
	['finishing', 'finishing'],
]);

/**
 * The phase of a run, from a `status` of `chat` or a `run_status` of `agent`. A retry is counted there from the first attempt on: attempt
 * 2 of 10 is the first of nine retries.
 */
export function readPhase(data: Fields): Progress | undefined {
	const phase = lineIn(data, 'phase', 60);
	if (phase === undefined) return undefined;
	const retry = fieldsOf(data['retry']);
	const [attempt, most] = [countIn(retry, 'attempt'), countIn(retry, 'maxAttempts')];
	const message = words.get(phase) ?? phase.replaceAll('_', ' ');
	if (attempt === undefined || most === undefined || attempt < 2) return {phase, message};
	const reason = lineIn(retry, 'reason', 60);
	return {
		phase: 'retrying',
		message: `trying the model again (${attempt - 1}/${most - 1})`,
		retry: {attempt: attempt - 1, maxAttempts: most - 1, ...(reason === undefined ? {} : {reason})},
	};
}

/** The gateway waits before it tries its provider again: `Provider temporarily unavailable. Retrying in 2s (1/8).` */
export function readRetrying(data: Fields): Progress | undefined {
	if (data['phase'] !== 'retrying') return undefined;
	const [attempt, maxAttempts] = [countIn(data, 'retryAttempt'), countIn(data, 'maxRetries')];
	const message = lineIn(data, 'message', 200) ?? 'trying the model again';
	if (attempt === undefined || maxAttempts === undefined) return {phase: 'retrying', message};
	const [delayMs, reason] = [countIn(data, 'delayMs'), lineIn(data, 'reason', 60)];
	return {
		phase: 'retrying',
		message,
		retry: {attempt, maxAttempts, ...(delayMs === undefined ? {} : {delayMs}), ...(reason === undefined ? {} : {reason})},
	};
}
