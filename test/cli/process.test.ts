import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs, {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {openDebugLog} from '../../source/commands/command-line/debug-log.js';
import type {Generation} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {freshHome} from '../helpers/fresh-home.js';

const cli = fileURLToPath(new URL('../../source/cli.js', import.meta.url));
const token = 'demo-token-of-this-test';

interface Started {
	readonly child: ChildProcess;
	/** Resolves when stdout has shown some text. */
	readonly firstOutput: Promise<unknown>;
	readonly ended: Promise<{readonly code: number | null; readonly stdout: string; readonly stderr: string}>;
}

function start(script: string, argv: readonly string[], env: Record<string, string>, stdio?: {stdin?: 'pipe'; stdout?: number}): Started {
	const child = spawn(process.execPath, [script, ...argv], {env, stdio: [stdio?.stdin ?? 'ignore', stdio?.stdout ?? 'pipe', 'pipe']});
	let stdout = '';
	let stderr = '';
	child.stdout?.on('data', data => {
		stdout += data;
	});
	child.stderr?.on('data', data => {
		stderr += data;
	});
	const firstOutput = child.stdout ? once(child.stdout, 'data') : Promise.resolve();
	const ended = once(child, 'close').then(([code]) => ({code: code as number | null, stdout, stderr}));
	return {child, firstOutput, ended};
}

async function gatewayFor(t: TestContext, generation: Generation = '2026.9.6') {
	const gateway = await startDemoGateway({token, generation});
	t.after(() => gateway.kill());
	return gateway;
}

test('a bare environment is enough: HOME and nothing else', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: gateway.origin, gatewayToken: token});
	const {code, stdout, stderr} = await start(cli, ['ask', 'hi [[n=2]]'], {HOME: home.home}).ended;
	assert.deepEqual({code, stdout, stderr}, {code: 0, stdout: 'tok0 tok1\n', stderr: ''});
});

test('words that a command has no use for are refused before anything is opened', async t => {
	const {home: HOME} = freshHome(t);
	for (const [argv, stderr] of [
		[['chat', 'hello', 'there'], 'clawtalk: chat takes no arguments. To ask a question: clawtalk ask "QUESTION"\n'],
		[['demo', 'hello'], 'clawtalk: demo takes no arguments. See clawtalk help demo.\n'],
	] as const) {
		const ended = await start(cli, argv, {HOME}).ended;
		assert.deepEqual(ended, {code: 2, stdout: '', stderr});
	}
});

test('a reader that leaves ends ask quietly with 0, and stops the run', async t => {
	const gateway = await gatewayFor(t);
	const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {child, firstOutput, ended} = start(cli, ['ask', 'hi [[n=100000 rate=200]]'], env);
	await firstOutput;
	child.stdout?.destroy();
	const {code, stderr} = await ended;
	assert.deepEqual({code, stderr}, {code: 0, stderr: ''});
});

for (const [transport, generation] of [
	['http', '2026.9.6'],
	['ws', '2026.9.6'],
	['ws', '2026.2.9'],
] as const) {
	test(`signals end ask with their codes, keep what came and stop the run: ${transport}, ${generation}`, async t => {
		const gateway = await gatewayFor(t, generation);
		const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
		for (const [signal, expected] of [
			['SIGINT', 130],
			['SIGTERM', 143],
			['SIGHUP', 129],
		] as const) {
			const {child, firstOutput, ended} = start(cli, ['ask', '--transport', transport, 'hi [[n=100000 rate=200]]'], env);
			await firstOutput;
			child.kill(signal);
			const {code, stdout, stderr} = await ended;
			assert.equal(code, expected, signal);
			assert.match(stdout, /^tok0.*\n$/s);
			assert.equal(stderr, 'clawtalk: Cancelled; the answer is not complete.\n');
			if (transport === 'ws') assert.equal(gateway.calls.at(-1)?.method, 'chat.abort');
		}
	});
}

test('where nothing says that the gateway stopped the run, ask says so with the end', async t => {
	const gateway = await gatewayFor(t, '2026.2.9');
	const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const said =
		/the answer is not complete\.( The time limit of 5 s ran out\.)? The agent may go on: nothing says that the gateway stopped the run\.\n$/i;
	const killed = start(cli, ['ask', '--transport', 'http', 'hi [[n=100000 rate=200]]'], env);
	await killed.firstOutput;
	killed.child.kill('SIGTERM');
	const {code, stderr} = await killed.ended;
	assert.equal(code, 143);
	assert.match(stderr, said);
	const late = await start(cli, ['ask', '--transport', 'http', '--timeout', '5', 'hi [[n=100000 rate=200]]'], env).ended;
	assert.equal(late.code, 74);
	assert.match(late.stderr, said);
});

test('a connection that is gone when ask is ended leaves the run to the gateway, and that is said', async t => {
	const gateway = await gatewayFor(t);
	const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {child, ended} = start(cli, ['ask', '--transport', 'ws', 'hi [[n=100000 rate=200]]'], env);
	const broken = new Promise<void>(resolve => {
		child.stderr?.on('data', text => String(text).includes('The connection broke') && resolve());
	});
	child.stdout?.once('data', () => void gateway.kill());
	await broken;
	child.kill('SIGTERM');
	const {code, stderr} = await ended;
	assert.equal(code, 143);
	assert.match(stderr, /Cancelled; the answer is not complete\. The agent may go on: nothing says that the gateway stopped the run\.\n$/);
});

