import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence, WebSocketClosed} from '../evidence.js';
import {type Found, findLast, isIdentified} from '../find.js';
import {gatewayLog, gatewayStatus, here, readGatewayToken, setToken} from '../fixes.js';
import {type ControlPart, controlProblem, duration} from './control-part.js';
import {controlPolicy} from './control-policy.js';
import {closedBeforeWelcome, closedByUs, endedByGateway} from './handshake.js';
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
	1006: dropped,
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
	1012: ({reason}) => ({
		id: 'W20',
		slug: 'control.restart',
		confidence: reason === 'service restart' ? 'certain' : 'likely',
		title: `The gateway is restarting or stopping${said(reason)}`,
		explanation: 'It says the same for both. Whether it comes back cannot be seen from here.',
		fixes: [here('wait until it is back, then ask', 'clawtalk ask --wait 5m QUESTION', 'has-placeholders'), gatewayStatus],
		exitCode: exitCodes.temporary,
		transient: true,
	}),
	1013: ({reason}) => ({
		id: 'W21',
		slug: 'control.starting',
		confidence: reason === 'gateway starting' ? 'certain' : 'likely',
		title: `The gateway is still starting${said(reason)}`,
		explanation: 'It asks to try again later. It takes 7–15 seconds as a rule.',
		fixes: [here('wait until it is there, then ask', 'clawtalk ask --wait 2m QUESTION', 'has-placeholders')],
		exitCode: exitCodes.temporary,
		transient: true,
	}),
	1015: () => ({
		id: 'W22',
		slug: 'control.tls',
		confidence: 'likely',
		title: 'TLS failed before the WebSocket could open',
		explanation: 'A client says 1015 by itself and does not say what was wrong.',
		fixes: [here('see what is wrong with TLS', 'clawtalk status --only tls')],
		exitCode: exitCodes.protocol,
	}),
	4000: () => ({
		id: 'W23',
		slug: 'control.no-heartbeat',
		confidence: 'certain',
		title: 'The heartbeat of the gateway stayed away, so the connection was given up',
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

/** W10 and W12: 1006 is what a client says when no close frame came, and never a message of the gateway. */
function dropped({openMs, welcomed}: WebSocketClosed): ControlPart {
	const opened = openMs !== undefined || welcomed;
	return {
		id: opened ? 'W12' : 'W10',
		slug: opened ? 'control.dropped' : 'control.no-close-frame',
		confidence: opened ? 'likely' : 'possible',
		title: opened
			? `The connection was dropped${openMs === undefined ? '' : ` after ${duration(openMs)}`}`
			: 'The connection ended without a word from the gateway (1006)',
		explanation: opened
			? 'No close frame came: the network changed, the gateway was killed, or something on the way cut it.'
			: 'The code 1006 says only that no close frame came: nothing may listen there, the network may have failed, or the gateway was killed.',
		fixes: [look, gatewayStatus],
		exitCode: opened ? exitCodes.temporary : exitCodes.unreachable,
		transient: opened,
	};
}

/** W06 and W07. */
function protocolError({reason}: WebSocketClosed): ControlPart {
	const mismatch = /protocol mismatch/i.test(reason);
	return {
		id: mismatch ? 'W06' : 'W07',
		slug: mismatch ? 'control.protocol-mismatch' : 'control.framing',
		confidence: mismatch ? 'certain' : 'likely',
		title: mismatch
			? 'The client and the gateway speak different versions of the protocol'
			: `The WebSocket is broken on the way${said(reason)}`,
		explanation: mismatch
			? 'OpenClaw 2026.9.6 speaks protocol 4 and 2026.2.9 protocol 3. One of the two is too old for the other.'
			: 'A proxy rewrites what passes, or what answers is no WebSocket.',
		fixes: mismatch ? compareVersions : [here('reach the gateway without that proxy'), look],
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

/** How the control plane closed, by code, reason and timing. */
const controlClosed: Rule = evidence => {
	const found = findLast(evidence, 'websocket-closed', ({layer}) => layer === 'control');
	if (!found) return undefined;
	return explainClose(evidence, found);
};

/** What one end of a WebSocket means. */
function explainClose(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis | undefined {
	const {code, byUs, upgradeStatus, welcomed} = found.observation;
	if (upgradeStatus !== undefined) return upgradeRefused(evidence, found, upgradeStatus);
	if (byUs && code !== 4000) return closedByUs(evidence, found);
	if (code === 1000) return welcomed ? endedByGateway(evidence, found) : closedBeforeWelcome(evidence, found);
	if (code === 1006 && isExplained(evidence)) return undefined;
	if (code === 1008) return controlPolicy(evidence, found);
	return controlProblem(evidence, found, partFor(found));
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

function partFor({observation}: Found<WebSocketClosed>): ControlPart {
	if (observation.code === 1002) return protocolError(observation);
	return (partOf[observation.code] ?? otherCode)(observation);
}

/** W10: the error of the connection itself says more than 1006 does. */
function isExplained(evidence: Evidence): boolean {
	return findLast(evidence, 'network-failure', ({phase}) => phase !== 'body') !== undefined;
}

function said(reason: string): string {
	return reason === '' ? '' : `: ${reason}`;
}

export const controlRules: readonly Rule[] = [controlClosed];
