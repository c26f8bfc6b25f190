import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import {type Evidence, type HttpAnswer, isLockout} from '../evidence.js';
import {type Found, findApiAnswer} from '../find.js';
import {here, readGatewayToken, setToken} from '../fixes.js';
import {secretFixes, secretWord} from '../own-secret.js';
import {credentialInWords} from '../target-words.js';
import {localExplanation, localTokenDiffers} from './auth-local.js';
import {authProblem} from './auth-part.js';
import {withheld} from './auth-withheld.js';
import {clockRules} from './clock.js';
import {forbidden} from './forbidden.js';
import {overPlainHttp} from './plain-http.js';

/** A01 and A06: the gateway wants a token and there is none. */
const noToken: Rule = evidence => {
	const found = findApiAnswer(evidence, ({status}) => status === 401);
	if (!found || evidence.credential.set) return undefined;
	const local = localExplanation(evidence, found.index);
	if (local) return local;
	const tailnet = evidence.target.addressClass === 'tailnet-name';
	return authProblem({
		id: tailnet ? 'A06' : 'A01',
		slug: tailnet ? 'auth.token.missing.tailnet' : 'auth.token.missing',
		title: 'The gateway wants a token, and none is set',
		explanation: tailnet
			? 'A Tailscale sign-in opens the web pages of the gateway, but never its chat endpoint.'
			: 'A password of the gateway works in the place of a token.',
		evidence: [found.index],
		fixes: [readGatewayToken, {...setToken, action: 'enter the token, hidden'}],
	});
};

/** `GET` on the chat endpoint is how we ask whether it is on, always without the token: its 401 says nothing about the token. */
function isWithoutToken({method, layer}: HttpAnswer): boolean {
	return method === 'GET' && layer === 'chat';
}

/** A02, or A03 to A07 where the gateway's own configuration on this machine tells more: a token was sent and not taken. */
const tokenRejected: Rule = evidence => {
	const found = findApiAnswer(evidence, answer => answer.status === 401 && !isWithoutToken(answer));
	if (!found || !evidence.credential.set) return undefined;
	return localExplanation(evidence, found.index) ?? rejected(evidence, found);
};

const olderToken = {
	id: 'A03',
	title: 'The running gateway uses another token than its configuration names',
	tellApart: 'the token in ~/.openclaw/openclaw.json on the gateway host is the one used here',
} as const;

function rejected(evidence: Evidence, {index}: Found<HttpAnswer>): Diagnosis {
	const differs = localTokenDiffers(evidence);
	const secret = secretWord(evidence);
	const lockOut = 'It is not sent again unless you ask for that, because ten wrong ones lock this address out for five minutes.';
	return authProblem({
		id: 'A02',
		slug: 'auth.token.rejected',
		title: `The gateway rejected the ${secret} (${credentialInWords(evidence)})`,
		explanation:
			differs === undefined
				? `The ${secret} may be mistyped or replaced, or belong to another gateway. ${lockOut}`
				: `It is not the one in openclaw.json on this machine. ${lockOut}`,
		evidence: differs === undefined ? [index] : [index, differs],
		fixes: secretFixes(evidence),
		...(differs === undefined && secret === 'token' ? {rivals: [olderToken]} : {}),
	});
}

/** H18: locked out after wrong tokens; also for the right token until it ends. */
const lockedOut: Rule = evidence => {
	const found = findApiAnswer(evidence, isLockout);
	if (!found) return undefined;
	return lockout(evidence, found);
};

function lockout(evidence: Evidence, {index, observation: {retryAfterMs}}: Found<HttpAnswer>): Diagnosis {
	const secret = secretWord(evidence);
	const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
	return authProblem({
		id: 'H18',
		slug: 'auth.locked-out',
		title: `The gateway refuses this address after wrong ${secret}s${seconds === undefined ? '' : `, for another ${seconds} s`}`,
		explanation: `Until then it refuses the right ${secret} too, and every try may prolong it.`,
		evidence: [index],
		fixes: [here('wait, then try once'), ...secretFixes(evidence)],
		exitCode: exitCodes.temporary,
		transient: true,
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
	});
}

export const authRules: readonly Rule[] = [lockedOut, forbidden, tokenRejected, noToken, withheld, ...clockRules, overPlainHttp];
