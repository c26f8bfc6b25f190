import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {test} from 'node:test';
import {loadSettings} from '../../source/config/load.js';
import {sourceInWords} from '../../source/config/problem-line.js';
import type {SettingsFlags} from '../../source/config/settings.js';
import {freshHome} from '../helpers/fresh-home.js';

const file = {
	gatewayUrl: 'http://127.0.0.1:1111',
	gatewayToken: 'token-of-file',
	defaultAgent: 'file-agent',
	headers: {'X-Top': 'top-secret'},
	profiles: {
		home: {
			gatewayUrl: 'http://127.0.0.1:2222',
			gatewayToken: 'token-of-home',
			defaultAgent: 'home-agent',
			headers: {'X-Home': 'home-secret'},
		},
		bare: {gatewayUrl: 'http://127.0.0.1:3333'},
		same: {defaultModel: 'same-model', headers: {'x-top': 'other-secret'}},
	},
};

interface Case {
	readonly name: string;
	readonly config?: unknown;
	readonly flags?: SettingsFlags;
	readonly env?: Record<string, string>;
	/** Origin and its source; token, its source and the origin it belongs to. */
	readonly url: readonly [string, string];
	readonly token?: readonly [string, string, string];
}

const a = 'http://127.0.0.1:4444';
const b = 'http://127.0.0.1:5555';
const fallback = 'http://127.0.0.1:18789';

