import type {Evidence} from './evidence.js';
import {findLast} from './find.js';
import type {StackComparison} from './surroundings.js';

/** The ways of asking that a comparison tries. */
export const ways = ['raw', 'http', 'undici', 'fetch'] as const;

/** Rounds that it takes to blame a library: fewer could be chance. */
export const roundsForProof = 3;

/** How many of the rounds a way of asking came through in. */
export function cameThrough(rounds: StackComparison['rounds'], way: (typeof ways)[number]): 'always' | 'never' | 'sometimes' {
	const ok = rounds.filter(round => round[way] === 'ok').length;
	return ok === 0 ? 'never' : ok === rounds.length ? 'always' : 'sometimes';
}

/** Whether bare connections and node:http always come through and this program's own requests never, proved in enough rounds. */
export function blamesClient(evidence: Evidence): boolean {
	const rounds = findLast(evidence, 'stack-comparison')?.observation.rounds ?? [];
	if (rounds.length < roundsForProof) return false;
	return cameThrough(rounds, 'raw') === 'always' && cameThrough(rounds, 'http') === 'always' && cameThrough(rounds, 'undici') === 'never';
}
