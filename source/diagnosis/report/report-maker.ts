import {codes} from './known-codes.js';
import {knownWords} from './known-words.js';
import type {Pseudonyms} from './pseudonyms.js';
import type {Maker} from './rebuild.js';

/** What stands for a word that is not known. */
const omitted = '…';

/** Makes values that may be published: what is not known to be harmless is replaced. */
export function reportMaker(pseudonyms: Pseudonyms): Maker {
	const text = (value: string) => knownTextOf(value, pseudonyms);
	const makers: Readonly<Record<string, (value: string) => string | undefined>> = {
		text,
		code: value => (codes.has(value) ? value : 'OTHER'),
		address: value => pseudonyms.host(value.trim().slice(0, 300)),
		origin: value => originOf(value, pseudonyms),
		path: value => pathOf(value, pseudonyms),
		source: value => sourceOf(value, pseudonyms),
		time: value => (Number.isNaN(Date.parse(value)) ? undefined : new Date(value).toISOString()),
		version: value => (isVersion(value) ? value : '0.0.0'),
		row: value => (/^[A-Z]\d{2}$/.test(value) ? value : 'C00'),
		fingerprint: value => pseudonyms.other('fingerprint', value),
		'content-type': value => contentTypes.find(type => value.toLowerCase().startsWith(type)) ?? 'other/other',
		flags: value => variables.find(name => value.toUpperCase() === name) ?? text(value),
	};
	const headerOf = (name: string, value: string): string => {
		if (name === 'location') return locationOf(value, pseudonyms);
		if (name === 'cf-ray' || name === 'request-id') return omitted;
		// A moment: its time of day would look like an address.
		if (name === 'date') return Number.isNaN(Date.parse(value)) ? omitted : new Date(value).toUTCString();
		return text(value);
	};
	return {
		text: (type, value) => makers[type]?.(value),
		headers: value =>
			Object.fromEntries(
				headers.flatMap(name => {
					const given = value[name];
					if (given === undefined) return [];
					return [[name, headerOf(name, given)]];
				}),
			),
	};
}

const headers = [
	'allow',
	'server',
	'via',
	'www-authenticate',
	'proxy-authenticate',
	'cf-ray',
	'cf-mitigated',
	'retry-after',
	'date',
	'request-id',
	'location',
];
const contentTypes = ['application/json', 'text/html', 'text/plain', 'text/event-stream', 'application/octet-stream', 'text/xml'];

/** Variables whose value matters are written with it in the evidence. */
const variables = [
	...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_USE_ENV_PROXY', 'NODE_USE_ENV_PROXY=1', 'NODE_EXTRA_CA_CERTS'],
	...['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_TLS_REJECT_UNAUTHORIZED=0', 'NODE_OPTIONS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
	...[
		'--USE-OPENSSL-CA',
		'--USE-SYSTEM-CA',
		'--USE-BUNDLED-CA',
		'--USE-ENV-PROXY',
		'--DNS-RESULT-ORDER',
		'--NO-NETWORK-FAMILY-AUTOSELECTION',
	],
];

function isVersion(value: string): boolean {
	return /^v?\d{1,4}(?:\.\d{1,5}){1,2}(?:-(?:alpha|beta|rc|pre|dev)(?:[.-]?\d{1,4})?)?$/.test(value);
}

/** A host that cannot be read has no pseudonym to replay with; then it is a name like others. */
function originOf(value: string, pseudonyms: Pseudonyms): string {
	if (!URL.canParse(value)) return `http://${pseudonyms.host(value)}`;
	const {protocol, hostname, port} = new URL(value);
	const scheme = ['http:', 'https:', 'socks5:', 'socks5h:', 'socks:'].includes(protocol) ? protocol : 'http:';
	return `${scheme}//${pseudonyms.host(hostname)}${port === '' ? '' : `:${port}`}`;
}

const endpoints = ['/v1/chat/completions', '/v1/models', '/v1/responses', '/healthz', '/readyz', '/startupz', '/health', '/ready'];

/** The endpoint stays, what stands before it (the prefix of a proxy) does not. */
function pathOf(value: string, pseudonyms: Pseudonyms): string {
	if (value === '/' || value === '') return value;
	const endpoint = endpoints.find(known => value.endsWith(known)) ?? '';
	const before = value.slice(0, value.length - endpoint.length);
	return `${before === '' ? '' : `/${pseudonyms.other('path', before)}`}${endpoint}`;
}

function locationOf(value: string, pseudonyms: Pseudonyms): string {
	if (!URL.canParse(value)) return pathOf(value, pseudonyms);
	return `${originOf(value, pseudonyms)}${pathOf(new URL(value).pathname, pseudonyms)}`;
}

const sources = [
	...['--gateway', '--token', '--token-file', '--token-from', 'config.json', 'default', 'just typed'],
	...['CLAWTALK_GATEWAY_URL', 'OPENCLAW_GATEWAY_URL', 'CLAWTALK_GATEWAY_TOKEN', 'OPENCLAW_GATEWAY_TOKEN', 'OPENCLAW_GATEWAY_PASSWORD'],
];

function sourceOf(value: string, pseudonyms: Pseudonyms): string {
	if (sources.includes(value)) return value;
	return value.startsWith('profile ') ? `profile ${pseudonyms.other('profile', value)}` : 'elsewhere';
}

const ipv4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
/** Not a time of day, 12:34:56. */
const ipv6 = String.raw`(?<![\da-f:])(?!\d{1,2}:\d\d:\d\d(?![\da-f:]))[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}`;
const home = String.raw`(?<=/(?:home|Users)/)[^/\s"']+`;
const user = String.raw`[\w.+-]+(?=@)`;

/** Words of known messages and short numbers stay, names and addresses are replaced, everything else goes. */
function knownTextOf(value: string, pseudonyms: Pseudonyms): string {
	const real = pseudonyms.hosts().map(([name]) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	const hosts = real.length > 0 ? `(?<![\\w.-])(?<host>${real.join('|')})(?![\\w-])|` : '';
	const pattern = new RegExp(`${hosts}(?<address>${ipv4}|${ipv6})|(?<user>${home}|${user})|[\\p{L}\\p{M}\\p{N}_]+`, 'giu');
	const safe = value.slice(0, 2000).replace(pattern, (found, ...rest) => {
		const groups = rest.at(-1) as {host?: string; address?: string; user?: string};
		if (groups.host !== undefined || groups.address !== undefined) return pseudonyms.host(found);
		if (groups.user !== undefined) return pseudonyms.other('user', found);
		return isKnown(found) ? found : omitted;
	});
	return safe.replace(/…(?:[^\p{L}\p{N}\s]*…)+/gu, omitted).replace(/(?:… ){2,}/g, '… ');
}

function isKnown(found: string): boolean {
	return /^\d{1,5}$/.test(found) || codes.has(found) || knownWords.has(found.toLowerCase());
}
