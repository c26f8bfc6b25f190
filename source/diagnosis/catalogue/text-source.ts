/** The longest text that is looked at; what is longer is cut at the front, because the cause of a log stands near its end. */
export const longestText = 262_144;
const longestLine = 2000;
const mostLines = 4000;

/**
 * A pasted text as lines, bounded: neither the number nor the length of lines can make the recognisers slow. Control characters must
 * be gone already. Colours that lost their escape character (`[31m`) go here.
 */
export function linesOf(text: string): readonly string[] {
	return text
		.slice(-longestText)
		.split('\n')
		.slice(-mostLines)
		.map(line =>
			line
				.slice(0, longestLine)
				.replace(/\[[0-9;]{0,12}m/g, '')
				.trim(),
		)
		.filter(line => line !== '');
}

/** A host as it may stand in a URL and in a command: a name, an IPv4 address, or an IPv6 address in brackets or bare. */
const host = String.raw`\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?`;
const hostAndPort = new RegExp(`^(${host}):(\\d{1,5})$`);
const urlInText = new RegExp(String.raw`\b(https?|wss?):\/\/(?:[^\s/@"'<>]{1,200}@)?(${host})(?::(\d{1,5}))?(?![\w.@-])`, 'i');

export interface Place {
	readonly host: string;
	readonly port?: number;
	/** Set when the text named it. */
	readonly scheme?: 'http' | 'https';
}

/** `100.64.0.7:18789`, `[::1]:18789`, and `::1:18789` as Node writes it; undefined for anything else. */
export function readPlace(text: string): Place | undefined {
	const found = hostAndPort.exec(text);
	const name = found?.[1]?.replace(/^\[|\]$/g, '');
	const port = usablePort(found?.[2]);
	return name === undefined || port === undefined ? undefined : {host: name, port};
}

/** The first http or WebSocket URL of a line, without path, query and user name. */
export function urlIn(line: string): Place | undefined {
	const found = urlInText.exec(line);
	if (!found) return undefined;
	const scheme = /^(?:https|wss)$/i.test(found[1] ?? '') ? 'https' : 'http';
	const port = usablePort(found[3]);
	return {host: (found[2] ?? '').replace(/^\[|\]$/g, ''), scheme, ...(port === undefined ? {} : {port})};
}

export function usablePort(text: string | undefined): number | undefined {
	const port = Number(text);
	return text !== undefined && Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
}

/** `http://[::1]:18789`. */
export function originOf({host: name, port, scheme = 'http'}: Place): string {
	const bracketed = name.includes(':') ? `[${name}]` : name;
	return `${scheme}://${bracketed}${port === undefined ? '' : `:${port}`}`;
}
