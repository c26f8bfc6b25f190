import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {CredentialWithheld, Evidence} from '../evidence.js';
import {findLast} from '../find.js';
import {here} from '../fixes.js';
import {secretFixes, secretWord} from '../own-secret.js';
import {credentialInWords, gatewayUrl, hostAndPort, urlAsWord, urlForCommand} from '../target-words.js';
import {sshTunnel} from '../tunnel-fixes.js';
import {authProblem} from './auth-part.js';

/** The token was held back by us. `peer-not-identified` is explained by the identity rules. */
export const withheld: Rule = evidence => {
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
	const secret = secretWord(evidence);
	return authProblem({
		id: 'A25',
		slug: 'auth.withheld.other-origin',
		title: `The ${secret} belongs to ${observation.belongsTo ?? 'another gateway'}, so it was not sent to ${evidence.target.origin}`,
		explanation: `A ${secret} is sent only to the gateway it was configured with. If both are the same one (an SSH tunnel), say so.`,
		evidence: [index],
		fixes: [
			here(
				`insist, with the profile that has the ${secret}`,
				`clawtalk ask --token-from ${tokenOwner(evidence)} --gateway ${urlForCommand(evidence.target)} QUESTION`,
				'has-placeholders',
			),
			here(`or give this gateway its own ${secret}, hidden`, `clawtalk status --gateway ${urlForCommand(evidence.target)} --token`),
		],
		exitCode: exitCodes.configuration,
	});
}

/** What `--token-from` calls the place of the token; a name that is no plain word is left to the user. */
function tokenOwner({credential: {source = ''}}: Evidence): string {
	if (source === 'config.json') return 'default';
	if (/^(?:CLAWTALK|OPENCLAW)_/.test(source)) return 'environment';
	return /^profile ([A-Za-z0-9_][A-Za-z0-9._-]{0,63})$/.exec(source)?.[1] ?? 'PROFILE';
}

function plainHttp(evidence: Evidence, reason: 'plain-http-private' | 'plain-http-public', index: number): Diagnosis {
	const secret = secretWord(evidence);
	if (reason === 'plain-http-public') {
		return authProblem({
			id: 'C19',
			slug: 'config.plaintext.public',
			title: `The ${secret} would cross the internet unencrypted, so it was not sent`,
			explanation: `${evidence.target.origin} is a public address and the URL says http.`,
			evidence: [index],
			fixes: [
				here('use https', `clawtalk config set gatewayUrl ${overTls(evidence)}`),
				sshTunnel(evidence),
				here('send it all the same, this once', 'clawtalk ask --insecure QUESTION', 'last-resort'),
			],
			exitCode: exitCodes.configuration,
		});
	}
	return authProblem({
		id: 'A26',
		slug: 'auth.withheld.plain-http',
		title: `The ${secret} was not sent unencrypted to ${evidence.target.origin}`,
		explanation: `Nobody has agreed to plain http for this address yet, and others on that network could read the ${secret}.`,
		evidence: [index],
		fixes: [
			sshTunnel(evidence, 'send it through ssh instead'),
			here('or agree, if you trust that network', `clawtalk trust add ${urlForCommand(evidence.target)}`, 'changes-exposure'),
		],
		exitCode: exitCodes.configuration,
	});
}

/** The usual port of http becomes the usual one of https; another port is kept. */
function overTls({target}: Evidence): string {
	const isUsual = hostAndPort(target)?.port === 80;
	return urlAsWord(gatewayUrl(target, {scheme: 'https', ...(isUsual ? {port: 443} : {})})) ?? 'https://HOST:PORT';
}

function refusedBefore(evidence: Evidence, observation: CredentialWithheld, index: number): Diagnosis {
	if (observation.refusedStatus === 429) return limitedBefore(evidence, observation, index);
	const when = agoInWords(observation.refusedAt, evidence.at);
	const secret = secretWord(evidence);
	return authProblem({
		id: 'A27',
		slug: 'auth.withheld.refused-before',
		title: `The gateway refused this ${secret} ${when}, so it was not sent again (${credentialInWords(evidence)})`,
		explanation: `The ${secret} has not changed since, and ten wrong ones lock this address out for five minutes.`,
		evidence: [index],
		fixes: [here(`try the same ${secret} once more`, 'clawtalk status'), ...secretFixes(evidence)],
	});
}

/** A 429 whose time is not over: after wrong tokens, or after too many requests, which says nothing about the token. */
function limitedBefore(evidence: Evidence, {refusedAt, refusedAsLockout, retryAt}: CredentialWithheld, index: number): Diagnosis {
	const leftMs = retryAt === undefined ? Number.NaN : Math.max(0, Date.parse(retryAt) - Date.parse(evidence.at));
	const secret = secretWord(evidence);
	const left = Number.isNaN(leftMs) ? 'for now' : `for another ${Math.ceil(leftMs / 1000)} s`;
	return authProblem({
		id: 'A27',
		slug: 'auth.withheld.refused-before',
		title: refusedAsLockout
			? `The gateway locked this address out after wrong ${secret}s ${agoInWords(refusedAt, evidence.at)}, so nothing is sent ${left}`
			: `There were too many requests ${agoInWords(refusedAt, evidence.at)} (HTTP 429), so nothing is sent ${left}`,
		explanation: refusedAsLockout
			? `Until then it refuses the right ${secret} too, and every try may prolong it.`
			: `The model provider or a proxy limits the rate. The ${secret} is not what is wrong.`,
		evidence: [index],
		fixes: [
			here('wait until the time is over, then ask once', `clawtalk ask --wait ${waitToGive(leftMs)}s QUESTION`, 'has-placeholders'),
			...(refusedAsLockout ? secretFixes(evidence) : []),
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

/** `4 min ago`, seen from the moment of the evidence: the same words in every time zone. */
function agoInWords(at: string | undefined, from: string): string {
	const seconds = at === undefined ? Number.NaN : Math.round((Date.parse(from) - Date.parse(at)) / 1000);
	if (!(seconds > -2)) return 'before';
	if (seconds < 2) return 'just now';
	if (seconds < 90) return `${seconds} s ago`;
	if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`;
	if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h ago`;
	return `${Math.round(seconds / 86_400)} days ago`;
}
