import {execFileSync} from 'node:child_process';
import {existsSync, realpathSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {addresses, type WorldPlan} from './plan.js';

/** Everything inside these namespaces is ours: nothing here reaches the machine around them. */

/** The client's side: addresses, the cable, the files, the firewall, and a book of where packets went. */
export function buildClient(plan: WorldPlan, remotePid: number | undefined): void {
	ip([
		'link set lo up',
		`link add lan0 type veth peer name ${remotePid === undefined ? 'lan1' : `lan0 netns ${remotePid}`}`,
		`addr add ${addresses.clientLan}/24 dev lan0`,
		'addr add fd00:77::10/64 dev lan0 nodad',
		'link set lan0 up',
		...(remotePid === undefined ? ['link set lan1 up'] : []),
		'route add 203.0.113.0/24 dev lan0',
		// Tailscale's resolver is this machine itself, so that what asks it is seen and answered here.
		...(plan.tailnet ? [`addr add ${addresses.clientTailnet}/10 dev lan0`, `addr add ${addresses.tailscaleResolver}/32 dev lo`] : []),
	]);
	for (const [file, text] of Object.entries(plan.files)) bindOver(file, text, plan.folder);
	nft(`table inet world {
		set sent4 { type inet_proto . ipv4_addr . inet_service; flags dynamic; size 4096; }
		set sent6 { type inet_proto . ipv6_addr . inet_service; flags dynamic; size 4096; }
		chain book {
			type filter hook output priority -10;
			tcp flags & (syn | ack) == syn update @sent4 { meta l4proto . ip daddr . tcp dport }
			tcp flags & (syn | ack) == syn update @sent6 { meta l4proto . ip6 daddr . tcp dport }
			ct state new meta l4proto udp update @sent4 { meta l4proto . ip daddr . udp dport }
		}
		chain leaving {
			type filter hook output priority 0;
			${plan.clientFirewall ?? ''}
		}
	}`);
}

/** The other machine's side; the cable is there already. */
export function buildRemote({remoteFirewall}: WorldPlan): void {
	ip([
		'link set lo up',
		`addr add ${addresses.remoteLan}/24 dev lan0`,
		`addr add ${addresses.remoteLan6}/64 dev lan0 nodad`,
		`addr add ${addresses.remoteTailnet}/10 dev lan0`,
		`addr add ${addresses.remotePublic}/32 dev lan0`,
		'link set lan0 up',
	]);
	if (remoteFirewall !== undefined) {
		nft(`table inet world {
			chain arriving {
				type filter hook input priority 0;
				${remoteFirewall}
			}
		}`);
	}
}

/** Where packets went since the book was empty, as `tcp 192.168.77.1 18789`. */
export function packetsSent(): readonly string[] {
	return ['sent4', 'sent6'].flatMap(set => {
		const listed = JSON.parse(execFileSync('nft', ['--json', 'list', 'set', 'inet', 'world', set], {encoding: 'utf8'})) as NftListing;
		return listed.nftables.flatMap(({set: found}) => (found?.elem ?? []).map(element => concatenation(element).join(' ')));
	});
}

export function forgetPackets(): void {
	for (const set of ['sent4', 'sent6']) execFileSync('nft', ['flush', 'set', 'inet', 'world', set]);
}

interface NftListing {
	readonly nftables: ReadonlyArray<{readonly set?: {readonly elem?: readonly NftElement[]}}>;
}
type NftElement = {readonly concat: ReadonlyArray<string | number>} | {readonly elem: {readonly val: NftElement}};

function concatenation(element: NftElement): ReadonlyArray<string | number> {
	return 'elem' in element ? concatenation(element.elem.val) : element.concat;
}

function bindOver(file: string, text: string, folder: string): void {
	if (!existsSync(file)) throw new Error(`${file} does not exist on this machine, so the world cannot have its own`);
	const own = path.join(folder, path.basename(file));
	writeFileSync(own, text);
	execFileSync('mount', ['--bind', own, realpathSync(file)]);
}

function ip(lines: readonly string[]): void {
	execFileSync('ip', ['-batch', '-'], {input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'inherit']});
}

function nft(rules: string): void {
	execFileSync('nft', ['-f', '-'], {input: rules, stdio: ['pipe', 'ignore', 'inherit']});
}
