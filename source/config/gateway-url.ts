import {type AddressClass, classifyHost} from '../network/address-class.js';
import {quoted, shown} from './shown.js';
import {hostProblem, portProblem} from './url-authority.js';

/** Where clawtalk looks when nothing says where the gateway is. */
export const defaultGatewayUrl = 'http://127.0.0.1:18789';

/** What is wrong with a URL, or worth a look. */
export interface UrlFinding {
	/** Row of the diagnosis matrix, e.g. `C10`. */
	readonly row: string;
	readonly message: string;
	/** A URL that would work, when one is certain. */
	readonly suggestion?: string;
}

export type GatewayUrl =
	| {
			readonly ok: true;
			/** `http(s)://host[:port]`. */
			readonly origin: string;
			/** `''` or `/prefix` of a reverse proxy. */
			readonly basePath: string;
			readonly addressClass: AddressClass;
			/** What was corrected, one phrase each. */
			readonly corrections: readonly string[];
			readonly warnings: readonly UrlFinding[];
	  }
	| {readonly ok: false; readonly finding: UrlFinding};

/**
 * Reads a gateway URL as people type it, offline. Corrects what has one meaning and says so; refuses what has none. No message
 * contains user info, a query or a fragment, which may hold a token.
 */
export function readGatewayUrl(text: string): GatewayUrl {
	const corrections: string[] = [];
	const cleaned = withoutWrapping(text, corrections);
	const finding = strayCharacters(cleaned) ?? secretInside(cleaned);
	if (finding) return {ok: false, finding};
	const complete = withScheme(cleaned, corrections);
	if (typeof complete !== 'string') return {ok: false, finding: complete};
	const authority = /^https?:\/\/([^/?#]*)/.exec(complete)?.[1] ?? '';
	const bad = hostProblem(authority) ?? portProblem(authority);
	if (bad) return {ok: false, finding: bad};
	if (!URL.canParse(complete)) {
		return {ok: false, finding: stopped('C05', `${quoted(complete)} is no URL. Write it as http://HOST:PORT or https://HOST`)};
	}
	return readParts(new URL(complete), corrections);
}

function readParts(url: URL, corrections: string[]): GatewayUrl {
	const addressClass = classifyHost(url.hostname);
	if (addressClass === 'unspecified') {
		const suggestion = url.origin.replace(url.hostname, '127.0.0.1');
		return {
			ok: false,
			finding: {
				...stopped('C18', `${url.hostname} is an address to listen on, not to connect to. On this machine: ${suggestion}`),
				suggestion,
			},
		};
	}
	const basePath = prefixOf(url.pathname);
	if (url.pathname.replace(/\/+$/, '') !== basePath || url.search || url.hash) {
		corrections.push(`the path after ${shown(url.origin + basePath)} was left out; clawtalk adds its own`);
	}
	return {ok: true, origin: url.origin, basePath, addressClass, corrections, warnings: warningsAbout(url, addressClass)};
}

/** Removes outer white space and quotes (C14). */
function withoutWrapping(text: string, corrections: string[]): string {
	const trimmed = text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
	if (trimmed !== text) corrections.push('white space around the URL was removed');
	const unquoted = trimmed.replace(/^["'`“”‘’«»]+|["'`“”‘’«»]+$/gu, '').trim();
	if (unquoted !== trimmed) corrections.push('quotes around the URL were removed');
	return unquoted;
}

function strayCharacters(text: string): UrlFinding | undefined {
	if (text === '') return stopped('C05', 'is empty. Write it as http://HOST:PORT or https://HOST');
	const stray = /[\s\p{Cc}\p{Cf}"'`“”‘’«»<>\\^{|}]/u.exec(text)?.[0];
	if (stray === undefined) return undefined;
	return stopped('C14', `has a stray character (${stray === ' ' ? 'a space' : quoted(stray)}) inside. Write it again without it`);
}

/** User info (C12) and tokens in the query or fragment (C13): never quoted. */
function secretInside(text: string): UrlFinding | undefined {
	const authority = text.replace(/^[a-z][a-z\d+.-]*:\/\/|^\/\//i, '').split(/[/?#]/, 1)[0] ?? '';
	if (authority.includes('@')) {
		return stopped('C12', 'has a user name or password inside. Remove it and store the token with: clawtalk config set gatewayToken');
	}
	if (!/[?#&](?:[^=&#]*(?:token|password|secret|auth|key))[^=&#]*=/i.test(text)) return undefined;
	const advice = 'Remove it, store it with: clawtalk config set gatewayToken';
	return stopped('C13', `has a token inside, where proxies and logs can see it. ${advice} — and renew it if the URL was used`);
}

/** Adds or replaces the scheme where that has one meaning (C05, C06, C07). */
function withScheme(text: string, corrections: string[]): string | UrlFinding {
	const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
	const rest = scheme === undefined ? text.replace(/^\/\//, '') : text.slice(scheme.length + 3);
	if (scheme === 'http' || scheme === 'https') return `${scheme}://${rest}`;
	if (scheme === 'ws' || scheme === 'wss') {
		const replacement = scheme === 'ws' ? 'http' : 'https';
		corrections.push(`${scheme}:// was read as ${replacement}:// (the same port serves both)`);
		return `${replacement}://${rest}`;
	}
	if (scheme !== undefined) return stopped('C06', `starts with ${scheme}://; a gateway is reached by http:// or https://`);
	const slashes = /^(https?):\/?(?=[^/\d]|\d+\.)/i.exec(text);
	if (slashes) {
		corrections.push('"//" was added after the scheme');
		return `${slashes[1]?.toLowerCase()}://${text.slice(slashes[0].length)}`;
	}
	return schemeFor(rest, corrections);
}

function schemeFor(rest: string, corrections: string[]): string | UrlFinding {
	const authority = rest.split(/[/?#]/, 1)[0] ?? '';
	const bad = hostProblem(authority) ?? portProblem(authority);
	if (bad) return bad;
	const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
	const addressClass = URL.canParse(`http://${authority}`) ? classifyHost(new URL(`http://${authority}`).hostname) : 'public';
	const row = /^[a-z]/i.test(host) && port !== undefined ? 'C06' : 'C05';
	const scheme = port === '443' || (addressClass === 'tailnet-name' && port === undefined) || addressClass === 'public' ? 'https' : 'http';
	if (addressClass !== 'public' && port !== undefined) {
		corrections.push(`${scheme}:// was added`);
		return `${scheme}://${rest}`;
	}
	const suggestion = `${scheme}://${authority}${scheme === 'http' && port === undefined ? ':18789' : ''}`;
	return {row, suggestion, message: `${quoted(authority)} has no scheme. Write it whole, for example ${shown(suggestion)}`};
}

/** The part of a path that is a reverse proxy's prefix: everything before the gateway's own paths (C08). */
function prefixOf(path: string): string {
	const own = /\/(?:v1|healthz?|readyz?|chat|ws)(?:\/.*)?$/i.exec(path);
	return (own ? path.slice(0, own.index) : path).replace(/\/+$/, '');
}

function warningsAbout(url: URL, addressClass: AddressClass): readonly UrlFinding[] {
	const warnings: UrlFinding[] = [];
	if (url.protocol === 'http:' && url.port === '' && addressClass !== 'public') {
		const suggestion = `${url.origin}:18789`;
		warnings.push({row: 'C09', suggestion, message: `names no port, so port 80 is used. Gateways usually listen on ${suggestion}`});
	}
	if (url.protocol === 'https:' && /^[\d.]+$|^\[/.test(url.hostname) && addressClass !== 'loopback') {
		warnings.push({row: 'C20', message: 'is https to an IP address. Certificates are usually issued for names: use the name of the host'});
	}
	return warnings;
}

function stopped(row: string, message: string): UrlFinding {
	return {row, message};
}
