import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';
import type {ControlRefused, Evidence, WebSocketClosed} from '../evidence.js';
import type {Found} from '../find.js';
import {gatewayLog, here} from '../fixes.js';
import {withReading} from './clock.js';
import {type ControlPart, controlProblem} from './control-part.js';
import {devicePart} from './device-refusals.js';
import {protocolMismatch} from './protocol-mismatch.js';
import {type Refusal, refusalOfAnswer, refusalOfClose} from './refusal.js';
import {stillStarting} from './starting.js';
import {unauthorizedPart} from './token-refusals.js';
import {compareVersions} from './version-fixes.js';

/** 1008: the gateway refuses by policy, and its reason says which (texts of 2026.2.9 to 2026.9.6, matrix §3A). */
export function controlPolicy(evidence: Evidence, found: Found<WebSocketClosed>): Diagnosis {
	return explainRefusal(evidence, found, refusalOfClose(found.observation));
}

/** The gateway answered the handshake with no, and says more of it than the close that follows. */
export function handshakeRefused(evidence: Evidence, found: Found<ControlRefused>): Diagnosis {
	return explainRefusal(evidence, found, refusalOfAnswer(found.observation));
}

function explainRefusal(evidence: Evidence, found: Found<WebSocketClosed | ControlRefused>, refusal: Refusal): Diagnosis {
	const {words} = refusal;
	const part = devicePart(refusal) ?? unauthorizedPart(evidence, refusal) ?? ofProtocol(refusal) ?? ownFault(words) ?? otherPolicy(words);
	return controlProblem(evidence, found, {exitCode: exitCodes.authentication, ...withReading(evidence, part, found.index)});
}

/** W06 and W21, which a gateway tells in its answer before it closes with a code of their own. */
function ofProtocol({words, expectedProtocol, retryAfterMs}: Refusal): ControlPart | undefined {
	if (/^protocol mismatch/i.test(words)) return protocolMismatch(expectedProtocol);
	return /^gateway starting/i.test(words) ? stillStarting(words, retryAfterMs) : undefined;
}

/** W15 to W17: what the client did, or does not keep up with. */
function ownFault(reason: string): ControlPart | undefined {
	if (/^slow\b/.test(reason)) {
		return {
			id: 'W15',
			slug: 'control.slow-consumer',
			confidence: 'certain',
			title: 'The gateway closed because the client read too slowly',
			explanation:
				'More waited to be sent than the gateway keeps (50 MB on 2026.9.6). What it held back is in the conversation on the gateway.',
			fixes: [here('connect again and load the conversation anew')],
			exitCode: exitCodes.temporary,
			transient: true,
		};
	}
	if (/^invalid (?:handshake|connect params|request frame|role)\b/.test(reason)) {
		return {
			id: 'W16',
			slug: 'control.not-accepted',
			confidence: 'certain',
			title: `The gateway does not accept what the client sent: ${reason}`,
			explanation: 'The two versions do not fit, or the client has a fault. The token is not what is wrong.',
			fixes: compareVersions,
			exitCode: exitCodes.protocol,
		};
	}
	if (reason !== 'connect failed') return undefined;
	return {
		id: 'W17',
		slug: 'control.connect-failed',
		confidence: 'certain',
		title: 'A client of OpenClaw closed the connection, because the gateway had refused its sign-in',
		explanation:
			'"connect failed" are the words of a client: of the one that the text is about, or of one that passes the connection of clawtalk on. The reason is in the answer of the gateway just before.',
		fixes: [here('read the lines before it in the same log'), gatewayLog],
	};
}

/** W14: a reason that no other row names. */
function otherPolicy(reason: string): ControlPart {
	return {
		id: 'W14',
		slug: 'control.refused',
		confidence: 'likely',
		title: `The gateway refuses the connection${reason === '' ? ' and does not say why' : `: ${reason}`}`,
		explanation: 'It closed with 1008, which means that something is not allowed.',
		fixes: [gatewayLog],
	};
}
