import {failedContact} from '../contact.js';
import type {Rival, Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {gatewayStatus, here} from '../fixes.js';
import {isOwnAddress} from '../place.js';
import {hostAndPort, isSafeHost} from '../target-words.js';
import {unreachable} from './unreachable.js';

/**
 * C21: the address of this very machine was given, in a tailnet with others, and no OpenClaw was found here. `tailscale ip` prints the
 * address of the machine it is typed on, so this is what comes of pasting it into the client. A gateway that another user runs here, or
 * with other folders, looks the same while it is stopped: without the tailnet that is as likely (N01).
 */
export const ownAddress: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	if (!failed || !isOwnAddress(evidence)) return undefined;
	const listener = findLast(evidence, 'listener-look');
	const local = findLast(evidence, 'local-openclaw');
	const tailnet = findLast(evidence, 'tailscale-look', ({self, onlinePeers}) => {
		const host = hostAndPort(evidence.target)?.host.replace(/^\[|\]$/g, '');
		const isAsked = (address: string) => address === host || failed.addresses.includes(address);
		return onlinePeers.length > 0 && self?.addresses.some(isAsked) === true;
	});
	if (listener?.observation.addresses.length !== 0 || local?.observation.state !== 'absent' || !tailnet) return undefined;
	const named = tailnet.observation.onlinePeers.filter(isSafeHost).slice(0, 3).join(', ');
	const {host = 'The address', port = 18789} = hostAndPort(evidence.target) ?? {};
	return unreachable({
		id: 'C21',
		slug: 'config.own-address',
		confidence: 'likely',
		title: `${host} is this machine's own address, and nothing listens on port ${port} here`,
		explanation:
			'No OpenClaw was found here: the gateway URL needs the address of the machine that runs the gateway. Commands such as tailscale ip print the address of the machine they are typed on.',
		evidence: [...failed.refs, listener.index, local.index, tailnet.index],
		fixes: [
			here(
				`use the address of the gateway${named ? `; online in this tailnet: ${named}` : ''}`,
				`clawtalk config set gatewayUrl http://HOST:${port}`,
				'has-placeholders',
			),
			{...gatewayStatus, action: 'if the gateway is meant to run on this machine: see why it does not'},
		],
		rivals: [{id: 'N01', title: 'A gateway on this machine is stopped', tellApart: 'openclaw gateway status, as the user who runs it'}],
	});
};

/** For what a stopped gateway on this machine and the address of a wrong one have in common. */
export const wrongMachine: Rival = {
	id: 'C21',
	title: 'The gateway runs on another machine',
	tellApart: 'the address is one of this machine: is the gateway meant to run here?',
};
