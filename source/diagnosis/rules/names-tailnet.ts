import {exitCodes} from '../../exit-codes.js';
import {contacts} from '../contact.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast, isIdentified} from '../find.js';
import {here, onGatewayHost, originFix} from '../fixes.js';
import type {KnownAddress} from '../surroundings.js';
import {gatewayUrl, hostAndPort, isSafeHost} from '../target-words.js';
import {failedLookup} from './lookup.js';
import {offWords, turnOn} from './tcp-tailnet.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

function aboutName(part: Part): Diagnosis {
	return {layer: 'dns', severity: 'error', exitCode: exitCodes.nameNotFound, transient: false, ...part};
}

function isTailnetAddress({addressClass}: KnownAddress): boolean {
	return addressClass === 'cgnat' || addressClass === 'tailscale-v6';
}

function hostOf(evidence: Evidence): string {
	return hostAndPort(evidence.target)?.host ?? 'of the gateway';
}

/** D03: a name of a tailnet, on a machine that is not connected to one. */
const notConnected: Rule = evidence => {
	const failed = evidence.target.addressClass === 'tailnet-name' ? failedLookup(evidence) : undefined;
	const look = findLast(evidence, 'tailscale-look', ({state}) => state !== 'Running' && state !== 'no-answer');
	if (!failed || !look) return undefined;
	const {state} = look.observation;
	const installed = state !== 'not-installed';
	const passing = offWords.get(state) === 'still starting';
	return aboutName({
		id: 'D03',
		slug: 'dns.tailscale-off',
		confidence: installed ? 'certain' : 'likely',
		title: installed ? `Tailscale is ${offWords.get(state) ?? 'not connected'} on this machine` : 'Tailscale was not found on this machine',
		explanation: `Names under ts.net such as ${hostOf(evidence)} exist only inside the tailnet.`,
		evidence: [...failed.refs, look.index],
		fixes: turnOn(evidence, state),
		...(passing ? {transient: true, exitCode: exitCodes.temporary} : {}),
	});
};

/** D04: Tailscale knows the name and this machine's resolver does not ask it (tailscale#18510). */
const notAsked: Rule = evidence => {
	const failed = evidence.target.addressClass === 'tailnet-name' ? failedLookup(evidence) : undefined;
	const look = findLast(evidence, 'tailscale-look', ({state}) => state === 'Running');
	if (!failed || !look) return undefined;
	const answered = findLast(evidence, 'name-lookup', ({resolver, addresses}) => resolver === 'tailscale' && addresses.length > 0);
	const address = answered?.observation.addresses[0]?.address ?? look.observation.peer?.addresses[0];
	if (address === undefined) return undefined;
	return aboutName({
		id: 'D04',
		slug: 'dns.tailscale-not-asked',
		confidence: answered ? 'certain' : 'likely',
		title: `Tailscale knows ${hostOf(evidence)}, and this machine's resolver does not ask it`,
		explanation: `The address is ${address}. Another resolver or a company's VPN answers for this machine instead of Tailscale.`,
		evidence: [...failed.refs, ...(answered ? [answered.index] : []), look.index],
		fixes: addressFix(evidence, address),
	});
};

/** Certificates are for names: with https the address is of no use. */
function addressFix({target}: Evidence, address: string): readonly Fix[] {
	if (target.origin.startsWith('https:'))
		return [here("let this machine's resolver ask Tailscale for names under ts.net: see", 'tailscale dns status')];
	return [originFix('use the address instead of the name', gatewayUrl(target, {host: address}))];
}

/** D05: somebody else answers for a name of the tailnet. Names published with Funnel lead to public addresses with a right: their certificate tells. */
const hijacked: Rule = evidence => {
	const lookup = findLast(evidence, 'name-lookup', ({resolver, addresses}) => resolver === 'system' && addresses.length > 0);
	if (!lookup || evidence.target.addressClass !== 'tailnet-name' || isIdentified(evidence)) return undefined;
	const {addresses} = lookup.observation;
	if (addresses.some(isTailnetAddress) || hasItsCertificate(evidence)) return undefined;
	const first = addresses[0]?.address ?? '';
	const known = findLast(
		evidence,
		'name-lookup',
		({resolver, addresses: found}) => resolver === 'tailscale' && found.some(isTailnetAddress),
	);
	const peer = findLast(evidence, 'tailscale-look', look => look.peer !== undefined);
	const right = known?.observation.addresses.find(isTailnetAddress)?.address ?? peer?.observation.peer?.addresses[0];
	const funnel = right === undefined && addresses.every(({addressClass}) => addressClass === 'public');
	return aboutName({
		id: 'D05',
		verify: 'clawtalk status --only identity',
		slug: 'dns.tailnet-name-hijacked',
		confidence: known ? 'certain' : funnel ? 'possible' : 'likely',
		title: `${hostOf(evidence)} leads to ${first}, which is no address of a tailnet`,
		explanation: funnel
			? 'A resolver of this network may answer names under ts.net itself; names published with Tailscale Funnel lead to public addresses, too.'
			: `A resolver of this network answers names under ts.net itself.${right === undefined ? '' : ` Tailscale says ${right}.`}`,
		evidence: [lookup.index, ...(known ? [known.index] : peer ? [peer.index] : [])],
		fixes: [
			...(right === undefined ? [here('see whether Tailscale is connected', 'tailscale status')] : addressFix(evidence, right)),
			here('ask whoever runs the name servers of this network to leave names under ts.net alone'),
		],
		...(funnel
			? {
					rivals: [
						{
							id: 'N11',
							title: 'The name is published with Funnel, and its machine is away',
							tellApart: 'tailscale funnel status, on the gateway host',
						},
					],
				}
			: {}),
	});
};

function hasItsCertificate(evidence: Evidence): boolean {
	const tls = findLast(evidence, 'tls-look', ({spoken}) => spoken)?.observation;
	const host = hostAndPort(evidence.target)?.host;
	return tls?.trusted === true || (host !== undefined && tls?.certificate?.names.includes(host) === true);
}

/** D06: the machine has another address by now. */
const renumbered: Rule = evidence => {
	const look = findLast(evidence, 'tailscale-look', found => found.renumbered !== undefined);
	const machine = look?.observation.renumbered;
	if (!look || !machine || isIdentified(evidence)) return undefined;
	const failed = contacts(evidence).filter(({outcome}) => outcome !== 'connected');
	if (failed.length === 0) return undefined;
	const {name} = machine;
	return aboutName({
		id: 'D06',
		verify: 'clawtalk status --only tcp',
		slug: 'dns.stale-address',
		confidence: 'certain',
		title: `The machine ${isSafeHost(name) ? name.split('.')[0] : 'asked for'} has another address in the tailnet by now`,
		explanation: `It was registered anew and has ${machine.addresses.slice(0, 2).join(', ')}. Its name follows such changes, an address does not.`,
		evidence: [...new Set(failed.map(({index}) => index)), look.index],
		fixes: [
			originFix('use its name', gatewayUrl(evidence.target, {host: name})),
			onGatewayHost("if it runs in a container, keep Tailscale's state in a volume: /var/lib/tailscale"),
		],
	});
};

export const tailnetNameRules: readonly Rule[] = [notConnected, notAsked, hijacked, renumbered];
