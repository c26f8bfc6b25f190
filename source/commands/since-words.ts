import type {Evidence} from '../diagnosis/evidence.js';
import {findLast} from '../diagnosis/find.js';

/**
 * `Worked until 14:02; since then the gateway went from 2026.9.4 to 2026.9.6.` Undefined when nothing is known of before, or when it
 * works and nothing has changed.
 */
export function sinceWords(evidence: Evidence, isFailure: boolean): string | undefined {
	const known = findLast(evidence, 'last-known-good')?.observation;
	if (known === undefined) return undefined;
	const now = findLast(evidence, 'gateway-facts', ({version}) => version !== undefined)?.observation.version;
	const changed = known.version !== undefined && now !== undefined && known.version !== now;
	const when = momentInWords(known.lastGoodAt, evidence.at);
	const change = `the gateway went from ${known.version} to ${now}`;
	if (isFailure) return `Worked until ${when}${changed ? `; since then ${change}` : ''}.`;
	return changed ? `Since ${when} ${change}.` : undefined;
}

/** A moment as people here write it, seen from another one: `14:02` on the same day, else `20 Nov 14:02`, with the year if that differs. */
export function momentInWords(at: string, from: string): string {
	const moment = new Date(at);
	const base = new Date(from);
	const two = (value: number) => String(value).padStart(2, '0');
	const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
	const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
	if (moment.toDateString() === base.toDateString()) return time;
	const year = moment.getFullYear() === base.getFullYear() ? '' : ` ${moment.getFullYear()}`;
	return `${moment.getDate()} ${months[moment.getMonth()]}${year} ${time}`;
}
