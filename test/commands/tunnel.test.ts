import assert from 'node:assert/strict';
import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {planTunnel, throughTunnel} from '../../source/commands/tunnel/tunnel-plan.js';
import {tunnelCommand} from '../../source/commands/tunnel.js';
import {loadSettings} from '../../source/config/load.js';
import type {Settings, SettingsFlags} from '../../source/config/settings.js';
import {demoGatewayFor} from '../helpers/chat-program.js';
import {commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';
import {stubSsh} from '../ssh-tunnel/stub-ssh.js';

const file = {
	gatewayUrl: 'http://127.0.0.1:18789',
	gatewayToken: 'token-of-this-machine',
	profiles: {
		home: {gatewayUrl: 'http://192.168.1.5:1234', gatewayToken: 'token-of-home', ssh: 'me@home'},
		serve: {gatewayUrl: 'https://box.tail1234.ts.net/prefix', ssh: 'box', headers: {'X-Key': 'secret-of-the-proxy'}},
		'same-address': {gatewayUrl: 'http://127.0.0.1:18789', ssh: 'work'},
		inherits: {ssh: 'me@home'},
		unset: {gatewayUrl: 'http://192.168.1.6:18789'},
	},
};

async function settingsOf(home: FreshHome, flags: SettingsFlags, env: Record<string, string> = {}): Promise<Settings> {
	home.writeConfig(file);
	const result = await loadSettings({flags, env: {...home.env, ...env}, stdinIsTTY: false});
	assert.ok(result.ok, JSON.stringify(result));
	return result.settings;
}

const plans: ReadonlyArray<readonly [profile: string, port: number | undefined, plan: string]> = [
	['home', undefined, 'me@home 1234'],
	['home', 4321, 'me@home 4321'],
	['serve', undefined, 'box 18789'],
	['inherits', undefined, 'me@home 18789'],
];
for (const [profile, port, expected] of plans) {
	test(`the tunnel of ${profile}${port === undefined ? '' : ` with --port ${port}`} goes to ${expected}`, async t => {
		const planned = planTunnel(await settingsOf(freshHome(t), {profile}), port);
		assert.ok(planned.ok);
		assert.equal(`${planned.plan.host} ${planned.plan.gatewayPort}`, expected);
	});
}

const near = 'http://127.0.0.1:40000';
const tokens: ReadonlyArray<
	readonly [what: string, flags: SettingsFlags, env: Record<string, string>, token: string | undefined, warning: RegExp | undefined]
> = [
	['the token of the profile goes through its tunnel', {profile: 'home'}, {}, 'token-of-home', undefined],
	['the token of the gateway that is inherited goes', {profile: 'inherits'}, {}, 'token-of-this-machine', undefined],
	[
		'the token of the gateway here does not go to one elsewhere with the same address',
		{profile: 'same-address'},
		{},
		undefined,
		/the token \(config\.json\) is not that of same-address and is not sent .*--token-from default$/,
	],
	['unless the user insists', {profile: 'same-address', tokenFrom: 'default'}, {}, 'token-of-this-machine', undefined],
	['a token given for this run goes', {profile: 'same-address', token: 'typed'}, {}, 'typed', undefined],
	[
		'the token of the environment does not go',
		{},
		{CLAWTALK_PROFILE: 'same-address', OPENCLAW_GATEWAY_TOKEN: 'token-env'},
		undefined,
		/OPENCLAW_GATEWAY_TOKEN\) is not that of same-address .*--token-from environment$/,
	],
	['a profile without a token has none', {profile: 'serve'}, {}, undefined, undefined],
];
for (const [what, flags, env, token, warning] of tokens) {
	test(what, async t => {
		const settings = throughTunnel(await settingsOf(freshHome(t), flags, env), near);
		const {value, belongsTo, insisted} = settings.token ?? {};
		assert.equal(value?.kind === 'secret' ? value.secret.reveal() : undefined, token);
		if (token !== undefined) assert.deepEqual([belongsTo, insisted], [near, true]);
		const said = settings.warnings.map(({message}) => message);
		if (warning === undefined) assert.deepEqual(said, []);
		else assert.match(said.join('\n'), warning);
	});
}

test('headers and the prefix of a reverse proxy stay behind', async t => {
	const {headers, basePath, origin, addressClass} = throughTunnel(await settingsOf(freshHome(t), {profile: 'serve'}), near);
	assert.deepEqual([headers, basePath, origin.value, addressClass], [{}, '', near, 'loopback']);
});

