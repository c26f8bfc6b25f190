import {closelyWatchedMs} from '../closely-watched.js';
import {duration} from './duration.js';

/** `next look in 12 s`, after a long while `next look at 14:03`. */
export function nextLook(retryAt: number, since: number, now: number, clock: (at: number) => string): string {
	return `next look ${now - since < closelyWatchedMs ? `in ${duration(Math.max(0, retryAt - now) + 999)}` : `at ${clock(retryAt)}`}`;
}
