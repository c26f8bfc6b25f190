import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import type {FaultName} from '../../source/demo/faults.js';
import type {DemoGateway, Generation} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const token = 'demo-token-of-this-test';

async function demo(t: TestContext, generation: Generation = '2026.9.6'): Promise<DemoGateway> {
	const gateway = await startDemoGateway({generation, token});
	t.after(() => gateway.kill());
	return gateway;
}

async function ask(t: TestContext, gateway: Pick<DemoGateway, 'origin'>, argv: readonly string[], env: Record<string, string> = {}) {
	const world = commandWorld({env: {...freshHome(t).env, CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token, ...env}});
	const code = await runCommandLine(['ask', '--no-stdin', ...argv], world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

/** What each fault comes to: exit code, what is on stdout, the line on stderr. */
const faults: ReadonlyArray<readonly [fault: FaultName, code: number, stdout: string, stderr: RegExp]> = [
	['drop-on-accept', 69, '', /closes it without a word/],
	['garbage-http', 69, '', /does not speak HTTP/],
	['cut-before-headers', 70, '', /broke after the question was sent/],
	['unauthorized', 77, '', /rejected the token \(23 characters, from CLAWTALK_GATEWAY_TOKEN; HTTP 401\)/],
	['forbidden', 77, '', /missing scope: operator\.write/],
	['pairing', 77, '', /waits for approval/],
	['endpoint-off-404', 0, 'tok0 tok1 tok2 tok3 tok4\n', /goes over the control plane/],
	['endpoint-off-405', 0, 'tok0 tok1 tok2 tok3 tok4\n', /goes over the control plane/],
	['endpoint-off-html', 0, 'tok0 tok1 tok2 tok3 tok4\n', /goes over the control plane/],
	['draining', 75, '', /shutting down or restarting/],
	['rate-limited', 75, '', /Too many requests: the answer says to wait 7 s/],
	['lockout', 75, '', /refuses this address after wrong tokens/],
	['internal-error', 70, '', /failed while it handled the request/],
	['html-200', 69, '', /Another web server answers/],
	['redirect', 69, '', /The server sends us to https:\/\/gateway\.example/],
	['captive-portal', 69, '', /The server sends us to http:\/\/login\.hotel\.example/],
	['plugin-proxy', 69, '', /rate-limit proxy of the ClawTalk plugin/],
	['bad-gateway', 69, '', /answers 502 in place of the gateway/],
	['cut', 74, 'tok0 tok1 tok2\n', /not complete\. The answer was cut off/],
	['closed-early', 74, 'tok0 tok1 tok2\n', /not complete\. The answer was cut off/],
	['error-in-stream', 74, 'tok0 tok1 tok2\n', /not complete\. The gateway reports that the turn failed: upstream provider error/],
	['empty', 70, '', /ended without any text/],
	['garbage', 76, '', /cannot be read/],
	['too-large-line', 74, 'tok0 tok1 tok2\n', /larger than clawtalk takes/],
	['length', 0, 'tok0 tok1 tok2\n', /length limit of the model/],
	['no-done', 0, 'tok0 tok1 tok2 tok3 tok4\n', /^$/],
	['json-instead-of-stream', 0, 'tok0 tok1 tok2 tok3 tok4\n', /^$/],
];

test('each fault of a gateway ends in its exit code, one line and the partial answer; the question goes out at most once', async t => {
	const gateway = await demo(t);
	for (const [fault, code, stdout, stderr] of faults) {
		gateway.setFault(fault);
		const before = gateway.requests.length;
		const seen = await ask(t, gateway, ['hello [[n=5]]']);
		assert.equal(seen.code, code, `${fault}: ${seen.stderr}`);
		assert.equal(seen.stdout, stdout, fault);
		assert.match(seen.stderr.trim(), stderr, fault);
		assert.ok(seen.stderr.split('\n').length <= 2, `${fault}: ${seen.stderr}`);
		assert.ok(!`${seen.stdout}${seen.stderr}`.includes(token), fault);
		const posts = gateway.requests.slice(before).filter(({method}) => method === 'POST');
		assert.ok(posts.length <= 1, `${fault}: ${posts.length} questions`);
	}
});

test('a rate limit is kept by the next question, which says so', async t => {
	const gateway = await demo(t);
	const {env} = freshHome(t);
	gateway.setFault('rate-limited');
	await ask(t, gateway, ['hello'], env);
	gateway.setFault(undefined);
	const second = await ask(t, gateway, ['hello'], env);
	assert.equal(second.code, 75);
	assert.match(second.stderr, /There were too many requests (?:just now|\d s ago) .* so nothing is sent for another \d s/);
	assert.equal(gateway.requests.filter(({method}) => method === 'POST').length, 1);
});

test('the same exit codes with --json, in a document that names the session', async t => {
	const gateway = await demo(t);
	for (const [fault, code, stdout] of faults) {
		gateway.setFault(fault);
		const seen = await ask(t, gateway, ['--json', 'hello [[n=5]]']);
		const document = JSON.parse(seen.stdout);
		assert.equal(seen.code, code, fault);
		assert.equal(document.schema, 'clawtalk.ask/1');
		assert.equal(document.ok, code === 0, fault);
		assert.equal(document.text, stdout.trimEnd(), fault);
		assert.match(document.sessionKey, /^clawtalk:[0-9a-f-]{36}$/);
		assert.equal(document.error?.exitCode, code === 0 ? undefined : code, fault);
		if (code !== 0) assert.ok(document.diagnoses.length > 0, fault);
	}
});

test('an old gateway: [DONE] after text is complete, with a note; nothing after it is a failed turn', async t => {
	const gateway = await demo(t, '2026.2.9');
	const seen = await ask(t, gateway, ['hello [[n=2]]']);
	assert.deepEqual([seen.code, seen.stdout], [0, 'tok0 tok1\n']);
	assert.match(seen.stderr, /does not say whether the answer is complete/);
	assert.equal((await ask(t, gateway, ['--quiet', 'hello [[n=2]]'])).stderr, '');
	gateway.setFault('empty');
	assert.equal((await ask(t, gateway, ['hello'])).code, 70);
});

test('--session continues a conversation; without it every question starts one', async t => {
	const gateway = await demo(t);
	const first = JSON.parse((await ask(t, gateway, ['--json', 'my cat is called Ada'])).stdout);
	await ask(t, gateway, ['--session', first.sessionKey, 'and my dog Bob']);
	await ask(t, gateway, ['something else']);
	await ask(t, gateway, ['--session', first.sessionKey, '--new', 'fresh']);
	const keys = gateway.requests.filter(({method}) => method === 'POST').map(({headers}) => headers['x-openclaw-session-key']);
	assert.equal(keys[1], first.sessionKey);
	assert.equal(new Set(keys).size, 3);
});

test('config sessionKey is used, and --new overrides it', async t => {
	const gateway = await demo(t);
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: gateway.origin, gatewayToken: token, sessionKey: 'always'});
	for (const flags of [[], ['--new']]) await runCommandLine(['ask', '--no-stdin', ...flags, 'q'], commandWorld({env: home.env}));
	const keys = gateway.requests.filter(({method}) => method === 'POST').map(({headers}) => headers['x-openclaw-session-key']);
	assert.equal(keys[0], 'always');
	assert.match(keys[1] ?? '', /^clawtalk:/);
});

