import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

/** A diagnosis of the connection itself: an error that ends with 69 and does not pass by itself, unless the part says otherwise. */
export function unreachable(part: Part): Diagnosis {
	return {layer: 'tcp', severity: 'error', exitCode: exitCodes.unreachable, transient: false, ...part};
}

/** One rule out of several that explain the same failure: the first that fits, which knows most. */
export function firstOf(...rules: readonly Rule[]): Rule {
	return evidence => {
		for (const rule of rules) {
			const diagnosis = rule(evidence);
			if (diagnosis) return diagnosis;
		}
		return undefined;
	};
}
