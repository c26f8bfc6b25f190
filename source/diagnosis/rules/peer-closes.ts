import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {dialled} from '../target-words.js';
import {isOnlyOurLimit} from '../unfinished.js';

/** N28: the connection opens, our first question or the TLS handshake goes out, and nothing comes back. With Tailscale Serve that is L08. */
const neverAnswers: Rule = evidence => {
	const isTailnetName = evidence.target.addressClass === 'tailnet-name';
	const found = findLast(evidence, 'network-failure', failure => {
		const {layer, phase, timeoutMs} = failure;
		if (timeoutMs === undefined || isOnlyOurLimit(failure)) return false;
		return (layer === 'identity' && phase === 'request') || (phase === 'tls' && !isTailnetName);
	});
	if (!found) return undefined;
	const seconds = Math.round((found.observation.timeoutMs ?? 0) / 1000);
	return {
		id: 'N28',
		slug: 'net.silent',
		layer: found.observation.layer,
		severity: 'error',
		confidence: 'certain',
		title: `${dialled(evidence)} accepts the connection and does not answer within ${seconds} s`,
		explanation:
			'The gateway hangs, a proxy has no backend, a tunnel leads nowhere, a firewall swallows what follows, or another program owns this port. No token was sent.',
		evidence: [found.index],
		fixes: [
			gatewayStatus,
			here('check the port of the gateway URL', 'clawtalk config get gatewayUrl'),
			here('if a tunnel or a proxy leads there, open it anew or look at its log'),
			onGatewayHost('if it runs and hangs, restart it; this ends running answers', 'openclaw gateway restart', 'last-resort'),
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

export const peerCloseRules: readonly Rule[] = [notHttp, neverAnswers];
