import {classifyHost} from '../../network/address-class.js';
import type {FailedAttempt, NetworkFailure} from '../evidence.js';
import {failureOf, type Sighting, weights} from './sighting.js';
import {type Place, readPlace, urlIn} from './text-source.js';

/** System and library error codes by the phase of a request in which Node gives them. */
const phases: Readonly<Record<string, NetworkFailure['phase']>> = {
	...phase('lookup', 'ENOTFOUND ENODATA EAI_AGAIN EAI_FAIL ESERVFAIL'),
	...phase('connect', 'ECONNREFUSED ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN EADDRNOTAVAIL EACCES EPERM UND_ERR_CONNECT_TIMEOUT'),
	...phase(
		'request',
		'ECONNRESET ECONNABORTED EPIPE UND_ERR_SOCKET UND_ERR_HEADERS_TIMEOUT HPE_INVALID_CONSTANT HPE_INVALID_HEADER_TOKEN HTTPParserError',
	),
	...phase('body', 'UND_ERR_BODY_TIMEOUT'),
	...phase('tls', 'EPROTO DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
	...phase('tls', 'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_HAS_EXPIRED CERT_NOT_YET_VALID'),
	...phase('tls', 'ERR_TLS_CERT_ALTNAME_INVALID ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_PACKET_LENGTH_TOO_LONG ERR_SSL_HTTP_REQUEST'),
};

function phase(name: NetworkFailure['phase'], codes: string): Record<string, NetworkFailure['phase']> {
	return Object.fromEntries(codes.split(' ').map(code => [code, name]));
}

/** `connect ECONNREFUSED 100.64.0.7:18789`, `getaddrinfo ENOTFOUND box.example`, `code: 'UND_ERR_SOCKET'`. */
const errorInText =
	/\b(?:(connect|read|write|getaddrinfo|queryA{1,4}|bind|listen) )?([A-Z][A-Z0-9_]{3,40}|HTTPParserError)\b(?::? (\S{2,260}))?/g;
/** What a program says when a server socket cannot be opened: about itself, not about a connection. */
const ofListener = new Set(['bind', 'listen']);

interface Mention {
	readonly line: string;
	readonly attempt: FailedAttempt;
	readonly place?: Place;
}

/** Error codes of Node, with all the addresses that one code was met for: an AggregateError names one a line. */
export function recogniseErrors(lines: readonly string[]): readonly Sighting[] {
	const groups = new Map<string, Mention[]>();
	for (const mention of lines.flatMap(mentionsIn)) {
		const key = `${mention.attempt.code} ${mention.place ? classifyHost(mention.place.host) : ''}`;
		groups.set(key, [...(groups.get(key) ?? []), mention]);
	}
	const located = new Set([...groups.values()].flat().flatMap(({attempt, place}) => (place ? [attempt.code] : [])));
	return [...groups.values()]
		.filter(([first]) => first?.place !== undefined || !located.has(first?.attempt.code))
		.flatMap(mentions => sightingOf(mentions, lines));
}

function mentionsIn(line: string): Mention[] {
	return [...line.matchAll(errorInText)].flatMap(([, syscall, code = '', rest = '']) => {
		if (phases[code] === undefined || (syscall !== undefined && ofListener.has(syscall))) return [];
		if (/^(?:EACCES|EPERM)$/.test(code) && syscall !== 'connect') return [];
		const found = placeOfError(code, rest, line);
		const attempt: FailedAttempt = {
			code,
			...(syscall === undefined ? {} : {syscall}),
			...(code === 'HTTPParserError' ? {name: code} : {}),
			...(phases[code] === 'connect' && found?.port !== undefined && isAddress(found.host) ? {address: found.host, port: found.port} : {}),
			message: code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? nameMismatch(line) : code,
		};
		return [{line, attempt, ...(found ? {place: found} : {})}];
	});
}

function placeOfError(code: string, rest: string, line: string): Place | undefined {
	const address = readPlace(rest.replace(/[,;)'"\]]+$/, '').replace(/^[('"]/, ''));
	if (address) {
		const url = urlIn(line);
		return url?.port === address.port && url ? url : phases[code] === 'tls' ? {...address, scheme: 'https'} : address;
	}
	if (phases[code] === 'lookup' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(rest)) return {host: rest, port: 18789};
	return urlIn(line);
}

function isAddress(host: string): boolean {
	return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** Node's own words name the host and the names in the certificate. */
function nameMismatch(line: string): string {
	return (
		/Hostname\/IP does not match certificate's altnames:? ?(.{0,200})/.exec(line)?.[0] ?? 'The name asked for is not in the certificate.'
	);
}

/** Codes that only a question meets, which takes long or is written onto a connection that is gone already. */
const ofQuestion: Readonly<Record<string, string>> = {UND_ERR_HEADERS_TIMEOUT: 'S06', EPIPE: 'S11'};

function sightingOf(mentions: readonly Mention[], lines: readonly string[]): Sighting[] {
	const [first] = mentions;
	const phaseOfCode = phases[first?.attempt.code ?? ''];
	if (first === undefined || phaseOfCode === undefined) return [];
	if (phaseOfCode === 'request' && lines.some(line => /\bterminated\b/.test(line))) {
		return [{line: first.line, weight: weights.coded, id: 'S04'}];
	}
	const byExample = phaseOfCode === 'request' ? ofQuestion[first.attempt.code ?? ''] : undefined;
	if (byExample !== undefined) return [{line: first.line, weight: weights.coded, id: byExample}];
	const {place} = first;
	const attempts = uniqueAttempts(mentions.map(({attempt}) => attempt));
	return [
		{
			line: first.line,
			weight: place ? weights.located : weights.coded,
			...(place ? {place: phaseOfCode === 'tls' ? {...place, scheme: 'https' as const} : place} : {}),
			observations: [failureOf({phase: phaseOfCode, attempts})],
		},
	];
}

function uniqueAttempts(attempts: readonly FailedAttempt[]): readonly FailedAttempt[] {
	return [...new Map(attempts.map(attempt => [`${attempt.address}:${attempt.port}`, attempt])).values()].slice(0, 8);
}
