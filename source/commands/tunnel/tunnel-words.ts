import type {ExitCode} from '../../exit-codes.js';
import {exitCodes} from '../../exit-codes.js';
import type {SshEnd} from '../../ssh-tunnel/ssh-end.js';
import type {SshTunnel} from '../../ssh-tunnel/ssh-tunnel.js';
import type {TunnelPlan} from './tunnel-plan.js';

/** Why there is no tunnel and what to try, in one line. */
export function endInWords({host}: TunnelPlan, {kind, said}: SshEnd): string {
	const words = wordsOfSsh(said);
	switch (kind) {
		case 'authentication':
			return `${host} did not let ssh in (${words}). Try it alone: ssh ${host}`;
		case 'host-key':
			return `ssh does not trust the key of ${host} (${words}). Look at it with: ssh ${host}`;
		case 'forwarding-refused':
			return `${host} forbids forwarding (${words}): AllowTcpForwarding and PermitOpen in its sshd_config, permitopen in authorized_keys.`;
		case 'settings':
			return `ssh could not be set up (${words}).`;
		case 'name-not-found':
		case 'unreachable':
		case 'unknown':
			return `no tunnel to ${host} (${words}). Try it alone: ssh ${host}`;
		case 'not-started':
			return `${said}.`;
		case 'cancelled':
			return 'cancelled.';
	}
}

/** An open tunnel broke, and is mended by itself. */
export function lossInWords({host}: TunnelPlan, {said}: SshEnd): string {
	return `the tunnel to ${host} broke (${wordsOfSsh(said)}); it is opened again by itself.`;
}

function wordsOfSsh(said: string): string {
	return said === '' ? 'ssh ended without a word' : `ssh said: ${said.replace(/\.$/, '')}`;
}

export function exitCodeOf({kind}: SshEnd): ExitCode {
	switch (kind) {
		case 'authentication':
		case 'host-key':
		case 'forwarding-refused':
			return exitCodes.authentication;
		case 'name-not-found':
			return exitCodes.nameNotFound;
		case 'settings':
		case 'not-started':
			return exitCodes.configuration;
		case 'unreachable':
		case 'unknown':
			return exitCodes.unreachable;
		case 'cancelled':
			return exitCodes.interrupted;
	}
}

/** What the first connection through an open tunnel met, when it was no answer. */
export function deadFarEnd({host, gatewayPort}: TunnelPlan, {farEnd, farEndSaid}: SshTunnel): string | undefined {
	const there = `127.0.0.1:${gatewayPort} on ${host}`;
	const said = farEndSaid === undefined ? '' : ` (ssh said: ${farEndSaid})`;
	const advice = `Is the gateway running there? On ${host}: openclaw gateway status. Another port: clawtalk tunnel --port N`;
	if (farEnd === 'closed') return `the tunnel is open, but nobody answers at ${there}${said}. ${advice}`;
	return farEnd === 'silent' ? `the tunnel is open, but ${there} takes connections and says nothing. ${advice}` : undefined;
}
