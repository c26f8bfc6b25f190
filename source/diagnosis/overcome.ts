import {exitCodes} from '../exit-codes.js';
import type {Diagnosis} from './diagnosis.js';
import type {Evidence, Layer, Observation} from './evidence.js';

/**
 * What a later layer proved wrong is no failure any more: when one of two addresses refuses and the gateway was identified through the
 * other, or a first try failed and the next came through. It stays as a note. Failures that came after the success stand, and so does
 * what is said of successes and failures together: that a gateway answers now and then.
 */
export function noteIfOvercome(diagnosis: Diagnosis, evidence: Evidence): Diagnosis {
	if (diagnosis.severity !== 'error' || !outerLayers.includes(diagnosis.layer)) return diagnosis;
	const failures = diagnosis.evidence.filter(index => isFailedContact(evidence.observations[index]));
	const succeeded = evidence.observations.findLastIndex(isAnswer);
	const overcome = failures.every(index => index < succeeded || evidence.observations[index]?.kind !== 'network-failure');
	const knowsBoth = diagnosis.evidence.some(index => isConnection(evidence.observations[index]));
	if (failures.length === 0 || knowsBoth || succeeded < 0 || !overcome) return diagnosis;
	return {...diagnosis, severity: 'note', transient: false, exitCode: exitCodes.ok};
}

const outerLayers: readonly Layer[] = ['dns', 'tcp', 'tls', 'identity'];

/** Bare connections and lookups are made beside the requests: their place in the evidence does not tell which came first. */
function isFailedContact(observation: Observation | undefined): boolean {
	switch (observation?.kind) {
		case 'network-failure':
			return outerLayers.includes(observation.layer);
		case 'tcp-attempt':
			return observation.outcome !== 'connected';
		case 'name-lookup':
			return observation.failure !== undefined;
		default:
			return false;
	}
}

function isConnection(observation: Observation | undefined): boolean {
	return observation?.kind === 'tcp-attempt' && observation.outcome === 'connected';
}

/** An answer of whatever is at the target, not of a proxy on the way. */
function isAnswer(observation: Observation): boolean {
	switch (observation.kind) {
		case 'http-answer':
			return observation.method !== 'CONNECT';
		case 'peer-identified':
			return observation.peer !== 'unknown';
		case 'websocket-greeted':
		case 'gateway-facts':
			return true;
		default:
			return false;
	}
}
