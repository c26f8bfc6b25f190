import {BlockList, isIP} from 'node:net';
import {classifyHost} from './address-class.js';

/** The variables that name proxies, a part of `process.env`. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy URL for requests to an origin, HTTP and WebSocket alike; undefined = direct.
 *
 * Hosts that are not public (loopback, private, link-local, 100.64/10, unique-local, `.local`, `.ts.net`, one label) are always
 * reached directly: a proxy could not reach them, and would be handed the token. For public hosts the profile's own proxy comes
 * first and has the last word; `HTTPS_PROXY` and `NO_PROXY` (either case) count for https only, so that plain http never goes
 * through a proxy the user did not name for this gateway.
 *
 * @param origin `http(s)://host[:port]`.
 * @param profileProxy The profile's `proxy` setting.
 */
export function proxyFor(origin: string, env: ProxyEnvironment, profileProxy?: string): string | undefined {
	const url = new URL(origin);
	if (classifyHost(url.hostname) !== 'public') return undefined;
	if (profileProxy !== undefined && profileProxy !== '') return withScheme(profileProxy);
	if (url.protocol !== 'https:') return undefined;
	const proxy = env['https_proxy'] || env['HTTPS_PROXY'];
	if (proxy === undefined || proxy === '') return undefined;
	const exceptions = env['no_proxy'] || env['NO_PROXY'] || '';
	return isExcepted(url, exceptions) ? undefined : withScheme(proxy);
}

function withScheme(proxy: string): string {
	return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** `NO_PROXY`: `*`, names (a name covers its subdomains, a leading dot or `*.` is the same), addresses, CIDR, each with a port or without. */
function isExcepted(url: URL, exceptions: string): boolean {
	const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
	const port = url.port || (url.protocol === 'https:' ? '443' : '80');
	return exceptions
		.split(/[\s,]+/)
		.filter(entry => entry !== '')
		.some(entry => entry === '*' || matches(entry.toLowerCase(), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
	if (entry.includes('/')) return isInSubnet(entry, host);
	const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
	if (withPort !== null && withPort[2] !== port) return false;
	const pattern = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
	return pattern !== '' && (host === pattern || (isIP(host) === 0 && host.endsWith(`.${pattern}`)));
}

function isInSubnet(entry: string, host: string): boolean {
	const [network = '', prefix = ''] = entry.split('/');
	const family = isIP(network);
	if (family === 0 || isIP(host) !== family || !/^\d+$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
	return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
