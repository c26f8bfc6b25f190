import {plainLine} from '../../gateway/plain-text.js';
import {askTailscale, type TailscalePeer, type TailscaleStatus} from '../../network/tailscale.js';
import type {KnownAddress, TailnetMachine, TailscaleLook} from '../surroundings.js';
import type {Machine} from './machine.js';
import type {Place} from './place.js';
import type {ProbeScope} from './run-probe.js';

const answerMs = 2_000;
const mostPeers = 20;

/** `tailscale status --json`, reduced to this machine, the target's machine and the names of others that are online. */
export async function lookAtTailscale(
	{signal, elapsed, add}: ProbeScope,
	place: Place,
	addresses: readonly KnownAddress[],
	machine: Machine,
	path: string | undefined,
): Promise<TailscaleLook> {
	const atMs = elapsed();
	const status = await askTailscale({timeoutMs: answerMs, path, candidates: machine.programs.tailscale, signal});
	const look: TailscaleLook = {
		kind: 'tailscale-look',
		layer: 'dns',
		atMs,
		tookMs: elapsed() - atMs,
		...(typeof status === 'string' ? {state: status, onlinePeers: []} : reduce(status, place, addresses)),
	};
	if (!signal.aborted) add(look);
	return look;
}

type Reduced = Pick<TailscaleLook, 'state' | 'self' | 'peer' | 'renumbered' | 'onlinePeers' | 'exitNodeTakesLan'>;

/** The status as it goes into the evidence: of other machines only the names of those that are online. */
export function reduce(status: TailscaleStatus, place: Pick<Place, 'host' | 'isName'>, addresses: readonly KnownAddress[]): Reduced {
	const {self, peers, backendState, usesExitNode} = status;
	const known = self === undefined ? peers : [...peers, self];
	const wanted = [place.host, ...addresses.map(({address}) => address)];
	const byAddress = known.find(one => one.addresses.some(address => wanted.includes(address)));
	const byName = place.isName ? known.find(one => isNamed(one, place.host)) : undefined;
	const peer = byAddress ?? (addresses.length === 0 ? byName : undefined);
	const renumbered = peer === undefined && addresses.length > 0 ? byName : undefined;
	return {
		state: plainLine(backendState, 40),
		...(self === undefined ? {} : {self: describe(self)}),
		...(peer === undefined ? {} : {peer: describe(peer)}),
		...(renumbered === undefined ? {} : {renumbered: describe(renumbered)}),
		onlinePeers: peers
			.filter(({online, name}) => online && name !== '')
			.slice(0, mostPeers)
			.map(({name}) => plainLine(name, 253)),
		...(usesExitNode ? {exitNodeTakesLan: true} : {}),
	};
}

/** Whether a name is a machine's: the whole MagicDNS name, or its first label, or what the machine calls itself. */
function isNamed({name, hostName}: TailscalePeer, host: string): boolean {
	const asked = host.toLowerCase().replace(/\.$/, '');
	const label = asked.split('.')[0] ?? '';
	if (asked === name.toLowerCase()) return true;
	const isTailnet = asked.endsWith('.ts.net') || !asked.includes('.');
	return isTailnet && label !== '' && (label === hostName.toLowerCase() || label === name.toLowerCase().split('.')[0]);
}

function describe({name, addresses, online}: TailscalePeer): TailnetMachine {
	return {name: plainLine(name, 253), addresses: addresses.slice(0, 4).map(address => plainLine(address, 60)), online};
}
