import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {loadSettings} from '../../source/config/load.js';
import {locate} from '../../source/config/location.js';
import {resolveTarget, type TargetResult} from '../../source/config/resolve-target.js';
import {runTokenCommand} from '../../source/config/token-command.js';
import {splitCommand} from '../../source/config/word-split.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

const unattended = {env: process.env, canType: false, attended: false, signal: new AbortController().signal};
const script = (text: string): readonly string[] => [process.execPath, '-e', text];

async function resolve(home: FreshHome, env: Record<string, string> = {}): Promise<TargetResult> {
	const all = {...home.env, ...env};
	const result = await loadSettings({flags: {}, env: all, stdinIsTTY: false});
	assert.ok(result.ok, JSON.stringify(result));
	const context = {
		locations: locate(all),
		env: all,
		insecure: false,
		isTailscalePeer: async () => false,
		onWithheld: 'stop',
		signal: unattended.signal,
	} as const;
	return resolveTarget(result.settings, context);
}

function token(result: TargetResult): string | undefined {
	return result.ok && result.target.credential.kind === 'token' ? result.target.credential.secret.reveal() : undefined;
}

function problem(result: TargetResult): string {
	return result.ok ? '' : `${result.problems[0]?.exitCode} ${result.problems[0]?.where} ${result.problems[0]?.message}`;
}

test('the first line that the program prints is the token', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayTokenCommand: script('console.log("sesame-command\\nuser: me")')});
	assert.equal(token(await resolve(home)), 'sesame-command');
});

test('a command in one line is split into words, without a shell', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayTokenCommand: `"${process.execPath}" -p '"sesame " + "$HOME"'`});
	assert.equal(token(await resolve(home)), 'sesame $HOME');
});

const words: ReadonlyArray<readonly [line: string, words: readonly string[] | undefined]> = [
	['pass show gateway', ['pass', 'show', 'gateway']],
	['  op   read "op://a b/c" ', ['op', 'read', 'op://a b/c']],
	["a 'b $c' d\\ e", ['a', 'b $c', 'd e']],
	['a "b \\" c"', ['a', 'b " c']],
	['a""', ['a']],
	['a | b', undefined],
	['a; b', undefined],
	['a && b', undefined],
	['a > b', undefined],
	['a $(b)', undefined],
	['a $B', undefined],
	['a `b`', undefined],
	['~/bin/a', undefined],
	['a "b', undefined],
	['a \\', undefined],
	['', undefined],
];
for (const [line, expected] of words) {
	test(`${JSON.stringify(line)} has ${expected ? `${expected.length} words` : 'no meaning without a shell'}`, () => {
		const split = splitCommand(line);
		assert.deepEqual(split.ok ? split.words : undefined, expected);
	});
}

const failures: ReadonlyArray<readonly [name: string, argv: readonly string[], says: RegExp]> = [
	['is not there', ['/nonexistent/program'], /was not found/],
	['fails with a word on stderr', script('console.error("store is locked\\nmore"); process.exit(3)'), /ended with 3: store is locked$/],
	['prints nothing', script(''), /printed no token/],
	['prints an empty line', script('console.log("\\nsesame")'), /printed no token/],
];
for (const [name, argv, says] of failures) {
	test(`a program that ${name}: one problem`, async () => {
		const output = await runTokenCommand(argv, unattended);
		assert.ok(!output.ok);
		assert.equal(output.problem.exitCode, 78);
		assert.match(output.problem.message, says);
	});
}

test('a program that does not end is stopped with what it started', async t => {
	const {home} = freshHome(t);
	const pidFile = join(home, 'pid');
	const inner = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
	const outer = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(inner)}], {stdio: "inherit"}); setInterval(() => {}, 1000)`;
	const output = await runTokenCommand(script(outer), {...unattended, limitMs: 4_000});
	assert.ok(!output.ok);
	assert.match(output.problem.message, /did not finish within 4 s/);
	const pid = Number(readFileSync(pidFile, 'utf8'));
	await gone(pid);
});

test('an aborted run stops the program and gives 130', async () => {
	const controller = new AbortController();
	const running = runTokenCommand(script('setInterval(() => {}, 1000)'), {...unattended, signal: controller.signal});
	controller.abort('SIGINT');
	const output = await running;
	assert.equal(!output.ok && output.problem.exitCode, 130);
});

test('a config file or folder that others can write runs nothing', {skip: process.getuid === undefined}, async t => {
	const home = freshHome(t);
	const marker = join(home.home, 'ran');
	const write = (): void =>
		home.writeConfig({gatewayTokenCommand: script(`require("fs").writeFileSync(${JSON.stringify(marker)}, ""); console.log("sesame")`)});
	write();
	chmodSync(home.configFile, 0o620);
	assert.match(
		problem(await resolve(home)),
		/^78 gatewayTokenCommand was not run: others can write .*config\.json; fix it with: chmod go-w/,
	);
	chmodSync(home.configFile, 0o600);
	chmodSync(dirname(home.configFile), 0o777);
	assert.match(problem(await resolve(home)), /was not run: others can write .*\.clawtalk;/);
	chmodSync(dirname(home.configFile), 0o700);
	const open = join(home.home, 'open');
	mkdirSync(open, {mode: 0o700});
	chmodSync(open, 0o777);
	renameSync(home.configFile, join(open, 'config.json'));
	symlinkSync(join(open, 'config.json'), home.configFile);
	assert.match(problem(await resolve(home)), /was not run: others can write .*open;/);
	assert.equal(existsSync(marker), false);
	chmodSync(open, 0o700);
	assert.equal(token(await resolve(home)), 'sesame');
	assert.equal(existsSync(marker), true);
});

test('the command is not run when its token would be withheld', async t => {
	const home = freshHome(t);
	const marker = join(home.home, 'ran');
	home.writeConfig({
		gatewayUrl: 'http://192.168.1.5:18789',
		gatewayTokenCommand: script(`require("fs").writeFileSync(${JSON.stringify(marker)}, "")`),
	});
	assert.match(problem(await resolve(home)), /^78 token .*clawtalk trust add/);
	assert.equal(existsSync(marker), false);
});

/** Resolves when the process has ended; signals nothing. */
async function gone(pid: number): Promise<void> {
	const giveUpAt = performance.now() + 30_000;
	while (isAlive(pid)) {
		assert.ok(performance.now() < giveUpAt, `process ${pid} still runs`);
		await new Promise(resolve => setImmediate(resolve));
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	// An ended process that nobody has waited for yet is no longer running either.
	return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
