import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rival} from '../diagnosis.js';
import type {Evidence, WebSocketClosed} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {unfinishedAt} from '../unfinished.js';
import {controlProblem, duration} from './control-part.js';

const late: Rival = {
	id: 'W02',
	title: 'The gateway gave up waiting for the handshake',
	tellApart: 'the connection was open for 3 s or longer',
};

const early: Rival = {
	id: 'W03',
	title: 'The gateway closed the connection at once, without a reason',
	tellApart: 'the connection was open for less than 1 s',
};

const lookAgain = here('try once more', 'clawtalk status');

const seeLoad = onGatewayHost('see how busy the gateway is', 'openclaw gateway stability', 'safe-to-run', {
	since: '2026.8',
	fallback: 'openclaw gateway status',
});

/** 2026.9.6 leaves a client 15 s and 2026.2.9 10 s; a look that signs nobody in runs into that, and nothing is wrong then. */
const ownLimitMs = 9_000;

/**
 * 1000 without a reason before the welcome. OpenClaw closes so exactly when the handshake was not completed: after its time limit, or at
 * once when the first frame is not JSON (2026.9.6). It never means "all fine".
 */
export function closedBeforeWelcome(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis | undefined {
	const {openMs, challenged, withoutConnect} = found.observation;
	if (openMs !== undefined && openMs < 1000) return closedAtOnce(evidence, found, openMs);
	const onlyLooked = withoutConnect === true || findLast(evidence, 'websocket-greeted') !== undefined;
	if (onlyLooked && challenged && openMs !== undefined && openMs >= ownLimitMs) return undefined;
	const isLate = openMs !== undefined && openMs >= 3000;
	return controlProblem(evidence, found, {
		id: 'W02',
		slug: 'control.handshake-timeout',
		confidence: isLate ? (challenged && !onlyLooked ? 'certain' : 'likely') : 'possible',
		title:
			openMs === undefined
				? 'The gateway closed the connection with 1000 and no reason'
				: `The gateway gave up waiting for the handshake after ${duration(openMs)}`,
		explanation:
			'OpenClaw closes so when the handshake is not finished in time, so this is no orderly end. The gateway may be busy, or something on the way may hold frames back.',
		fixes: [lookAgain, seeLoad, onGatewayHost('see the version; older ones leave less time', 'openclaw --version')],
		...(isLate ? {} : {rivals: [early]}),
		exitCode: exitCodes.temporary,
	});
}

/** W03. */
function closedAtOnce(evidence: Evidence, found: Found<WebSocketClosed>, openMs: number): Diagnosis {
	return controlProblem(evidence, found, {
		id: 'W03',
		slug: 'control.closed-early',
		confidence: 'possible',
		title: `The gateway closed the connection after ${duration(openMs)}, without a reason`,
		explanation:
			'That happens when the first frame is not what the gateway expects: a proxy altered it, or versions differ. A gateway that was started twice may do it too.',
		fixes: [
			here('see the version of clawtalk', 'clawtalk --version'),
			onGatewayHost('see the version of OpenClaw', 'openclaw --version'),
			onGatewayHost('see whether a second gateway runs', 'openclaw gateway status --deep'),
		],
		rivals: [late],
		exitCode: exitCodes.protocol,
	});
}

/** W04: 1000 in a session that was welcomed. */
export function endedByGateway(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis {
	const {reason} = found.observation;
	return controlProblem(evidence, found, {
		id: 'W04',
		slug: 'control.session-ended',
		confidence: 'possible',
		title: `The gateway ended the session${reason ? `: ${reason}` : ''}`,
		explanation: 'It closed in order (1000) after it had let us in. Why is not known.',
		fixes: [lookAgain],
		exitCode: exitCodes.temporary,
		transient: true,
	});
}

/** W01 and W24: we closed. That is no failure, unless we closed because no greeting came. */
export function closedByUs(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis | undefined {
	const {code, challenged, welcomed, openMs} = found.observation;
	// Our own time was over before a greeting could be missed: that says nothing about the other side.
	if (unfinishedAt('control', evidence) !== undefined || wasCancelled(evidence)) return undefined;
	if (code !== 1006 || challenged || welcomed || findLast(evidence, 'websocket-greeted') !== undefined) return undefined;
	return notGreeted(evidence, found, openMs !== undefined);
}

/** What OpenClaw's own client library, which is clawtalk's too, closes with (`@openclaw/gateway-client` 2026.9.1). */
const ownWords: ReadonlyArray<readonly [RegExp, (evidence: Evidence, found: Found<WebSocketClosed>) => Diagnosis]> = [
	[/^connect challenge (?:timeout|missing nonce)/, (evidence, found) => notGreeted(evidence, found, true)],
	[/^connect timeout/, notAnswered],
];

/** W02 and W24, in the words of a client that gave up: for whoever reads them in a log, too. */
export function givenUp(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis | undefined {
	const {reason, welcomed} = found.observation;
	return welcomed ? undefined : ownWords.find(([words]) => words.test(reason))?.[1](evidence, found);
}

/** W24. */
function notGreeted(evidence: Evidence, found: Found<WebSocketClosed>, opened: boolean): Diagnosis {
	return controlProblem(evidence, found, {
		id: 'W24',
		slug: 'control.no-challenge',
		confidence: opened ? 'likely' : 'possible',
		title: opened ? 'The WebSocket opens, and no OpenClaw greets on it' : 'The WebSocket does not open, and is not refused either',
		explanation: opened
			? 'A gateway sends its challenge at once. Another service may own the WebSocket path, or a proxy holds frames back.'
			: 'A proxy on the way may not pass WebSocket upgrades on.',
		fixes: [here('check host, port and path of the gateway URL', 'clawtalk config get gatewayUrl'), gatewayStatus],
	});
}

/** W02, as its other side sees it. */
function notAnswered(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis {
	const {openMs} = found.observation;
	return controlProblem(evidence, found, {
		id: 'W02',
		slug: 'control.handshake-timeout',
		confidence: 'likely',
		title: `The gateway greets, and does not answer the handshake${openMs === undefined ? '' : ` within ${duration(openMs)}`}`,
		explanation: 'It may be too busy to, or something on the way may hold frames back.',
		fixes: [lookAgain, seeLoad],
		exitCode: exitCodes.temporary,
		transient: true,
	});
}

function wasCancelled(evidence: Evidence): boolean {
	return findLast(evidence, 'probe-ended', ({probe, reason}) => probe === 'control' && reason === 'cancelled') !== undefined;
}
