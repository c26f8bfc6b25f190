import {exitCodes} from '../../exit-codes.js';
import {type FailedContact, failedContact} from '../contact.js';
import type {Fix, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {changeTailscale, here, onGatewayHost} from '../fixes.js';
import type {TailscaleLook} from '../surroundings.js';
import {hostAndPort, hostForCommand, isSafeHost, maybeTailnet} from '../target-words.js';
import {tunnelFixes} from '../tunnel-fixes.js';
import {unreachable} from './unreachable.js';

interface Lost {
	readonly failed: FailedContact;
	readonly look: Found<TailscaleLook>;
}

/** A tailnet address that cannot be reached, and what Tailscale says about it. Without its word nothing is said about it here. */
function lostOnTailnet(evidence: Evidence): Lost | undefined {
	const failed = failedContact(evidence, 'silent') ?? failedContact(evidence, 'no-route', 'every');
	const look = findLast(evidence, 'tailscale-look', ({state}) => state !== 'no-answer');
	return failed && look && maybeTailnet(evidence.target) ? {failed, look} : undefined;
}

/** States of Tailscale's BackendState that pass by themselves. */
const passing: readonly string[] = ['Starting', 'NoState'];

/** N07: Tailscale says that it is not connected. */
const tailscaleOff: Rule = evidence => off(lostOnTailnet(evidence), evidence, false);

/** N07, where somebody else answered in the place of the tailnet's machine. */
export const refusedOutsideTailnet: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const look = findLast(evidence, 'tailscale-look', ({state}) => state !== 'no-answer' && state !== 'not-installed');
	return off(failed && look && maybeTailnet(evidence.target) ? {failed, look} : undefined, evidence, true);
};

function off(lost: Lost | undefined, evidence: Evidence, isRefused: boolean): ReturnType<Rule> {
	if (!lost || lost.look.observation.state === 'Running') return undefined;
	const {failed, look} = lost;
	const {state} = look.observation;
	const transient = passing.includes(state);
	const installed = state !== 'not-installed';
	const sure = installed && !isRefused;
	return unreachable({
		id: 'N07',
		slug: 'tailscale.off',
		// Without Tailscale here, 100.64/10 may as well be the network of a carrier.
		confidence: sure ? 'certain' : 'likely',
		title: installed ? `Tailscale is ${offWords.get(state) ?? 'not connected'} on this machine` : 'Tailscale was not found on this machine',
		explanation: `So there is no way to ${failed.where} through a tailnet.${sure ? '' : ' That the address belongs to one is likely, and not certain: carriers use such addresses too.'}`,
		evidence: [...failed.refs, look.index],
		fixes: turnOn(evidence, state),
		...(transient ? {transient, exitCode: exitCodes.temporary} : {}),
	});
}

/** Tailscale's states in words, as far as they are known. */
export const offWords: ReadonlyMap<string, string> = new Map(
	Object.entries({
		Stopped: 'off',
		NeedsLogin: 'signed out',
		NeedsMachineAuth: 'waiting for an admin to approve the machine',
		Starting: 'still starting',
		NoState: 'still starting',
	}),
);

/** What to do about a Tailscale that is not connected. */
export function turnOn(evidence: Evidence, state: string): readonly Fix[] {
	if (state === 'not-installed') return [here('install Tailscale here, or use an address that does not need it')];
	if (passing.includes(state)) return [here('wait a moment and look again', 'clawtalk status')];
	return [here('see what it says', 'tailscale status'), changeTailscale(evidence, 'connect it', 'tailscale up')];
}

/** N08: the machine is known and not online. */
const peerOffline: Rule = evidence => {
	const lost = lostOnTailnet(evidence);
	const peer = lost?.look.observation.peer;
	if (lost?.look.observation.state !== 'Running' || !peer || peer.online) return undefined;
	return unreachable({
		id: 'N08',
		slug: 'tailscale.peer-offline',
		confidence: 'certain',
		title: `The machine ${shortName(peer.name)} is not online in the tailnet`,
		explanation: 'It is off or asleep, has no network, or is signed out of Tailscale. Which one cannot be seen from here.',
		evidence: [...lost.failed.refs, lost.look.index],
		fixes: [
			onGatewayHost('wake it or switch it on'),
			onGatewayHost('see whether Tailscale is connected there', 'tailscale status'),
			here('in the admin console, see whether its key has expired'),
		],
	});
};

function shortName(name: string): string {
	const short = name.split('.')[0] ?? '';
	return isSafeHost(short) ? short : 'asked for';
}

/** N09: Tailscale runs and knows no machine with that address. */
const notInTailnet: Rule = evidence => {
	const lost = lostOnTailnet(evidence);
	if (!lost) return undefined;
	const {state, peer, self, renumbered, onlinePeers} = lost.look.observation;
	const own = self?.addresses.some(address => lost.failed.addresses.includes(address));
	if (state !== 'Running' || peer || renumbered || own || evidence.target.addressClass === 'tailnet-name') return undefined;
	const named = onlinePeers.filter(isSafeHost).slice(0, 3).join(', ');
	const port = hostAndPort(evidence.target)?.port ?? 18789;
	return unreachable({
		id: 'N09',
		slug: 'tailscale.unknown-address',
		confidence: 'certain',
		title: `No machine of your tailnet has the address of ${lost.failed.where}`,
		explanation: 'It may belong to another account or tailnet, to a machine that was registered anew, or to no machine at all.',
		evidence: [...lost.failed.refs, lost.look.index],
		fixes: [
			here(
				`use the name of the machine${named ? `; online now: ${named}` : ''}`,
				`clawtalk config set gatewayUrl http://NAME:${port}`,
				'has-placeholders',
			),
			here('see the accounts of this machine', 'tailscale switch --list'),
			changeTailscale(evidence, 'if it is in the tailnet of another account', 'tailscale switch ACCOUNT'),
		],
	});
};

/** N10: the machine is online and the port stays silent. The policy of the tailnet drops in silence; so does a firewall on the machine. */
const policyDrops: Rule = evidence => {
	const failed = failedContact(evidence, 'silent');
	const lost = lostOnTailnet(evidence);
	const peer = lost?.look.observation.peer;
	if (!failed || !lost || lost.look.observation.state !== 'Running' || peer?.online !== true) return undefined;
	const host = hostForCommand(evidence.target);
	const port = hostAndPort(evidence.target)?.port ?? 18789;
	return unreachable({
		id: 'N10',
		slug: 'tailscale.policy',
		confidence: 'likely',
		title: `${shortName(peer.name)} is online in the tailnet, and ${failed.where} stays silent`,
		explanation:
			'The access rules of the tailnet drop what they do not allow without a word, and so does a firewall on that machine. From here these look the same.',
		evidence: [...failed.refs, lost.look.index],
		fixes: [
			here('see whether the machine answers at all', `tailscale ping ${host}`, host === 'HOST' ? 'has-placeholders' : 'safe-to-run'),
			...tunnelFixes(evidence),
			here(
				`in the access rules, allow this port to yourself only: {"src":["you@example.com"],"dst":["${shortName(peer.name)}"],"ip":["tcp:${port}"]}`,
				undefined,
				'changes-exposure',
			),
		],
		rivals: [{id: 'N11', title: 'A firewall on the machine drops the packets', tellApart: 'its firewall rules, on the gateway host'}],
	});
};

export const tailnetRules: readonly Rule[] = [tailscaleOff, peerOffline, notInTailnet, policyDrops];
