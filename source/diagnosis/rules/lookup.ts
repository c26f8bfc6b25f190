import type {Evidence} from '../evidence.js';
import {findFailedAttempt, findLast} from '../find.js';

const notFound = ['ENOTFOUND', 'ENODATA'] as const;
const noAnswer = ['EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL', 'EAI_FAIL'] as const;

interface FailedLookup {
	readonly refs: readonly number[];
	/** `not-found`: the name servers know no such name; `no-answer`: none of them answered. */
	readonly outcome: 'not-found' | 'no-answer';
}

/** A failed lookup of the target's name by the system: of a request, of a look, or of both. A proxy looks it up itself: then the name is the proxy's. */
export function failedLookup(evidence: Evidence): FailedLookup | undefined {
	if (evidence.target.proxy !== undefined) return undefined;
	for (const [outcome, codes] of [
		['not-found', notFound],
		['no-answer', noAnswer],
	] as const) {
		const request = findFailedAttempt(evidence, codes);
		const look = findLast(
			evidence,
			'name-lookup',
			({resolver, failure}) => resolver === 'system' && (codes as readonly string[]).includes(failure?.code ?? ''),
		);
		const refs = [request, look].flatMap(found => (found ? [found.index] : []));
		if (refs.length > 0) return {refs, outcome};
	}
	return undefined;
}
