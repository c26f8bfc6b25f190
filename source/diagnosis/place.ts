import type {Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {findLast} from './find.js';
import {hostAndPort, hostForCommand, isLoopback} from './target-words.js';

/**
 * Where a fix is to be carried out, by name: `here`, `here (laptop, over SSH)`, `on alienware`, `on the gateway host`. One label for both
 * when the gateway is on this machine.
 */
export function placeOf(where: Fix['where'], evidence: Evidence): string {
	const client = findLast(evidence, 'client-facts')?.observation;
	if (where === 'here' || isSameMachine(evidence)) {
		return client?.overSsh === true && isName(client.hostname) ? `here (${client.hostname}, over SSH)` : 'here';
	}
	const peer = findLast(evidence, 'tailscale-look')?.observation.peer?.name.split('.')[0];
	if (peer !== undefined && isName(peer)) return `on ${peer}`;
	const host = hostForCommand(evidence.target);
	return host === 'HOST' || isThisMachine(evidence) ? 'on the gateway host' : `on the gateway host (${host})`;
}

/** Whether the gateway's machine is this one, as far as the evidence shows: this machine was asked, and OpenClaw is installed on it. */
function isSameMachine(evidence: Evidence): boolean {
	const local = findLast(evidence, 'local-openclaw')?.observation.state;
	return isThisMachine(evidence) && !endsInTunnel(evidence) && local !== undefined && local !== 'absent';
}

/** Whether the address asked for is one of this machine: loopback, or one of its own. */
export function isThisMachine(evidence: Evidence): boolean {
	return onLoopback(evidence) || isOwnAddress(evidence);
}

/** Whether loopback was asked, by its address or by a name that leads there: some systems give their own name 127.0.1.1. */
export function onLoopback(evidence: Evidence): boolean {
	if (isLoopback(evidence.target)) return true;
	const lookup = findLast(evidence, 'name-lookup', ({resolver, addresses}) => resolver === 'system' && addresses.length > 0);
	return lookup?.observation.addresses.every(({addressClass}) => addressClass === 'loopback') === true;
}

/** Whether one of this machine's own addresses was asked, other than loopback. */
export function isOwnAddress(evidence: Evidence): boolean {
	if (onLoopback(evidence)) return false;
	const host = hostAndPort(evidence.target)?.host.replace(/^\[|\]$/g, '');
	const isHost = (address: string) => address === host;
	return evidence.observations.some(observation => {
		switch (observation.kind) {
			case 'tcp-attempt':
				return observation.own === true;
			case 'name-lookup':
				return observation.resolver === 'system' && observation.addresses.some(({own}) => own === true);
			case 'tailscale-look':
				return observation.self?.addresses.some(isHost) === true;
			default:
				return false;
		}
	});
}

/** Whether ssh listens on the port asked for on this machine: the gateway is at the far end of its tunnel. */
export function endsInTunnel(evidence: Evidence): boolean {
	return /^(?:auto)?ssh$/.test(findLast(evidence, 'listener-look')?.observation.program ?? '');
}

function isName(text: string): boolean {
	return /^[A-Za-z0-9._-]{1,64}$/.test(text);
}
