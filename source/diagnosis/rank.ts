import type {Diagnosis, Findings} from './diagnosis.js';

const maxAlternatives = 3;

/**
 * Splits matches, given in the order of decision, into one primary problem, alternatives and notes. A certain diagnosis needs no
 * alternative of its own layer; problems of layers further in stay, because they are true as well.
 */
export function rank(matches: readonly Diagnosis[]): Findings {
	const errors = matches.filter(({severity}) => severity === 'error');
	const notes = matches.filter(({severity}) => severity !== 'error');
	const [primary] = errors;
	if (!primary) return {alternatives: [], notes};
	const alternatives = errors
		.slice(1)
		.filter(({id, layer}) => id !== primary.id && !isCatchAll(id) && !(primary.confidence === 'certain' && layer === primary.layer))
		.slice(0, maxAlternatives);
	return {primary, alternatives, notes};
}

/** Rows numbered 00 say only that something of their layer failed. */
function isCatchAll(id: string): boolean {
	return id.endsWith('00');
}