test('stream-json is one object a line from start to end', async t => {
	const gateway = await demo(t);
	const {stdout} = await ask(t, gateway, ['--output', 'stream-json', 'hello [[n=2]]']);
	const lines = stdout
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.equal(lines[0].type, 'start');
	assert.deepEqual(
		lines.filter(({type}) => type === 'delta').map(({text}) => text),
		['tok0', ' tok1'],
	);
	assert.equal(lines.at(-1).type, 'end');
	assert.equal(lines.at(-1).text, 'tok0 tok1');
	assert.equal(lines[0].sessionKey, lines.at(-1).sessionKey);
});

test('a time limit is 75 before any text and 74 after some', async t => {
	const gateway = await demo(t);
	gateway.setFault('silent');
	const before = await ask(t, gateway, ['--timeout', '0.05', 'hello']);
	assert.deepEqual([before.code, before.stdout], [75, '']);
	assert.match(before.stderr, /time limit of 50 ms ran out before any text came/);
	gateway.setFault('stall');
	const after = await ask(t, gateway, ['--timeout', '0.5', 'hello [[n=5]]']);
	assert.deepEqual([after.code, after.stdout], [74, 'tok0 tok1 tok2\n']);
});

test('what was asked wrongly is 2, sends nothing, and says so in one line', async t => {
	const gateway = await demo(t);
	const wrong: ReadonlyArray<readonly [argv: readonly string[], line: RegExp]> = [
		[[], /There is no question/],
		[['   '], /There is no question/],
		[['--timeout', 'soon', 'q'], /--timeout takes seconds/],
		[['--wait', '0', 'q'], /--wait takes a time/],
		[['--json', '--output', 'text', 'q'], /contradict/],
		[['--session', 'ключ', 'q'], /--session takes a key/],
		[['--file', '/no/such/file', 'q'], /--file \/no\/such\/file: no such file/],
		[['--transport', 'http', '--require-tools', 'q'], /do not show whether tools failed/],
		[['--tokn', 'q'], /nearest one is --token/],
	];
	for (const [argv, line] of wrong) {
		const seen = await ask(t, gateway, argv);
		assert.equal(seen.code, 2, argv.join(' '));
		assert.match(seen.stderr, line);
		assert.equal(seen.stderr.split('\n').length, 2, seen.stderr);
	}
	assert.equal(gateway.requests.length, 0);
});

