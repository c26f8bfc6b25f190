import type {Diagnosis} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {fixLine} from './failure-lines.js';
import {executionRules} from './rules/execution.js';

/** Why tools of the agent fail, as far as a row of the matrix knows it (E01–E08). */
export interface ToolTrouble {
	/** The same for the same cause, however often it was met. */
	readonly cause: string;
	/** What it most likely is, with its row. */
	readonly title: string;
	/** What to do first, with the command. */
	readonly fix?: string;
}

/** What the failures of tools in the evidence mean, each cause once. Single failures first: together they can only be a guess (E08). */
export function toolTroubles(evidence: Evidence): readonly ToolTrouble[] {
	const failed = evidence.observations.filter(({kind}) => kind === 'tool-failed');
	const found = [...failed.map(one => [one]), failed].flatMap(observations =>
		executionRules.flatMap(rule => rule({...evidence, observations}) ?? []),
	);
	return [...new Map(found.map(diagnosis => [`${diagnosis.id} ${diagnosis.slug}`, diagnosis])).entries()].map(troubleOf);
}

function troubleOf([cause, {title, id, confidence, fixes}]: readonly [string, Diagnosis]): ToolTrouble {
	const [fix] = fixes;
	return {cause, title: `${title} [${id}, ${confidence}]`, ...(fix !== undefined && {fix: fixLine(fix)})};
}
