import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence, WebSocketClosed} from '../evidence.js';
import {type Found, findLast, isIdentified} from '../find.js';
import {gatewayLog, gatewayStatus, here, readGatewayToken, setToken} from '../fixes.js';
import {type ControlPart, controlProblem, duration} from './control-part.js';
import {controlPolicy, handshakeRefused} from './control-policy.js';
import {closedBeforeWelcome, closedByUs, endedByGateway, givenUp} from './handshake.js';
import {protocolMismatch} from './protocol-mismatch.js';
import {stillStarting} from './starting.js';
import {upgradeRefused} from './upgrade.js';
import {compareVersions} from './version-fixes.js';

const look = here('see whether the gateway is up', 'clawtalk status');
const checkUrl = here('check host, port and path of the gateway URL', 'clawtalk config get gatewayUrl');

/** What a close code means by itself (matrix §2.9), where neither timing nor reason decides. */
const partOf: Readonly<Record<number, (closed: WebSocketClosed) => ControlPart>> = {
	1001: ({reason}) => ({
		id: 'W05',
		slug: 'control.going-away',
		confidence: 'likely',
		title: `The other side goes away${said(reason)}`,
		explanation: 'A proxy that stops says so; a gateway itself says 1012.',
		fixes: [look],
		exitCode: exitCodes.temporary,
		transient: true,
	}),
	1003: ({reason}) => ({
		id: 'W08',
		slug: 'control.other-service',
		confidence: 'likely',
		title: `The WebSocket does not take our data${said(reason)}`,
		explanation: 'OpenClaw never closes with 1003, so another service answers there.',
		fixes: [checkUrl],
	}),
	1005: () => ({
		id: 'W09',
		slug: 'control.no-code',
		confidence: 'possible',
		title: 'The connection was closed without a code',
		explanation: 'A program or a proxy closed it without saying why. OpenClaw gives a code as a rule.',
		fixes: [look],
		exitCode: exitCodes.temporary,
		transient: true,
	}),
	1007: ({reason}) => ({
		id: 'W13',
		slug: 'control.invalid-text',
		confidence: 'likely',
		title: `A message was not valid text${said(reason)}`,
		explanation: 'Something on the way damaged it, or clawtalk sent it wrongly.',
		fixes: [look, ...compareVersions],
		exitCode: exitCodes.protocol,
	}),
	1009: () => ({
		id: 'W18',
		slug: 'control.too-large',
		confidence: 'certain',
		title: 'A message was too large for the gateway',
		explanation: 'It takes 25 MiB in one message, 512 KiB before 2026.3, and 64 KiB before the sign-in; files grow by a third on the way.',
		fixes: [here('send less: fewer or smaller files')],
		exitCode: exitCodes.turnFailed,
	}),
	1011: ({reason, welcomed}) => ({
		id: 'W19',
		slug: 'control.internal-error',
		confidence: 'likely',
		title: `The gateway closed because of an error of its own${said(reason)}`,
		explanation: 'The details are only in its log.',
		fixes: [look, gatewayLog],
		exitCode: welcomed ? exitCodes.turnFailed : exitCodes.unreachable,
	}),
	1012: restarting,
	1013: ({reason}) => stillStarting(reason),
	1015: () => ({
		id: 'W22',
		slug: 'control.tls',
		confidence: 'likely',
		title: 'TLS failed before the WebSocket could open',
		explanation: 'A client says 1015 by itself and does not say what was wrong.',
		fixes: [here('see what is wrong with TLS', 'clawtalk status --only tls')],
		exitCode: exitCodes.protocol,
	}),
	4000: ({silentMs}) => ({
		id: 'W23',
		slug: 'control.no-heartbeat',
		confidence: 'certain',
		title: `The heartbeat of the gateway stayed away${silentMs === undefined ? '' : ` for ${duration(silentMs)}`}, so the connection was given up`,
		explanation: 'After sleep or a change of networks a connection can be dead without either side being told.',
		fixes: [look],
		exitCode: exitCodes.temporary,
		transient: true,
	}),
	4001: ({reason}) => ({
		id: 'W26',
		slug: 'control.auth-changed',
		confidence: reason === 'gateway auth changed' ? 'certain' : 'likely',
		title: 'The token or password of the gateway was changed',
		explanation: 'The gateway closes every connection then (2026.9.6), and the old token is refused from that moment.',
		fixes: [readGatewayToken, setToken],
		exitCode: exitCodes.authentication,
	}),
};

/** W20. A gateway says 1012 of a restart and of a stop alike; some announce how long a restart takes (`shutdown` of 2026.2.9). */
function restarting({reason, shutdown}: WebSocketClosed): ControlPart {
	const backInMs = shutdown?.restartExpectedMs;
	return {
		id: 'W20',
		slug: 'control.restart',
		confidence: reason === 'service restart' || shutdown !== undefined ? 'certain' : 'likely',
		title:
			backInMs === undefined
				? `The gateway is restarting or stopping${said(shutdown?.reason || reason)}`
				: `The gateway is restarting, and expects to be back in ${duration(backInMs)}`,
		explanation:
			backInMs === undefined
				? 'It says the same for both. Whether it comes back cannot be seen from here.'
				: 'It announced that before it closed.',
		fixes: [here('wait until it is back, then ask', 'clawtalk ask --wait 5m QUESTION', 'has-placeholders'), gatewayStatus],
		exitCode: exitCodes.temporary,
		transient: true,
		...(backInMs === undefined ? {} : {retryAfterMs: backInMs}),
	};
}

