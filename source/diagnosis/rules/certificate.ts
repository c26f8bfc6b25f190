import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import {findLast, isIdentified} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {hostAndPort, urlForCommand} from '../target-words.js';
import {apart, setClock} from './clock-fixes.js';
import {findTrouble, lastLook, type TlsTrouble, tlsProblem} from './tls-part.js';

const trustCa: Fix = here(
	'if you know the authority, trust it for this run',
	'NODE_EXTRA_CA_CERTS=CA.pem clawtalk status',
	'has-placeholders',
);

const unknownIssuerCodes = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
const selfSignedCodes = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'];

/** Companies whose products open TLS on the way and close it anew with a certificate of their own. */
const inspectors =
	/zscaler|netskope|fortinet|fortigate|palo alto|sophos|blue ?coat|cisco umbrella|forcepoint|check ?point|barracuda|mcafee|kaspersky|avast|bitdefender|eset ssl/i;

/** L07: not the gateway's certificate, but that of an inspector in the path. */
const inspected: Rule = evidence => {
	const look = lastLook(evidence);
	const {issuer = '', issuerOrganisation = ''} = look?.observation.certificate ?? {};
	const inspector = [issuerOrganisation, issuer].find(name => inspectors.test(name));
	if (!look || inspector === undefined) return undefined;
	const trouble = findTrouble(evidence, [...unknownIssuerCodes, ...selfSignedCodes]);
	const common = {
		id: 'L07',
		slug: 'tls.inspected',
		confidence: 'likely',
		title: `TLS is opened on the way: the certificate is issued by ${inspector}`,
		fixes: [
			here('reach the gateway over the tailnet, where nobody can do that'),
			here(
				'if you trust that company with the token, trust its authority',
				'NODE_EXTRA_CA_CERTS=CA.pem clawtalk status',
				'changes-exposure',
			),
		],
	} as const;
	if (trouble) {
		return tlsProblem({
			...common,
			explanation: 'Such inspectors read what passes, the token too, and often hold streams back. Nothing was sent.',
			evidence: trouble.evidence,
		});
	}
	if (!isIdentified(evidence)) return undefined;
	return tlsProblem({
		...common,
		severity: 'warning',
		explanation: 'This machine trusts it, so it can read the token and the conversation. It may also hold streams back.',
		evidence: [look.index],
		exitCode: exitCodes.ok,
	});
};

/** L03: nobody but itself vouches for the certificate. */
const selfSigned: Rule = evidence => {
	const trouble = findTrouble(evidence, selfSignedCodes);
	if (!trouble) return undefined;
	if (trouble.code === 'SELF_SIGNED_CERT_IN_CHAIN') return unknownAuthority(trouble);
	const fingerprint = trouble.certificate?.fingerprint;
	return tlsProblem({
		id: 'L03',
		slug: 'tls.self-signed',
		title: 'The certificate is self-signed',
		explanation: 'OpenClaw makes such a certificate for itself when TLS is switched on. Nothing was sent, since anybody could make one.',
		evidence: trouble.evidence,
		fixes: [
			onGatewayHost('see the fingerprint of its certificate', 'openssl x509 -noout -fingerprint -sha256 -in CERT.pem', 'has-placeholders'),
			here(
				fingerprint === undefined ? 'compare it with the one that this shows and pins' : `if it is ${fingerprint}, pin it`,
				`clawtalk trust add ${urlForCommand(evidence.target, 'https')}`,
				'changes-exposure',
			),
			trustCa,
		],
	});
};

/** L04: the chain to a known authority is not complete. */
const unknownIssuer: Rule = evidence => {
	const trouble = findTrouble(evidence, unknownIssuerCodes);
	return trouble && unknownAuthority(trouble);
};

function unknownAuthority({evidence, certificate}: TlsTrouble): Diagnosis {
	return tlsProblem({
		id: 'L04',
		slug: 'tls.chain',
		title: `The certificate comes from an authority that is not known here${certificate ? `: ${certificate.issuer}` : ''}`,
		explanation: 'The server does not send its whole chain, or a private authority issued the certificate.',
		evidence,
		fixes: [trustCa, onGatewayHost('let the server send the full chain')],
	});
}

