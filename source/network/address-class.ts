import {BlockList, isIP} from 'node:net';

/**
 * What kind of place an address or host name is, which decides about proxies and about sending a token in plain text.
 *
 * `loopback` 127/8, ::1, localhost · `private` RFC 1918 · `link-local` 169.254/16, fe80::/10 · `cgnat` 100.64/10 (Tailscale, but
 * also carrier NAT) · `tailscale-v6` fd7a:115c:a1e0::/48 · `unique-local` other fc00::/7 · `tailnet-name` *.ts.net ·
 * `local-name` *.local, *.localhost · `single-label` a name without a dot · `unspecified` 0.0.0.0, :: · `public` everything else.
 */
export type AddressClass =
	| 'loopback'
	| 'private'
	| 'link-local'
	| 'cgnat'
	| 'tailscale-v6'
	| 'unique-local'
	| 'tailnet-name'
	| 'local-name'
	| 'single-label'
	| 'unspecified'
	| 'public';

/**
 * The class of a host as it stands in a URL: a name, an IPv4 address, or an IPv6 address with or without brackets and zone.
 * IPv4-mapped IPv6 addresses (`::ffff:10.0.0.1`) have the class of the IPv4 address. Nothing is looked up.
 */
export function classifyHost(host: string): AddressClass {
	const bare = host.trim().toLowerCase().replace(/^\[/, '').replace(/\]$/, '').replace(/%.*$/, '');
	const family = isIP(bare);
	if (family === 4) return classify(bare, 'ipv4', ipv4Blocks);
	if (family === 6) return classifyIpv6(bare);
	return classifyName(bare.replace(/\.$/, ''));
}

function classifyIpv6(address: string): AddressClass {
	const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
	const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
	if (mapped === null) return classify(canonical, 'ipv6', ipv6Blocks);
	const bytes = [mapped[1], mapped[2]].flatMap(group => {
		const value = Number.parseInt(group ?? '0', 16);
		return [value >> 8, value & 255];
	});
	return classify(bytes.join('.'), 'ipv4', ipv4Blocks);
}

function classifyName(name: string): AddressClass {
	if (name === 'localhost') return 'loopback';
	// RFC 6761 wants names below localhost to be this machine, but not every resolver obeys: they are not trusted like it.
	if (name.endsWith('.localhost')) return 'local-name';
	if (name.endsWith('.ts.net')) return 'tailnet-name';
	if (name.endsWith('.local')) return 'local-name';
	return name.includes('.') ? 'public' : 'single-label';
}

type Block = readonly [network: string, prefix: number, addressClass: AddressClass];

function classify(address: string, family: 'ipv4' | 'ipv6', blocks: readonly Block[]): AddressClass {
	for (const [network, prefix, addressClass] of blocks) {
		const list = new BlockList();
		list.addSubnet(network, prefix, family);
		if (list.check(address, family)) return addressClass;
	}
	return 'public';
}

/** RFC 1122, 1918, 3927 and 6598. */
const ipv4Blocks: readonly Block[] = [
	['0.0.0.0', 32, 'unspecified'],
	['127.0.0.0', 8, 'loopback'],
	['10.0.0.0', 8, 'private'],
	['172.16.0.0', 12, 'private'],
	['192.168.0.0', 16, 'private'],
	['169.254.0.0', 16, 'link-local'],
	['100.64.0.0', 10, 'cgnat'],
];

/** RFC 4291 and 4193; Tailscale's own /48 comes before the unique-local block that contains it. */
const ipv6Blocks: readonly Block[] = [
	['::', 128, 'unspecified'],
	['::1', 128, 'loopback'],
	['fe80::', 10, 'link-local'],
	['fd7a:115c:a1e0::', 48, 'tailscale-v6'],
	['fc00::', 7, 'unique-local'],
];
