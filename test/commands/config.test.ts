import assert from 'node:assert/strict';
import {chmodSync, existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Command} from '../../source/commands/command.js';
import {configCommand} from '../../source/commands/config.js';
import {profilesCommand} from '../../source/commands/profiles.js';
import {locate} from '../../source/config/location.js';
import {openTrust} from '../../source/config/trust.js';
import {type CommandWorld, commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

async function run(
	home: FreshHome,
	line: string,
	more: Partial<WorldOptions> = {},
	command: Command = configCommand,
): Promise<CommandWorld & {code: number}> {
	const world = commandWorld({env: home.env, input: line.split(' ').filter(Boolean), ...more});
	const code = await command.run(world);
	return Object.assign(world, {code});
}

const saved = (home: FreshHome): unknown => JSON.parse(readFileSync(home.configFile, 'utf8'));

test('path names the file that CLAWTALK_CONFIG names', async t => {
	const home = freshHome(t);
	assert.equal((await run(home, 'path')).stdoutText(), `${home.configFile}\n`);
	assert.equal((await run(home, 'path', {env: {...home.env, CLAWTALK_CONFIG: '/x/y.json'}})).stdoutText(), '/x/y.json\n');
});

test('set, get, list, unset: a value', async t => {
	const home = freshHome(t);
	assert.deepEqual([(await run(home, 'set defaultAgent ops')).code, saved(home)], [0, {defaultAgent: 'ops'}]);
	assert.equal((await run(home, 'get defaultAgent')).stdoutText(), 'ops\n');
	assert.equal((await run(home, 'list')).stdoutText(), 'defaultAgent = ops\n');
	const unset = await run(home, 'unset defaultAgent');
	assert.deepEqual([unset.code, unset.stderrText(), saved(home)], [0, 'clawtalk: defaultAgent is no longer set.\n', {}]);
	const again = await run(home, 'unset defaultAgent');
	assert.deepEqual([again.code, again.stderrText()], [0, 'clawtalk: defaultAgent was not set.\n']);
	const missing = await run(home, 'get defaultAgent');
	assert.deepEqual([missing.code, missing.stderrText()], [78, 'clawtalk: defaultAgent: is not set.\n']);
});

test('the ssh of a profile is checked, set and listed', async t => {
	const home = freshHome(t);
	for (const ssh of ['user@HOST', 'home', 'me@192.168.1.5', 'me@fe80::1', 'a_b.c-d@x-1.example.com']) {
		assert.equal((await run(home, `set ssh ${ssh}`, {flags: {profile: 'home'}})).code, 0, ssh);
		assert.equal((await run(home, 'list')).stdoutText(), `profiles.home.ssh = ${ssh}\n`);
	}
	const refused = await run(home, 'set ssh me@home:22', {flags: {profile: 'home'}});
	assert.deepEqual([refused.code, refused.stderrLines().length], [78, 1]);
	assert.equal((await run(home, 'set probes minimal')).code, 0);
	assert.equal((await run(home, 'get probes')).stdoutText(), 'minimal\n');
});

test('a profile: set with --profile or with a dotted name, made the default, removed', async t => {
	const home = freshHome(t);
	await run(home, 'set gatewayUrl https://a.example.com', {flags: {profile: 'home'}});
	await run(home, 'set profiles.work.theme dark');
	assert.deepEqual(saved(home), {profiles: {home: {gatewayUrl: 'https://a.example.com'}, work: {theme: 'dark'}}});
	assert.equal((await run(home, 'set profile home')).code, 0);
	const refusedUnset = await run(home, 'unset profiles.home');
	assert.deepEqual([refusedUnset.code, refusedUnset.stderrLines().length], [78, 1]);
	assert.equal((await run(home, 'set profile nobody')).code, 78);
	await run(home, 'unset profile');
	assert.equal((await run(home, 'unset profiles.home')).code, 0);
	assert.deepEqual(saved(home), {profiles: {work: {theme: 'dark'}}});
	assert.equal((await run(home, 'get theme', {flags: {profile: 'work'}})).stdoutText(), 'dark\n');
});

test('a secret is piped in or typed unseen, and shown only by its length', async t => {
	const home = freshHome(t);
	const piped = await run(home, 'set gatewayToken', {piped: 'sesame-0123456789\n'});
	const done = (key: string) => `clawtalk: ${key} is set in ${home.configFile}.\n`;
	assert.deepEqual([piped.code, piped.stderrText(), piped.stdoutText()], [0, done('gatewayToken'), '']);
	const typed = await run(home, 'set headers.X-Api-Key', {typed: [['(hidden):', 'sesame-typed\r']]});
	assert.deepEqual(
		[typed.code, typed.stderrText(), typed.isRaw()],
		[0, `headers.X-Api-Key (hidden): \n${done('headers.X-Api-Key')}`, false],
	);
	assert.deepEqual(saved(home), {gatewayToken: 'sesame-0123456789', headers: {'X-Api-Key': 'sesame-typed'}});
	assert.equal((await run(home, 'get gatewayToken')).stdoutText(), 'set · 17 characters\n');
	assert.equal((await run(home, 'get headers.X-Api-Key')).stdoutText(), 'set · 12 characters\n');
	assert.equal((await run(home, 'list')).stdoutText(), 'gatewayToken = set · 17 characters\nheaders.X-Api-Key = set · 12 characters\n');
	const json = JSON.parse((await run(home, 'list', {flags: {json: true}})).stdoutText());
	assert.deepEqual(json.values, {gatewayToken: 'set · 17 characters', headers: {'X-Api-Key': 'set · 12 characters'}});
	assert.equal(statSync(home.configFile).mode & 0o777, 0o600);
});

test('Ctrl+C in a hidden question changes nothing and gives 130', async t => {
	const home = freshHome(t);
	const {code, isRaw} = await run(home, 'set gatewayToken', {typed: [['(hidden):', 'half\u0003']]});
	assert.deepEqual([code, isRaw(), existsSync(home.configFile)], [130, false, false]);
});

test('what is corrected is said, stored corrected, and never with the secret', async t => {
	const home = freshHome(t);
	const url = await run(home, 'set gatewayUrl ws://127.0.0.1:18789/v1');
	assert.equal(url.stderrLines().length, 3);
	const token = await run(home, 'set gatewayToken', {piped: '"Bearer sesame-0123456789"\n'});
	assert.deepEqual(token.stderrLines().slice(0, -1), [
		'clawtalk: gatewayToken: quotes around the token were removed.',
		'clawtalk: gatewayToken: the prefix "Bearer " was removed; clawtalk adds it.',
	]);
	assert.deepEqual(saved(home), {gatewayUrl: 'http://127.0.0.1:18789', gatewayToken: 'sesame-0123456789'});
});

const wrong: ReadonlyArray<readonly [line: string, code: number, says: RegExp]> = [
	['', 2, /subcommand is missing/],
	['frobnicate', 2, /no subcommand "frobnicate"/],
	['get', 2, /one KEY/],
	['get a b', 2, /one KEY/],
	['get nonsense', 2, /no setting "nonsense"\. There are: gatewayUrl/],
	['set', 2, /KEY and a VALUE/],
	['set theme', 2, /VALUE is missing/],
	['set theme dark light', 2, /one VALUE/],
	['set theme pink', 78, /one of auto/],
	['set gatewayUrl http://::1:18789', 78, /http:\/\/\[::1\]:18789/],
	['set gatewayUrl example.com', 78, /https:\/\/example\.com/],
	['set gatewayToken sesame-0123456789', 2, /takes no argument/],
	['set headers.X-Key sesame-0123456789', 2, /takes no argument/],
	['set headers sesame-0123456789', 2, /takes no argument/],
	['set headers', 2, /headers\.NAME/],
	['set gatewayToken', 78, /token is empty/],
	['set headers.Authorization', 78, /is empty/],
	['set profiles.home x', 2, /is a profile/],
	['set profiles.a/b.theme dark', 2, /no usable profile name/],
	['set __proto__ x', 2, /no setting/],
	['set gatewayTokenCommand a|b', 78, /no shell/],
	['unset', 2, /one KEY/],
];
for (const [line, code, says] of wrong) {
	test(`config ${line || '(nothing)'}: one line, exit code ${code}, nothing written`, async t => {
		const home = freshHome(t);
		const world = await run(home, line);
		assert.equal(world.code, code, world.stderrText());
		assert.equal(world.stderrLines().length, 1);
		assert.match(world.stderrText(), says);
		assert.doesNotMatch(world.stderrText(), /sesame/);
		assert.deepEqual([world.stdoutText(), existsSync(home.configFile)], ['', false]);
	});
}

test('a token command of several words is stored as a list', async t => {
	const home = freshHome(t);
	await run(home, 'set gatewayTokenCommand pass show gateway');
	assert.deepEqual(saved(home), {gatewayTokenCommand: ['pass', 'show', 'gateway']});
	assert.equal((await run(home, 'get gatewayTokenCommand')).stdoutText(), '["pass","show","gateway"]\n');
});

test('plain http in a LAN: without a terminal the command is printed, with one the yes is asked once', async t => {
	const home = freshHome(t);
	const line = 'set gatewayUrl http://192.168.1.5:18789';
	const script = await run(home, line);
	assert.equal(script.code, 0);
	assert.match(script.stderrText(), /clawtalk trust add http:\/\/192\.168\.1\.5:18789\n$/);
	const no = await run(home, line, {typed: [['[y/N]', '\n']]});
	assert.match(no.stderrText(), /Later: clawtalk trust add http:\/\/192\.168\.1\.5:18789\n$/);
	await run(home, line, {typed: [['[y/N]', 'y\n']]});
	assert.deepEqual(Object.keys((await openTrust(locate(home.env)).read()).trust.plainHttp), ['http://192.168.1.5:18789']);
	assert.equal((await run(home, line, {typed: []})).stderrLines().length, 1);
	assert.equal((await run(home, 'set gatewayUrl http://127.0.0.1:18789', {typed: []})).stderrLines().length, 1);
});

test('a new URL beside a stored token says whose the token is now', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'https://a.example.com', gatewayToken: 'sesame-0123456789'});
	assert.match(
		(await run(home, 'set gatewayUrl https://b.example.com')).stderrText(),
		/gatewayToken now belongs to https:\/\/b\.example\.com/,
	);
});

