import type {Answer} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';

type Progress = NonNullable<Answer['progress']>;
type Retry = NonNullable<Progress['retry']>;

/** What a run does before its text comes, as the transport says it (`gateway/control/run-phase.ts`), made safe and short. */
export function phaseWords({phase, message}: Pick<Progress, 'phase' | 'message'>): string {
	const said = sanitizeLine(message.slice(0, mostWords)) || sanitizeLine(phase.slice(0, mostWords)).replaceAll('_', ' ');
	return said === '' ? 'at work' : said;
}

const mostWords = 200;

/** Why a model provider is tried again (OpenClaw 2026.9.6). */
const reasons: ReadonlyMap<string, string> = new Map([
	['rate_limit', 'rate limit of the provider'],
	['server_error', 'provider unavailable'],
	['overloaded', 'provider overloaded'],
	['timeout', 'provider did not answer in time'],
	['network', 'provider not reached'],
]);

/** `Retrying in 2 s (1/8): provider unavailable`; without `now`, with the whole time. */
export function retryWords({attempt, maxAttempts, delayMs, until, reason}: Retry, now?: number): string {
	const leftMs = now === undefined || until === undefined ? delayMs : until - now;
	const when = leftMs === undefined ? '' : leftMs > 0 ? ` in ${Math.ceil(leftMs / 1000)} s` : ' now';
	const why = reason === undefined ? '' : (reasons.get(reason) ?? sanitizeLine(reason.slice(0, mostWords)).replaceAll('_', ' '));
	return `Retrying${when} (${attempt}/${maxAttempts})${why === '' ? '' : `: ${why}`}`;
}
