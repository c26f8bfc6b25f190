import {addresses} from './plan.js';

interface TailnetWish {
	readonly state?: 'Running' | 'Stopped' | 'NeedsLogin';
	/** Addresses of the machine `box`; the other machine of the world, unless said otherwise. */
	readonly boxAddresses?: readonly string[];
	readonly boxOnline?: boolean;
	readonly withExitNode?: boolean;
}

export const boxName = 'box.tail1234.ts.net';

/** What `tailscale status --json` prints (Tailscale 1.80), reduced to what a client may look at. */
export function tailnet({state = 'Running', boxAddresses, boxOnline = true, withExitNode = false}: TailnetWish = {}): unknown {
	const running = state === 'Running';
	const machine = (HostName: string, TailscaleIPs: readonly string[], Online: boolean) => ({
		HostName,
		DNSName: `${HostName}.tail1234.ts.net.`,
		TailscaleIPs,
		Online,
		OS: 'linux',
		ExitNode: false,
	});
	const box = machine('box', boxAddresses ?? [addresses.remoteTailnet], boxOnline);
	const phone = machine('phone', ['100.69.69.77'], true);
	return {
		Version: '1.80.2',
		BackendState: state,
		TailscaleIPs: running ? [addresses.clientTailnet] : null,
		Self: machine('laptop', running ? [addresses.clientTailnet] : [], running),
		Health: running ? [] : ['Tailscale is stopped.'],
		MagicDNSSuffix: 'tail1234.ts.net',
		CurrentTailnet: running ? {Name: 'someone@example.com', MagicDNSSuffix: 'tail1234.ts.net', MagicDNSEnabled: true} : null,
		CertDomains: ['laptop.tail1234.ts.net'],
		...(withExitNode ? {ExitNodeStatus: {ID: 'n1', Online: true, TailscaleIPs: ['100.69.69.77/32']}} : {}),
		Peer: running ? {'nodekey:1': box, 'nodekey:2': {...phone, ExitNode: withExitNode, ExitNodeOption: withExitNode}} : null,
	};
}
