import {createEvidenceLog} from '../../gateway/evidence-log.js';
import {probePeer} from '../../gateway/identity.js';
import {type AddressClass, classifyHost} from '../../network/address-class.js';
import type {NetworkFailure} from '../evidence.js';
import {findLast} from '../find.js';
import type {KnownAddress, SiblingLook, TailscaleLook} from '../surroundings.js';
import type {Machine} from './machine.js';
import {hostAndPort, isThisMachine, ownAddresses, type Place} from './place.js';
import type {ProbeScope} from './run-probe.js';

/** A neighbour that may be asked who it is. */
export interface Sibling {
	readonly relation: SiblingLook['relation'];
	readonly origin: string;
	readonly addressClass: AddressClass;
	/** The same origin by the address that was looked up, where a name could lead elsewhere by now. */
	readonly dialled?: string;
}

const askMs = 1_500;
const mostOwnAddresses = 8;
/** Classes of addresses on which one more port of another machine may be tried. */
const closeClasses: readonly AddressClass[] = ['private', 'cgnat', 'tailscale-v6', 'unique-local'];

/**
 * Neighbours of the target. Of this machine: the same port on its other addresses, and the usual ports on loopback. Of another machine at
 * most the default port, on the very host asked for, of a private or tailnet class, and only when the user asked for this look.
 */
export function siblingsOf(place: Place, addresses: readonly KnownAddress[], machine: Machine, isAsked: boolean): readonly Sibling[] {
	if (!isThisMachine(place, addresses)) return isAsked ? otherPort(place, addresses, machine) : [];
	const scheme = place.isTls ? 'https' : 'http';
	const dialled = addresses.map(({address}) => address);
	const at = (relation: Sibling['relation'], host: string, port: number, way = scheme): Sibling => ({
		relation,
		origin: `${way}://${hostAndPort(host, port)}`,
		addressClass: classifyHost(host),
	});
	return [
		...['127.0.0.1', '::1'].map(host => at('loopback', host, place.port)),
		...ownAddresses(machine)
			.slice(0, mostOwnAddresses)
			.map(host => at('own-address', host, place.port)),
		...machine.usualPorts.filter(port => port !== place.port).map(port => at('default-port', '127.0.0.1', port, 'http')),
	].filter(
		({relation, origin}) => relation === 'default-port' || !dialled.some(host => origin === `${scheme}://${hostAndPort(host, place.port)}`),
	);
}

function otherPort(place: Place, addresses: readonly KnownAddress[], {usualPorts}: Machine): readonly Sibling[] {
	const [port] = usualPorts;
	const [first] = addresses;
	if (port === undefined || first === undefined || port === place.port || !closeClasses.includes(first.addressClass)) return [];
	const {address, addressClass} = first;
	const dialled = place.isName ? {dialled: `http://${hostAndPort(address, port)}`} : {};
	return [{relation: 'default-port', origin: `http://${hostAndPort(place.host, port)}`, addressClass, ...dialled}];
}

/** Where Tailscale Serve would publish the gateway of the target's machine. */
export function serveSibling(place: Place, tailscale: TailscaleLook | undefined): Sibling | undefined {
	const name = tailscale?.peer?.name;
	if (name === undefined || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.ts\.net$/i.test(name)) return undefined;
	const origin = `https://${name.toLowerCase()}`;
	return origin === place.origin ? undefined : {relation: 'serve-name', origin, addressClass: 'tailnet-name'};
}

/**
 * Asks a neighbour who it is, without the token and without headers of the profile.
 *
 * @param pin The certificate pinned for the target, where the neighbour is the same machine.
 */
export async function askSibling(
	{signal, elapsed, add}: ProbeScope,
	{relation, origin, addressClass, dialled}: Sibling,
	pin: string | undefined,
): Promise<SiblingLook> {
	const atMs = elapsed();
	const target = {origin, basePath: '', source: '', addressClass, credential: {kind: 'none'}, headers: {}} as const;
	const log = createEvidenceLog(target, undefined, Date.now);
	const isTls = origin.startsWith('https:');
	const route = {origin: dialled ?? origin, basePath: '', pin: isTls ? pin : undefined, open: new Set<never>()};
	const {kind} = await probePeer(route, {addressClass, headers: {}, signal, timeoutMs: askMs}, log, Date.now);
	const look: SiblingLook = {
		kind: 'sibling-look',
		layer: 'tcp',
		atMs,
		tookMs: elapsed() - atMs,
		relation,
		origin,
		addressClass,
		outcome: kind === undefined ? outcomeOf(findLast(log.toEvidence(), 'network-failure')?.observation) : judge(kind),
	};
	if (!signal.aborted) add(look);
	return look;
}

function judge(kind: string): SiblingLook['outcome'] {
	return kind === 'gateway' || kind === 'gateway-by-challenge' ? 'gateway' : 'other-server';
}

/** What a failure before any HTTP answer says about the neighbour. */
export function outcomeOf(failure: Pick<NetworkFailure, 'phase' | 'attempts' | 'timeoutMs'> | undefined): SiblingLook['outcome'] {
	if (failure === undefined) return 'silent';
	const codes = failure.attempts.map(({code}) => code);
	if (codes.includes('ECONNREFUSED')) return 'refused';
	if (failure.phase !== 'connect' && failure.phase !== 'lookup') return 'silent';
	const isSlow = failure.timeoutMs !== undefined || codes.includes('ETIMEDOUT') || codes.includes('UND_ERR_CONNECT_TIMEOUT');
	return isSlow ? 'no-answer' : 'unreachable';
}
