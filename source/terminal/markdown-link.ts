/** An address that may become a link of the terminal. */
export interface LinkTarget {
	/** Printable ASCII only. */
	readonly href: string;
	/** Where it leads: a host in the form of the name system, or a mail address. */
	readonly place: string;
	/** It names a user, so that its beginning may look like another host. */
	readonly hasUser: boolean;
}

/** Browsers and terminals take no longer ones (VTE: 2083 bytes). */
const maxHrefLength = 2083;

/** The target of `http`, `https` and `mailto` addresses; of all others (files, programs, scripts, relative ones) none. */
export function linkTarget(address: string): LinkTarget | undefined {
	if (!/^(?:https?:\/\/|mailto:)/i.test(address) || !URL.canParse(address)) return undefined;
	const {href, host, protocol, username, pathname} = new URL(address);
	const place = protocol === 'mailto:' ? decodeMail(pathname) : host;
	if (place === '' || href.length > maxHrefLength || !/^[!-~]+$/.test(href)) return undefined;
	return {href, place, hasUser: username !== ''};
}

function decodeMail(pathname: string): string {
	return /^[\w.+%@-]+$/.test(pathname) ? pathname.replaceAll('%40', '@') : '';
}

/** Makes the text a link (OSC 8). The id says that the parts of a wrapped link are one. */
export function hyperlink({href}: LinkTarget, text: string): string {
	return `\u001B]8;id=${hashOf(href)};${href}\u001B\\${text}\u001B]8;;\u001B\\`;
}

/**
 * What to show behind a link's text, so that it cannot lie about where it leads: nothing when the text names the place, the whole
 * address when the text looks like another one, else the place.
 */
export function addressShown({href, place, hasUser}: LinkTarget, text: string): string | undefined {
	const named = text.toLowerCase().match(hostLike) ?? [];
	if (named.some(name => name !== place && `www.${name}` !== place && !place.startsWith(`${name}:`) && !place.endsWith(`@${name}`)))
		return href;
	if (hasUser) return place;
	return text.includes(place) ? undefined : place;
}

/** Names with a dot and a last part of letters, as hosts have them. Names of files look the same: they get the whole address, too. */
const hostLike = /(?:[\p{L}\d_-]+\.)+\p{L}{2,}(?::\d+)?/gu;

/** djb2, in base 36. */
function hashOf(text: string): string {
	let hash = 5381;
	for (let index = 0; index < text.length; index++) hash = (hash * 33 + text.charCodeAt(index)) >>> 0;
	return hash.toString(36);
}
