import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {targetForCommand} from '../../source/commands/gateway-target.js';
import {locate} from '../../source/config/location.js';
import {saveConfig} from '../../source/config/save.js';
import {redact} from '../../source/diagnosis/redact.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const secret = 'hunter2hunter2hunter2';
const good = `"gatewayUrl": "http://127.0.0.1:18789", "gatewayToken": "${secret}"`;

/** Files that are no JSON object: also refused for writing. */
const unreadable: ReadonlyArray<readonly [name: string, content: string | Uint8Array, says: RegExp]> = [
	['empty', '', /is empty/],
	['blank', ' \n\t\n', /is empty/],
	['only a byte order mark', '\ufeff', /is empty/],
	['truncated in a string', `{${good.slice(0, -5)}`, /at 1:\d+ \(a string is not closed\)/],
	['truncated after a value', `{${good}`, /the file ends/],
	['truncated after a line', `{\n${good},\n`, /should be\) · fix it with/],
	['trailing comma', `{${good},}`, /at 1:\d+ \(comma before "}"\)/],
	['trailing comma on the next line', `{\n\t${good},\n}`, /at 2:\d+ \(comma before "}"\)/],
	['line comment', `{\n// my gateway\n${good}}`, /at 2:1 \(JSON has no comments\)/],
	['block comment', `{/* x */${good}}`, /JSON has no comments/],
	['hash comment', `# config\n{${good}}`, /at 1:1 \(JSON has no comments\)/],
	['single quotes', `{'gatewayToken': '${secret}'}`, /straight double quotes/],
	['curly quotes', `{“gatewayToken”: “${secret}”}`, /straight double quotes/],
	['no quotes', `{gatewayToken: ${secret}}`, /a name in double quotes/],
	['missing comma', `{"gatewayToken": "${secret}" "theme": "dark"}`, /a comma or "}"/],
	['missing colon', `{"gatewayToken" "${secret}"}`, /a colon/],
	['missing value', '{"gatewayToken": }', /a value/],
	['two objects', `{${good}} {}`, /the end of the file/],
	['line break inside a token', `{"gatewayToken": "${secret}\n${secret}"}`, /not closed/],
	['tab inside a token', `{"gatewayToken": "${secret}\t"}`, /control character/],
	['bad escape', `{"gatewayToken": "${secret}\\q"}`, /unknown escape/],
	['zero bytes', '\0\0\0\0', /a value/],
	['escape sequences', `{\u001b[2J${good}}`, /a name in double quotes/],
	['yaml', `gatewayToken: ${secret}\n`, /a value/],
	['UTF-16', Buffer.from(`\ufeff{${good}}`, 'utf16le'), /not UTF-8/],
	['latin-1', Buffer.from(`{"defaultAgent": "Jürgen"}`, 'latin1'), /not UTF-8/],
	['a list', '[1]', /holds a list/],
	['null', 'null', /holds null/],
	['a text', `"${secret}"`, /holds a string/],
	['a number', '42', /holds a number/],
	['true', 'true', /holds true or false/],
	['nested too deep', `${'['.repeat(5000)}`, /nested deeper/],
	['huge', `{"x": "${'y'.repeat(1024 * 1024)}"}`, /larger than 1 MiB/],
];

/** Files that parse but cannot be used: each with one problem. */
const unusable: ReadonlyArray<readonly [name: string, content: object, says: RegExp]> = [
	['URL that is a number', {gatewayUrl: 18789}, /^clawtalk: gatewayUrl in .*: is a number/],
	['empty URL', {gatewayUrl: ''}, /gatewayUrl in/],
	['URL without scheme and public', {gatewayUrl: 'example.com'}, /has no scheme.*https:\/\/example\.com/],
	['IPv6 without brackets', {gatewayUrl: 'http://::1:18789'}, /http:\/\/\[::1\]:18789/],
	['port out of range', {gatewayUrl: 'http://127.0.0.1:99999'}, /port/],
	['password in the URL', {gatewayUrl: `http://me:${secret}@127.0.0.1:18789`}, /user name or password/],
	['token in the URL', {gatewayUrl: `http://127.0.0.1:18789/#token=${secret}`}, /has a token inside/],
	['listen address', {gatewayUrl: 'http://0.0.0.0:18789'}, /address to listen on/],
	['token that is a number', {gatewayToken: 12345}, /is a number/],
	['token with a line break', {gatewayToken: `${secret}\n${secret}`}, /set · 43 characters: the token has a line break/],
	['unexpanded variable', {gatewayToken: `\${OPENCLAW_GATEWAY_TOKEN}`}, /placeholder/],
	['empty token', {gatewayToken: ''}, /token is empty/],
	['token command with a pipe', {gatewayTokenCommand: 'cat token | head -1'}, /no shell/],
	['token command with an open quote', {gatewayTokenCommand: 'cat "token'}, /quote that is not closed/],
	['token command that is an object', {gatewayTokenCommand: {}}, /is an object/],
	['empty token command', {gatewayTokenCommand: []}, /is a list/],
	['agent that is a list', {defaultAgent: ['main']}, /is a list/],
	['unknown theme', {theme: 'pink'}, /"pink"; one of auto, dark, light, high-contrast, .*, none/],
	['unknown probes', {probes: 'none'}, /"none"; one of full, minimal/],
	['ssh that is a list', {ssh: ['me@home']}, /is a list/],
	['ssh that is an option', {ssh: '-oProxyCommand=id'}, /is not USER@HOST/],
	['ssh whose host is an option', {ssh: 'me@-oProxyCommand=id'}, /is not USER@HOST/],
	['ssh with a command', {ssh: 'me@home; id'}, /is not USER@HOST/],
	['ssh with a line break', {ssh: 'me@home\nid'}, /is not USER@HOST/],
	['ssh with a port', {ssh: 'me@home:2222'}, /has a port, which goes into ~\/\.ssh\/config/],
	['empty ssh', {ssh: ''}, /is not USER@HOST/],
	['proxy without scheme', {proxy: 'proxy:3128'}, /is no proxy/],
	['proxy with a password and without scheme', {proxy: `user:${secret}@proxy:3128`}, /is no proxy/],
	['headers that are a text', {headers: secret}, /is a string/],
	['header with a line break', {headers: {'X-Key': `${secret}\r\nX: y`}}, /X-Key has a character/],
	['header name with a space', {headers: {'X Key': secret}}, /"X Key" is no header name/],
	['origin as header', {headers: {Origin: 'http://x'}}, /Origin is set by clawtalk itself/],
	['authorization as header', {headers: {Authorization: secret}}, /gatewayToken/],
	['default profile that does not exist', {profile: 'home'}, /there is no profile "home"/],
	['profiles that are a list', {profiles: []}, /is a list/],
	['profile that is a text', {profiles: {home: 'http://127.0.0.1'}}, /profiles\.home in .*: is a string/],
	['profile name with a dot', {profiles: {'a.b': {}}}, /no usable profile name/],
	['broken value in a profile', {profiles: {home: {gatewayUrl: 'nonsense'}}}, /profiles\.home\.gatewayUrl/],
];

