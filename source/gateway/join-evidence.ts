import type {Evidence} from '../diagnosis/evidence.js';

/** Two looks at the same gateway as one, with the times of the second counted from the start of the first. */
export function joinEvidence(first: Evidence, second: Evidence): Evidence {
	const offsetMs = Math.max(0, Date.parse(second.at) - Date.parse(first.at));
	const later = second.observations.map(observation => ({...observation, atMs: observation.atMs + offsetMs}));
	return {...second, at: first.at, observations: [...first.observations, ...later]};
}
