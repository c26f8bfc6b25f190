import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {demoGatewayFor, launcher, token} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {startInPty} from '../helpers/pty.js';
import {stubSsh} from '../ssh-tunnel/stub-ssh.js';

const skip = process.platform === 'win32' ? 'the ssh of Windows forwards no Unix sockets' : false;

/** A home whose profile `home` names a machine that the stub of ssh reaches, with a demo gateway as the far end. */
async function tunnelWorld(t: TestContext) {
	const gateway = await demoGatewayFor(t);
	const port = Number(new URL(gateway.origin).port);
	const ssh = stubSsh(t, [{to: port}]);
	const home = freshHome(t);
	home.writeConfig({profiles: {home: {gatewayUrl: gateway.origin, gatewayToken: token, ssh: 'me@home'}}});
	const env = {...home.env, PATH: `${ssh.folder}:${home.env['PATH']}`};
	return {gateway, ssh, env, start: (...args: string[]) => startInPty(t, process.execPath, [launcher, ...args], {env, columns: 120})};
}

test('clawtalk tunnel: an answer through the tunnel, and nothing left after it', {skip}, async t => {
	const {ssh, start} = await tunnelWorld(t);
	const program = start('tunnel', 'home');
	await program.shows('ssh tunnel');
	await program.shows('online');
	program.type('hi [[n=3]]\r');
	await program.shows('tok0 tok1 tok2');
	program.type('\u0004');
	assert.equal((await program.ended()).code, 0);
	const [words = []] = ssh.runs();
	assert.equal(existsSync((words[words.indexOf('-L') + 1] ?? '').split(':')[0] ?? ''), false);
	assert.equal(ssh.isRunning(), false);
});

test('/tunnel: the chat goes on through ssh; killed, it leaves no ssh behind', {skip}, async t => {
	const {ssh, start} = await tunnelWorld(t);
	const program = start('--profile', 'home');
	await program.shows('online');
	program.type('/tunnel\r');
	await program.shows('(ssh tunnel)');
	await program.until('online through the tunnel', lines => /online.*ssh tunnel/.test(lines.at(-1) ?? ''));
	assert.equal(ssh.isRunning(), true);
	const ended = ssh.ended();
	program.signal('SIGKILL');
	await ended;
});
