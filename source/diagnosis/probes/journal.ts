import type {Evidence, Observation} from '../evidence.js';

/** The evidence of one look while it grows. Every addition is told at once, as evidence of its own that does not change any more. */
export interface Journal {
	/** Milliseconds since the look began. */
	elapsed(): number;
	add(...observations: readonly Observation[]): void;
	/** Takes over what the gateway observed by itself, with its times, and whether the token was sent. */
	join(part: Evidence): void;
	evidence(): Evidence;
}

/**
 * @param skeleton Target and credential, no observations.
 * @param before What was known before any packet.
 * @param now Wall clock, milliseconds since the epoch.
 */
export function openJournal(
	skeleton: Evidence,
	before: readonly Observation[],
	now: () => number,
	onObserved: ((evidence: Evidence) => void) | undefined,
): Journal {
	const startedAt = now();
	let evidence: Evidence = {...skeleton, at: new Date(startedAt).toISOString(), observations: [...before]};
	const change = (next: Evidence) => {
		evidence = next;
		onObserved?.(evidence);
	};
	if (before.length > 0) onObserved?.(evidence);
	return {
		elapsed: () => Math.max(0, Math.round(now() - startedAt)),
		add(...observations) {
			if (observations.length > 0) change({...evidence, observations: [...evidence.observations, ...observations]});
		},
		join(part) {
			const offsetMs = Math.max(0, Date.parse(part.at) - startedAt);
			const later = part.observations.map(observation => ({...observation, atMs: observation.atMs + offsetMs}));
			const withheld = part.credential.withheld ?? evidence.credential.withheld;
			const credential = {
				...evidence.credential,
				sent: evidence.credential.sent || part.credential.sent,
				...(withheld === undefined ? {} : {withheld}),
			};
			change({...evidence, credential, observations: [...evidence.observations, ...later]});
		},
		evidence: () => evidence,
	};
}