/** W10 and W12: 1006 is what a client says when no close frame came, and never a message of the gateway. */
function dropped(evidence: Evidence, {openMs, welcomed}: WebSocketClosed): ControlPart {
	if (openMs !== undefined || welcomed) {
		return {
			id: 'W12',
			slug: 'control.dropped',
			confidence: 'likely',
			title: `The connection was dropped${openMs === undefined ? '' : ` after ${duration(openMs)}`}`,
			explanation:
				'No close frame came: the network changed, the gateway was killed, or something on the way cut it. A client that does not read is dropped so, too (2026.9.6).',
			fixes: [look, gatewayStatus],
			exitCode: exitCodes.temporary,
			transient: true,
		};
	}
	return {
		id: 'W10',
		slug: 'control.no-close-frame',
		confidence: 'possible',
		title: 'The connection ended without a word from the gateway (1006)',
		explanation: isIdentified(evidence)
			? 'It broke off before the WebSocket was open, while the gateway answers: a proxy on the way may not let WebSockets through, or the gateway was killed just then.'
			: 'The code 1006 says only that no close frame came: nothing may listen there, the network may have failed, or the gateway was killed.',
		fixes: [look, gatewayStatus],
		exitCode: exitCodes.unreachable,
		transient: false,
	};
}

/** W06 and W07. */
function protocolError({reason}: WebSocketClosed): ControlPart {
	if (/protocol mismatch/i.test(reason)) return protocolMismatch();
	return {
		id: 'W07',
		slug: 'control.framing',
		confidence: 'likely',
		title: `The WebSocket is broken on the way${said(reason)}`,
		explanation: 'A proxy rewrites what passes, or what answers is no WebSocket.',
		fixes: [here('reach the gateway without that proxy'), look],
		exitCode: exitCodes.protocol,
	};
}

/** W00: a code that no row names. */
function otherCode({code, reason}: WebSocketClosed): ControlPart {
	return {
		id: 'W00',
		slug: 'control.closed',
		confidence: 'possible',
		title: `The connection was closed with ${code}${said(reason)}`,
		explanation: 'clawtalk does not know this code of OpenClaw.',
		fixes: [look, gatewayLog],
	};
}

/**
 * How the control plane refused us or closed, by its answer, else by code, reason and timing. A welcome that came later has overcome it;
 * a close that only follows a refusal says nothing more.
 */
const controlEnded: Rule = evidence => {
	const refused = findLast(evidence, 'control-refused');
	const closed = findLast(evidence, 'websocket-closed', ({layer}) => layer === 'control');
	const welcomedAt = findLast(evidence, 'control-welcomed')?.index ?? -1;
	if (refused && refused.index > welcomedAt) return handshakeRefused(evidence, refused);
	// What only looks, and says nothing itself, is closed by the gateway while another connection stands.
	const isOther = closed && welcomedAt >= 0 && (closed.index < welcomedAt || !closed.observation.welcomed);
	return closed && !isOther ? explainClose(evidence, closed) : undefined;
};

/** What one end of a WebSocket means. */
function explainClose(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis | undefined {
	const {code, byUs, upgradeStatus, welcomed} = found.observation;
	if (upgradeStatus !== undefined) return upgradeRefused(evidence, found, upgradeStatus);
	const ownEnd = givenUp(evidence, found);
	if (ownEnd !== undefined) return ownEnd;
	if (byUs && code !== 4000) return closedByUs(evidence, found);
	if (code === 1000) return welcomed ? endedByGateway(evidence, found) : closedBeforeWelcome(evidence, found);
	if (code === 1006 && isExplained(evidence)) return undefined;
	if (code === 1008) return controlPolicy(evidence, found);
	return controlProblem(evidence, found, partFor(evidence, found));
}

/** Ends that something on the way, or we ourselves, can make without a word of the gateway. */
const wordless = [1005, 1006];

/**
 * The gateway before 2026.3, which proves itself by its challenge alone, closes with a code in the place of it, while its web pages answer:
 * the code says more than that there is no proof.
 */
export const closedUnproved: Rule = evidence => {
	const found = findLast(
		evidence,
		'websocket-closed',
		({layer, byUs, code, challenged, upgradeStatus}) =>
			layer === 'identity' && !byUs && !challenged && upgradeStatus === undefined && !wordless.includes(code),
	);
	const page = findLast(evidence, 'http-answer', ({title}) => /openclaw/i.test(title ?? ''));
	const diagnosis = found && page && !isIdentified(evidence) ? explainClose(evidence, found) : undefined;
	return diagnosis && page && {...diagnosis, layer: 'identity', evidence: [...diagnosis.evidence, page.index]};
};

function partFor(evidence: Evidence, {observation}: Found<WebSocketClosed>): ControlPart {
	if (observation.code === 1002) return protocolError(observation);
	if (observation.code === 1006) return dropped(evidence, observation);
	return (partOf[observation.code] ?? otherCode)(observation);
}

/** W10: the error of the connection itself says more than 1006 does. */
function isExplained(evidence: Evidence): boolean {
	return findLast(evidence, 'network-failure', ({phase}) => phase !== 'body') !== undefined;
}

function said(reason: string): string {
	return reason === '' ? '' : `: ${reason}`;
}

export const controlRules: readonly Rule[] = [controlEnded];
