import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence, WebSocketClosed} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {gatewayLog, gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {aboutAnswer} from './about-answer.js';
import {type ControlPart, controlProblem} from './control-part.js';

const httpWorks = 'Chatting over HTTP does not need it.';

/** The WebSocket was refused with an HTTP status: rows H06, H24 to H26, A08 and W11. */
export function upgradeRefused(evidence: Evidence, found: Found<WebSocketClosed>, status: number): Diagnosis {
	return controlProblem(evidence, found, partFor(status, found.observation.reason));
}

function partFor(status: number, reason: string): ControlPart {
	if (status === 503) return unavailable(reason);
	if (status === 401) {
		return {
			id: 'A08',
			slug: 'auth.upgrade',
			layer: 'auth',
			confidence: 'likely',
			title: 'A proxy before the gateway refuses the WebSocket (401)',
			explanation: 'OpenClaw itself asks for the token only after the WebSocket is open, so the token is not what is wrong.',
			fixes: [
				here('give the credential of the proxy as a header of the profile', 'clawtalk config edit'),
				here('or reach the gateway without it'),
			],
			exitCode: exitCodes.authentication,
		};
	}
	if (status === 400) {
		return {
			id: 'H06',
			slug: 'control.upgrade-mangled',
			confidence: 'likely',
			title: 'The WebSocket is refused with 400: something on the way mangles the upgrade',
			explanation: `A proxy must pass the headers Upgrade and Connection on. ${httpWorks}`,
			fixes: [onGatewayHost('let the proxy pass WebSocket upgrades'), onGatewayHost('see where Serve leads', 'tailscale serve status')],
		};
	}
	return {
		id: 'W11',
		slug: 'control.upgrade-refused',
		confidence: 'certain',
		title: `The WebSocket is refused with HTTP ${status}`,
		explanation: `What answers there does not open WebSockets on this path, or a proxy does not pass them on. ${httpWorks}`,
		fixes: [
			onGatewayHost('let the proxy pass WebSocket upgrades'),
			here('check the path of the gateway URL', 'clawtalk config get gatewayUrl'),
		],
	};
}

/** H25. */
export const tooManySocketsPart: ControlPart = {
	id: 'H25',
	slug: 'gateway.too-many-sockets',
	confidence: 'certain',
	title: 'The gateway has too many half-open connections from this address',
	explanation: 'Other clients on this machine opened connections and did not sign in.',
	fixes: [here('close other clients of this gateway'), gatewayLog],
};

/** 503 with a text of OpenClaw: it is full, not ready, or stopping. */
function unavailable(reason: string): ControlPart {
	const common = {confidence: 'certain', exitCode: exitCodes.temporary, transient: true} as const;
	if (/unauthenticated sockets/i.test(reason)) {
		return {...common, ...tooManySocketsPart};
	}
	if (/handlers unavailable/i.test(reason)) {
		return {
			...common,
			id: 'H26',
			slug: 'gateway.sockets-not-ready',
			title: 'The WebSocket part of the gateway is not ready yet',
			explanation: `The rest of it answers. ${httpWorks}`,
			fixes: [here('wait a moment and look again', 'clawtalk status')],
		};
	}
	return {
		...common,
		id: 'H24',
		slug: 'gateway.draining',
		confidence: /admission closed/i.test(reason) ? 'certain' : 'likely',
		title: 'The gateway is starting, shutting down or restarting and takes no new connections',
		explanation: 'It refuses WebSockets with 503. Whether it comes back cannot be seen from here.',
		fixes: [here('wait until it is back, then ask', 'clawtalk ask --wait 5m QUESTION', 'has-placeholders'), gatewayStatus],
	};
}

const aboutIdentity = aboutAnswer({layer: 'identity', exitCode: exitCodes.unreachable});

/** H17: the port expects a WebSocket or HTTP/2 client. */
export const upgradeWanted: Rule = evidence => {
	const found = findLast(evidence, 'http-answer', ({status}) => status === 426);
	if (!found) return undefined;
	return aboutIdentity(found, {
		id: 'H17',
		slug: 'peer.upgrade-wanted',
		confidence: 'likely',
		title: 'What answers there expects another kind of client (HTTP 426)',
		explanation:
			'It takes WebSocket or HTTP/2 only, so the port belongs to another service. A gateway takes plain requests on the same port.',
		fixes: [
			here('check host and port of the gateway URL', 'clawtalk config get gatewayUrl'),
			onGatewayHost('see the port of the gateway', 'openclaw config get gateway.port'),
		],
	});
};
