import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import type {Evidence, HttpAnswer} from '../evidence.js';
import {type Found, findApiAnswer, findLast, isIdentified} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {aboutAnswer} from './about-answer.js';
import {isEndpointOn} from './chat-works.js';

const about = aboutAnswer({layer: 'chat', exitCode: exitCodes.turnFailed});

const switchOn: Fix = {
	where: 'gateway-host',
	action: 'switch the chat endpoint on, live within seconds; every holder of the token then has full use of the agent over HTTP',
	command: 'openclaw config set gateway.http.endpoints.chatCompletions.enabled true',
	applicability: 'changes-exposure',
};

const restart = onGatewayHost(
	'its reload mode is off, so it takes that up only after a restart, which ends running answers',
	'openclaw gateway restart',
	'last-resort',
);

/** Whether an answer of the chat endpoint is none of it. A GET answered with 405 is normal when it is on. */
function isNoEndpoint({method, status, body, errorType, path}: HttpAnswer): boolean {
	if (!path.endsWith('completions')) return false;
	return (
		// The gateway itself says it in plain text; a page is a web server's own.
		(status === 404 && body !== 'json' && body !== 'html' && errorType === undefined) ||
		(status === 405 && method === 'POST') ||
		(status === 200 && body === 'html')
	);
}

/** H11 to H13, and H14 where the answer is somebody else's: there is no chat endpoint where it was asked for. */
export const endpointOff: Rule = evidence => {
	const found =
		findApiAnswer(evidence, isNoEndpoint) ?? findApiAnswer(evidence, ({status, path}) => status === 404 && path.endsWith('completions'));
	if (!found) return undefined;
	const saidOn = findApiAnswer(evidence, isEndpointOn) !== undefined;
	return isIdentified(evidence) && isNoEndpoint(found.observation) && !saidOn ? switchedOff(evidence, found) : wrongPath(found);
};

/** How a gateway of each generation answers when the endpoint is off: 404 since 2026.7, a web page before, 405 to every POST before 2026.3. */
function switchedOff(evidence: Evidence, found: Found<HttpAnswer>): Diagnosis {
	const {status} = found.observation;
	const [id, age] = status === 404 ? ['H11', ''] : status === 405 ? ['H12', ' (an older gateway)'] : ['H13', ' (a gateway before 2026.7)'];
	const reloadsNever = findLast(evidence, 'local-openclaw')?.observation.reloadMode === 'off';
	return about(found, {
		id,
		slug: 'chat.endpoint-off',
		title: 'The chat endpoint of this gateway is switched off',
		explanation: `The gateway is up; it answers ${status}${status === 200 ? ' with a web page' : ''} where the chat endpoint would be${age}. It is off unless its configuration switches it on.`,
		fixes: reloadsNever ? [switchOn, restart] : [switchOn],
		exitCode: exitCodes.endpointOff,
	});
}

/** H14: another server, or a wrong path, answers 404 or 405. */
function wrongPath(found: Found<HttpAnswer>): Diagnosis {
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
}
