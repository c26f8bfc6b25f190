/**
 * Invented names in the place of real ones: the same one for the same thing, of the same kind, so that a report explains the same. An
 * address gets another of its class and family; a name keeps what says where it lives (`.ts.net`, `.local`, no dot, a dot).
 */
export interface Pseudonyms {
	/** For a host name or an address, with or without brackets. */
	host(real: string): string;
	/** For anything else that is told apart by a word: `user-1`, `profile-2`. */
	other(kind: 'user' | 'profile' | 'path' | 'fingerprint' | 'file', real: string): string;
	/** Every real host seen so far with its invented one, the longest first. */
	hosts(): ReadonlyArray<readonly [real: string, invented: string]>;
	/** What the addresses stand for: `lan-2` = `10.0.0.2`. */
	legend(): Readonly<Record<string, string>>;
}

interface Class {
	/** As in the legend. */
	readonly word: string;
	readonly matches: RegExp;
	readonly invent: (count: number) => string;
}

const v4 = (prefix: string) => (count: number) => `${prefix}${Math.floor(count / 250)}.${(count % 250) + 1}`;

/** In order; ranges of documentation (RFC 5737, RFC 3849) stand for the internet. Loopback and "any" name nobody and stay. */
const addresses: readonly Class[] = [
	{word: 'lan', matches: /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/, invent: v4('10.0.')},
	{word: 'link', matches: /^169\.254\.[\d.]+$/, invent: v4('169.254.')},
	{word: 'tailnet', matches: /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.[\d.]+$/, invent: v4('100.64.')},
	{word: 'public', matches: /^\d+(?:\.\d+){3}$/, invent: count => `203.0.113.${(count % 250) + 1}`},
	{word: 'tailnet', matches: /^fd7a:115c:a1e0:/i, invent: count => `fd7a:115c:a1e0::${(count + 1).toString(16)}`},
	{word: 'lan', matches: /^f[cd][0-9a-f]{2}:/i, invent: count => `fd00::${(count + 1).toString(16)}`},
	{word: 'link', matches: /^fe[89ab][0-9a-f]:/i, invent: count => `fe80::${(count + 1).toString(16)}`},
	{word: 'public', matches: /^[0-9a-f]*:[0-9a-f:.]+$/i, invent: count => `2001:db8::${(count + 1).toString(16)}`},
];

const names: readonly Class[] = [
	{word: 'tailnet', matches: /\.ts\.net\.?$/i, invent: count => `tailnet-${count + 1}.example.ts.net`},
	{word: 'host', matches: /\.local\.?$/i, invent: count => `host-${count + 1}.local`},
	{word: 'host', matches: /\.localhost\.?$/i, invent: count => `host-${count + 1}.localhost`},
	// Whose sign-in page it is says what is in the way, and nothing about who is behind it.
	{word: 'host', matches: /\.cloudflareaccess\.com$/i, invent: count => `host-${count + 1}.cloudflareaccess.com`},
	{word: 'host', matches: /\.okta\.com$/i, invent: count => `host-${count + 1}.okta.com`},
	{word: 'host', matches: /\.auth0\.com$/i, invent: count => `host-${count + 1}.auth0.com`},
	{word: 'host', matches: /\./, invent: count => `host-${count + 1}.example`},
	{word: 'host', matches: /^/, invent: count => `host-${count + 1}`},
];

const stays = /^(?:localhost|login\.microsoftonline\.com|accounts\.google\.com|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0|::|)$/i;

export function createPseudonyms(): Pseudonyms {
	const hosts = new Map<string, string>();
	const others = new Map<string, string>();
	const counts = new Map<string, number>();
	const legend = new Map<string, string>();
	const next = (key: string) => {
		const count = counts.get(key) ?? 0;
		counts.set(key, count + 1);
		return count;
	};
	const inventHost = (bare: string): string => {
		const address = addresses.find(({matches}) => matches.test(bare));
		if (address === undefined) {
			const kind = names.find(({matches}) => matches.test(bare));
			// One count for all names: host-1 is one machine, also where it is host-1.local.
			return kind?.invent(next(kind.word)) ?? 'host';
		}
		const invented = address.invent(next(`${address.word} ${bare.includes(':') ? 6 : 4}`));
		legend.set(`${address.word}-${next(`legend ${address.word}`) + 1}`, invented);
		return invented;
	};
	return {
		host(real) {
			const [bare, opening, closing] = unwrapped(real);
			if (stays.test(bare)) return real;
			const key = bare.toLowerCase().replace(/\.$/, '');
			const invented = hosts.get(key) ?? inventHost(key);
			hosts.set(key, invented);
			return `${opening}${invented}${closing}`;
		},
		other(kind, real) {
			const key = `${kind} ${real}`;
			const invented = others.get(key) ?? `${kind}-${next(kind) + 1}`;
			others.set(key, invented);
			return invented;
		},
		hosts: () => [...hosts].toSorted(([one], [other]) => other.length - one.length),
		legend: () => Object.fromEntries(legend),
	};
}

/** Without brackets, and without the star of a certificate's name. */
function unwrapped(real: string): readonly [bare: string, before: string, after: string] {
	if (real.startsWith('[')) return [real.slice(1).replace(/\]$/, ''), '[', ']'];
	return real.startsWith('*.') ? [real.slice(2), '*.', ''] : [real, '', ''];
}