for (const [name, content, says] of [...unreadable, ...unusable]) {
	test(`${name}: one line, exit code 78, file unchanged`, async t => {
		const {env, configFile, writeConfig} = freshHome(t);
		writeConfig(content);
		const before = readFileSync(configFile);
		const world = commandWorld({env});
		const result = await targetForCommand(world, {onWithheld: 'stop'});
		assert.ok(!result.ok);
		assert.equal(result.exitCode, 78);
		const lines = world.stderrLines();
		assert.equal(lines.length, 1, world.stderrText());
		assert.match(lines[0] ?? '', says);
		assert.doesNotMatch(world.stderrText(), /hunter2/);
		assert.doesNotMatch(lines[0] ?? '', /\p{Cc}/u);
		assert.deepEqual(readFileSync(configFile), before);
	});
}

for (const [name, content, says] of unreadable) {
	test(`${name}: a change is refused and the file unchanged`, async t => {
		const {env, configFile, writeConfig} = freshHome(t);
		writeConfig(content);
		const before = readFileSync(configFile);
		const saved = await saveConfig(locate(env), config => ({
			...config,
			theme: 'dark',
		}));
		assert.ok(!saved.ok);
		assert.match(saved.problem.message, says);
		assert.deepEqual(readFileSync(configFile), before);
	});
}

test('several problems give one line each', async t => {
	const {env, writeConfig} = freshHome(t);
	writeConfig({
		gatewayUrl: 7,
		theme: 'pink',
		profiles: {home: {defaultAgent: ''}},
	});
	const world = commandWorld({env});
	await targetForCommand(world, {onWithheld: 'stop'});
	assert.deepEqual(
		world.stderrLines().map(line => /^clawtalk: (\S+) in /.exec(line)?.[1]),
		['gatewayUrl', 'theme', 'profiles.home.defaultAgent'],
	);
});

test('a byte order mark and unknown keys are no problem', async t => {
	const {env, writeConfig} = freshHome(t);
	writeConfig(`\ufeff{"gatewayUrl": "http://127.0.0.1:1234", "future": {"x": [1]}}`);
	const world = commandWorld({env});
	const result = await targetForCommand(world, {onWithheld: 'stop'});
	assert.ok(result.ok);
	assert.equal(result.target.origin, 'http://127.0.0.1:1234');
	assert.equal(world.stderrText(), '');
});

const places: ReadonlyArray<readonly [name: string, make: (home: string) => string, says: RegExp]> = [
	['a directory', home => home, /is a directory/],
	['below a file', home => join(fileIn(home), 'config.json'), /a part of the path is a file/],
	['a named pipe', home => pipeIn(home), /is no regular file/],
	['a link to itself', home => loopIn(home), /cannot be read \(ELOOP\)/],
];
for (const [name, make, says] of places) {
	test(`CLAWTALK_CONFIG is ${name}: one line, exit code 78`, {skip: process.platform === 'win32'}, async t => {
		const {home, env} = freshHome(t);
		const world = commandWorld({env: {...env, CLAWTALK_CONFIG: make(home)}});
		const result = await targetForCommand(world, {onWithheld: 'stop'});
		assert.equal(!result.ok && result.exitCode, 78);
		assert.equal(world.stderrLines().length, 1);
		assert.match(world.stderrText(), says);
	});
}

function fileIn(home: string): string {
	writeFileSync(join(home, 'file'), '{}');
	return join(home, 'file');
}

function pipeIn(home: string): string {
	execFileSync('mkfifo', [join(home, 'pipe')]);
	return join(home, 'pipe');
}

function loopIn(home: string): string {
	symlinkSync(join(home, 'loop'), join(home, 'loop'));
	return join(home, 'loop');
}

test('every secret of the file is kept out of all texts, also those of profiles that are not in use', async t => {
	const {env, writeConfig} = freshHome(t);
	const work = {gatewayToken: 'swordfish-work', headers: {'X-Key': 'swordfish-header'}, proxy: 'http://me:swordfish-proxy@proxy:3128'};
	writeConfig({gatewayToken: 'swordfish-top', profiles: {work}});
	assert.ok((await targetForCommand(commandWorld({env}), {onWithheld: 'stop'})).ok);
	for (const secret of ['top', 'work', 'header', 'proxy']) assert.equal(redact(`swordfish-${secret}`), '[secret]');
});
