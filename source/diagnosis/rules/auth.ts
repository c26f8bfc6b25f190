import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import {type CredentialWithheld, type Evidence, type HttpAnswer, isLockout} from '../evidence.js';
import {findApiAnswer, findLast} from '../find.js';
import {here, onGatewayHost, readGatewayToken, setToken} from '../fixes.js';
import {credentialInWords, originWithScheme} from '../target-words.js';
import {sshTunnel} from './tcp.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

function authProblem(part: Part): Diagnosis {
	return {layer: 'auth', severity: 'error', confidence: 'certain', exitCode: exitCodes.authentication, transient: false, ...part};
}

/** A01: the gateway wants a token and there is none. */
const noToken: Rule = evidence => {
	const found = findApiAnswer(evidence, ({status}) => status === 401);
	if (!found || evidence.credential.set) return undefined;
	const tailnet = evidence.target.addressClass === 'tailnet-name';
	return authProblem({
		id: 'A01',
		slug: 'auth.token.missing',
		title: 'The gateway wants a token, and none is set',
		explanation: tailnet
			? 'A Tailscale sign-in opens the web pages of the gateway, but never its chat endpoint.'
			: 'A password of the gateway works in the place of a token.',
		evidence: [found.index],
		fixes: [readGatewayToken, setToken],
	});
};

/** `GET` on the chat endpoint is how we ask whether it is on, always without the token: its 401 says nothing about the token. */
function isWithoutToken({method, layer}: HttpAnswer): boolean {
	return method === 'GET' && layer === 'chat';
}

/** A02: a token was sent and not taken. */
const tokenRejected: Rule = evidence => {
	const found = findApiAnswer(evidence, answer => answer.status === 401 && !isWithoutToken(answer));
	if (!found || !evidence.credential.set) return undefined;
	return authProblem({
		id: 'A02',
		slug: 'auth.token.rejected',
		title: `The gateway rejected the token (${credentialInWords(evidence)})`,
		explanation:
			'The token may be mistyped or replaced, or belong to another gateway. It is not sent again before it changes, because ten wrong ones lock this address out for five minutes.',
		evidence: [found.index],
		fixes: [readGatewayToken, setToken],
	});
};

