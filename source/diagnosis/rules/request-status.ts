import {exitCodes} from '../../exit-codes.js';
import type {Fix, Rule} from '../diagnosis.js';
import {isLockout} from '../evidence.js';
import {findApiAnswer, isIdentified} from '../find.js';
import {gatewayLog, here} from '../fixes.js';
import {aboutAnswer} from './about-answer.js';

const about = aboutAnswer({layer: 'chat', exitCode: exitCodes.turnFailed});

const switchOn: Fix = {
	where: 'gateway-host',
	action: 'switch the chat endpoint on; every holder of the token then has full use of the agent over HTTP',
	command: 'openclaw config set gateway.http.endpoints.chatCompletions.enabled true',
	applicability: 'changes-exposure',
};

/** H11 to H13: how a gateway of each generation answers when the endpoint is off. A GET answered with 405 is normal when it is on. */
const endpointOff: Rule = evidence => {
	if (!isIdentified(evidence)) return undefined;
	const found = findApiAnswer(
		evidence,
		({method, status, body, errorType, path}) =>
			path.endsWith('completions') &&
			((status === 404 && body !== 'json' && errorType === undefined) ||
				(status === 405 && method === 'POST') ||
				(status === 200 && body === 'html')),
	);
	if (!found) return undefined;
	const {status} = found.observation;
	const [id, age] = status === 404 ? ['H11', ''] : status === 405 ? ['H12', ' (an older gateway)'] : ['H13', ' (a gateway before 2026.7)'];
	return about(found, {
		id,
		slug: 'chat.endpoint-off',
		title: 'The chat endpoint of this gateway is switched off',
		explanation: `The gateway is up; it answers ${status}${status === 200 ? ' with a web page' : ''} where the chat endpoint would be${age}. It is off unless its configuration switches it on.`,
		fixes: [switchOn],
		exitCode: exitCodes.endpointOff,
	});
};

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
		({status, method, layer}) => method === 'POST' && layer === 'chat' && [400, 408, 413, 415, 422].includes(status),
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
		explanation: 'It looked at the question and did not start a run.',
		fixes: [],
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

/** H14: another server, or a wrong path, answers 404 or 405. */
const wrongPath: Rule = evidence => {
	const found = findApiAnswer(
		evidence,
		({status, method, path}) => (status === 404 && path.endsWith('completions')) || (status === 405 && method === 'POST'),
	);
	if (!found) return undefined;
	const server = found.observation.headers['server'];
	return about(found, {
		id: 'H14',
		slug: 'proxy.wrong-path',
		confidence: 'likely',
		title: `${server ? `A proxy (${server})` : 'The server'} answers ${found.observation.status}: the path does not lead to the gateway`,
		explanation: 'A reverse proxy passes only some paths, or leads to another program.',
		fixes: [here('check the path of the gateway URL', 'clawtalk config get gatewayUrl')],
		exitCode: exitCodes.unreachable,
		layer: 'identity',
	});
};

function withoutFullStop(message: string | undefined): string {
	return (message ?? 'it does not say why').replace(/\.$/, '');
}

export const requestStatusRules: readonly Rule[] = [unknownAgent, endpointOff, wrongPath, rateLimited, badRequest, internalError];
