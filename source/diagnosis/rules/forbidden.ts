import type {Diagnosis, Rule} from '../diagnosis.js';
import {findApiAnswer} from '../find.js';
import {onGatewayHost, setToken} from '../fixes.js';
import {authProblem} from './auth-part.js';
import {approveDevice, listDevices} from './device-refusals.js';
import {requestIdIn} from './refusal.js';

/** H08 and H09, and any other 403: authenticated or not, this is not allowed. */
export const forbidden: Rule = evidence => {
	const found = findApiAnswer(evidence, ({status}) => status === 403);
	if (!found) return undefined;
	const {errorType, errorMessage, errorCode} = found.observation;
	if (errorType === 'proxy_attribution_required') {
		return authProblem({
			id: 'H08',
			slug: 'auth.proxy-attribution',
			title: 'The gateway does not trust the proxy in front of it',
			explanation: 'It refuses before it looks at the token, so the token may be right.',
			evidence: [found.index],
			fixes: [
				onGatewayHost('see which proxies it trusts', 'openclaw config get gateway.trustedProxies'),
				onGatewayHost(
					'add the address of the proxy to that list; this replaces the list',
					'openclaw config set gateway.trustedProxies \'["PROXY_ADDRESS"]\' --strict-json',
					'changes-exposure',
					{since: '2026.8', fallback: 'openclaw config set gateway.trustedProxies \'["PROXY_ADDRESS"]\' --json'},
				),
			],
		});
	}
	if (errorCode === 'PAIRING_REQUIRED' || errorCode === 'NOT_PAIRED') return notPaired(errorMessage, found.index);
	const scope = errorCode === 'MISSING_SCOPE';
	return authProblem({
		id: scope ? 'H09' : 'H00',
		slug: scope ? 'auth.scope' : 'auth.forbidden',
		confidence: scope ? 'certain' : 'possible',
		title: `${scope ? 'The token lacks a permission' : 'The request was refused'}: ${(errorMessage ?? 'it does not say which').replace(/\.$/, '')}`,
		explanation: scope
			? 'The gateway knows the token and does not allow it this.'
			: 'The answer comes from the gateway or from a proxy before it.',
		evidence: [found.index],
		fixes: scope ? [onGatewayHost('see and approve devices', 'openclaw devices list'), setToken] : [],
	});
};

/** A16, over HTTP. */
function notPaired(message: string | undefined, index: number): Diagnosis {
	return authProblem({
		id: 'A16',
		slug: 'auth.pairing',
		title: 'This device waits for approval',
		explanation: message ?? 'The gateway wants its owner to approve the device first.',
		evidence: [index],
		fixes: [listDevices, approveDevice(requestIdIn(message ?? ''))],
	});
}
