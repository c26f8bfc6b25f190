import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {locate} from '../../source/config/location.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const token = 'demo-token-of-this-test';

async function gatewayFor(t: TestContext) {
	const gateway = await startDemoGateway({token});
	t.after(() => gateway.kill());
	return gateway;
}

async function run(argv: readonly string[], env: Record<string, string>) {
	const world = commandWorld({env});
	const code = await runCommandLine(argv, world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A world in which each file of the memory is written by the test. */
function rememberedHome(t: TestContext) {
	const home = freshHome(t);
	home.writeConfig({});
	const {lastStatusFile, connectionLogFile} = locate(home.env);
	return {
		env: home.env,
		status: (gateways: unknown, latest = 'default') =>
			writeFileSync(lastStatusFile, JSON.stringify({schema: 'clawtalk.last-status/1', latest, gateways})),
		log: (...records: readonly unknown[]) =>
			writeFileSync(connectionLogFile, records.map(record => `${JSON.stringify(record)}\n`).join('')),
	};
}

test('--cached tells what status found, without asking anybody', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	assert.deepEqual([(await run(['status', '--cached'], env)).code, (await run(['status', '--cached'], env)).stdout], [75, '? default\n']);
	await run(['status'], env);
	const asked = gateway.requests.length;
	const good = await run(['status', '--cached', '--format', '{lamp} {profile} {path} {id}|{unknown}'], env);
	assert.deepEqual([good.code, good.stdout], [0, '✓ default loopback |{unknown}\n']);
	assert.equal(gateway.requests.length, asked);
	await gateway.kill();
	assert.equal((await run(['status', '--check'], env)).code, 69);
	const bad = await run(['status', '--cached'], env);
	assert.equal(bad.code, 69);
	assert.match(bad.stdout, /^✗ default N\d\d\n$/);
});

test('--cached: stale, of the future, broken or hostile files', async t => {
	const home = rememberedHome(t);
	const entry = {at: minutesAgo(2), origin: 'http://a', ok: false, exitCode: 77, id: 'A02', path: 'LAN', latencyMs: 12};
	home.status({home: entry, evil: {...entry, at: minutesAgo(0), id: '\u001B[31mA\n02'}}, 'home');
	const cached = async (...argv: readonly string[]) => {
		const {code, stdout} = await run(['status', '--cached', ...argv], home.env);
		return [code, stdout];
	};
	assert.deepEqual(await cached(), [75, '? home\n']);
	assert.deepEqual(await cached('--max-age', '300', '--format', '{lamp}{id} {ms} {age}'), [77, '✗A02 12 120\n']);
	assert.deepEqual(await cached('--profile', 'evil'), [77, '✗ evil [31mA02\n']);
	assert.deepEqual(await cached('--profile', 'none'), [75, '? none\n']);
	home.status({default: {...entry, at: minutesAgo(-90)}});
	assert.deepEqual(await cached(), [75, '? default\n']);
	home.status({default: {at: 7}});
	assert.deepEqual(await cached(), [75, '? default\n']);
});

test('--cached --gateway tells of that address, whoever looked at it', async t => {
	const home = rememberedHome(t);
	const entry = {at: minutesAgo(0), origin: 'http://gw.example:18789', ok: true, exitCode: 0, path: 'LAN'};
	const other = {...entry, origin: 'http://127.0.0.1:28790', ok: false, exitCode: 77, id: 'A02'};
	home.status({home: entry, 'http://127.0.0.1:28790': other}, 'home');
	const cached = async (...argv: readonly string[]) => {
		const {code, stdout} = await run(['status', '--cached', ...argv], home.env);
		return [code, stdout];
	};
	assert.deepEqual(await cached('--gateway', 'http://127.0.0.1:28790/'), [77, '✗ http://127.0.0.1:28790 A02\n']);
	assert.deepEqual(await cached('--gateway', 'http://gw.example:18789'), [0, '✓ home\n']);
	assert.deepEqual(await cached('--gateway', 'http://127.0.0.1:28791'), [75, '? http://127.0.0.1:28791\n']);
	const bad = await run(['status', '--cached', '--gateway', 'http://0.0.0.0:1'], home.env);
	assert.deepEqual([bad.code, bad.stdout, bad.stderr.split('\n').length], [2, '', 2]);
});

test('--history: what was never usable has no drops', async t => {
	const home = rememberedHome(t);
	const typo = {origin: 'http://192.0.2.2:3333', by: 'status', path: 'public', at: minutesAgo(5), state: 'down', id: 'N11'};
	const known = {...typo, origin: 'http://gw.example:18789', lastGoodAt: minutesAgo(60 * 24 * 9)};
	home.log(typo, known);
	const {stdout} = await run(['status', '--history'], home.env);
	assert.match(stdout, /192\.0\.2\.2:3333 · not usable when last seen\n {2}never usable in 7 days\n {2}1 × N11;/);
	assert.match(stdout, /gw\.example:18789 · not usable when last seen\n {2}1 drop in 7 days\n/);
	const document = JSON.parse((await run(['status', '--history', '--json'], home.env)).stdout);
	assert.deepEqual(
		document.gateways.map((one: {origin: string; neverUsable?: true}) => [one.origin, one.neverUsable]),
		[
			['http://gw.example:18789', undefined],
			['http://192.0.2.2:3333', true],
		],
	);
});

test('--history: drops after the same silence are a time limit in between', async t => {
	const home = rememberedHome(t);
	const base = {origin: 'http://gw.example:18789', profile: 'home', by: 'chat', path: 'LAN'};
	const drops = [60_000, 60_300, 59_900, 60_000, 60_100].map((silentMs, index) => ({
		...base,
		at: minutesAgo(50 - index),
		state: 'down',
		id: 'S04',
		silentMs,
	}));
	home.log({...base, at: minutesAgo(60), state: 'up', version: '2026.9.4'}, ...drops, {
		...base,
		at: minutesAgo(1),
		state: 'up',
		version: '2026.9.6',
	});
	const {code, stdout} = await run(['status', '--history'], home.env);
	assert.equal(code, 0);
	assert.match(stdout, /^✓ home · http:\/\/gw\.example:18789 · usable when last seen\n {2}5 drops in 7 days\n/);
	assert.match(stdout, /5 × S04, each after 60 s of silence: likely a time limit of a proxy in between; last .*clawtalk explain S04/);
	assert.match(stdout, /gateway 2026\.9\.4 since .*, then 2026\.9\.6 since/);
	const document = JSON.parse((await run(['status', '--history', '--json'], home.env)).stdout);
	assert.deepEqual([document.schema, document.gateways[0].drops[0].regular, document.tornLines], ['clawtalk.history/1', true, 0]);
	assert.match((await run(['status', '--history', '--profile', 'none'], home.env)).stdout, /Nothing is known/);
});

test('status says until when it worked; of a refused token only what else has changed', async t => {
	const gateway = await gatewayFor(t);
	const home = rememberedHome(t);
	const env = {...home.env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: 'not-the-token'};
	const entry = {
		at: minutesAgo(3),
		origin: gateway.origin,
		ok: true,
		exitCode: 0,
		path: 'loopback',
		version: '2026.9.4',
		lastGoodAt: minutesAgo(3),
	};
	home.status({default: entry});
	const {code, stdout} = await run(['status'], env);
	assert.equal(code, 77);
	assert.doesNotMatch(stdout, /Worked until/);
	await gateway.kill();
	assert.match((await run(['status'], env)).stdout, /^ {2}Since Worked until (?:\d+ \w+ )?\d\d:\d\d\.$/m);
});

test('ask remembers a failure with its evidence, and the first success after it', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	const {connectionLogFile, lastFailureFile} = locate(home.env);
	const env = {...home.env, CLAWTALK_GATEWAY_URL: gateway.origin};
	const states = () =>
		readFileSync(connectionLogFile, 'utf8')
			.split('\n')
			.filter(Boolean)
			.map(line => [JSON.parse(line).by, JSON.parse(line).state]);
	assert.equal((await run(['ask', '--no-stdin', 'hello'], {...env, CLAWTALK_GATEWAY_TOKEN: token})).code, 0);
	assert.ok(!existsSync(connectionLogFile));
	assert.equal((await run(['ask', '--no-stdin', 'hello'], {...env, CLAWTALK_GATEWAY_TOKEN: 'not-the-token'})).code, 77);
	assert.deepEqual(states(), [['ask', 'down']]);
	const kept = readFileSync(lastFailureFile, 'utf8');
	assert.equal(JSON.parse(kept).schema, 'clawtalk.evidence/1');
	assert.ok(!kept.includes('not-the-token'));
	assert.equal((await run(['status', '--evidence', lastFailureFile, '--check'], home.env)).code, 77);
	for (const _ of [1, 2]) assert.equal((await run(['ask', '--no-stdin', 'hello'], {...env, CLAWTALK_GATEWAY_TOKEN: token})).code, 0);
	assert.deepEqual(states(), [
		['ask', 'down'],
		['ask', 'up'],
	]);
});