async function run(home: FreshHome, options: Omit<WorldOptions, 'env'> & {readonly path?: string}) {
	home.writeConfig(file);
	const {path = '/nowhere', ...rest} = options;
	const world = commandWorld({env: {...home.env, PATH: path}, ...rest});
	const code = await tunnelCommand.run(world);
	return {code, lines: world.stderrLines(), stdout: world.stdoutText()};
}

const mistakes: ReadonlyArray<readonly [code: number, says: RegExp, options: Omit<WorldOptions, 'env'>]> = [
	[78, /^clawtalk: --profile: there is no profile "nobody"\. There are: home/, {input: ['nobody']}],
	[78, /^clawtalk: profile unset: does not say how ssh .* clawtalk config set --profile unset ssh USER@HOST$/, {input: ['unset']}],
	[78, /^clawtalk: config\.json: does not say how .* clawtalk config set ssh USER@HOST$/, {}],
	[2, /takes one PROFILE/, {input: ['home', 'serve']}],
	[2, /name two profiles/, {input: ['home'], flags: {profile: 'serve'}}],
	[2, /--port: a whole number from 1 to 65535/, {input: ['home'], flags: {port: 0}}],
];
for (const [code, says, options] of mistakes) {
	test(`${code}: ${says.source}`, async t => {
		const result = await run(freshHome(t), options);
		assert.deepEqual([result.code, result.lines.length], [code, 1]);
		assert.match(result.lines[0] ?? '', says);
	});
}

const failures: ReadonlyArray<readonly [code: number, ssh: string, says: RegExp]> = [
	[77, 'me@home: Permission denied (publickey).', /me@home did not let ssh in \(ssh said: .*publickey\)\)\. Try it alone: ssh me@home$/],
	[77, 'Host key verification failed.', /does not trust the key of me@home/],
	[68, 'ssh: Could not resolve hostname home: Name or service not known', /no tunnel to me@home/],
	[69, 'ssh: connect to host home port 22: Connection refused', /no tunnel to me@home .*Connection refused/],
	[78, 'command-line: line 0: Bad configuration option: colour', /could not be set up/],
];
for (const [code, says, line] of failures) {
	test(`ssh says "${says}": exit code ${code}`, async t => {
		const ssh = stubSsh(t, [{says}]);
		const result = await run(freshHome(t), {input: ['home'], path: ssh.folder});
		assert.equal(result.code, code);
		assert.equal(result.lines.length, 2);
		assert.match(result.lines[1] ?? '', line);
		assert.equal(result.stdout, '');
	});
}

test('--no-chat prints the address and stays until a signal; a relative entry of PATH is not searched', async t => {
	const gateway = await demoGatewayFor(t);
	const ssh = stubSsh(t, [{to: Number(new URL(gateway.origin).port)}]);
	const home = freshHome(t);
	home.writeConfig(file);
	const trap = join(home.home, 'ssh');
	writeFileSync(trap, '#!/bin/sh\necho trapped >&2\nexit 255\n');
	chmodSync(trap, 0o700);
	const controller = new AbortController();
	const path = `.:${ssh.folder}`;
	const world = commandWorld({env: {...home.env, PATH: path}, input: ['home'], flags: {noChat: true}, signal: controller.signal});
	const printed = new Promise<string>(resolve => {
		const {write} = world.stdout;
		world.stdout.write = ((text: string) => {
			resolve(text);
			return write.call(world.stdout, text, 'utf8');
		}) as typeof write;
	});
	const running = tunnelCommand.run(world);
	const origin = (await printed).trim();
	assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
	assert.equal((await fetch(`${origin}/healthz`)).status, 200);
	controller.abort('SIGTERM');
	assert.equal(await running, 0);
	assert.match(world.stderrText(), new RegExp(`clawtalk --gateway ${origin} --token-from home\n`));
	const [words = []] = ssh.runs();
	assert.deepEqual(words.slice(-2), ['--', 'me@home']);
	assert.match(words[words.indexOf('-L') + 1] ?? '', /^\/.*\/1:127\.0\.0\.1:1234$/);
	assert.equal(JSON.stringify([...ssh.runs(), world.stderrText()]).includes('token-of-home'), false);
});
