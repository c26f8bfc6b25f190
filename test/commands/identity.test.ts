import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {identityCommand} from '../../source/commands/identity.js';
import {openIdentityFile} from '../../source/config/identity-file.js';
import {locate} from '../../source/config/location.js';
import {Secret} from '../../source/diagnosis/redact.js';
import {commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

async function run({env}: FreshHome, input: readonly string[], flags: WorldOptions['flags'] = {}) {
	const world = commandWorld({env, input, flags});
	const exitCode = await identityCommand.run(world);
	return {exitCode, stdout: world.stdoutText(), stderr: world.stderrText()};
}

test('there is no identity before one is needed, and looking makes none', async t => {
	const home = freshHome(t);
	assert.deepEqual(await run(home, ['show']), {
		exitCode: 0,
		stdout: '',
		stderr: 'clawtalk: this device has no identity yet; the first connection that needs one makes it.\n',
	});
	assert.equal(JSON.parse((await run(home, ['show'], {json: true})).stdout).device, null);
	assert.equal(existsSync(locate(home.env).identityFile), false);
});

test('the id and the gateways are shown, the key and the tokens are not', async t => {
	const home = freshHome(t);
	const file = openIdentityFile(locate(home.env), () => Date.parse('2026-11-20T12:00:00Z'));
	const {id, publicKey} = await file.identity();
	await file.keepToken('http://127.0.0.1:18789', {secret: new Secret('device-token-0123456789'), scopes: ['operator.read']});
	const {stdout} = await run(home, ['show']);
	assert.equal(
		stdout,
		[
			`device   ${id}`,
			'made     2026-11-20T12:00:00.000Z',
			`file     ${locate(home.env).identityFile}`,
			'Gateways that gave it a token of its own:',
			'  http://127.0.0.1:18789  operator.read  since 2026-11-20T12:00:00.000Z\n',
		].join('\n'),
	);
	const document = (await run(home, ['show'], {json: true})).stdout;
	assert.deepEqual(JSON.parse(document).device, {
		id,
		publicKey,
		createdAt: '2026-11-20T12:00:00.000Z',
		gateways: {'http://127.0.0.1:18789': {scopes: ['operator.read'], at: '2026-11-20T12:00:00.000Z'}},
	});
	assert.doesNotMatch(document + stdout, /PRIVATE|device-token/);
});

test('a reset keeps the old file aside and says where', async t => {
	const home = freshHome(t);
	const {identityFile} = locate(home.env);
	await openIdentityFile(locate(home.env)).identity();
	const before = readFileSync(identityFile, 'utf8');
	const {exitCode, stderr} = await run(home, ['reset']);
	assert.equal(exitCode, 0);
	const aside = /kept as (\S+);/.exec(stderr)?.[1] ?? '';
	assert.equal(readFileSync(aside, 'utf8'), before);
	assert.equal(existsSync(identityFile), false);
	assert.deepEqual(JSON.parse((await run(home, ['reset'], {json: true})).stdout), {schema: 'clawtalk.identity-reset/1', keptAs: null});
	assert.match((await run(home, ['reset'])).stderr, /there was no identity/);
});

for (const [input, says] of [
	[[], /a subcommand is missing\. There are: show, reset/],
	[['shwo'], /The nearest one is show/],
	[['show', 'more'], /too many arguments/],
] as const) {
	test(`identity ${input.join(' ')} is a usage error`, async t => {
		const {exitCode, stderr} = await run(freshHome(t), input);
		assert.equal(exitCode, 2);
		assert.match(stderr, says);
	});
}

test('what is no file is not waited for, and what a reset keeps aside is called what it is', async t => {
	const put: ReadonlyArray<readonly [said: RegExp, make: (path: string) => void]> = [
		[/cannot be read \(a pipe or a device, not a file\)/, path => void execFileSync('mkfifo', [path])],
		[/cannot be read \(EISDIR\)/, path => void mkdirSync(path)],
		[/cannot be read \(ENOENT\)/, path => symlinkSync(`${path}-gone`, path)],
		[/cannot be read \(a pipe or a device, not a file\)/, path => symlinkSync('/dev/zero', path)],
	];
	for (const [said, make] of put) {
		const home = freshHome(t);
		const {directory, identityFile} = locate(home.env);
		mkdirSync(directory);
		make(identityFile);
		const shown = await run(home, ['show']);
		assert.deepEqual([shown.exitCode, shown.stdout, shown.stderr.split('\n').length], [78, '', 2]);
		assert.match(shown.stderr, said);
		const reset = await run(home, ['reset']);
		assert.equal(reset.exitCode, 0);
		assert.match(
			reset.stderr,
			/what was there is no identity that can be read; it is kept as \S+\.\n.*the next connection makes a new one/,
		);
		assert.equal(await openIdentityFile(locate(home.env)).look(), undefined);
	}
});

test('a file that is no identity is said in one line with what helps', async t => {
	const home = freshHome(t);
	const {directory, identityFile} = locate(home.env);
	mkdirSync(directory);
	writeFileSync(identityFile, '{}');
	const {exitCode, stdout, stderr} = await run(home, ['show']);
	assert.deepEqual([exitCode, stdout, stderr.split('\n').length], [78, '', 2]);
	assert.match(stderr, /is not a device identity.*clawtalk identity reset\.$/m);
});
