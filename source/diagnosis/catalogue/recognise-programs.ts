import type {NetworkFailure, Observation} from '../evidence.js';
import {chromium, firefox} from './recognise-browsers.js';
import {failureOf, type Sighting, type Weight, weights} from './sighting.js';
import {type Place, readPlace, urlIn, usablePort} from './text-source.js';

/** What a line of another program means: an error code in a phase, or a row. */
export interface Meaning {
	readonly pattern: RegExp;
	readonly code?: string;
	readonly phase?: NetworkFailure['phase'];
	readonly id?: string;
	/** Set when the program gave up waiting for an answer: milliseconds, where its words do not say how long. */
	readonly timeoutMs?: number;
	readonly weight?: Weight;
	readonly scheme?: 'https';
}

const https = {phase: 'tls', scheme: 'https'} as const;
/** The phase in which the connection stands and no answer comes. */
const cutRequest = {phase: 'request'} as const;

/** curl 7 and 8. `curl: (7) Failed to connect to HOST port N …`: newer ones say "Could not connect" for every cause. */
const curl: readonly Meaning[] = [
	{pattern: /^curl: \(7\).*No route to host/i, code: 'EHOSTUNREACH', phase: 'connect'},
	{pattern: /^curl: \(7\).*Network is unreachable/i, code: 'ENETUNREACH', phase: 'connect'},
	{pattern: /^curl: \(7\)/, code: 'ECONNREFUSED', phase: 'connect'},
	{pattern: /^curl: \(6\)/, code: 'ENOTFOUND', phase: 'lookup'},
	{pattern: /^curl: \(5\)/, id: 'N13'},
	{pattern: /^curl: \(28\).*(?:Operation timed out|with 0 bytes received)/i, ...cutRequest, timeoutMs: 0},
	{pattern: /^curl: \(28\)/, code: 'ETIMEDOUT', phase: 'connect'},
	{
		pattern: /^curl: \(35\).*(?:wrong version number|packet length too long|unknown protocol)/i,
		code: 'ERR_SSL_WRONG_VERSION_NUMBER',
		...https,
	},
	{pattern: /^curl: \(35\).*reset by peer/i, code: 'ECONNRESET', ...cutRequest, scheme: 'https'},
	{pattern: /^curl: \(35\)/, code: 'ERR_SSL_HANDSHAKE_FAILURE', ...https},
	{pattern: /^curl: \(52\)/, code: 'UND_ERR_SOCKET', ...cutRequest},
	{pattern: /^curl: \(56\).*(?:CONNECT tunnel failed|proxy)/i, id: 'N13'},
	{pattern: /^curl: \(56\)/, code: 'ECONNRESET', ...cutRequest},
	{pattern: /^curl: \(60\).*expired/i, code: 'CERT_HAS_EXPIRED', ...https},
	{pattern: /^curl: \(60\).*self[- ]signed certificate in/i, code: 'SELF_SIGNED_CERT_IN_CHAIN', ...https},
	{pattern: /^curl: \(60\).*self[- ]signed/i, code: 'DEPTH_ZERO_SELF_SIGNED_CERT', ...https},
	{pattern: /^curl: \(60\).*(?:no alternative certificate|does not match)/i, code: 'ERR_TLS_CERT_ALTNAME_INVALID', ...https},
	{pattern: /^curl: \(60\)/, code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ...https},
	{pattern: /^curl: \((?:18|92)\)/, id: 'S04'},
	{pattern: /^curl: \(1\).*HTTP\/0\.9/i, code: 'HPE_INVALID_CONSTANT', ...cutRequest},
];

