import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelFailure, isFinal, judgeSshEnd, type SshEnd} from '../../source/ssh-tunnel/ssh-end.js';

const refusedChannel = 'channel 2: open failed: connect failed: Connection refused';

/** As OpenSSH 9.2 writes them. */
const ends: ReadonlyArray<readonly [kind: SshEnd['kind'], isFinal: boolean, said: string, lines: readonly string[]]> = [
	['authentication', true, 'me@home: Permission denied (publickey).', ['me@home: Permission denied (publickey).']],
	[
		'host-key',
		true,
		'Host key verification failed.',
		['No ED25519 host key is known for home and you have requested strict checking.', 'Host key verification failed.'],
	],
	[
		'forwarding-refused',
		true,
		'channel 2: open failed: administratively prohibited: open failed',
		['channel 2: open failed: administratively prohibited: open failed', 'Connection to home closed by remote host.'],
	],
	[
		'name-not-found',
		false,
		'ssh: Could not resolve hostname home: Name or service not known',
		['ssh: Could not resolve hostname home: Name or service not known'],
	],
	[
		'unreachable',
		false,
		'ssh: connect to host home port 22: Connection refused',
		[refusedChannel, 'ssh: connect to host home port 22: Connection refused'],
	],
	['unreachable', false, 'Timeout, server home not responding.', ['Timeout, server home not responding.']],
	['unreachable', false, 'Connection to home closed by remote host.', [refusedChannel, 'Connection to home closed by remote host.']],
	['unreachable', false, 'client_loop: send disconnect: Broken pipe', ['client_loop: send disconnect: Broken pipe']],
	[
		'settings',
		true,
		'/home/me/.ssh/config: terminating, 1 bad configuration options',
		['/home/me/.ssh/config: line 1: Bad configuration option: colour', '/home/me/.ssh/config: terminating, 1 bad configuration options'],
	],
	[
		'settings',
		true,
		'Could not request local forwarding.',
		['bind [127.0.0.1]:80: Permission denied', 'Could not request local forwarding.'],
	],
	['not-started', true, 'ssh could not be started (EACCES)', ['ssh could not be started (EACCES)']],
	['unknown', false, '', [refusedChannel]],
	['unknown', false, '', []],
];

for (const [kind, final, said, lines] of ends) {
	test(`${kind}: ${lines.join(' / ')}`, () => {
		const end = judgeSshEnd(lines);
		assert.deepEqual([end, isFinal(end)], [{kind, said}, final]);
	});
}

test('what ssh says about a connection that it could not carry on', () => {
	assert.equal(channelFailure([refusedChannel, 'something else']), 'connect failed: Connection refused');
	assert.equal(channelFailure(['something else']), undefined);
});
