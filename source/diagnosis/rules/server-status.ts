import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import type {HttpAnswer} from '../evidence.js';
import {type Found, findLast, isIdentified} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {maybeTailnet} from '../target-words.js';
import {aboutAnswer} from './about-answer.js';
import {bypassProxy} from './proxy-fixes.js';
import {draining, readinessRules, starting} from './readiness.js';
import {lookFirst} from './stream-part.js';
import {tooManySocketsPart} from './upgrade.js';

const about = aboutAnswer({layer: 'identity', exitCode: exitCodes.unreachable});

function lastWithStatus(...statuses: number[]): (evidence: Parameters<Rule>[0]) => Found<HttpAnswer> | undefined {
	return evidence => findLast(evidence, 'http-answer', ({status, method}) => method !== 'CONNECT' && statuses.includes(status));
}

/** H23 and H24: the gateway says itself that it is not ready. */
const notReady: Rule = evidence => {
	const found = lastWithStatus(503)(evidence);
	if (!found) return undefined;
	const {errorCode, errorType, excerpt, errorMessage, retryAfterMs} = found.observation;
	const words = `${excerpt ?? ''} ${errorMessage ?? ''}`;
	const more = {
		confidence: 'certain',
		evidence: [found.index],
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
	} as const;
	if (/"starting"|gateway starting/.test(words)) return starting(more);
	const own = errorCode === 'gateway_unavailable' || errorType === 'service_unavailable' || /draining|admission closed/.test(words);
	// Which part fails is told by `failing` where it is known: a channel that is down is no draining.
	const known = findLast(evidence, 'gateway-facts', ({failing}) => failing !== undefined) !== undefined;
	if (!own && (known || !(isIdentified(evidence) && isReadiness(found.observation)))) return undefined;
	return draining(more);
};

function isReadiness({path}: HttpAnswer): boolean {
	return /\/(?:ready|startup)z?$/.test(path);
}

/** Statuses with which a proxy says that it does not reach what is behind it; from 520 on those of Cloudflare. */
export const proxyStatuses: readonly number[] = [502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530];

/** H21 and H22: something before the gateway answers in its place. */
const proxyCannotReach: Rule = evidence => {
	const found = lastWithStatus(...proxyStatuses)(evidence);
	// A gateway's own word on its readiness is 503 too.
	if (!found || (isIdentified(evidence) && isReadiness(found.observation))) return undefined;
	const {status, headers} = found.observation;
	const server = headers['server'];
	const mayBeServe = maybeTailnet(evidence.target);
	if (status === 502 && server === undefined) {
		return about(found, {
			id: 'H21',
			slug: 'proxy.no-backend',
			confidence: 'likely',
			title: `A proxy${mayBeServe ? ' such as Tailscale Serve' : ''} answers 502: the gateway behind it is not there`,
			explanation: 'The proxy is up; what it leads to is not.',
			fixes: [gatewayStatus, ...(mayBeServe ? [onGatewayHost('see where Serve leads', 'tailscale serve status')] : [])],
		});
	}
	const slow = status === 504 || status === 524;
	const asked = found.observation.method === 'POST';
	return about(found, {
		id: 'H22',
		slug: 'proxy.gateway-gone',
		confidence: 'likely',
		title: `A proxy${server ? ` (${server})` : ''} answers ${status} in place of the gateway`,
		explanation: `${
			slow
				? 'It gave up waiting for the gateway; a tool run can be silent longer than its time limit.'
				: 'It cannot reach the gateway behind it.'
		}${asked ? ' Whether the agent works on the question is not known.' : ''}`,
		fixes: [...(asked ? [lookFirst] : []), gatewayStatus, ...(slow ? [onGatewayHost('raise the read timeout of the proxy')] : [])],
		exitCode: status === 503 ? exitCodes.temporary : exitCodes.unreachable,
		transient: status === 503,
	});
};

/** H29 and H30: somebody before the gateway wants a password. */
const proxyPassword: Rule = evidence => {
	const found = findLast(
		evidence,
		'http-answer',
		({status, headers}) =>
			status === 407 || (status === 401 && /^\s*(?:basic|negotiate|digest|ntlm)\b/i.test(headers['www-authenticate'] ?? '')),
	);
	if (!found) return undefined;
	const forward = found.observation.status === 407;
	return about(found, {
		id: forward ? 'H30' : 'H29',
		slug: forward ? 'proxy.password' : 'proxy.login',
		title: forward
			? 'The proxy on the way wants a password'
			: 'A proxy before the gateway wants a password; OpenClaw itself never asks this way',
		explanation: 'The answer does not come from OpenClaw, so the token is not what is wrong.',
		fixes: forward
			? bypassProxy(evidence)
			: [here('give its credential as a header of the profile', 'clawtalk config edit'), here('or reach the gateway without that proxy')],
		exitCode: exitCodes.authentication,
	});
};

/** N13: the proxy on the way answered and opened no tunnel. It speaks for itself: nothing reached the gateway. */
const noTunnel: Rule = evidence => {
	const found = findLast(evidence, 'http-answer', ({method, status}) => method === 'CONNECT' && status !== 407);
	if (!found) return undefined;
	const {path, status} = found.observation;
	return about(found, {
		id: 'N13',
		slug: 'net.proxy',
		title: `The proxy ${evidence.target.proxy ?? 'on the way'} does not connect to ${path}`,
		explanation: status === 403 ? 'It forbids that host. Nothing was sent to the gateway.' : 'Nothing was sent to the gateway.',
		fixes: bypassProxy(evidence),
		layer: 'tcp',
	});
};

/** H25: too many half-open WebSockets from this address. */
const tooManySockets: Rule = evidence => {
	const found = findLast(
		evidence,
		'websocket-closed',
		({layer, upgradeStatus, reason}) => layer === 'identity' && upgradeStatus === 503 && /unauthenticated sockets/i.test(reason),
	);
	if (!found) return undefined;
	return {
		...tooManySocketsPart,
		layer: 'identity',
		severity: 'error',
		evidence: [found.index],
		exitCode: exitCodes.temporary,
		transient: true,
	};
};

/**
 * H24 on a gateway before 2026.3, which has no health endpoint: its web pages answer while its WebSocket is refused with 503, as
 * 2026.2.9 and 2026.9.6 do while they drain.
 */
const refusesSockets: Rule = evidence => {
	const closed = findLast(evidence, 'websocket-closed', ({layer, upgradeStatus}) => layer === 'identity' && upgradeStatus === 503);
	const page = findLast(evidence, 'http-answer', ({title}) => /openclaw/i.test(title ?? ''));
	if (!closed || !page) return undefined;
	return draining({
		confidence: 'likely',
		title: 'The gateway is starting, shutting down or restarting and takes no new connections',
		explanation: 'Its web pages answer, but it refuses WebSockets with 503. Whether it comes back cannot be seen from here.',
		evidence: [closed.index, page.index],
	});
};

export const serverStatusRules: readonly Rule[] = [
	proxyPassword,
	noTunnel,
	...readinessRules,
	notReady,
	tooManySockets,
	refusesSockets,
	proxyCannotReach,
];