test('the token of a profile is set in the profile', async t => {
	const home = freshHome(t);
	home.writeConfig({profiles: {home: {gatewayUrl: 'https://a.example.com', gatewayToken: 'sesame-0123456789'}}});
	const said = (await run(home, 'set gatewayUrl https://b.example.com', {flags: {profile: 'home'}})).stderrText();
	assert.match(said, /clawtalk config set profiles\.home\.gatewayToken\n/);
});

test('list shows unknown keys, hides those that sound secret, and tells what is wrong', async t => {
	const home = freshHome(t);
	home.writeConfig({theme: 'pink', future: {apiKey: 'sesame-0123456789', level: 3}, password: 'sesame-0123456789', evil: 'a\u001b[2Jb'});
	const {code, stdoutText, stderrLines} = await run(home, 'list');
	assert.equal(code, 78);
	assert.equal(
		stdoutText(),
		'theme = pink\nfuture.apiKey = set · 17 characters\nfuture.level = 3\npassword = set · 17 characters\nevil = a\\u001b[2Jb\n',
	);
	assert.deepEqual(
		stderrLines().map(line => /^clawtalk: (\S+)/.exec(line)?.[1]),
		['password', 'theme'],
	);
});

async function editOnTerminal(env: Record<string, string>): Promise<CommandWorld & {code: number}> {
	const world = commandWorld({env, input: ['edit'], typed: []});
	Object.assign(world.stdout, {isTTY: true});
	return Object.assign(world, {code: await configCommand.run(world)});
}

