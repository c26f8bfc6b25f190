import assert from 'node:assert/strict';
import {readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {type CommandWorld, commandWorld, type WorldOptions} from '../helpers/command-world.js';
import {desertedPort} from '../helpers/deserted-port.js';
import {freshHome} from '../helpers/fresh-home.js';

const token = 'demo-token-of-this-test';

async function gatewayFor(t: TestContext) {
	const gateway = await startDemoGateway({token});
	t.after(() => gateway.kill());
	return gateway;
}

async function run(argv: readonly string[], options: WorldOptions) {
	const world = commandWorld(options);
	const code = await runCommandLine(argv, world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

/** An address on loopback where nobody listens. */
async function deserted(): Promise<string> {
	return `http://127.0.0.1:${await desertedPort()}`;
}

test('flags that do not go together are told in one line', async t => {
	const {env} = freshHome(t);
	const cases: ReadonlyArray<readonly [argv: readonly string[], message: RegExp]> = [
		[['--watch', '--all'], /--all and --watch do not go together/],
		[['--interval', '3'], /--interval goes with --watch/],
		[['--format', 'x'], /--format goes with --cached/],
		[['--cached', '--json'], /--cached and --json do not go together/],
		[['--watch', '--interval', '0'], /--interval takes 1 to 3600/],
		[['--only', 'http'], /--only is one of config, dns/],
		[['--all', '--profile', 'home'], /--all looks at the profiles/],
		[['home'], /status takes no arguments/],
	];
	for (const [argv, message] of cases) {
		const {code, stdout, stderr} = await run(['status', ...argv], {env});
		assert.deepEqual([code, stdout, stderr.split('\n').length], [2, '', 2], argv.join(' '));
		assert.match(stderr, message);
	}
});

test('--check prints nothing and exits like every other form', async t => {
	const {env} = freshHome(t);
	const all = {...env, CLAWTALK_GATEWAY_URL: await deserted()};
	for (const argv of [['--check'], ['--json'], [], ['--verbose'], ['--report', '-'], ['--only', 'tcp']]) {
		const {code, stdout} = await run(['status', ...argv], {env: all});
		assert.equal(code, 69, argv.join(' '));
		assert.equal(stdout === '', argv[0] === '--check');
	}
});

test('--only goes no further in than the layer', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {code, stdout} = await run(['status', '--only', 'identity', '--json'], {env});
	assert.equal(code, 0);
	const states = JSON.parse(stdout).layers.map(({state}: {state: string}) => state);
	assert.deepEqual(states, ['ok', 'skipped', 'ok', 'skipped', 'ok', 'not-run', 'not-run', 'not-run']);
	const text = await run(['status', '--only', 'identity'], {env});
	assert.match(text.stdout, /^Nothing is wrong up to gateway; what comes after it was not tried\.$/m);
	assert.ok(gateway.requests.every(({authorization}) => authorization === 'absent'));
});

test('--all: one line a profile, in their order, and the code of the first with a problem', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	const away = await deserted();
	home.writeConfig({
		profiles: {
			home: {gatewayUrl: gateway.origin, gatewayToken: token},
			away: {gatewayUrl: away},
			wrong: {gatewayUrl: gateway.origin, gatewayToken: 'not-the-token'},
		},
	});
	const text = await run(['status', '--all'], {env: home.env});
	assert.equal(text.code, 69);
	assert.match(text.stdout, /^✓ home {3}http:\S+ · loopback · \d+ ms\n✗ away {3}http:\S+ · loopback · N\d\d .*\n✗ wrong {2}.* · A02 .*\n$/);
	const json = await run(['status', '--all', '--json'], {env: home.env});
	const document = JSON.parse(json.stdout);
	assert.deepEqual([json.code, document.schema, document.exitCode], [69, 'clawtalk.status-all/1', 69]);
	assert.deepEqual(
		document.gateways.map((one: {schema: string; exitCode: number; target: {profile: string}}) => [one.target.profile, one.exitCode]),
		[
			['home', 0],
			['away', 69],
			['wrong', 77],
		],
	);
	assert.equal((await run(['status', '--all', '--check'], {env: home.env})).stdout, '');
});

/** A world whose signal is aborted once this many lines were printed. */
function watchedWorld(env: Readonly<Record<string, string>>, lines: number): CommandWorld {
	const controller = new AbortController();
	const world = commandWorld({env, signal: controller.signal});
	const write = world.stdout.write.bind(world.stdout);
	world.stdout.write = ((text: string) => {
		const written = write(text);
		if (world.stdoutText().split('\n').length > lines) controller.abort('SIGINT');
		return written;
	}) as typeof write;
	return world;
}

test('--watch asks /healthz only, prints a line a look, and Ctrl+C ends it with 130', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const world = watchedWorld(env, 2);
	assert.equal(await runCommandLine(['status', '--watch', '--interval', '1'], world), 130);
	assert.match(world.stdoutText(), /^\d\d:\d\d:\d\d ✓ live · \d+ ms\n\d\d:\d\d:\d\d ✓ live · \d+ ms\n$/);
	assert.ok(
		gateway.requests.length >= 2 && gateway.requests.every(({path, authorization}) => path === '/healthz' && authorization === 'absent'),
	);
	const documents = watchedWorld(env, 1);
	assert.equal(await runCommandLine(['status', '--watch', '--json'], documents), 130);
	const [first = ''] = documents.stdoutText().split('\n');
	assert.equal(JSON.parse(first).schema, 'clawtalk.status/1');
});

