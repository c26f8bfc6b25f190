import {exitCodes} from '../../exit-codes.js';
import {controlChats, standingWelcome} from '../control-chat.js';
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

/** The control plane is always on. */
const overControl = here('chat over the control plane, which changes nothing on the gateway', 'clawtalk --transport ws');

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
	const slug = 'chat.endpoint-off';
	if (controlChats(evidence)) {
		return about(found, {
			id,
			slug,
			severity: 'note',
			title: 'The chat goes over the control plane; the HTTP endpoint of this gateway is switched off',
			explanation: 'That is how OpenClaw is delivered, and nothing has to change. Only programs that ask over HTTP need the endpoint.',
			fixes: [{...switchOn, action: `only if you want HTTP: ${switchOn.action}`}, ...(reloadsNever ? [restart] : [])],
			exitCode: exitCodes.ok,
		});
	}
	// The control plane answered for itself: what it said is the problem to solve, because nothing has to be opened for it.
	const isRefused = findLast(evidence, 'control-refused') !== undefined || standingWelcome(evidence) !== undefined;
	return about(found, {
		id,
		slug,
		...(isRefused ? {severity: 'warning' as const} : {}),
		title: 'The chat endpoint of this gateway is switched off',
		explanation: `The gateway is up; it answers ${status}${status === 200 ? ' with a web page' : ''} where the chat endpoint would be${age}. It is off unless its configuration switches it on.`,
		fixes: [...(isRefused ? [] : [overControl]), switchOn, ...(reloadsNever ? [restart] : [])],
		exitCode: isRefused ? exitCodes.ok : exitCodes.endpointOff,
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