test('edit starts no editor without a terminal', async t => {
	const home = freshHome(t);
	const {code, stderrText} = await run(home, 'edit', {env: {...home.env, VISUAL: '/nonexistent/editor'}});
	assert.equal(code, 2);
	assert.match(stderrText(), /^clawtalk: config edit: needs a terminal .*\n$/);
	assert.equal(existsSync(home.configFile), false);
});

test('edit opens the file in the editor, closes it to others, and checks it', async t => {
	const home = freshHome(t);
	const editor = join(home.home, 'editor.cjs');
	writeFileSync(
		editor,
		'const fs = require("fs"); const path = process.argv.at(-1); fs.rmSync(path); fs.writeFileSync(path, process.env.CONTENT); fs.chmodSync(path, 0o644)',
	);
	const edit = (content: string): Promise<CommandWorld & {code: number}> => {
		const env = {...home.env, VISUAL: `'${process.execPath}' '${editor}' --wait`, CONTENT: content};
		return editOnTerminal(env);
	};
	assert.equal((await edit('{"theme": "dark"}')).code, 0);
	assert.equal(statSync(home.configFile).mode & 0o777, 0o600);
	const broken = await edit('{"theme": "dark",}');
	assert.deepEqual([broken.code, broken.stderrLines().length, readFileSync(home.configFile, 'utf8')], [78, 1, '{"theme": "dark",}']);
	assert.equal((await edit('{"theme": "pink"}')).code, 78);
	assert.equal((await edit('{"theme": "light"}')).code, 0);
	const missing = await editOnTerminal({...home.env, EDITOR: '/nonexistent/editor'});
	assert.deepEqual([missing.code, missing.stderrText()], [78, 'clawtalk: /nonexistent/editor: was not found. Set EDITOR to an editor.\n']);
});