/** L05: right certificate, other name. The names come from a stranger's certificate: they are shown, and put into no command. */
const otherName: Rule = evidence => {
	const trouble = findTrouble(evidence, ['ERR_TLS_CERT_ALTNAME_INVALID']);
	if (!trouble) return undefined;
	const names = trouble.certificate?.names ?? [];
	const {port} = hostAndPort(evidence.target) ?? {};
	const use = here(
		'use the name of the gateway that stands in the certificate',
		`clawtalk config set gatewayUrl https://NAME${port === undefined || port === 443 ? '' : `:${port}`}`,
		'has-placeholders',
	);
	return tlsProblem({
		id: 'L05',
		slug: 'tls.name',
		title: 'The certificate is for another name',
		explanation: names.length > 0 ? `It is for ${listed(names)}.` : (trouble.message ?? 'It does not have the name that was asked for.'),
		evidence: trouble.evidence,
		fixes: [names.length > 0 ? {...use, shownApart: listed(names)} : use],
		rivals: [{id: 'L07', title: 'TLS is opened on the way', tellApart: 'the issuer of the certificate'}],
	});
};

function listed(names: readonly string[]): string {
	const shown = names.slice(0, 3).join(', ');
	return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** L06: expired or not yet valid, by the clock of this machine; the gateway's clock decides whether that is right. */
const expired: Rule = evidence => {
	const trouble = findTrouble(evidence, ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
	if (!trouble) return undefined;
	const early = trouble.code === 'CERT_NOT_YET_VALID';
	const clock = findLast(evidence, 'clock-reading');
	const skewMs = clock?.observation.skewMs;
	const common = {id: 'L06', slug: 'tls.expired'} as const;
	const indexes = clock ? [...trouble.evidence, clock.index] : trouble.evidence;
	if (trouble.certificate && skewMs !== undefined && isValidAt(trouble.certificate, Date.parse(evidence.at) - skewMs)) {
		return tlsProblem({
			...common,
			title: `The clock of this machine is wrong, so the certificate looks ${early ? 'not valid yet' : 'expired'}`,
			explanation: `By the clock of the other side the certificate is valid. The two are ${apart(skewMs)} apart.`,
			evidence: indexes,
			fixes: setClock,
		});
	}
	const agrees = skewMs !== undefined && Math.abs(skewMs) < 60_000;
	return tlsProblem({
		...common,
		confidence: agrees ? 'certain' : 'likely',
		title: `The certificate ${early ? 'is not valid yet' : 'has expired'}${validity(trouble, early)}`,
		explanation: agrees
			? 'The clocks here and there agree, so it is the certificate.'
			: `By the clock of this machine, that is: at ${evidence.at}. A wrong clock looks the same.`,
		evidence: indexes,
		fixes: agrees
			? [onGatewayHost('renew the certificate')]
			: [here('check the clock of this machine', 'date -u'), onGatewayHost('renew the certificate')],
		...(agrees ? {} : {rivals: [{id: 'A14', title: 'The clock of this machine is wrong', tellApart: 'compare it with another clock'}]}),
	});
};

function validity({certificate}: TlsTrouble, early: boolean): string {
	if (certificate === undefined) return '';
	return early ? ` (valid from ${certificate.validFrom})` : ` (valid until ${certificate.validTo})`;
}

function isValidAt({validFrom, validTo}: {readonly validFrom: string; readonly validTo: string}, ms: number): boolean {
	return Date.parse(validFrom) <= ms && ms <= Date.parse(validTo);
}

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
			here('if it is the same, forget the old one', `clawtalk trust reset ${urlForCommand(evidence.target, 'https')}`),
		],
	});
};

export const certificateRules: readonly Rule[] = [pinChanged, inspected, selfSigned, unknownIssuer, otherName, expired];