test('nothing listening: one true line and 69, with the document where one is expected', async t => {
	const gateway = await startDemoGateway({token});
	await gateway.kill();
	const {code, stdout, stderr} = await ask(t, gateway, ['hello']);
	assert.deepEqual([code, stdout], [69, '']);
	assert.equal(
		stderr,
		`clawtalk: Nothing listens on ${gateway.origin.slice('http://'.length)} (connection refused). To look closer: clawtalk status\n`,
	);
	const document = JSON.parse((await ask(t, gateway, ['--json', 'hello'])).stdout);
	assert.equal(document.error.id, 'N01');
});

test('--wait sends once, as soon as the gateway is there', async t => {
	const gone = await startDemoGateway({token});
	await gone.kill();
	const asked = ask(t, gone, ['--wait', '20s', 'hello [[n=2]]']);
	const back = await startDemoGateway({token, port: gone.port});
	t.after(() => back.kill());
	const seen = await asked;
	assert.deepEqual([seen.code, seen.stdout], [0, 'tok0 tok1\n']);
	assert.equal(back.requests.filter(({method}) => method === 'POST').length, 1);
});

test('a token for another gateway is withheld with 78, and nothing is sent', async t => {
	const gateway = await demo(t);
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'https://gateway.example', gatewayToken: token});
	const world = commandWorld({env: home.env});
	assert.equal(await runCommandLine(['ask', '--no-stdin', '--gateway', gateway.origin, 'q'], world), 78);
	assert.match(world.stderrText(), /--token-from/);
	assert.ok(gateway.requests.every(({authorization}) => authorization === 'absent'));
	assert.ok(existsSync(home.configFile));
});

test('a token that is refused is said, where the gateway takes this device by the token that it gave it', async t => {
	const gateway = await demo(t);
	const home = freshHome(t).env;
	const overWs = ['--transport', 'ws', '[[n=1 rate=0]] hello'];
	assert.deepEqual(await ask(t, gateway, overWs, home), {code: 0, stdout: 'tok0\n', stderr: ''});
	const {code, stdout, stderr} = await ask(t, gateway, overWs, {...home, CLAWTALK_GATEWAY_TOKEN: 'another-token-of-this-test'});
	assert.deepEqual([code, stdout], [0, 'tok0\n']);
	const said = 'clawtalk: The gateway refused the token (CLAWTALK_GATEWAY_TOKEN); the token that it gave this device before was used.\n';
	assert.equal(stderr, said);
});
