import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {findApiAnswer} from '../find.js';
import {onGatewayHost} from '../fixes.js';
import {isThisMachine} from '../place.js';
import {sshTunnel} from '../tunnel-fixes.js';
import {authProblem} from './auth-part.js';

/** Addresses whose way leads over a network that others share. On the tailnet everything is encrypted anyway. */
const shared: readonly string[] = ['private', 'link-local', 'unique-local', 'local-name', 'single-label', 'public'];

/** A24: the token went over the network unencrypted, as was agreed to. A remark, no failure. */
export const overPlainHttp: Rule = evidence => {
	const {target, credential} = evidence;
	if (!credential.sent || !target.origin.startsWith('http:') || !shared.includes(target.addressClass) || isThisMachine(evidence))
		return undefined;
	const answer = findApiAnswer(evidence, ({layer, method}) => layer === 'auth' || method === 'POST');
	if (!answer) return undefined;
	return authProblem({
		id: 'A24',
		slug: 'auth.plain-http',
		severity: 'note',
		title: 'The token crosses the network unencrypted',
		explanation: 'Others on that network can read it, and the conversation. It was allowed for this address.',
		evidence: [answer.index],
		fixes: [
			sshTunnel(evidence, 'send it through ssh instead'),
			onGatewayHost('or let Tailscale Serve speak TLS for it'),
			onGatewayHost('if strangers use that network, change the token'),
		],
		exitCode: exitCodes.ok,
	});
};
