import {classifyHost} from '../../network/address-class.js';
import type {Meaning} from './recognise-programs.js';
import {failureOf, type Sighting, weights} from './sighting.js';
import {readPlace, urlIn} from './text-source.js';

const https = {phase: 'tls', scheme: 'https'} as const;
/** The phase in which the connection stands and no answer comes. */
const cutRequest = {phase: 'request'} as const;
const connect = {phase: 'connect'} as const;
const lookup = {phase: 'lookup'} as const;

/** Chromium's codes, also in Electron; see chrome://network-errors. */
export const chromium: readonly Meaning[] = [
	{pattern: /\bERR_CONNECTION_REFUSED\b/, code: 'ECONNREFUSED', ...connect},
	{pattern: /\bERR_(?:CONNECTION_)?TIMED_OUT\b/, code: 'ETIMEDOUT', ...connect},
	{pattern: /\bERR_ADDRESS_UNREACHABLE\b/, code: 'EHOSTUNREACH', ...connect},
	{pattern: /\bERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED)\b/, code: 'ENETDOWN', ...connect},
	{pattern: /\bERR_NAME_NOT_RESOLVED\b|\bDNS_PROBE_FINISHED_NXDOMAIN\b/, code: 'ENOTFOUND', ...lookup},
	{pattern: /\bDNS_PROBE_[A-Z_]{4,40}\b/, code: 'EAI_AGAIN', ...lookup},
	{pattern: /\bERR_(?:CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)\b/, code: 'ECONNRESET', ...cutRequest},
	{pattern: /\bERR_INVALID_HTTP_RESPONSE\b/, code: 'HPE_INVALID_CONSTANT', ...cutRequest},
	{pattern: /\bERR_CERT_AUTHORITY_INVALID\b/, code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ...https},
	{pattern: /\bERR_CERT_DATE_INVALID\b/, code: 'CERT_HAS_EXPIRED', ...https},
	{pattern: /\bERR_CERT_COMMON_NAME_INVALID\b/, code: 'ERR_TLS_CERT_ALTNAME_INVALID', ...https},
	{pattern: /\bERR_SSL_(?:PROTOCOL_ERROR|VERSION_OR_CIPHER_MISMATCH)\b/, code: 'ERR_SSL_WRONG_VERSION_NUMBER', ...https},
	{pattern: /\bERR_UNSAFE_PORT\b/, id: 'C11'},
	{pattern: /\bERR_(?:PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED)\b/, id: 'N13'},
	{pattern: /\bERR_INCOMPLETE_CHUNKED_ENCODING\b/, id: 'S04'},
];

export const firefox: readonly Meaning[] = [
	{pattern: /\b(?:MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT)\b/, code: 'DEPTH_ZERO_SELF_SIGNED_CERT', ...https},
	{pattern: /\bSEC_ERROR_(?:UNKNOWN_ISSUER|UNTRUSTED_ISSUER)\b/, code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ...https},
	{pattern: /\bMOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE\b/, code: 'CERT_NOT_YET_VALID', ...https},
	{pattern: /\bSEC_ERROR_EXPIRED_CERTIFICATE\b/, code: 'CERT_HAS_EXPIRED', ...https},
	{pattern: /\bSSL_ERROR_BAD_CERT_DOMAIN\b/, code: 'ERR_TLS_CERT_ALTNAME_INVALID', ...https},
	{pattern: /\bSSL_ERROR_[A-Z_]{3,60}\b/, code: 'ERR_SSL_WRONG_VERSION_NUMBER', ...https},
	{pattern: /\bPR_CONNECT_RESET_ERROR\b|\bNS_ERROR_NET_(?:RESET|INTERRUPT)\b/, code: 'ECONNRESET', ...cutRequest},
	{pattern: /\bNS_ERROR_CONNECTION_REFUSED\b/, code: 'ECONNREFUSED', ...connect},
	{pattern: /\bNS_ERROR_UNKNOWN_HOST\b/, code: 'ENOTFOUND', ...lookup},
];

/** The server as a page of a browser names it: mostly without its port. The group is the name. */
const server = String.raw`["“]?([\w.:[\]-]{1,253}?)["”]?`;
const page = (words: string) => new RegExp(words.replaceAll('SERVER', () => server).replaceAll("'", "[’']"), 'i');

/** Pages of Chromium, Firefox and Safari in English, as they stand in the window. */
const pages: readonly Meaning[] = [
	{pattern: page(String.raw`(?:^|\s)SERVER refused to connect\b`), code: 'ECONNREFUSED', ...connect},
	{pattern: page(String.raw`(?:^|\s)SERVER (?:took|is taking) too long to respond\b`), code: 'ETIMEDOUT', ...connect},
	{
		pattern: page(String.raw`(?:^|\s)SERVER's (?:server IP address|DNS address) could(?: not|n't) be found\b`),
		code: 'ENOTFOUND',
		...lookup,
	},
	{
		pattern: page(String.raw`(?:^|\s)SERVER (?:didn't send any data|unexpectedly closed the connection)\b`),
		code: 'ECONNRESET',
		...cutRequest,
	},
	{pattern: page(String.raw`(?:^|\s)SERVER sent an invalid response\b`), code: 'ERR_SSL_WRONG_VERSION_NUMBER', ...https},
	{
		pattern: page(String.raw`\bcan't (?:establish a connection to|connect to) the server(?: at)? SERVER\.?(?=\s|$|,)`),
		code: 'ECONNREFUSED',
		...connect,
	},
	{pattern: page(String.raw`\b(?:can't|cannot) (?:find|connect to) the server(?: at)? SERVER\.?(?=\s|$|,)`), code: 'ENOTFOUND', ...lookup},
	{pattern: page(String.raw`\bSafari can't connect to the server\b`), code: 'ECONNREFUSED', ...connect},
	{pattern: page('\\bhaving trouble finding that site\\b'), code: 'ENOTFOUND', ...lookup},
	{pattern: /\bThe connection to the server was reset\b/i, code: 'ECONNRESET', ...cutRequest},
	{
		pattern: page(String.raw`\b(?:your|this) connection is(?: not|n't) private\b|\bPotential Security Risk Ahead\b`),
		code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		...https,
	},
];

/** Pages that a browser shows in the place of the gateway's. What is not on the page, such as the port, stays unknown. */
export function recognisePages(lines: readonly string[]): readonly Sighting[] {
	return lines.flatMap((line): readonly Sighting[] => {
		// A script of a page says it of a WebSocket, with nothing of its cause.
		if (/\bwss?:\/\//i.test(line)) return [];
		const meaning = pages.find(({pattern}) => pattern.test(line));
		if (!meaning?.phase) return [];
		const {pattern, code = '', phase, scheme} = meaning;
		const named = pattern.exec(line)?.[1] ?? '';
		const looked = phase === 'lookup' && /[a-z]/i.test(named) ? {host: named, port: 18789} : undefined;
		const found = readPlace(named) ?? urlIn(line) ?? looked;
		const place = found && (scheme ? {...found, scheme} : found);
		const address = phase === 'connect' && place?.port !== undefined ? {address: place.host, port: place.port} : {};
		return [
			{
				line,
				weight: place ? weights.located : weights.coded,
				...(place ? {place} : {isBare: true, ...(named === '' ? {} : {addressClass: classifyHost(named)})}),
				observations: [failureOf({phase, attempts: [{code, ...address, message: code}]})],
			},
		];
	});
}
