import type {Diagnosis, Findings, Fix} from './diagnosis.js';

const maxAlternatives = 3;

/**
 * Splits matches, given in the order of decision, into one primary problem, alternatives and notes. Where one is certain, no
 * other of its layer is needed; problems of layers further in stay, because they are true as well.
 */
export function rank(matches: readonly Diagnosis[]): Findings {
	const errors = matches.filter(({severity}) => severity === 'error');
	const notes = matches.filter(({severity}) => severity !== 'error');
	const primary = cheapestOfTied(errors);
	if (!primary) return {alternatives: [], notes};
	const alternatives = errors
		.filter(other => other !== primary)
		.filter(({id, layer}, index, others) => {
			const isSettled = [primary, ...others.slice(0, index)].some(sure => sure.confidence === 'certain' && sure.layer === layer);
			return id !== primary.id && !isCatchAll(id) && !isSettled;
		})
		.slice(0, maxAlternatives);
	return {primary, alternatives, notes};
}

/**
 * The first error, since the order of the rules says which one knows most; of several mere guesses of one layer the one that is mended
 * cheapest: here before there, and nothing that changes who can reach what.
 */
function cheapestOfTied(errors: readonly Diagnosis[]): Diagnosis | undefined {
	const [first] = errors;
	if (first?.confidence !== 'possible' || isCatchAll(first.id)) return first;
	const tied = errors.filter(({id, layer, confidence}) => layer === first.layer && confidence === 'possible' && !isCatchAll(id));
	return tied.toSorted((a, b) => costOf(a) - costOf(b))[0];
}

const risks: Readonly<Record<Fix['applicability'], number>> = {
	'safe-to-run': 0,
	'has-placeholders': 0,
	'changes-exposure': 2,
	'last-resort': 4,
};

function costOf({fixes: [fix]}: Diagnosis): number {
	return fix === undefined ? Number.POSITIVE_INFINITY : risks[fix.applicability] + (fix.where === 'here' ? 0 : 1);
}

/** Rows numbered 00 say only that something of their layer failed. */
function isCatchAll(id: string): boolean {
	return id.endsWith('00');
}
