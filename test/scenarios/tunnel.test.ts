import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {sshServer, sshTunnel} from './lab/ssh.js';
import type {World} from './lab/world.js';
import {play} from './scenario.js';

const here = 'http://127.0.0.1:18789';
const ssh = {needs: ['ssh', 'sshd'], url: here, client: (world: World) => [sshTunnel(world)]} as const;

play('what ends in between', [
	{
		...ssh,
		name: 'all is well through a tunnel of ssh',
		remote: world => [{kind: 'gateway', at: ['127.0.0.1', 18_789]}, sshServer(world)],
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		...ssh,
		name: 'the tunnel of ssh is up, and nothing listens at its far end',
		remote: world => [sshServer(world)],
		expect: {id: 'N19', exitCode: 69, command: /^(ssh |openclaw gateway)/, token: 'kept'},
	},
	{
		name: 'the port of a container is published, and nothing listens in it',
		url: here,
		client: world => dockerProxy(world),
		expect: {id: 'N20', exitCode: 69, token: 'kept'},
	},
]);

/** Takes connections and closes them, under the name that Docker's proxy has. */
function dockerProxy({folder}: World) {
	const program = path.join(folder, 'docker-proxy');
	writeFileSync(program, '', {mode: 0o755});
	const script = "require('node:net').createServer(socket => socket.end()).listen(18789, '127.0.0.1')";
	return [
		{kind: 'command', command: ['mount', '--bind', process.execPath, program]},
		{kind: 'program', command: [program, '-e', script], ready: ['127.0.0.1', 18_789]},
	] as const;
}
