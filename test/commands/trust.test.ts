import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {existsSync} from 'node:fs';
import {createServer as createProxy} from 'node:http';
import {createServer} from 'node:https';
import {type AddressInfo, connect} from 'node:net';
import {type TestContext, test} from 'node:test';
import {trustCommand} from '../../source/commands/trust.js';
import {locate} from '../../source/config/location.js';
import {openTrust, type Trust} from '../../source/config/trust.js';
import {certificate} from '../gateway/recorded/certificates.js';
import {type CommandWorld, commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

async function run(home: FreshHome, line: string, more: Partial<WorldOptions> = {}): Promise<CommandWorld & {code: number}> {
	const world = commandWorld({env: home.env, input: line.split(' ').filter(Boolean), ...more});
	return Object.assign(world, {code: await trustCommand.run(world)});
}

const trustOf = async (home: FreshHome): Promise<Trust> => (await openTrust(locate(home.env)).read()).trust;

async function selfSigned(t: TestContext): Promise<{readonly origin: string; requests(): number}> {
	let requests = 0;
	const server = createServer(certificate, (_request, response) => {
		requests++;
		response.end();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.after(() => server.close());
	return {origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests};
}

test('add, show and reset a private plain-http gateway', async t => {
	const home = freshHome(t);
	assert.match((await run(home, 'show')).stderrText(), /^clawtalk: nothing is trusted .*\n$/);
	assert.equal((await run(home, 'reset')).stderrText(), 'clawtalk: nothing was trusted.\n');
	const added = await run(home, 'add 192.168.1.5:18789/v1');
	assert.equal(added.code, 0);
	assert.equal(added.stderrLines().at(-1), 'clawtalk: http://192.168.1.5:18789 may get the token over plain http from now on.');
	assert.match((await run(home, 'show')).stdoutText(), /^http:\/\/192\.168\.1\.5:18789 {2}plain http allowed 20\d\d-/);
	const json = JSON.parse((await run(home, 'show', {flags: {json: true}})).stdoutText());
	assert.deepEqual([json.schema, Object.keys(json.plainHttp)], ['clawtalk.trust/1', ['http://192.168.1.5:18789']]);
	assert.match((await run(home, 'reset http://192.168.1.6:18789')).stderrText(), /was not trusted/);
	const reset = await run(home, 'reset http://192.168.1.5:18789');
	assert.deepEqual([reset.code, reset.stderrText()], [0, 'clawtalk: http://192.168.1.5:18789: no longer trusted.\n']);
	assert.deepEqual(await trustOf(home), {plainHttp: {}, pins: {}});
});

test('add an https gateway: shows the fingerprint, pins it, and sends no request', async t => {
	const home = freshHome(t);
	const {origin, requests} = await selfSigned(t);
	const fingerprint = new X509Certificate(certificate.cert).fingerprint256;
	const no = await run(home, `add ${origin}`, {typed: [['[y/N]', 'n\n']]});
	assert.deepEqual([no.code, await trustOf(home)], [0, {plainHttp: {}, pins: {}}]);
	const unanswered = await run(home, `add ${origin}`, {typed: [['[y/N]', '\u0004']]});
	assert.deepEqual([unanswered.code, await trustOf(home)], [130, {plainHttp: {}, pins: {}}]);
	const added = await run(home, `add ${origin}`);
	assert.equal(added.code, 0);
	assert.ok(added.stderrText().includes(fingerprint));
	assert.equal((await trustOf(home)).pins[origin]?.fingerprint, fingerprint);
	assert.equal(requests(), 0);
	await run(home, 'reset');
	assert.deepEqual((await trustOf(home)).pins, {});
});

test('the certificate is read through the proxy that requests take', async t => {
	const home = freshHome(t);
	const {origin} = await selfSigned(t);
	const targets: string[] = [];
	const proxy = createProxy().on('connect', (request, socket) => {
		targets.push(request.url ?? '');
		const tunnel = connect(Number(new URL(origin).port), '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.pipe(tunnel).pipe(socket);
		});
	});
	await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
	t.after(() => proxy.close());
	const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	const byEnvironment = await run(home, 'add https://gw.example', {env: {...home.env, HTTPS_PROXY: url}});
	assert.equal(byEnvironment.code, 0, byEnvironment.stderrText());
	home.writeConfig({profiles: {work: {gatewayUrl: 'https://work.example', proxy: url}}});
	const byProfile = await run(home, 'add https://work.example', {flags: {profile: 'work'}});
	assert.equal(byProfile.code, 0, byProfile.stderrText());
	assert.deepEqual(targets, ['gw.example:443', 'work.example:443']);
	proxy.removeAllListeners('connect').on('connect', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
	const refused = await run(home, 'add https://gw.example', {env: {...home.env, HTTPS_PROXY: url}});
	assert.deepEqual([refused.code, Object.keys((await trustOf(home)).pins)], [69, ['https://gw.example', 'https://work.example']]);
});

const wrong: ReadonlyArray<readonly [line: string, code: number, says: RegExp]> = [
	['', 2, /a subcommand is missing\. There are: show, add, reset/],
	['frobnicate', 2, /There are: show/],
	['add', 2, /give the ORIGIN/],
	['add a b', 2, /too many/],
	['show x', 2, /too many/],
	['add http://::1:18789', 78, /brackets/],
	['add http://example.com', 78, /--insecure/],
	['add https://127.0.0.1:1234', 69, /ECONNREFUSED.*nothing was pinned/],
];
for (const [line, code, says] of wrong) {
	test(`trust ${line || '(nothing)'}: one line, exit code ${code}, nothing written`, async t => {
		const home = freshHome(t);
		const world = await run(home, line);
		assert.equal(world.code, code, world.stderrText());
		assert.equal(world.stderrLines().length, 1);
		assert.match(world.stderrText(), says);
		assert.equal(existsSync(locate(home.env).trustFile), false);
	});
}

test('loopback needs no trust', async t => {
	const home = freshHome(t);
	const {code, stderrText} = await run(home, 'add http://127.0.0.1:18789');
	assert.deepEqual([code, stderrText()], [0, 'clawtalk: http://127.0.0.1:18789 is this machine; it needs no trust.\n']);
});