test('on a terminal --watch tells a failure once, with what to do first', async t => {
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: await deserted(), TERM: 'xterm-256color'};
	const world = watchedWorld(env, 3);
	Object.assign(world.stdout, {isTTY: true, columns: 200, rows: 24});
	assert.equal(await runCommandLine(['status', '--watch', '--no-color'], world), 130);
	const [first = ''] = world.stdoutText().split('\u001B[J');
	assert.match(first, /^\d\d:\d\d:\d\d ✗ · so since \d\d:\d\d:\d\d\u001B\[K\n✗ .*\[N01, \w+\]\u001B\[K\n {2}\S.*/m);
	assert.equal(first.split('Nothing listens').length, 2);
});

test('--verbose prints every observation, also of a gateway that is well', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const {stdout} = await run(['status', '--verbose'], {env});
	assert.match(stdout, /^Observed {2}\S/m);
	assert.match(stdout, /^ {10}GET \/v1\/models → 200 /m);
	assert.doesNotMatch((await run(['status'], {env})).stdout, /Observed|GET \/v1/);
});

test('a look that a signal ends early says so, with 130 and what was seen', async t => {
	const controller = new AbortController();
	controller.abort('SIGINT');
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: await deserted()};
	const {code, stdout} = await run(['status'], {env, signal: controller.signal});
	assert.equal(code, 130);
	assert.match(stdout, /Stopped: this is what was seen until then\./);
});

test('on a terminal the ladder is drawn in place, without clearing the screen, and --no-color paints nothing', async t => {
	const gateway = await gatewayFor(t);
	const env = {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token, TERM: 'xterm-256color'};
	const draw = async (argv: readonly string[]) => {
		const world = commandWorld({env});
		Object.assign(world.stdout, {isTTY: true, columns: 80, rows: 24});
		await runCommandLine(['status', ...argv], world);
		return world.stdoutText();
	};
	const painted = await draw([]);
	assert.match(painted, /… tcp|… gateway|\u001B\[36m…/);
	assert.match(painted, /\u001B\[32m✓/);
	assert.doesNotMatch(painted, /\u001B\[[23]J|\u001B\[\?1049/);
	assert.doesNotMatch(await draw(['--no-color']), /\u001B\[[\d;]*m/);
});

test('--report writes what it showed, to a new file of mode 0600, and --evidence explains it the same', async t => {
	const home = freshHome(t);
	const origin = await deserted();
	const env = {...home.env, CLAWTALK_GATEWAY_URL: origin, CLAWTALK_GATEWAY_TOKEN: token};
	const file = join(home.home, 'report.json');
	const written = await run(['status', '--report', file], {env});
	assert.equal(written.code, 69);
	assert.ok(written.stderr.includes(readFileSync(file, 'utf8')));
	assert.equal(statSync(file).mode & 0o777, 0o600);
	const before = readFileSync(file, 'utf8');
	const again = await run(['status', '--report', file], {env});
	assert.deepEqual([again.code, again.stdout, again.stderr.split('\n').length], [2, '', 2]);
	assert.match(again.stderr, /is there already; it was left as it is/);
	assert.equal((await run(['status', '--evidence', file, '--report', file], {env: home.env})).stderr, again.stderr);
	assert.equal(readFileSync(file, 'utf8'), before);
	const replayed = await run(['status', '--evidence', file], {env: home.env});
	assert.equal(replayed.code, 69);
	assert.match(replayed.stdout, /\[N\d\d, \w+\]/);
	assert.match(JSON.parse((await run(['status', '--evidence', file, '--json'], {env: home.env})).stdout).diagnoses[0].id, /^N/);
});

test('a report that cannot be written is no success, also of a gateway that is well; a link is not followed', async t => {
	const gateway = await gatewayFor(t);
	const home = freshHome(t);
	const env = {...home.env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const link = join(home.home, 'link.json');
	symlinkSync(join(home.home, 'nowhere'), link);
	const {code, stderr} = await run(['status', '--report', link], {env});
	assert.equal(code, 2);
	assert.match(stderr, /^clawtalk: \S+ is there already; it was left as it is\.\n$/);
	assert.deepEqual(gateway.requests, []);
	assert.throws(() => statSync(join(home.home, 'nowhere')));
});

test('--report asks on a terminal, and writes nothing after a no', async t => {
	const home = freshHome(t);
	const env = {...home.env, CLAWTALK_GATEWAY_URL: await deserted()};
	const file = join(home.home, 'report.json');
	const refused = await run(['status', '--report', file], {env, typed: [['[y/N]', 'n\n']]});
	assert.match(refused.stderr, /nothing was written/);
	assert.throws(() => statSync(file));
	await run(['status', '--report', file], {env, typed: [['[y/N]', 'y\n']]});
	assert.ok(statSync(file).isFile());
});

test('--evidence: what is no evidence is refused in one line, whatever is in it', async t => {
	const home = freshHome(t);
	const file = join(home.home, 'evil.json');
	for (const content of ['\u001B[2J', '[]', '{"schema":"clawtalk.evidence/1"}', 'x'.repeat(1024 * 1024 + 1)]) {
		writeFileSync(file, content);
		const {code, stdout, stderr} = await run(['status', '--evidence', file], {env: home.env});
		assert.deepEqual([code, stdout, stderr.split('\n').length], [2, '', 2]);
		assert.doesNotMatch(stderr, /\u001B/);
	}
	assert.match((await run(['status', '--evidence', join(home.home, 'none')], {env: home.env})).stderr, /cannot be read \(ENOENT\)/);
	assert.match((await run(['status', '--evidence', '-'], {env: home.env, piped: '{'})).stderr, /stdin is not JSON/);
});