test('profiles lists them, marks the default one, and hides tokens', async t => {
	const home = freshHome(t);
	const none = await run(home, '', {}, profilesCommand);
	assert.match(none.stderrText(), /There are no profiles yet/);
	home.writeConfig({
		profile: 'home',
		profiles: {
			home: {gatewayUrl: 'https://a.example.com', gatewayToken: 'sesame-0123456789'},
			lab: {gatewayTokenCommand: 'pass show lab'},
			x: {},
		},
	});
	const {code, stdoutText} = await run(home, '', {}, profilesCommand);
	assert.equal(code, 0);
	assert.deepEqual(stdoutText().split('\n'), [
		'  default  http://127.0.0.1:18789  token: not set',
		'* home     https://a.example.com  token: set · 17 characters',
		'  lab      (the gatewayUrl of the top level)  token: from a command',
		'  x        (the gatewayUrl of the top level)  token: not set',
		'',
	]);
	const json = JSON.parse((await run(home, '', {flags: {json: true}}, profilesCommand)).stdoutText());
	assert.deepEqual(
		[json.default, json.unnamed.name, json.profiles[0]],
		['home', 'default', {name: 'home', default: true, gatewayUrl: 'https://a.example.com', token: 'set · 17 characters'}],
	);
	assert.equal((await run(home, 'home', {}, profilesCommand)).code, 2);
});

test('a config file that others can read is warned about with the command that closes it', async t => {
	const home = freshHome(t);
	home.writeConfig({});
	chmodSync(home.configFile, 0o644);
	const {targetForCommand} = await import('../../source/commands/gateway-target.js');
	const world = commandWorld({env: home.env});
	assert.ok((await targetForCommand(world, {onWithheld: 'stop'})).ok);
	assert.equal(
		world.stderrText(),
		`clawtalk: ${home.configFile}: is open to other users of this machine (mode 644). Close it with: chmod 600 ${home.configFile}\n`,
	);
});

test('a hidden question is not asked where its echo could not be switched off', async t => {
	const home = freshHome(t);
	const world = commandWorld({env: home.env, input: ['set', 'gatewayToken'], typed: []});
	Object.assign(world.stderr, {isTTY: false});
	assert.equal(await configCommand.run(world), 2);
	assert.match(world.stderrText(), /needs stderr to be the terminal too/);
	assert.equal(existsSync(home.configFile), false);
});
