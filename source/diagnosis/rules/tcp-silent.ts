import {exitCodes} from '../../exit-codes.js';
import {contacts, type FailedContact, failedContact} from '../contact.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast} from '../find.js';
import {changeTailscale, gatewayStatus, here} from '../fixes.js';
import {hostForCommand, isSafeHost, maybeTailnet} from '../target-words.js';
import {tunnelFixes} from '../tunnel-fixes.js';
import {tailnetRules} from './tcp-tailnet.js';
import {unreachable} from './unreachable.js';

/** Nothing came back, or the network said that there is no way. */
function noWay(evidence: Evidence): FailedContact | undefined {
	return failedContact(evidence, 'silent') ?? failedContact(evidence, 'no-route', 'every');
}

/** N12: packets for the local network go to an exit node, which does not know that network. */
const exitNode: Rule = evidence => {
	const failed = noWay(evidence);
	const look = findLast(evidence, 'tailscale-look', ({state, exitNodeTakesLan}) => state === 'Running' && exitNodeTakesLan === true);
	if (!failed || !look || !['private', 'link-local', 'local-name', 'single-label'].includes(evidence.target.addressClass)) return undefined;
	return unreachable({
		id: 'N12',
		slug: 'net.exit-node',
		confidence: 'likely',
		title: `A Tailscale exit node takes the traffic to ${failed.where}`,
		explanation:
			'This machine sends everything to the exit node, addresses of its own network included. Without that the address may answer, or not.',
		evidence: [...failed.refs, look.index],
		fixes: [
			here('see which exit node is in use', 'tailscale status'),
			changeTailscale(
				evidence,
				'let this machine reach its own network beside the exit node',
				'tailscale set --exit-node-allow-lan-access=true',
			),
		],
	});
};

/** N11: nothing came back. */
const dropped: Rule = evidence => {
	const failed = failedContact(evidence, 'silent');
	if (!failed) return undefined;
	return unreachable({
		id: 'N11',
		slug: 'net.timeout',
		confidence: 'likely',
		title: failed.addresses.length > 1 ? `${failed.where} do not answer` : `${failed.where} does not answer`,
		explanation:
			'The machine may be off or asleep, the address may be wrong, or a firewall on the way drops packets. Which one cannot be seen from here.',
		evidence: failed.refs,
		fixes: [...askTailscale(evidence), machineUp, wayThere(evidence, failed), ...tunnelFixes(evidence)],
		...tailnetRival(evidence),
	});
};

const machineUp: Fix = {...gatewayStatus, action: 'see whether the machine is up and the gateway runs'};

function askTailscale(evidence: Evidence): readonly Fix[] {
	return tailnetUnknown(evidence) ? [here('see whether Tailscale is up and the peer online', 'tailscale status')] : [];
}

function wayThere(evidence: Evidence, {addresses: [address = '']}: FailedContact): Fix {
	const host = isSafeHost(address) ? address : hostForCommand(evidence.target);
	const applicability = host === 'HOST' ? 'has-placeholders' : 'safe-to-run';
	if (isMac(evidence)) return here('see which way packets take', `route -n get ${host}`, applicability);
	return here('see which way packets take (Linux)', `ip route get ${host}`, applicability);
}

function isMac(evidence: Evidence): boolean {
	return findLast(evidence, 'client-facts')?.observation.platform.startsWith('darwin') === true;
}

function tailnetRival(evidence: Evidence): Pick<Diagnosis, 'rivals'> {
	if (tailnetUnknown(evidence))
		return {rivals: [{id: 'N07', title: 'Tailscale is off on this machine', tellApart: 'tailscale status, here'}]};
	return {};
}

/** The address may be one of a tailnet, and nobody asked Tailscale. 100.64/10 alone proves nothing: carriers use it too. */
function tailnetUnknown(evidence: Evidence): boolean {
	const state = findLast(evidence, 'tailscale-look')?.observation.state;
	return maybeTailnet(evidence.target) && (state === undefined || state === 'no-answer');
}

/** N16: the network says that there is no way. */
const noRoute: Rule = evidence => {
	const failed = failedContact(evidence, 'no-route');
	if (!failed) return undefined;
	// Without a way no packet leaves. That a host cannot be reached is said by a router, a firewall or the neighbour search as well.
	const isSure = contacts(evidence).every(({code}) => code === undefined || code === 'ENETUNREACH');
	return unreachable({
		id: 'N16',
		slug: 'net.no-route',
		confidence: isSure ? 'certain' : 'likely',
		title: `There is no route to ${failed.whereOr}`,
		explanation: isSure
			? 'The network or the VPN that leads there is off, or the address is wrong.'
			: 'The machine is off, the network or the VPN that leads there is off, the address is wrong, or a firewall rejects the connection. Which one cannot be seen from here.',
		evidence: failed.refs,
		fixes: [...askTailscale(evidence), wayThere(evidence, failed), machineUp, ...tunnelFixes(evidence)],
		...(isMac(evidence) && evidence.target.addressClass === 'private' ? {rivals: [localNetworkPrivacy]} : {}),
	});
};

/** nodejs/undici#4069: looks like no route, for the local network only, and spares curl. */
const localNetworkPrivacy: NonNullable<Diagnosis['rivals']>[number] = {
	id: 'N15',
	title: 'macOS keeps this terminal from the local network',
	tellApart: 'curl reaches the address while clawtalk does not: System Settings, Privacy & Security, Local Network',
};

/** N17: this machine itself forbids the connection. */
const forbiddenHere: Rule = evidence => {
	const failed = failedContact(evidence, 'forbidden');
	if (!failed) return undefined;
	return unreachable({
		id: 'N17',
		slug: 'net.forbidden',
		confidence: 'likely',
		title: `This machine forbids the connection to ${failed.whereOr}`,
		explanation: 'The system refused it before any packet left: a local firewall, a sandbox or a prohibited route.',
		evidence: failed.refs,
		fixes: [here('allow node in that firewall or sandbox')],
	});
};

/** N18: the interface is down, as while a laptop wakes. */
const interfaceDown: Rule = evidence => {
	const failed = failedContact(evidence, 'interface-down');
	if (!failed) return undefined;
	return unreachable({
		id: 'N18',
		slug: 'net.interface-down',
		confidence: 'certain',
		title: 'The network interface of this machine is down',
		explanation: 'It is switched off, or the machine is just waking up.',
		evidence: failed.refs,
		fixes: [here('wait a moment and try again')],
		exitCode: exitCodes.temporary,
		transient: true,
	});
};

/** In the order of decision. An address family that this machine does not have is told only when nothing else is: no route, last. */
export const silentOrNoRoute: readonly Rule[] = [exitNode, ...tailnetRules, forbiddenHere, interfaceDown, dropped, noRoute];
