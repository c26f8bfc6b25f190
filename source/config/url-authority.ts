import {isIPv6} from 'node:net';
import type {UrlFinding} from './gateway-url.js';
import {quoted} from './shown.js';

/** Ports that fetch refuses without a packet ("bad port"): the WHATWG fetch standard, section 2.9, port blocking. */
const blockedPorts = new Set([
	1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
	119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
	989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** An IPv6 address without brackets or with a zone (C10), or no host at all. `authority` is `host[:port]` as typed. */
export function hostProblem(authority: string): UrlFinding | undefined {
	if (authority === '' || authority.startsWith(':')) {
		if (authority.startsWith('::')) return unbracketed(authority);
		return {row: 'C05', message: 'names no host. Write it as http://HOST:PORT or https://HOST'};
	}
	if (authority.includes('%') && authority.includes(':')) {
		return {row: 'C10', message: `${quoted(authority)} has an IPv6 zone, which URLs cannot carry. Use the host's name or its IPv4 address`};
	}
	if (authority.startsWith('[')) {
		const address = /^\[([^\]]*)\](?::.*)?$/.exec(authority)?.[1];
		if (address !== undefined && isIPv6(address)) return undefined;
		return {row: 'C10', message: `${quoted(authority)} is no IPv6 address in brackets. Write it as http://[::1]:18789`};
	}
	return authority.indexOf(':') === authority.lastIndexOf(':') ? undefined : unbracketed(authority);
}

function unbracketed(authority: string): UrlFinding {
	const [, address = '', port] = /^(.*):(\d{4,5})$/.exec(authority) ?? [];
	const suggestion = isIPv6(address) ? `http://[${address}]:${port}` : isIPv6(authority) ? `http://[${authority}]:18789` : undefined;
	const message = `${quoted(authority)} is an IPv6 address without brackets. Write it as ${suggestion ?? 'http://[ADDRESS]:PORT'}`;
	return {row: 'C10', message, ...(suggestion ? {suggestion} : {})};
}

/** A port that no connection can be made to (C11). */
export function portProblem(authority: string): UrlFinding | undefined {
	const port = /^(?:\[[^\]]*\]|[^:]*):(.*)$/.exec(authority)?.[1];
	if (port === undefined) return undefined;
	const number = Number(port);
	if (!/^\d+$/.test(port) || number < 1 || number > 65_535) {
		return {
			row: 'C11',
			message: `port ${quoted(port)} is not usable. A port is a number from 1 to 65535; gateways usually listen on 18789`,
		};
	}
	if (!blockedPorts.has(number)) return undefined;
	const message = `port ${number} is refused by the HTTP client (it belongs to another protocol). Let the gateway listen on another one`;
	return {row: 'C11', message};
}
