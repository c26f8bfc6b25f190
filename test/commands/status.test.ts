import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import type {Generation} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {commandWorld} from '../helpers/command-world.js';
import {desertedPort} from '../helpers/deserted-port.js';
import {freshHome} from '../helpers/fresh-home.js';

const token = 'demo-token-of-this-test';

async function gatewayFor(t: TestContext, generation: Generation = '2026.9.6') {
	const gateway = await startDemoGateway({token, generation});
	t.after(() => gateway.kill());
	return gateway;
}

async function run(argv: readonly string[], env: Record<string, string>) {
	const world = commandWorld({env});
	const code = await runCommandLine(argv, world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

const states = (stdout: string) => JSON.parse(stdout).layers.map(({state}: {state: string}) => state);

test('all is well: each layer, the peer, the token by its length only', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const text = await run(['status'], env);
	assert.equal(text.code, 0);
	assert.match(text.stdout, /Token {5}set · 23 characters · from CLAWTALK_GATEWAY_TOKEN/);
	assert.match(text.stdout, /undici \d+\.\d+\.\d+$/m);
	assert.match((await run(['status', '--verbose'], env)).stdout, /undici \d+\.\d+\.\d+, the built-in fetch uses it too/);
	assert.match(text.stdout, /Everything is in order, as far as can be seen without asking a question\./);
	const {stdout} = await run(['status', '--json'], env);
	const document = JSON.parse(stdout);
	assert.equal(document.schema, 'clawtalk.status/1');
	assert.deepEqual(document.capability, {reach: 'yes', auth: 'yes', chat: 'yes', tools: 'unknown'});
	assert.deepEqual(states(stdout), ['ok', 'skipped', 'ok', 'skipped', 'ok', 'ok', 'ok', 'ok']);
	assert.ok(!text.stdout.includes(token) && !stdout.includes(token));
	assert.ok(gateway.requests.every(({method}) => method === 'GET'));
});

test('an old gateway, which lists no agents, proves the token by an empty question and no run', async t => {
	const gateway = await gatewayFor(t, '2026.2.9');
	const {code, stdout} = await run(['status'], {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token});
	assert.equal(code, 0);
	assert.match(stdout, /^✓ auth/m);
	assert.match(stdout, /Everything is in order.*\nNote: .*\[V01\]/);
});

test('a wrong token is tried once by ask, then held back, and tried again because status was asked', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: 'not-the-token'};
	const wrong = () => gateway.requests.filter(({authorization}) => authorization === 'wrong').length;
	assert.equal((await run(['ask', '--no-stdin', 'q'], env)).code, 77);
	assert.equal(wrong(), 1);
	const held = await run(['ask', '--no-stdin', 'q'], env);
	assert.equal(held.code, 77);
	assert.match(held.stderr, /refused this token (?:just now|\d+ s ago), so it was not sent again/);
	assert.equal(wrong(), 1);
	const status = await run(['status'], env);
	assert.equal(status.code, 77);
	assert.match(status.stdout, /The gateway rejected the token \(13 characters, from CLAWTALK_GATEWAY_TOKEN\) {2}\[A02, certain\]/);
	assert.match(status.stdout, /Seen {2}GET \/v1\/models → 401/);
	assert.match(status.stdout, /^Token {5}set · 13 characters · from CLAWTALK_GATEWAY_TOKEN$/m, 'this look has sent it');
	assert.equal(wrong(), 2);
});

test('a token that may not go to this gateway shows as set and not sent, with the reason', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'https://gateway.example.com', gatewayToken: token});
	const {stdout} = await run(['status', '--gateway', gateway.origin], home.env);
	assert.match(stdout, /^Token {5}set · 23 characters · from config\.json · not sent: it belongs to another gateway$/m);
	assert.ok(!stdout.includes(token));
});

