import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {findFailedAttempt, findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {dialled, isLoopback, originWithScheme} from '../target-words.js';
import {sshTunnel} from './tcp.js';

const closedCodes = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED'];

/** N19 and N22: the connection opens and is closed before one byte of HTTP came. */
const closedAtOnce: Rule = evidence => {
	const found = findFailedAttempt(evidence, closedCodes);
	if (!found || (found.observation.bytesRead ?? 0) > 0) return undefined;
	const here19 = isLoopback(evidence.target);
	const plain = evidence.target.origin.startsWith('http:');
	return {
		id: here19 ? 'N19' : 'N22',
		slug: here19 ? 'net.closed.loopback' : 'net.closed.remote',
		layer: 'tcp',
		severity: 'error',
		confidence: here19 ? 'likely' : 'possible',
		title: `${dialled(evidence)} accepts the connection and closes it without a word`,
		explanation: here19
			? 'That is how a tunnel or a published container port behaves whose far end is dead; a server that expects TLS does it too.'
			: 'A load balancer without a backend, a server that expects TLS, or an overloaded one behaves like this.',
		evidence: [found.index],
		fixes: [
			...(here19 ? [here('if ssh forwards this port: look for "connect failed" in its window, or open it anew'), sshTunnel(evidence)] : []),
			...(plain
				? [here('if the server speaks TLS, use https', `clawtalk status --gateway ${originWithScheme(evidence.target, 'https')}`)]
				: []),
			gatewayStatus,
			...(here19
				? [onGatewayHost('in a container, the gateway must listen on the address of the container', undefined, 'changes-exposure')]
				: []),
		],
		exitCode: exitCodes.unreachable,
		transient: false,
	};
};

/** N28: the connection opens, our first question goes out, and nothing comes back. */
const neverAnswers: Rule = evidence => {
	const found = findLast(
		evidence,
		'network-failure',
		({layer, phase, timeoutMs}) => layer === 'identity' && phase === 'request' && timeoutMs !== undefined,
	);
	if (!found) return undefined;
	const seconds = Math.round((found.observation.timeoutMs ?? 0) / 1000);
	return {
		id: 'N28',
		slug: 'net.silent',
		layer: 'identity',
		severity: 'error',
		confidence: 'certain',
		title: `${dialled(evidence)} accepts the connection and does not answer within ${seconds} s`,
		explanation:
			'The gateway hangs, a proxy has no backend, a tunnel leads nowhere, a firewall swallows what follows, or another program owns this port. No token was sent.',
		evidence: [found.index],
		fixes: [
			gatewayStatus,
			onGatewayHost('if it runs and hangs, restart it', 'openclaw gateway restart'),
			here('if a tunnel or a proxy leads there, open it anew or look at its log'),
			here('check the port of the gateway URL', 'clawtalk config get gatewayUrl'),
		],
		exitCode: exitCodes.unreachable,
		transient: true,
	};
};

/** O04: bytes came back, but not HTTP (an SSH banner, Redis …). */
const notHttp: Rule = evidence => {
	const found = findLast(
		evidence,
		'network-failure',
		failure =>
			failure.phase !== 'body' &&
			failure.attempts.some(
				attempt => attempt.name === 'HTTPParserError' || attempt.code?.startsWith('HPE_') || attempt.code === 'UND_ERR_HEADERS_OVERFLOW',
			),
	);
	if (!found) return undefined;
	return {
		id: 'O04',
		slug: 'port.other-program',
		layer: 'identity',
		severity: 'error',
		confidence: 'certain',
		title: `What listens on ${dialled(evidence)} does not speak HTTP`,
		explanation: 'Another program owns this port, so the port in the gateway URL is wrong. No token was sent.',
		evidence: [found.index],
		fixes: [
			here('check the port of the gateway URL', 'clawtalk config get gatewayUrl'),
			onGatewayHost('see the port of the gateway', 'openclaw config get gateway.port'),
		],
		exitCode: exitCodes.unreachable,
		transient: false,
	};
};

export const peerCloseRules: readonly Rule[] = [notHttp, closedAtOnce, neverAnswers];