/** The system's own words, as ssh, Go programs (Tailscale, cloudflared), Python and many logs print them. */
const systemWords: readonly Meaning[] = [
	{pattern: /\bconnect(?:ion)? (?:failed: )?(?:Connection )?refused\b|\bConnectionRefusedError\b/i, code: 'ECONNREFUSED', phase: 'connect'},
	{pattern: /\b(?:No route to host|host is unreachable)\b/i, code: 'EHOSTUNREACH', phase: 'connect'},
	{pattern: /\bNetwork is unreachable\b/i, code: 'ENETUNREACH', phase: 'connect'},
	{pattern: /\b(?:Connection timed out|i\/o timeout|connect timeout)\b/i, code: 'ETIMEDOUT', phase: 'connect'},
	{pattern: /\bno such host\b|\bName or service not known\b|\bCould not resolve host(?:name)?\b/i, code: 'ENOTFOUND', phase: 'lookup'},
	{pattern: /\bTemporary failure in name resolution\b/i, code: 'EAI_AGAIN', phase: 'lookup'},
	{pattern: /\bConnection reset by peer\b|\bsocket hang up\b|\bother side closed\b/i, code: 'ECONNRESET', ...cutRequest},
	{pattern: /\bx509: certificate signed by unknown authority\b/i, code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ...https},
	{pattern: /\bx509: certificate has expired\b/i, code: 'CERT_HAS_EXPIRED', ...https},
	{pattern: /\bclient sent an HTTP request to an HTTPS server\b|\bplain HTTP request was sent to HTTPS port\b/i, id: 'L01'},
	{pattern: /\bserver gave HTTP response to HTTPS client\b/i, code: 'ERR_SSL_WRONG_VERSION_NUMBER', ...https},
	{pattern: /\bself[- ]signed certificate in\b/i, code: 'SELF_SIGNED_CERT_IN_CHAIN', ...https},
	{pattern: /\bself[- ]signed certificate\b/i, code: 'DEPTH_ZERO_SELF_SIGNED_CERT', ...https},
	{
		pattern: /\b(?:unable to get local issuer certificate|unable to verify the first certificate)\b/i,
		code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		...https,
	},
];

/** An ssh client, and nothing else, speaks of channels: the near end of the tunnel stands, its far end does not. */
const deadTunnel = /\bchannel \d{1,6}: open failed: connect failed\b/;

/** Lines of curl, browsers, ssh, and of programs that print the words of the system. */
export function recognisePrograms(lines: readonly string[]): readonly Sighting[] {
	return lines.flatMap(line => {
		if (deadTunnel.test(line)) return [tunnelSighting(line)];
		const meaning = [...curl, ...chromium, ...firefox, ...systemWords].find(({pattern}) => pattern.test(line));
		return meaning ? [sightingOf(line, meaning)] : [];
	});
}

function sightingOf(line: string, {id, code, phase, timeoutMs, scheme, weight}: Meaning): Sighting {
	const named = placeIn(line);
	if (id !== undefined) return {line, weight: weight ?? weights.coded, id, ...(named ? {place: named} : {})};
	if (phase === undefined) return {line, weight: weights.coded};
	const place = named && (scheme ? {...named, scheme} : named);
	const address = phase === 'connect' && place?.port !== undefined ? {address: place.host, port: place.port} : {};
	const attempts = code === undefined ? [] : [{code, ...address, message: code}];
	return {
		line,
		weight: place ? weights.located : weights.coded,
		...(place ? {place} : {}),
		observations: [failureOf({phase, attempts, ...(timeoutMs === undefined ? {} : {timeoutMs: waitedMs(line) ?? timeoutMs})})],
	};
}

/** `Operation timed out after 10001 milliseconds`. */
function waitedMs(line: string): number | undefined {
	const told = /\bafter (\d{1,8}) (?:ms|milliseconds)\b/.exec(line)?.[1];
	return told === undefined ? undefined : Number(told);
}

/** `HOST port N`, `dial tcp HOST:N`, `resolve host: HOST`, or a URL. */
function placeIn(line: string): Place | undefined {
	const apart = /\bto ([A-Za-z0-9][A-Za-z0-9.:_-]{0,252}) port (\d{1,5})\b/.exec(line);
	const port = usablePort(apart?.[2]);
	if (apart?.[1] !== undefined && port !== undefined) return {host: apart[1], port};
	const dialled = /\b(?:dial tcp|connect to|connecting to) (\S{3,260})/i.exec(line)?.[1];
	const place = dialled === undefined ? undefined : readPlace(dialled.replace(/[:,;]+$/, ''));
	if (place) return place;
	const name = /\b(?:resolve host(?:name)?:?|lookup) ([A-Za-z0-9][A-Za-z0-9._-]{0,252})/i.exec(line)?.[1];
	return name === undefined ? urlIn(line) : {host: name.replace(/[.:]+$/, ''), port: 18789};
}

/** The line does not say which port here ssh forwards. */
function tunnelSighting(line: string): Sighting {
	const listener: Observation = {kind: 'listener-look', layer: 'tcp', atMs: 0, port: 0, addresses: ['127.0.0.1'], program: 'ssh'};
	return {
		line,
		weight: weights.named,
		addressClass: 'loopback',
		observations: [listener, failureOf({phase: 'request', attempts: [{code: 'ECONNRESET', message: 'closed'}], bytesRead: 0})],
	};
}
