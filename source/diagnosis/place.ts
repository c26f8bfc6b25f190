import type {Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {findLast} from './find.js';
import {hostForCommand, isLoopback} from './target-words.js';

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
	return host === 'HOST' || isLoopback(evidence.target) ? 'on the gateway host' : `on the gateway host (${host})`;
}

/** Whether the gateway's machine is this one, as far as the evidence shows: something of OpenClaw is here, or one of our own addresses was asked. */
export function isSameMachine(evidence: Evidence): boolean {
	const local = findLast(evidence, 'local-openclaw')?.observation.state;
	return isLoopback(evidence.target) && local !== undefined && local !== 'absent';
}

function isName(text: string): boolean {
	return /^[A-Za-z0-9._-]{1,64}$/.test(text);
}
