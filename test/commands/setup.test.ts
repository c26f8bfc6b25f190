import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {needsSetup} from '../../source/commands/setup/needs-setup.js';
import {runSetup, type SetupContext} from '../../source/commands/setup.js';
import type {SettingsResult} from '../../source/config/settings.js';
import type {GatewayTarget} from '../../source/gateway/gateway.js';
import {type CommandWorld, commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

interface Run {
	readonly world: CommandWorld;
	readonly result: SettingsResult;
	/** What was tried: origin and token. */
	readonly tried: ReadonlyArray<readonly [string, string | undefined]>;
}

async function setUp(home: FreshHome, typed: NonNullable<WorldOptions['typed']>, outcomes: readonly boolean[] = [true]): Promise<Run> {
	const world = commandWorld({env: home.env, typed});
	const tried: Array<readonly [string, string | undefined]> = [];
	const check: NonNullable<SetupContext['check']> = async (target: GatewayTarget) => {
		tried.push([target.origin, target.credential.kind === 'token' ? target.credential.secret.reveal() : undefined]);
		const ok = outcomes[tried.length - 1] ?? true;
		return {ok, line: ok ? 'It works.' : 'It does not work.'};
	};
	const result = await runSetup({...world, flags: {}, check, isTailscalePeer: async () => false});
	return {world, result, tried};
}

function writeOpenClaw(home: FreshHome, json5: string): string {
	const path = join(home.home, '.openclaw', 'openclaw.json');
	mkdirSync(join(home.home, '.openclaw'));
	writeFileSync(path, json5);
	return path;
}

const saved = (home: FreshHome): unknown => JSON.parse(readFileSync(home.configFile, 'utf8'));

test('asks for URL and token, tries them, saves them for the user alone', async t => {
	const home = freshHome(t);
	const {world, result, tried} = await setUp(home, [
		['Gateway URL', 'ws://127.0.0.1:28789\n'],
		['(hidden', 'sesame-0123456789\r'],
	]);
	assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:28789', gatewayToken: 'sesame-0123456789'});
	assert.equal(statSync(home.configFile).mode & 0o777, 0o600);
	assert.deepEqual(tried, [['http://127.0.0.1:28789', 'sesame-0123456789']]);
	assert.ok(result.ok);
	assert.equal(result.settings.origin.value, 'http://127.0.0.1:28789');
	assert.doesNotMatch(world.stderrText(), /sesame/);
	assert.match(world.stderrText(), /ws:\/\/ was read as http:\/\//);
});

test('an empty answer takes the default URL and no token', async t => {
	const home = freshHome(t);
	await setUp(home, [
		['Gateway URL', '\n'],
		['(hidden', '\r'],
	]);
	assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:18789'});
});

test('a URL or token that cannot work is asked for again', async t => {
	const home = freshHome(t);
	const {tried} = await setUp(home, [
		['Gateway URL', 'http://::1:18789\n'],
		['Gateway URL', 'http://[::1]:18789\n'],
		['(hidden', '$TOKEN\r'],
		['(hidden', 'sesame-0123456789\r'],
	]);
	assert.deepEqual(tried, [['http://[::1]:18789', 'sesame-0123456789']]);
});

test('answers that do not work are saved only after a yes; else it asks again', async t => {
	const home = freshHome(t);
	const round = (port: number, answer: string): ReadonlyArray<readonly [string, string]> => [
		['Gateway URL', `http://127.0.0.1:${port}\n`],
		['(hidden', 'sesame-0123456789\r'],
		['anyway?', answer],
	];
	const {tried} = await setUp(home, [...round(1234, 'n\n'), ...round(1235, 'y\n')], [false, false]);
	assert.equal(tried.length, 2);
	assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:1235', gatewayToken: 'sesame-0123456789'});
});

test('after a no, what was typed is what an empty answer takes', async t => {
	const home = freshHome(t);
	const {tried} = await setUp(
		home,
		[
			['Gateway URL', 'http://127.0.0.1:1234\n'],
			['(hidden; empty for none', 'sesame-0123456789\r'],
			['anyway?', 'n\n'],
			['[http://127.0.0.1:1234]', '\n'],
			['(hidden; empty keeps the one before', '\r'],
		],
		[false, true],
	);
	assert.deepEqual(tried[1], tried[0]);
	assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:1234', gatewayToken: 'sesame-0123456789'});
});

test('the token typed for one URL is not kept for another', async t => {
	const home = freshHome(t);
	const {tried} = await setUp(
		home,
		[
			['Gateway URL', 'http://127.0.0.1:1234\n'],
			['(hidden', 'sesame-0123456789\r'],
			['anyway?', 'n\n'],
			['Gateway URL', 'http://127.0.0.1:1235\n'],
			['(hidden; empty for none', '\r'],
		],
		[false, true],
	);
	assert.deepEqual(tried[1], ['http://127.0.0.1:1235', undefined]);
});

test('a URL repaired in several ways is told in one line, and lines are wrapped between words', async t => {
	const home = freshHome(t);
	const {world} = await setUp(home, [
		['Gateway URL', ' "ws://127.0.0.1:28789/v1/chat/completions"\n'],
		['(hidden', '\r'],
	]);
	assert.equal(world.stderrText().match(/using http/g)?.length, 1);
	assert.match(
		world.stderrText().replaceAll('\n', ' '),
		/quotes around the URL were removed; ws:\/\/ was read as .*; using http:\/\/127\.0\.0\.1:28789/,
	);
	const lines = world.stderrLines().map(line => line.replace(/^Gateway URL \[.*?\] /, ''));
	for (const line of lines) assert.ok(line.length <= 80, line);
});

for (const [name, typed] of [
	['at the URL', [['Gateway URL', '\u0004']]],
	[
		'at the token',
		[
			['Gateway URL', '\n'],
			['(hidden', 'half\u0003'],
		],
	],
] as const) {
	test(`given up ${name}: nothing is saved, exit code 130`, async t => {
		const home = freshHome(t);
		const world = commandWorld({env: home.env, typed});
		const result = await runSetup({...world, flags: {}, isTailscalePeer: async () => false});
		assert.equal(!result.ok && result.problems[0]?.exitCode, 130);
		assert.equal(existsSync(home.configFile), false);
		assert.equal(world.isRaw(), false);
	});
}

test('a local OpenClaw offers its port; its token is taken only after a yes, and its file stays as it is', async t => {
	const json5 =
		"// mine\n{gateway: {port: 28789, bind: 'loopback', auth: {mode: 'token', token: 'sesame-local-0123'}}, channels: {x: {token: 'other-secret'}},}";
	for (const [answer, typed, token] of [
		['y\n', [], 'sesame-local-0123'],
		['\n', [['(hidden', 'sesame-typed-0123\r']], 'sesame-typed-0123'],
	] as const) {
		const home = freshHome(t);
		const path = writeOpenClaw(home, json5);
		const {world} = await setUp(home, [['Gateway URL', '\n'], ['Use the token', answer], ...typed]);
		assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:28789', gatewayToken: token});
		assert.equal(readFileSync(path, 'utf8'), json5);
		assert.doesNotMatch(world.stderrText(), /sesame|other-secret/);
	}
});

test('the token of the local OpenClaw is not offered for another gateway, nor when it is a variable', async t => {
	const elsewhere = freshHome(t);
	writeOpenClaw(elsewhere, '{gateway: {auth: {token: "sesame-local-0123"}}}');
	const other = await setUp(elsewhere, [
		['Gateway URL', 'https://gateway.example.com\n'],
		['(hidden', '\r'],
	]);
	assert.doesNotMatch(other.world.stderrText(), /Use the token/);
	const variable = freshHome(t);
	writeOpenClaw(variable, `{gateway: {auth: {token: "\${OPENCLAW_GATEWAY_TOKEN}"}}}`);
	assert.doesNotMatch(
		(
			await setUp(variable, [
				['Gateway URL', '\n'],
				['(hidden', '\r'],
			])
		).world.stderrText(),
		/Use the token/,
	);
});

test('plain http in a LAN is asked about before the token is; after a no nothing is sent there', async t => {
	const home = freshHome(t);
	const {world, tried} = await setUp(home, [
		['Gateway URL', 'http://192.168.1.5:18789\n'],
		['[y/N]', 'n\n'],
		['(hidden', 'sesame-0123456789\r'],
		['anyway?', 'y\n'],
	]);
	assert.deepEqual(tried, []);
	assert.match(world.stderrText(), /Not tried: http:\/\/192\.168\.1\.5:18789 is plain http/);
});

test('is needed only on a terminal when nothing names a gateway', async t => {
	const home = freshHome(t);
	const needed = (
		env: Record<string, string> = {},
		flags: SetupContext['flags'] = {},
		typed: WorldOptions['typed'] = [],
	): Promise<boolean> => needsSetup({...commandWorld({env: {...home.env, ...env}, ...(typed ? {typed} : {})}), flags});
	assert.equal(await needed(), true);
	assert.equal(await needed({OPENCLAW_GATEWAY_TOKEN: 'x'}), false);
	assert.equal(await needed({CLAWTALK_GATEWAY_URL: 'http://127.0.0.1:1234'}), false);
	assert.equal(await needed({}, {gateway: 'http://127.0.0.1:1234'}), false);
	assert.equal(await needsSetup({...commandWorld({env: home.env}), flags: {}}), false);
	home.writeConfig('broken');
	assert.equal(await needed(), false);
});