/** H08 and H09, and any other 403: authenticated or not, this is not allowed. */
const forbidden: Rule = evidence => {
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
					{since: '2026.3', fallback: 'use --json in the place of --strict-json'},
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

/** A16. */
function notPaired(message: string | undefined, index: number): Diagnosis {
	return authProblem({
		id: 'A16',
		slug: 'auth.pairing',
		title: 'This device waits for approval',
		explanation: message ?? 'The gateway wants its owner to approve the device first.',
		evidence: [index],
		fixes: [
			onGatewayHost('see which devices ask', 'openclaw devices list'),
			onGatewayHost('approve this one', 'openclaw devices approve REQUEST_ID', 'has-placeholders'),
		],
	});
}

/** H18: locked out after wrong tokens; also for the right token until it ends. */
const lockedOut: Rule = evidence => {
	const found = findApiAnswer(evidence, isLockout);
	if (!found) return undefined;
	return lockout(found.index, found.observation.retryAfterMs);
};

function lockout(index: number, retryAfterMs: number | undefined): Diagnosis {
	const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
	return authProblem({
		id: 'H18',
		slug: 'auth.locked-out',
		title: `The gateway refuses this address after wrong tokens${seconds === undefined ? '' : `, for another ${seconds} s`}`,
		explanation: 'Until then it refuses the right token too, and every try may prolong it.',
		evidence: [index],
		fixes: [here('wait, then try once'), readGatewayToken, setToken],
		exitCode: exitCodes.temporary,
		transient: true,
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
	});
}

/** The token was held back by us. `peer-not-identified` is explained by the identity rules. */
const withheld: Rule = evidence => {
	const found = findLast(evidence, 'credential-withheld');
	if (!found) return undefined;
	const {observation, index} = found;
	switch (observation.reason) {
		case 'other-origin':
			return otherOrigin(evidence, observation, index);
		case 'plain-http-private':
		case 'plain-http-public':
			return plainHttp(evidence, observation.reason, index);
		case 'refused-before':
			return refusedBefore(evidence, observation, index);
		case 'peer-not-identified':
			return undefined;
	}
};

function otherOrigin(evidence: Evidence, observation: CredentialWithheld, index: number): Diagnosis {
	return authProblem({
		id: 'A25',
		slug: 'auth.withheld.other-origin',
		title: `The token belongs to ${observation.belongsTo ?? 'another gateway'}, so it was not sent to ${evidence.target.origin}`,
		explanation: 'A token is sent only to the gateway it was configured with. If both are the same one (an SSH tunnel), say so.',
		evidence: [index],
		fixes: [
			here(
				'insist, with the profile that has the token',
				`clawtalk ask --token-from PROFILE --gateway ${gatewayForCommand(evidence)} QUESTION`,
				'has-placeholders',
			),
		],
		exitCode: exitCodes.configuration,
	});
}

function plainHttp(evidence: Evidence, reason: 'plain-http-private' | 'plain-http-public', index: number): Diagnosis {
	if (reason === 'plain-http-public') {
		return authProblem({
			id: 'C19',
			slug: 'config.plaintext.public',
			title: 'The token would cross the internet unencrypted, so it was not sent',
			explanation: `${evidence.target.origin} is a public address and the URL says http.`,
			evidence: [index],
			fixes: [
				here('use https', `clawtalk config set gatewayUrl ${originWithScheme(evidence.target, 'https')}`),
				sshTunnel(evidence),
				here('send it all the same, this once', 'clawtalk ask --insecure QUESTION', 'last-resort'),
			],
			exitCode: exitCodes.configuration,
		});
	}
	return authProblem({
		id: 'A26',
		slug: 'auth.withheld.plain-http',
		title: `The token was not sent unencrypted to ${evidence.target.origin}`,
		explanation: 'Nobody has agreed to plain http for this address yet, and others on that network could read the token.',
		evidence: [index],
		fixes: [
			here('agree, if you trust that network', `clawtalk trust add ${gatewayForCommand(evidence)}`, 'changes-exposure'),
			sshTunnel(evidence),
		],
		exitCode: exitCodes.configuration,
	});
}

function refusedBefore(evidence: Evidence, observation: CredentialWithheld, index: number): Diagnosis {
	if (observation.refusedStatus === 429) return limitedBefore(evidence, observation, index);
	const when = momentInWords(observation.refusedAt);
	return authProblem({
		id: 'A27',
		slug: 'auth.withheld.refused-before',
		title: `The gateway refused this token ${when}, so it was not sent again (${credentialInWords(evidence)})`,
		explanation: 'The token has not changed since, and ten wrong ones lock this address out for five minutes.',
		evidence: [index],
		fixes: [here('try the same token once more', 'clawtalk status'), readGatewayToken, setToken],
	});
}

/** A 429 whose time is not over: after wrong tokens, or after too many requests, which says nothing about the token. */
function limitedBefore(evidence: Evidence, {refusedAt, refusedAsLockout, retryAt}: CredentialWithheld, index: number): Diagnosis {
	const leftMs = retryAt === undefined ? Number.NaN : Math.max(0, Date.parse(retryAt) - Date.parse(evidence.at));
	const left = Number.isNaN(leftMs) ? 'for now' : `for another ${Math.ceil(leftMs / 1000)} s`;
	return authProblem({
		id: 'A27',
		slug: 'auth.withheld.refused-before',
		title: refusedAsLockout
			? `The gateway locked this address out after wrong tokens ${momentInWords(refusedAt)}, so nothing is sent ${left}`
			: `There were too many requests ${momentInWords(refusedAt)} (HTTP 429), so nothing is sent ${left}`,
		explanation: refusedAsLockout
			? 'Until then it refuses the right token too, and every try may prolong it.'
			: 'The model provider or a proxy limits the rate. The token is not what is wrong.',
		evidence: [index],
		fixes: [
			here('wait until the time is over, then ask once', `clawtalk ask --wait ${waitToGive(leftMs)}s QUESTION`, 'has-placeholders'),
			...(refusedAsLockout ? [readGatewayToken, setToken] : []),
		],
		exitCode: exitCodes.temporary,
		transient: true,
		...(Number.isNaN(leftMs) ? {} : {retryAfterMs: leftMs}),
	});
}

/** Seconds for `--wait`: the time left and some for the way; a minute where it is not known. */
function waitToGive(leftMs: number): number {
	return Number.isNaN(leftMs) ? 60 : Math.ceil(leftMs / 1000) + 3;
}

function momentInWords(at: string | undefined): string {
	return at === undefined ? 'before' : `at ${at.replace(/\.\d+Z$/, 'Z')}`;
}

function gatewayForCommand(evidence: Evidence): string {
	return originWithScheme(evidence.target, evidence.target.origin.startsWith('https:') ? 'https' : 'http');
}

export const authRules: readonly Rule[] = [lockedOut, forbidden, tokenRejected, noToken, withheld];
