import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, type TestContext, test} from 'node:test';
import {openSshTunnel, type SshTunnel, type TunnelNews, type TunnelOptions} from '../../source/ssh-tunnel/ssh-tunnel.js';
import {atEnd} from '../helpers/at-end.js';
import {demoGatewayFor} from '../helpers/chat-program.js';
import {noSshd, ownSshd} from './own-sshd.js';
import {stubSsh} from './stub-ssh.js';

// A folder of temporary files of its own: what is left in it is left by these tests.
const temporary = mkdtempSync(join(tmpdir(), 'tunnels-'));
process.env['TMPDIR'] = temporary;
after(() => rmSync(temporary, {recursive: true, force: true}));

const skipped = process.platform === 'win32' ? 'the ssh of Windows forwards no Unix sockets' : false;
const portOf = (origin: string) => Number(new URL(origin).port);

function options(program: string, gatewayPort: number, more: Partial<TunnelOptions> = {}): TunnelOptions {
	const asking = {mayAsk: false, mayAskAgain: false};
	return {program, host: 'box', gatewayPort, env: process.env, ...asking, signal: new AbortController().signal, pauseMs: () => 1, ...more};
}

async function openFor(t: TestContext, given: TunnelOptions): Promise<SshTunnel> {
	const opened = await openSshTunnel(given);
	assert.ok(opened.ok, JSON.stringify(opened));
	atEnd(t, () => opened.tunnel.close());
	return opened.tunnel;
}

/** The next news of a tunnel, one at a time. */
function newsOf(tunnel: SshTunnel): () => Promise<TunnelNews> {
	const come: TunnelNews[] = [];
	let wake: () => void = () => undefined;
	tunnel.hear(news => {
		come.push(news);
		wake();
	});
	return async () => {
		while (come.length === 0)
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		return come.shift() as TunnelNews;
	};
}

const health = async (origin: string) => (await fetch(`${origin}/healthz`)).status;
const leftovers = () => readdirSync(temporary).filter(name => name.startsWith('clawtalk-tunnel-'));

test('a real sshd: the tunnel carries, comes back at the same address, and leaves nothing', {skip: skipped || noSshd}, async t => {
	const gateway = await demoGatewayFor(t);
	const server = await ownSshd(t);
	const tunnel = await openFor(t, options(server.program, portOf(gateway.origin)));
	const next = newsOf(tunnel);
	assert.equal(tunnel.farEnd, 'answers');
	assert.equal(await health(tunnel.origin), 200);
	await server.stop();
	const lost = await next();
	assert.equal(lost.kind, 'lost');
	assert.equal(lost.kind === 'lost' && lost.end.kind, 'unreachable');
	await assert.rejects(health(tunnel.origin));
	await server.start();
	let news = await next();
	while (news.kind === 'lost') news = await next();
	assert.equal(news.kind, 'back');
	assert.equal(await health(tunnel.origin), 200);
	await tunnel.close();
	await assert.rejects(health(tunnel.origin));
	assert.deepEqual(leftovers(), []);
});

test('a real sshd, nobody at the far end: open, and what ssh said about it', {skip: skipped || noSshd}, async t => {
	const gateway = await demoGatewayFor(t);
	await gateway.kill();
	const server = await ownSshd(t);
	const tunnel = await openFor(t, options(server.program, portOf(gateway.origin)));
	assert.deepEqual([tunnel.farEnd, tunnel.farEndSaid], ['closed', 'connect failed: Connection refused']);
});

const refusals = [
	['forbids forwarding', 'forwarding-refused', {server: 'AllowTcpForwarding no'}, /administratively prohibited/],
	['forbids this port', 'forwarding-refused', {server: 'PermitOpen 127.0.0.1:9'}, /administratively prohibited/],
	['does not know the key of the user', 'authentication', {authorized: false}, /Permission denied \(publickey\)/],
	['is not known', 'host-key', {knownHost: false}, /Host key verification failed/],
	['is asked with broken settings', 'settings', {client: 'Colour blue'}, /bad configuration option/i],
] as const;
for (const [what, kind, setting, said] of refusals) {
	test(`a real sshd that ${what}: no tunnel, one reason, nothing left`, {skip: skipped || noSshd}, async t => {
		const server = await ownSshd(t, setting);
		const opened = await openSshTunnel(options(server.program, 18_789));
		if (opened.ok) await opened.tunnel.close();
		assert.ok(!opened.ok);
		assert.equal(opened.end.kind, kind);
		assert.match(opened.end.said, said);
		assert.deepEqual(leftovers(), []);
	});
}

test("the user's settings of ssh count, but no connection is shared", {skip: skipped || noSshd}, async t => {
	const gateway = await demoGatewayFor(t);
	const server = await ownSshd(t, {client: 'ControlMaster auto\nControlPath /tmp/never-%C\nControlPersist yes'});
	const tunnel = await openFor(t, options(server.program, portOf(gateway.origin)));
	assert.equal(tunnel.farEnd, 'answers');
	assert.deepEqual(
		readdirSync('/tmp').filter(name => name.startsWith('never-')),
		[],
	);
});

