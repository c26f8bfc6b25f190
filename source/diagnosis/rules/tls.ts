import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import {findFailedAttempt, findLast} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {dialled, originWithScheme} from '../target-words.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

function tlsProblem(part: Part): Diagnosis {
	return {layer: 'tls', severity: 'error', confidence: 'certain', exitCode: exitCodes.protocol, transient: false, ...part};
}

const trustCa: Fix = here(
	'if you know the authority, trust it for this run',
	'NODE_EXTRA_CA_CERTS=CA.pem clawtalk status',
	'has-placeholders',
);

/** L01: plain HTTP was spoken to a TLS port and the server said so. */
const httpsOnly: Rule = evidence => {
	if (!evidence.target.origin.startsWith('http:')) return undefined;
	const found = findLast(
		evidence,
		'http-answer',
		answer => answer.status === 400 && /https? (?:request|port)|HTTPS server/i.test(`${answer.excerpt ?? ''} ${answer.title ?? ''}`),
	);
	if (!found) return undefined;
	const origin = originWithScheme(evidence.target, 'https');
	return tlsProblem({
		id: 'L01',
		slug: 'tls.https-only',
		title: `${dialled(evidence)} speaks HTTPS, the gateway URL says http`,
		explanation: 'The server answered that it got plain HTTP on a TLS port.',
		evidence: [found.index],
		fixes: [here('use https', `clawtalk config set gatewayUrl ${origin}`)],
	});
};

/** L02: TLS was spoken to a port that answers in plain text. OpenSSL words differ by Node: match the prefix. */
const plainOnly: Rule = evidence => {
	const found = findFailedAttempt(evidence, [
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_PACKET_LENGTH_TOO_LONG',
		'EPROTO',
		'ERR_SSL_HTTP_REQUEST',
	]);
	if (!found) return undefined;
	const origin = originWithScheme(evidence.target, 'http');
	return tlsProblem({
		id: 'L02',
		slug: 'tls.plain-only',
		confidence: 'likely',
		title: `${dialled(evidence)} does not speak TLS, the gateway URL says https`,
		explanation: 'Most gateways listen in plain HTTP and leave TLS to Tailscale Serve or a reverse proxy, usually on port 443.',
		evidence: [found.index],
		fixes: [here('use http (this machine, LAN and tailnet only)', `clawtalk status --gateway ${origin}`)],
	});
};

/** L03: nobody but itself vouches for the certificate. */
const selfSigned: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN']);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L03',
		slug: 'tls.self-signed',
		title: 'The certificate is self-signed',
		explanation: 'OpenClaw makes such a certificate for itself when TLS is switched on. Nothing was sent, since anybody could make one.',
		evidence: [found.index],
		fixes: [
			here('compare its fingerprint on the gateway, then pin it', `clawtalk trust add ${originWithScheme(evidence.target, 'https')}`),
			trustCa,
		],
	});
};

/** L04: the chain to a known authority is not complete. */
const unknownIssuer: Rule = evidence => {
	const found = findFailedAttempt(evidence, [
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	]);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L04',
		slug: 'tls.chain',
		title: 'The certificate comes from an authority that is not known here',
		explanation: 'The server does not send its whole chain, or a private authority issued the certificate.',
		evidence: [found.index],
		fixes: [trustCa, onGatewayHost('let the server send the full chain')],
	});
};

/** L05: right certificate, other name. */
const otherName: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ERR_TLS_CERT_ALTNAME_INVALID']);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L05',
		slug: 'tls.name',
		title: 'The certificate is for another name',
		explanation: found.attempt.message,
		evidence: [found.index],
		fixes: [here('use the name that stands in the certificate', 'clawtalk config set gatewayUrl https://NAME', 'has-placeholders')],
	});
};

/** L06: expired or not yet valid, by the clock of this machine. */
const expired: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
	if (!found) return undefined;
	const early = found.attempt.code === 'CERT_NOT_YET_VALID';
	return tlsProblem({
		id: 'L06',
		slug: 'tls.expired',
		title: early ? 'The certificate is not valid yet' : 'The certificate has expired',
		explanation: `By the clock of this machine, that is: at ${evidence.at}. A wrong clock looks the same.`,
		evidence: [found.index],
		fixes: [here('check the clock of this machine', 'date'), onGatewayHost('renew the certificate')],
	});
};

/** L09: not the certificate that was pinned. */
const pinChanged: Rule = evidence => {
	const found = findLast(evidence, 'pin-mismatch');
	if (!found) return undefined;
	return tlsProblem({
		id: 'L09',
		slug: 'tls.pin',
		title: 'The certificate is not the one that was pinned',
		explanation: 'The gateway got a new certificate, or somebody stands in between. Nothing was sent.',
		evidence: [found.index],
		fixes: [
			onGatewayHost(`compare the fingerprint ${found.observation.presented} with the gateway's own`),
			here('if it is the same, forget the old one', `clawtalk trust reset ${originWithScheme(evidence.target, 'https')}`),
		],
	});
};

/** TLS failed in a way that no row names. */
const otherTls: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ERR_SSL_*', 'ERR_TLS_*', 'CERT_*', 'UNABLE_TO_*']);
	if (!found) return undefined;
	return tlsProblem({
		id: 'L00',
		slug: 'tls.other',
		confidence: 'possible',
		title: 'The TLS handshake failed',
		explanation: found.attempt.message,
		evidence: [found.index],
		fixes: [],
	});
};

export const tlsRules: readonly Rule[] = [httpsOnly, pinChanged, plainOnly, selfSigned, unknownIssuer, otherName, expired, otherTls];
