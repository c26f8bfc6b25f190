import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {addresses, type ProgramService} from './plan.js';
import {find} from './support.js';
import type {World} from './world.js';

const port = 2222;

/**
 * A real sshd for the user `me`. As root it would give up its rights, which a user namespace with one user does not let it do; so it
 * runs as that user from the start.
 */
export function sshServer({folder}: World): ProgramService {
	const own = path.join(folder, 'ssh');
	mkdirSync(own, {mode: 0o700});
	for (const key of ['host', 'user']) {
		execFileSync(find('ssh-keygen') ?? 'ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(own, key)]);
	}
	const settings = [
		`ListenAddress ${addresses.remoteLan}:${port}`,
		`HostKey ${own}/host`,
		`AuthorizedKeysFile ${own}/user.pub`,
		'StrictModes no',
		'UsePAM no',
		`PidFile ${own}/pid`,
	];
	writeFileSync(path.join(own, 'sshd_config'), `${settings.join('\n')}\n`);
	const sshd = [find('sshd') ?? 'sshd', '-D', '-e', '-f', path.join(own, 'sshd_config')];
	return {kind: 'program', command: ['unshare', '-U', '--map-user=1000', '--map-group=1000', ...sshd], ready: [addresses.remoteLan, port]};
}

/** A real tunnel to 127.0.0.1:18789 of the other machine. */
export function sshTunnel({folder}: World): ProgramService {
	const own = path.join(folder, 'ssh');
	const options = ['ExitOnForwardFailure=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes'];
	return {
		kind: 'program',
		command: [
			...[find('ssh') ?? 'ssh', '-N', '-F', 'none', ...options.flatMap(option => ['-o', option])],
			...['-i', path.join(own, 'user'), '-p', String(port), '-L', '127.0.0.1:18789:127.0.0.1:18789', `me@${addresses.remoteLan}`],
		],
		ready: ['127.0.0.1', 18_789],
	};
}