test('ssh that breaks is started again, with pauses that grow, and without questions', {skip: skipped}, async t => {
	const gateway = await demoGatewayFor(t);
	const to = portOf(gateway.origin);
	const away = 'ssh: connect to host box port 22: Connection refused';
	const ssh = stubSsh(t, [{to, endsWith: 'Timeout, server box not responding.'}, {says: away}, {says: away}, {to}]);
	const pauses: number[] = [];
	const pauseMs = (failures: number) => pauses.push(failures);
	const tunnel = await openFor(t, options(ssh.program, to, {mayAsk: true, pauseMs}));
	const next = newsOf(tunnel);
	await assert.rejects(health(tunnel.origin));
	const said = [await next(), await next(), await next(), await next()];
	assert.deepEqual(
		said.map(news => [news.kind, 'end' in news ? news.end.said : '']),
		[
			['lost', 'Timeout, server box not responding.'],
			['lost', away],
			['lost', away],
			['back', ''],
		],
	);
	assert.deepEqual(pauses, [1, 2, 3]);
	assert.equal(await health(tunnel.origin), 200);
	const asking = ssh.runs().map(words => words.find(word => word.startsWith('BatchMode')));
	assert.deepEqual(asking, ['BatchMode=no', 'BatchMode=yes', 'BatchMode=yes', 'BatchMode=yes']);
});

test('while ssh is away the port stays ours, and its connections are cut', {skip: skipped}, async t => {
	const gateway = await demoGatewayFor(t);
	const to = portOf(gateway.origin);
	const ssh = stubSsh(t, [{to, endsWith: 'me@box: Permission denied (publickey).'}]);
	const tunnel = await openFor(t, options(ssh.program, to));
	const next = newsOf(tunnel);
	await assert.rejects(health(tunnel.origin));
	assert.deepEqual(await next(), {kind: 'given-up', end: {kind: 'authentication', said: 'me@box: Permission denied (publickey).'}});
	await assert.rejects(health(tunnel.origin));
	const thief = createServer();
	const error = await new Promise<NodeJS.ErrnoException>(resolve =>
		thief.once('error', resolve).listen(portOf(tunnel.origin), '127.0.0.1'),
	);
	assert.equal(error.code, 'EADDRINUSE');
	assert.equal(ssh.runs().length, 1);
});

test('what ssh says is shown without control characters', {skip: skipped}, async t => {
	const ssh = stubSsh(t, [{says: 'me@box: Permission denied \u001B]0;evil\u0007(\u001B[31mpublickey\u001B[0m).'}]);
	const opened = await openSshTunnel(options(ssh.program, 1));
	assert.deepEqual(opened, {ok: false, end: {kind: 'authentication', said: 'me@box: Permission denied (publickey).'}});
});

test('a program that cannot be started is said', {skip: skipped}, async () => {
	const opened = await openSshTunnel(options('/nowhere/ssh', 1));
	assert.deepEqual(opened, {ok: false, end: {kind: 'not-started', said: 'ssh could not be started (ENOENT)'}});
});

test('the signal ends an open tunnel', {skip: skipped}, async t => {
	const gateway = await demoGatewayFor(t);
	const to = portOf(gateway.origin);
	const ssh = stubSsh(t, [{to}]);
	const controller = new AbortController();
	const tunnel = await openFor(t, options(ssh.program, to, {signal: controller.signal}));
	controller.abort('SIGTERM');
	await tunnel.close();
	await assert.rejects(health(tunnel.origin));
	assert.deepEqual(leftovers(), []);
});

test('ssh gets the environment without the tokens in it, and an endless line of it is cut', {skip: skipped}, async t => {
	const folder = mkdtempSync(join(temporary, 'program-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const program = join(folder, 'ssh');
	const endless = 'node -e \'process.stderr.write("x".repeat(3_000_000))\'';
	writeFileSync(program, `#!/bin/sh\nenv >&2\n${endless}\nexit 255\n`, {mode: 0o700});
	const secrets = {CLAWTALK_GATEWAY_TOKEN: 'never-1', OPENCLAW_GATEWAY_TOKEN: 'never-2', OPENCLAW_GATEWAY_PASSWORD: 'never-3'};
	const lines: string[] = [];
	const env = {...process.env, ...secrets, SSH_AUTH_SOCK: '/run/agent'};
	const opened = await openSshTunnel(options(program, 1, {env, onLine: line => lines.push(line)}));
	assert.equal(opened.ok, false);
	assert.ok(lines.includes('SSH_AUTH_SOCK=/run/agent'));
	assert.doesNotMatch(lines.join('\n'), /never-\d/);
	assert.ok(Math.max(...lines.map(line => line.length)) <= 300);
});
