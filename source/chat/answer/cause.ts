import type {Evidence, Observation} from '../../diagnosis/evidence.js';

/**
 * What failed, without when and how long: two looks that fail in the same way have the same cause. A check of the health and a
 * question that meet the same closed port are the same cause, too.
 */
export function causeOf(evidence: Evidence): string {
	return JSON.stringify([evidence.target.origin, ...new Set(evidence.observations.flatMap(failureOf))]);
}

function failureOf(observation: Observation): readonly string[] {
	const parts = partsOf(observation);
	return parts === undefined ? [] : [[observation.kind, ...parts].join(' ')];
}

/** Undefined for what is no failure. */
function partsOf(observation: Observation): readonly unknown[] | undefined {
	switch (observation.kind) {
		case 'network-failure':
			return [observation.phase, ...new Set(observation.attempts.map(({code, name}) => code ?? name))];
		case 'http-answer':
			return observation.status === 200 ? undefined : [observation.status, observation.errorType, observation.errorCode];
		case 'peer-identified':
			return observation.peer.startsWith('gateway') ? undefined : [observation.peer];
		case 'configuration-problem':
			return [observation.row, observation.setting];
		case 'pin-mismatch':
			return [observation.presented];
		case 'stream-ended':
			return [observation.ending];
		case 'turn-error':
			return [observation.type, observation.code, observation.message];
		case 'websocket-closed':
			return [observation.code, observation.reason];
		case 'credential-withheld':
			return [observation.reason];
		default:
			return undefined;
	}
}