test('the document names the exit code of the signal that ended ask, also while it waits or reads', async t => {
	const gateway = await gatewayFor(t);
	const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const nobody = await startDemoGateway({token});
	await nobody.kill();
	const cases = [
		[['--output', 'stream-json', 'hi [[n=100000 rate=200]]'], 'stdout'],
		[['--json', '--wait', '60', '--gateway', nobody.origin, '--token', 'x-token', 'hi'], 'stderr'],
	] as const;
	for (const [argv, speaksOn] of cases) {
		const {child, ended} = start(cli, ['ask', ...argv], env);
		if (child[speaksOn]) await once(child[speaksOn], 'data');
		child.kill('SIGTERM');
		const {code, stdout} = await ended;
		const document = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
		assert.deepEqual([code, document.error.exitCode], [143, 143]);
		assert.match(document.error.message, /^Cancelled/);
	}
});

test('a full disk under stdout is said, and is 74', {skip: !existsSync('/dev/full')}, async t => {
	const gateway = await gatewayFor(t);
	const env = {HOME: freshHome(t).home, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {openSync, closeSync} = await import('node:fs');
	const full = openSync('/dev/full', 'w');
	t.after(() => closeSync(full));
	const {code, stderr} = await start(cli, ['ask', 'hi [[n=2]]'], env, {stdout: full}).ended;
	assert.equal(code, 74);
	assert.match(stderr, /^clawtalk: the output cannot be written: ENOSPC.*\n$/);
	for (const argv of [['--help'], ['help', '--man'], ['--version'], ['completion', 'bash']]) {
		const short = await start(cli, argv, env, {stdout: full}).ended;
		assert.deepEqual([short.code, short.stderr.split('\n').length], [74, 2], `${argv.join(' ')}: ${short.stderr}`);
		assert.match(short.stderr, /the output cannot be written: ENOSPC/);
	}
});

test('a disk that is full ends the log of --debug, and nothing else', t => {
	const path = join(freshHome(t).home, 'debug.txt');
	const log = openDebugLog(path);
	assert.ok(log.ok);
	log.write('first');
	const broken = t.mock.method(fs, 'writeSync', () => {
		throw Object.assign(new Error('no space left on device'), {code: 'ENOSPC'});
	});
	syncBuiltinESMExports();
	log.write('second');
	broken.mock.restore();
	syncBuiltinESMExports();
	log.write('third');
	assert.equal(log.close(), `--debug ${path} could not be written to its end: ENOSPC.`);
	assert.match(readFileSync(path, 'utf8'), /^\S+ first\n$/);
});

test('a bug ends with 1, and a report without secrets that only its owner can read', async t => {
	const {home, env} = freshHome(t);
	const script = fileURLToPath(new URL('./crash-child.js', import.meta.url));
	for (const how of ['throw', 'reject']) {
		const {code, stderr} = await start(script, [how], {...env, SECRET_OF_TEST: 'hunter2-hunter2'}).ended;
		assert.equal(code, 1, stderr);
		const path = /^clawtalk: a bug of clawtalk ended it: Error: boom \[secret\]\. The report is in (.+)\n$/.exec(stderr)?.[1];
		assert.ok(path, stderr);
		const report = readFileSync(path, 'utf8');
		assert.match(report, /clawtalk \d.*crashed at/);
		assert.match(report, /Node v\d/);
		assert.match(report, /crash-child/);
		assert.match(report, /cause.*the reason/s);
		assert.doesNotMatch(report + stderr, /hunter2/);
		assert.equal(statSync(path).mode & 0o777, 0o600);
	}
	assert.equal(statSync(join(home, '.clawtalk', 'crashes')).mode & 0o777, 0o700);
	assert.equal(readdirSync(join(home, '.clawtalk', 'crashes')).length, 2);
});

test('--debug appends redacted lines to a private file, and never writes anything else', async t => {
	const {home, env} = freshHome(t);
	const gateway = await gatewayFor(t);
	const file = join(home, 'debug.txt');
	writeFileSync(file, 'before\n', {mode: 0o644});
	const argv = ['ask', '--gateway', gateway.origin, '--debug', file, 'hi [[n=2]]'];
	const {code} = await start(cli, argv, {...env, CLAWTALK_GATEWAY_TOKEN: token}).ended;
	assert.equal(code, 0);
	const text = readFileSync(file, 'utf8');
	assert.match(text, /^before\n/);
	assert.match(text, /ended: \{"kind":"complete"/);
	assert.ok(!text.includes(token));
	assert.equal(statSync(file).mode & 0o777, 0o600);
	symlinkSync(file, join(home, 'link'));
	mkdirSync(join(home, 'folder'));
	for (const path of [join(home, 'link'), join(home, 'folder'), '/dev/null', join(home, 'none', 'x')]) {
		const refused = await start(cli, ['ask', '--debug', path, 'hi'], env).ended;
		assert.equal(refused.code, 2, path);
		assert.match(refused.stderr, /^clawtalk: --debug .*\n$/);
	}
	assert.equal(readFileSync(file, 'utf8'), text);
});

test('help and version', async t => {
	const {env} = freshHome(t);
	const version = await start(cli, ['--version'], env).ended;
	assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
	const help = await start(cli, ['help', 'ask'], env).ended;
	assert.match(help.stdout, /--wait TIME/);
	const unknown = await start(cli, ['aks', 'hi'], env).ended;
	assert.deepEqual(unknown, {code: 2, stdout: '', stderr: 'clawtalk: There is no command aks. The nearest one is ask.\n'});
});
