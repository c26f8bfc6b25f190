import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {describeObservation} from '../describe.js';
import type {Rule} from '../diagnosis.js';
import type {HttpAnswer, Layer, Observation} from '../evidence.js';
import {isOnlyOurLimit} from '../unfinished.js';

const codes: Readonly<Record<Layer, ExitCode>> = {
	config: exitCodes.configuration,
	dns: exitCodes.nameNotFound,
	tcp: exitCodes.unreachable,
	tls: exitCodes.protocol,
	identity: exitCodes.unreachable,
	auth: exitCodes.authentication,
	chat: exitCodes.turnFailed,
	control: exitCodes.protocol,
};

/** X00: something failed and no rule knows it. Says so, and shows what was seen. */
export const unknown: Rule = evidence => {
	const index = evidence.observations.findLastIndex(isFailure);
	const observation = evidence.observations[index];
	if (!observation) return undefined;
	return {
		id: 'X00',
		slug: 'unknown',
		layer: observation.layer,
		severity: 'error',
		confidence: 'possible',
		title: `It failed in a way that clawtalk does not know: ${describeObservation(observation)}`,
		explanation: 'The cause cannot be named from what was seen.',
		evidence: [index],
		fixes: [],
		exitCode: codes[observation.layer],
		transient: false,
	};
};

function isFailure(observation: Observation): boolean {
	switch (observation.kind) {
		case 'network-failure':
			return !isOnlyOurLimit(observation);
		case 'pin-mismatch':
		case 'turn-error':
		case 'configuration-problem':
			return true;
		case 'http-answer':
			return observation.status >= 400 && observation.path.includes('/v1/') && !isEndpointProbe(observation);
		case 'peer-identified':
			return observation.peer !== 'gateway' && observation.peer !== 'gateway-by-challenge';
		case 'stream-ended':
			return !['end-mark', 'cancelled', 'deadline'].includes(observation.ending);
		default:
			return false;
	}
}

/**
 * `GET` on the chat endpoint, which takes only POST, without the token: 405 says that it is there, 401 nothing. An empty question is
 * refused with 400 by a gateway that takes the token, and a list of models that is not there (404) says nothing about it.
 */
function isEndpointProbe({method, status, layer}: HttpAnswer): boolean {
	if (layer === 'auth') return method === 'POST' ? status === 400 : status === 404;
	return method === 'GET' && (status === 405 || status === 401);
}