test('on a terminal text is wrapped between words under itself, commands are not', async t => {
	const origin = `http://127.0.0.1:${await desertedPort()}`;
	const world = commandWorld({env: {...freshHome(t).env, CLAWTALK_GATEWAY_URL: origin, NO_COLOR: '1'}});
	Object.assign(world.stdout, {isTTY: true, columns: 40});
	await runCommandLine(['status'], world);
	const lines =
		world
			.stdoutText()
			.split('\u001B[J')
			.at(-2)
			?.replace(/^\u001B\[\d+A\r/, '')
			.replaceAll('\u001B[K', '')
			.split('\n') ?? [];
	const wide = lines.filter(line => line.length > 40);
	assert.ok(wide.length > 0 && wide.every(line => line.startsWith(' '.repeat(8))), wide.join('\n'));
	assert.ok(lines.some(line => /^ {8}\S/.test(line)));
});

test('nobody there: the ladder stops at tcp, with the remedies', async t => {
	const port = await desertedPort();
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: `http://127.0.0.1:${port}`};
	const {code, stdout} = await run(['status', '--json'], env);
	assert.equal(code, 69);
	assert.deepEqual(states(stdout), ['ok', 'skipped', 'fail', 'not-run', 'not-run', 'not-run', 'not-run', 'not-run']);
	assert.deepEqual(JSON.parse(stdout).layers[2].error, {
		...{code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port, count: 3, of: 3},
	});
	// The second where something listens on a usual port of OpenClaw, as on the machine of who has a gateway.
	const remedy = /1\. On the gateway host: .*\n {11}openclaw gateway status|1\. Here: .*\n {11}clawtalk status --gateway http:/;
	assert.match((await run(['status'], env)).stdout, remedy);
});

test('a stranger never gets the token', async t => {
	const gateway = await gatewayFor(t);
	gateway.setFault('html-200');
	const {code, stdout} = await run(['status'], {
		...freshHome(t).env,
		CLAWTALK_GATEWAY_URL: gateway.origin,
		CLAWTALK_GATEWAY_TOKEN: token,
	});
	assert.equal(code, 69);
	// O04 where this process is seen under a name of its own, which is no name of Node's.
	assert.match(stdout, /\[(?:H02|O04), \w+\]/);
	assert.ok(gateway.requests.every(({authorization}) => authorization === 'absent'));
});

test('a broken config is the first layer; without a gateway from elsewhere it is all there is to tell', async t => {
	const home = freshHome(t);
	home.writeConfig('{"gatewayUrl": }');
	const {code, stdout, stderr} = await run(['status', '--json'], home.env);
	assert.equal(code, 78);
	assert.deepEqual(states(stdout), ['fail', 'not-run', 'not-run', 'not-run', 'not-run', 'not-run', 'not-run', 'not-run']);
	assert.match(JSON.parse(stdout).problems[0], /config\.json.*1:16/);
	assert.deepEqual(
		JSON.parse(stdout).diagnoses.map(({id}: {id: string}) => id),
		['C02'],
	);
	const text = await run(['status'], home.env);
	assert.equal(text.code, 78);
	assert.match(
		text.stdout,
		/^✗ config\n· name {6}not tried\n[^✗]*\n✗ The config file is not valid JSON {2}\[C02, certain\]\n {2}Seen .*config\.json: not valid JSON at 1:16[\s\S]* 1\. Here: .*\n.*clawtalk config edit\n/,
	);
	assert.equal(stderr + text.stderr, '');
});

test('a broken config does not keep status from a gateway that the environment names', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	home.writeConfig({theme: 'pink'});
	const env = {...home.env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {code, stdout} = await run(['status', '--json'], env);
	const document = JSON.parse(stdout);
	assert.equal(code, 78);
	assert.deepEqual(states(stdout), ['fail', 'skipped', 'ok', 'skipped', 'ok', 'ok', 'ok', 'ok']);
	assert.deepEqual([document.diagnoses[0].layer, document.diagnoses[0].exitCode, document.capability.auth], ['config', 78, 'yes']);
	assert.match((await run(['status'], env)).stdout, /Seen {2}theme in \S+config\.json: is "pink"/);
	assert.match((await run(['status'], env)).stdout, /✗ config\n(.*\n)*✗ The setting theme in .* cannot be used/);
});