const cases: readonly Case[] = [
	{name: 'nothing at all', url: [fallback, 'default']},
	{
		name: 'the file',
		config: file,
		url: [file.gatewayUrl, 'config.json'],
		token: ['token-of-file', 'config.json', file.gatewayUrl],
	},
	{
		name: 'environment beats file',
		config: file,
		env: {CLAWTALK_GATEWAY_URL: a, CLAWTALK_GATEWAY_TOKEN: 'token-env'},
		url: [a, 'CLAWTALK_GATEWAY_URL'],
		token: ['token-env', 'CLAWTALK_GATEWAY_TOKEN', a],
	},
	{
		name: 'CLAWTALK_ beats OPENCLAW_',
		env: {
			OPENCLAW_GATEWAY_URL: b,
			OPENCLAW_GATEWAY_TOKEN: 'token-open',
			CLAWTALK_GATEWAY_URL: a,
			CLAWTALK_GATEWAY_TOKEN: 'token-claw',
		},
		url: [a, 'CLAWTALK_GATEWAY_URL'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', a],
	},
	{
		name: 'each family pairs its own URL and token',
		env: {
			OPENCLAW_GATEWAY_URL: b,
			OPENCLAW_GATEWAY_TOKEN: 'token-open',
			CLAWTALK_GATEWAY_URL: a,
		},
		url: [a, 'CLAWTALK_GATEWAY_URL'],
		token: ['token-open', 'OPENCLAW_GATEWAY_TOKEN', b],
	},
	{
		name: 'a password is a token',
		env: {OPENCLAW_GATEWAY_URL: b, OPENCLAW_GATEWAY_PASSWORD: 'pass word'},
		url: [b, 'OPENCLAW_GATEWAY_URL'],
		token: ['pass word', 'OPENCLAW_GATEWAY_PASSWORD', b],
	},
	{
		name: 'an environment token without URL pairs with the default',
		env: {OPENCLAW_GATEWAY_TOKEN: 'token-open'},
		url: [fallback, 'default'],
		token: ['token-open', 'OPENCLAW_GATEWAY_TOKEN', fallback],
	},
	{
		name: 'an environment token without URL pairs with the flag',
		config: file,
		flags: {gateway: b},
		env: {CLAWTALK_GATEWAY_TOKEN: 'token-claw'},
		url: [b, '--gateway'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', b],
	},
	{
		name: "an environment token without URL does not go to the file's gateway",
		config: {gatewayUrl: file.gatewayUrl},
		env: {CLAWTALK_GATEWAY_TOKEN: 'token-claw'},
		url: [file.gatewayUrl, 'config.json'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', fallback],
	},
	{
		name: 'an environment token with URL does not follow --gateway',
		flags: {gateway: b},
		env: {CLAWTALK_GATEWAY_URL: a, CLAWTALK_GATEWAY_TOKEN: 'token-claw'},
		url: [b, '--gateway'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', a],
	},
	{
		name: 'flags beat everything',
		config: file,
		flags: {gateway: b, token: 'token-flag'},
		env: {CLAWTALK_GATEWAY_URL: a, CLAWTALK_GATEWAY_TOKEN: 'token-claw'},
		url: [b, '--gateway'],
		token: ['token-flag', '--token', b],
	},
	{
		name: 'a flag token goes to the URL of the file',
		config: file,
		flags: {token: 'token-flag'},
		url: [file.gatewayUrl, 'config.json'],
		token: ['token-flag', '--token', file.gatewayUrl],
	},
	{
		name: '--profile beats the environment',
		config: file,
		flags: {profile: 'home'},
		env: {
			CLAWTALK_GATEWAY_URL: a,
			CLAWTALK_GATEWAY_TOKEN: 'token-claw',
			OPENCLAW_GATEWAY_TOKEN: 'token-open',
		},
		url: ['http://127.0.0.1:2222', 'profile home'],
		token: ['token-of-home', 'profile home', 'http://127.0.0.1:2222'],
	},
	{
		name: 'CLAWTALK_PROFILE does not beat the environment',
		config: file,
		env: {
			CLAWTALK_PROFILE: 'home',
			CLAWTALK_GATEWAY_URL: a,
			CLAWTALK_GATEWAY_TOKEN: 'token-claw',
		},
		url: [a, 'CLAWTALK_GATEWAY_URL'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', a],
	},
	{
		name: 'CLAWTALK_PROFILE beats the default profile',
		config: {...file, profile: 'bare'},
		env: {CLAWTALK_PROFILE: 'home'},
		url: ['http://127.0.0.1:2222', 'profile home'],
		token: ['token-of-home', 'profile home', 'http://127.0.0.1:2222'],
	},
	{
		name: 'a profile without token does not get that of the top level',
		config: {...file, profile: 'bare'},
		url: ['http://127.0.0.1:3333', 'profile bare'],
	},
	{
		name: 'a profile without URL has the gateway and token of the top level',
		config: file,
		flags: {profile: 'same'},
		url: [file.gatewayUrl, 'config.json'],
		token: ['token-of-file', 'config.json', file.gatewayUrl],
	},
	{
		name: 'the SSH tunnel: a profile token does not follow --gateway',
		config: file,
		flags: {profile: 'home', gateway: b},
		url: [b, '--gateway'],
		token: ['token-of-home', 'profile home', 'http://127.0.0.1:2222'],
	},
	{
		name: '--token-from insists',
		config: file,
		flags: {tokenFrom: 'home', gateway: b},
		url: [b, '--gateway'],
		token: ['token-of-home', 'profile home', b],
	},
	{
		name: '--token-from default is the top level',
		config: file,
		flags: {tokenFrom: 'default', gateway: b},
		url: [b, '--gateway'],
		token: ['token-of-file', 'config.json', b],
	},
	{
		name: '--token-from environment',
		flags: {tokenFrom: 'environment', gateway: b},
		env: {CLAWTALK_GATEWAY_URL: a, CLAWTALK_GATEWAY_TOKEN: 'token-claw'},
		url: [b, '--gateway'],
		token: ['token-claw', 'CLAWTALK_GATEWAY_TOKEN', b],
	},
];

for (const {name, config, flags = {}, env = {}, url, token} of cases) {
	test(name, async t => {
		const home = freshHome(t);
		if (config !== undefined) home.writeConfig(config);
		const result = await loadSettings({
			flags,
			env: {...home.env, ...env},
			stdinIsTTY: false,
		});
		assert.ok(result.ok, JSON.stringify(result));
		const {settings} = result;
		assert.deepEqual([settings.origin.value, sourceInWords(settings.origin.source)], url);
		const found = settings.token?.value.kind === 'secret' ? settings.token : undefined;
		assert.deepEqual(
			found && found.value.kind === 'secret' ? [found.value.secret.reveal(), sourceInWords(found.source), found.belongsTo] : undefined,
			token,
		);
	});
}

test('agent: flag, then profile, then top level; headers only of the gateway in use', async t => {
	const {env, writeConfig} = freshHome(t);
	writeConfig(file);
	const load = async (flags: SettingsFlags): Promise<readonly [unknown, unknown]> => {
		const result = await loadSettings({flags, env, stdinIsTTY: false});
		assert.ok(result.ok);
		const headers = Object.entries(result.settings.headers).map(([name, secret]) => `${name}=${secret.reveal()}`);
		return [result.settings.agent?.value, headers];
	};
	assert.deepEqual(await load({agent: 'flag-agent'}), ['flag-agent', ['x-top=top-secret']]);
	assert.deepEqual(await load({profile: 'home'}), ['home-agent', ['x-home=home-secret']]);
	assert.deepEqual(await load({profile: 'bare'}), ['file-agent', []]);
	assert.deepEqual(await load({profile: 'same'}), ['file-agent', ['x-top=other-secret']]);
	assert.deepEqual(await load({gateway: b}), ['file-agent', []]);
});

test('ssh is that of the gateway in use, probes that of the profile or the top level', async t => {
	const {env, writeConfig} = freshHome(t);
	writeConfig({
		gatewayUrl: 'http://127.0.0.1:18789',
		ssh: 'me@top',
		probes: 'minimal',
		profiles: {
			home: {gatewayUrl: 'http://192.168.1.5:18789', ssh: 'home', probes: 'full'},
			work: {gatewayUrl: 'http://127.0.0.1:18789'},
			same: {defaultModel: 'same-model'},
		},
	});
	const load = async (flags: SettingsFlags) => {
		const result = await loadSettings({flags, env, stdinIsTTY: false});
		assert.ok(result.ok);
		const {ssh, probes} = result.settings;
		return [ssh && `${ssh.value} of ${sourceInWords(ssh.source)}`, `${probes.value} of ${sourceInWords(probes.source)}`];
	};
	assert.deepEqual(await load({}), ['me@top of config.json', 'minimal of config.json']);
	assert.deepEqual(await load({profile: 'home'}), ['home of profile home', 'full of profile home']);
	assert.deepEqual(await load({profile: 'work'}), [undefined, 'minimal of config.json']);
	assert.deepEqual(await load({profile: 'same'}), ['me@top of config.json', 'minimal of config.json']);
	assert.deepEqual(await load({gateway: b}), [undefined, 'minimal of config.json']);
});

test('--token-file and --token - read one token, a newline at its end is normal', async t => {
	const {home, env} = freshHome(t);
	const path = join(home, 'token.txt');
	writeFileSync(path, 'from-a-file\n');
	const fromFile = await loadSettings({
		flags: {tokenFile: path},
		env,
		stdinIsTTY: false,
	});
	const fromStdin = await loadSettings({
		flags: {token: '-'},
		env,
		stdinIsTTY: false,
		stdin: Readable.from([Buffer.from('from-'), Buffer.from('stdin\n')]),
	});
	for (const [result, token] of [
		[fromFile, 'from-a-file'],
		[fromStdin, 'from-stdin'],
	] as const) {
		assert.ok(result.ok);
		assert.equal(result.settings.token?.value.kind === 'secret' && result.settings.token.value.secret.reveal(), token);
		assert.deepEqual(result.settings.corrections, []);
	}
});

test('a token of one to three characters is taken, and said to be too short to be hidden', async t => {
	const {env} = freshHome(t);
	for (const [token, said] of [
		['abc', /^--token: the token has fewer than 4 characters; [^\n]*$/],
		['abcd', /^$/],
	] as const) {
		const result = await loadSettings({flags: {gateway: 'http://127.0.0.1:18789', token}, env, stdinIsTTY: false});
		assert.ok(result.ok);
		assert.match(result.settings.corrections.join('\n'), said);
	}
});

const wrong: ReadonlyArray<readonly [name: string, flags: SettingsFlags, exitCode: number, says: RegExp]> = [
	['--token without terminal', {token: ''}, 2, /no terminal/],
	['--token - when stdin is taken', {token: '-'}, 2, /stdin is taken/],
	['two tokens', {token: 'a', tokenFile: 'b'}, 2, /only one/],
	['a token file that is not there', {tokenFile: '/nonexistent/token'}, 78, /ENOENT/],
	['an unknown profile', {profile: 'work'}, 78, /no profile "work"\. There are: home, bare, same/],
	['a profile of Object.prototype', {profile: 'constructor'}, 78, /no profile/],
	['--token-from an unknown profile', {tokenFrom: 'work'}, 78, /no profile "work"/],
	['--token-from a profile without token', {tokenFrom: 'bare'}, 78, /has no token/],
	['a broken --gateway', {gateway: 'http://::1:18789'}, 78, /brackets/],
	['a placeholder as --token', {token: '$TOKEN'}, 78, /placeholder/],
];
for (const [name, flags, exitCode, says] of wrong) {
	test(`${name}: one problem, exit code ${exitCode}`, async t => {
		const {env, writeConfig} = freshHome(t);
		writeConfig(file);
		const result = await loadSettings({flags, env, stdinIsTTY: false});
		assert.ok(!result.ok);
		assert.equal(result.problems.length, 1);
		assert.equal(result.problems[0]?.exitCode, exitCode);
		assert.match(result.problems[0]?.message ?? '', says);
	});
}

test('corrections and warnings are said, without the secret', async t => {
	const {env, writeConfig, configFile} = freshHome(t);
	writeConfig({gatewayURL: 'x', token: 'y', $comment: 'kept', profiles: {home: {gatwayToken: 'z', ssh: 'me@home'}}});
	const result = await loadSettings({
		flags: {},
		env: {
			...env,
			CLAWTALK_GATEWAY_URL: ' localhost:18789/v1',
			CLAWTALK_GATEWAY_TOKEN: '"Bearer sesame0123"',
		},
		stdinIsTTY: false,
	});
	assert.ok(result.ok);
	assert.equal(result.settings.corrections.length, 5);
	assert.match(result.settings.corrections.join('\n'), /^CLAWTALK_GATEWAY_URL: white space .*using http:\/\/localhost:18789$/m);
	assert.doesNotMatch(JSON.stringify(result), /sesame/);
	assert.deepEqual(
		result.settings.warnings.map(({where, message}) => `${where.split(' ')[0]} ${message}`),
		[
			'gatewayURL is not used; the name is gatewayUrl.',
			'token is not used; the name is gatewayToken.',
			'profiles.home.gatwayToken is not used; the name is gatewayToken.',
		],
	);
	assert.ok(result.settings.warnings[0]?.where.endsWith(configFile));
});
