import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findFailedAttempt, findLast, isIdentified} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {dialled, urlForCommand} from '../target-words.js';
import {certificateRules} from './certificate.js';
import {findTrouble, lastLook, tlsProblem} from './tls-part.js';

/** L01: the URL says http, and the port speaks TLS: the server said so, or a handshake went through. */
const httpsOnly: Rule = evidence => {
	if (!evidence.target.origin.startsWith('http:')) return undefined;
	const told = findLast(
		evidence,
		'http-answer',
		answer => answer.status === 400 && /https? (?:request|port)|HTTPS server/i.test(`${answer.excerpt ?? ''} ${answer.title ?? ''}`),
	);
	const look = lastLook(evidence);
	const spoken = look?.observation.spoken === true && !isIdentified(evidence) ? look : undefined;
	const found = told ?? spoken;
	if (!found) return undefined;
	return tlsProblem({
		id: 'L01',
		slug: 'tls.https-only',
		title: `${dialled(evidence)} speaks HTTPS, the gateway URL says http`,
		explanation: told
			? 'The server answered that it got plain HTTP on a TLS port.'
			: 'A TLS handshake works there, and plain HTTP gets no answer.',
		evidence: [...new Set([told?.index, spoken?.index])].filter(index => index !== undefined),
		fixes: [here('use https', `clawtalk config set gatewayUrl ${urlForCommand(evidence.target, 'https')}`)],
	});
};

/** L02: TLS was spoken to a port that answers in plain text. OpenSSL's words differ by Node: match the prefix. */
const plainOnly: Rule = evidence => {
	const look = lastLook(evidence);
	const notSpoken =
		look?.observation.spoken === false && evidence.target.origin.startsWith('https:') && !isIdentified(evidence) ? look : undefined;
	const failed = findFailedAttempt(evidence, plainAnswers);
	if (!failed && !(notSpoken && isPlainAnswer(notSpoken.observation.failure?.code))) return undefined;
	return tlsProblem({
		id: 'L02',
		slug: 'tls.plain-only',
		confidence: notSpoken ? 'certain' : 'likely',
		title: `${dialled(evidence)} does not speak TLS, the gateway URL says https`,
		explanation: 'Most gateways listen in plain HTTP and leave TLS to Tailscale Serve or a reverse proxy, usually on port 443.',
		evidence: [failed?.index, notSpoken?.index].filter(index => index !== undefined),
		fixes: plainFixes(evidence),
	});
};

const plainAnswers = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO', 'ERR_SSL_HTTP_REQUEST'];

function isPlainAnswer(code: string | undefined): boolean {
	return code !== undefined && plainAnswers.includes(code);
}

/** Plain http is no advice for a public address: the token would cross the internet unencrypted. */
function plainFixes(evidence: Evidence): Diagnosis['fixes'] {
	const serve = onGatewayHost('see whether Tailscale Serve speaks TLS for it, and where', 'tailscale serve status');
	const isPublic = evidence.target.addressClass === 'public';
	if (isPublic) return [here('check the port of the gateway URL', 'clawtalk config get gatewayUrl'), serve];
	return [
		here('use http (this machine, LAN and tailnet only)', `clawtalk status --gateway ${urlForCommand(evidence.target, 'http')}`),
		serve,
	];
}

/** L08: the first request to a name of Tailscale Serve waits until its certificate is issued, or breaks off in the handshake. */
const beingIssued: Rule = evidence => {
	if (evidence.target.addressClass !== 'tailnet-name' || !evidence.target.origin.startsWith('https:')) return undefined;
	const found = findLast(
		evidence,
		'network-failure',
		({phase, timeoutMs, attempts}) =>
			phase === 'tls' && (timeoutMs !== undefined || attempts.some(({code}) => code === 'ECONNRESET' || code === 'ETIMEDOUT')),
	);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L08',
		slug: 'tls.being-issued',
		confidence: 'possible',
		title: 'The TLS handshake with Tailscale Serve does not finish',
		explanation: 'The first request to a new name waits 5–30 s until Tailscale has its certificate. HTTPS may also be off for the tailnet.',
		evidence: [found.index],
		fixes: [
			here('try again in half a minute', 'clawtalk status'),
			onGatewayHost('see where Serve leads', 'tailscale serve status'),
			here('see in the admin console of Tailscale whether MagicDNS and HTTPS certificates are on'),
		],
		exitCode: exitCodes.temporary,
		transient: true,
	});
};

/** L10: nobody's certificate is looked at. */
const checkingOff: Rule = evidence => {
	const found = findLast(evidence, 'client-facts', ({nodeFlags}) =>
		nodeFlags.some(flag => /^NODE_TLS_REJECT_UNAUTHORIZED=['"]?0/.test(flag)),
	);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L10',
		slug: 'tls.checking-off',
		severity: 'warning',
		title: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: programs on Node take any certificate',
		explanation: 'Anybody in between could read and change what passes. A self-signed certificate can be pinned instead.',
		evidence: [found.index],
		fixes: [here('take it back', 'unset NODE_TLS_REJECT_UNAUTHORIZED')],
		exitCode: exitCodes.ok,
	});
};

/** TLS failed in a way that no row names. */
const otherTls: Rule = evidence => {
	const trouble = findTrouble(evidence, ['ERR_SSL_*', 'ERR_TLS_*', 'CERT_*', 'UNABLE_TO_*']);
	if (!trouble) return undefined;
	return tlsProblem({
		id: 'L00',
		slug: 'tls.other',
		confidence: 'possible',
		title: 'The TLS handshake failed',
		explanation: trouble.message ?? `The certificate is not trusted: ${trouble.code}.`,
		evidence: trouble.evidence,
		fixes: [],
	});
};

export const tlsRules: readonly Rule[] = [httpsOnly, plainOnly, ...certificateRules, beingIssued, otherTls, checkingOff];
