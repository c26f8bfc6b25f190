import type {Findings} from './diagnosis.js';
import {type Evidence, type Layer, layers} from './evidence.js';
import {failureAt} from './ladder-failures.js';
import {firstOf, judgeAccess, type Rung, seenAt} from './ladder-proofs.js';
import {isUnfinished, type Unfinished, unfinishedAt} from './unfinished.js';

/** One rung of the ladder, outermost layer first. */
export interface LayerReport extends Rung {
	readonly id: Layer;
	/** Being looked at now. */
	readonly underWay?: true;
}

/** The failure of a rung, as the system named it. */
export interface LayerError {
	readonly code: string;
	readonly syscall?: string;
	readonly address?: string;
	readonly port?: number;
	/** How many attempts failed so, of how many. */
	readonly count: number;
	readonly of: number;
}

/**
 * How far the connection came, derived from evidence alone. The layer of the primary diagnosis failed; a layer held when it was seen to
 * hold, or when one further in was; nothing is said of the others. While `pending`, the rung that is being looked at says so.
 */
export function climb(
	evidence: Evidence,
	findings: Findings,
	{pending = false}: {readonly pending?: boolean} = {},
): readonly LayerReport[] {
	const deepest = depthReached(evidence, findings);
	const rungs = layers.map(id => ({id, ...rungOf(id, evidence, findings, deepest)}));
	return pending ? markUnderWay(rungs) : rungs;
}

function rungOf(id: Layer, evidence: Evidence, findings: Findings, deepest: number): Rung {
	const failed = findings.primary?.layer === id && !isUnfinished(findings.primary);
	const open = unfinishedAt(id, evidence);
	if (open && !failed) return notKnown(open);
	const seen = seenAt(id, evidence);
	if (failed) return {...timeOf(seen), ...failureAt(id, evidence)};
	// Behind a failure nothing was skipped: it was not reached.
	if (seen?.state === 'skipped' && findings.primary !== undefined && layers.indexOf(id) > deepest) return {state: 'not-run'};
	if (seen !== undefined) return seen.state === 'ok' ? withWarning(seen, id, findings) : seen;
	const held = layers.indexOf(id) < deepest;
	return held ? {state: 'ok'} : {state: 'not-run'};
}

/** Looked at, and our own time was over before anything was seen: not even a layer further in makes that good. */
function notKnown({waitedMs}: Unfinished): Rung {
	const limit = waitedMs === undefined ? 'no time was left' : `took longer than ${Number((waitedMs / 1000).toFixed(1))} s`;
	return {state: 'warn', note: `not known: ${limit}`};
}

function timeOf(rung: Rung | undefined): {readonly ms?: number} {
	return rung?.ms === undefined ? {} : {ms: rung.ms};
}

function withWarning(rung: Rung, id: Layer, {notes}: Findings): Rung {
	const warning = notes.find(({layer, severity}) => layer === id && severity === 'warning');
	return warning === undefined ? rung : {note: warning.title, ...rung, state: 'warn'};
}

/** Index of the layer below which all that are not known otherwise must have held. */
function depthReached(evidence: Evidence, {primary}: Findings): number {
	// A failure of the configuration is seen before any packet, and says nothing about how far these came.
	if (primary !== undefined && primary.layer !== 'config') return layers.indexOf(primary.layer);
	if (judgeAccess(evidence).asked) return layers.indexOf('auth');
	if (firstOf(evidence, 'http-answer') !== undefined || firstOf(evidence, 'peer-identified') !== undefined)
		return layers.indexOf('identity');
	return primary === undefined ? 0 : 1;
}

/** The first rung that nothing is known of is the one at work; behind a failure it is the failure that is looked at more closely. */
function markUnderWay(rungs: readonly LayerReport[]): readonly LayerReport[] {
	const at = rungs.findIndex(({id, state}) => state === 'not-run' || (state === 'fail' && id !== 'config'));
	return rungs.map((rung, index) => (index === at ? {...rung, underWay: true} : rung));
}
