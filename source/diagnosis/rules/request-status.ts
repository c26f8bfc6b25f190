import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {isLockout} from '../evidence.js';
import {findApiAnswer} from '../find.js';
import {gatewayLog, here} from '../fixes.js';
import {aboutAnswer} from './about-answer.js';
import {endpointOff} from './endpoint-off.js';

const about = aboutAnswer({layer: 'chat', exitCode: exitCodes.turnFailed});

/** H31: the model field names an agent, and this gateway has no such agent, or does not allow the model. */
const unknownAgent: Rule = evidence => {
	const found = findApiAnswer(
		evidence,
		({status, errorCode, errorMessage}) =>
			errorCode === 'model_not_found' ||
			((status === 400 || status === 404) && /^(?:Unknown agent|Invalid `?model|Model ')/.test(errorMessage ?? '')),
	);
	if (!found) return undefined;
	return about(found, {
		id: 'H31',
		slug: 'chat.unknown-agent',
		title: `The gateway does not know that agent or model: ${withoutFullStop(found.observation.errorMessage)}`,
		explanation: '--agent names an agent of this gateway; --model overrides the model of one turn and must be allowed for that agent.',
		fixes: [here('leave --agent and --model away, or see the agents', 'clawtalk status')],
	});
};

/** H05, H10, H15: the gateway does not take this content. */
const badRequest: Rule = evidence => {
	const found = findApiAnswer(
		evidence,
		({status, method, layer}) => method === 'POST' && layer === 'chat' && [400, 408, 413, 422].includes(status),
	);
	if (!found) return undefined;
	const {status, errorMessage, excerpt} = found.observation;
	if (status === 413) {
		return about(found, {
			id: 'H10',
			slug: 'chat.too-large',
			title: 'The question is too large for the gateway',
			explanation: 'It takes at most 20 MB and 8 images in one request.',
			fixes: [here('send less: fewer or smaller files')],
		});
	}
	const said = withoutFullStop(errorMessage ?? excerpt);
	return about(found, {
		id: status === 408 ? 'H15' : 'H05',
		slug: status === 408 ? 'chat.upload-slow' : 'chat.bad-request',
		title: `The gateway refused the request: ${said}`,
		explanation: status === 408 ? 'It waited for the whole question in vain.' : 'It looked at the question and did not start a run.',
		fixes: status === 408 ? [here('send less, or again over a better line')] : [],
	});
};

/** H19: a rate limit that is not about tokens. */
const rateLimited: Rule = evidence => {
	const found = findApiAnswer(evidence, answer => answer.status === 429 && !isLockout(answer));
	if (!found) return undefined;
	const {retryAfterMs, errorMessage} = found.observation;
	return about(found, {
		id: 'H19',
		slug: 'chat.rate-limited',
		confidence: 'likely',
		title: `Too many requests${retryAfterMs === undefined ? '' : `: the answer says to wait ${Math.ceil(retryAfterMs / 1000)} s`}`,
		explanation: errorMessage ?? 'The model provider or a proxy limits the rate; the connection itself works.',
		fixes: [here('wait, then send the question again')],
		exitCode: exitCodes.temporary,
		transient: true,
	});
};

/** H20: the gateway failed and gives no details. */
const internalError: Rule = evidence => {
	const found = findApiAnswer(evidence, ({status}) => status === 500 || status === 501);
	if (!found) return undefined;
	return about(found, {
		id: 'H20',
		slug: 'chat.internal-error',
		confidence: 'likely',
		title: `The gateway failed while it handled the request: ${withoutFullStop(found.observation.errorMessage)}`,
		explanation: 'The details are only in its own log. Whether the agent did something is not known.',
		fixes: [gatewayLog],
	});
};

/** H16: something on the way does not take what we send; OpenClaw itself answers so to nobody. */
const headersRefused: Rule = evidence => {
	const found = findApiAnswer(evidence, ({status}) => status === 415 || status === 406);
	if (!found) return undefined;
	return about(found, {
		id: 'H16',
		slug: 'proxy.headers-refused',
		confidence: 'possible',
		title: `The request is refused because of its headers (HTTP ${found.observation.status})`,
		explanation: 'A gateway does not answer so as far as is known; a proxy before it may.',
		fixes: [here('reach the gateway without that proxy'), here('check the path of the gateway URL', 'clawtalk config get gatewayUrl')],
		exitCode: exitCodes.unreachable,
	});
};

function withoutFullStop(message: string | undefined): string {
	return (message ?? 'it does not say why').replace(/\.$/, '');
}

export const requestStatusRules: readonly Rule[] = [unknownAgent, endpointOff, headersRefused, rateLimited, badRequest, internalError];
