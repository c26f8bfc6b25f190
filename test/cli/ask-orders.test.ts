import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {type DemoGateway, generations} from '../../source/demo/options.js';
import {demoGatewayFor, token} from '../helpers/chat-program.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';
import {questionsTo} from '../helpers/questions.js';

/** Asks, with stdin or with a file that is named FILE in the arguments. */
async function ask(test: TestContext, gateway: DemoGateway, argv: readonly string[], more: {stdin?: string; file?: string} = {}) {
	const {env, home} = freshHome(test);
	const file = join(home, 'mail.txt');
	writeFileSync(file, more.file ?? '');
	const address = {CLAWTALK_GATEWAY_URL: gateway.origin, CLAWTALK_GATEWAY_TOKEN: token};
	const world = commandWorld({env: {...env, ...address}, ...(more.stdin === undefined ? {} : {piped: more.stdin})});
	const stdin = more.stdin === undefined ? ['--no-stdin'] : [];
	const code = await runCommandLine(['ask', ...stdin, ...argv.map(word => (word === 'FILE' ? file : word))], world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText().replaceAll(home, 'HOME')};
}

const heard = '[[n=1 rate=0 text=heard]]';

test('a question with an order about tools is not sent over the control plane; one line says where the order stands', async t => {
	const rows: ReadonlyArray<readonly [said: RegExp, argv: readonly string[], more?: {stdin?: string; file?: string}]> = [
		[/line 1 of the question has \/elevated, which/, ['please /elevated on now']],
		[/line 3 of stdin has \/exec,/, ['-'], {stdin: 'From: me\n\n/exec ask=off\n'}],
		[/line 1 of stdin has !,/, ['-'], {stdin: '!ls\n'}],
		[/line 2 of HOME\/mail\.txt has \/elev,/, ['look', '--file', 'FILE'], {file: 'Hello\nuse /elev: full\n'}],
		[/line 1 of --system has \/elevated,/, ['look', '--system', 'be /elevated full']],
	];
	for (const generation of generations) {
		const gateway = await demoGatewayFor(t, {generation});
		for (const [said, argv, more] of rows) {
			const seen = await ask(t, gateway, ['--transport', 'ws', ...argv], more);
			assert.deepEqual([seen.code, seen.stdout], [2, ''], said.source);
			assert.match(seen.stderr, said);
			assert.match(seen.stderr, /^clawtalk: Nothing was sent: [^\n]*--allow-orders sends it all the same[^\n]*\n$/);
		}
		const {code, stdout} = await ask(t, gateway, ['--transport', 'ws', '--json', '/exec']);
		const document = JSON.parse(stdout);
		assert.deepEqual([code, document.error.exitCode, document.text], [2, 2, '']);
		assert.deepEqual(questionsTo(gateway), []);
	}
});

test('--allow-orders sends it, and the gateway carries the order out', async t => {
	const gateway = await demoGatewayFor(t);
	const seen = await ask(t, gateway, ['--transport', 'ws', '--allow-orders', 'please /elevated on now']);
	assert.equal(seen.code, 0);
	assert.match(seen.stdout, /^elevated is not available/);
	assert.equal(questionsTo(gateway)[0]?.text, 'please /elevated on now');
});

test('over HTTP it is plain text, and is sent: that way also where the control plane is open for --show-tools', async t => {
	const gateway = await demoGatewayFor(t);
	for (const argv of [['--transport', 'http'], []]) {
		const seen = await ask(t, gateway, [...argv, `please /elevated on now ${heard}`]);
		assert.deepEqual([seen.code, seen.stderr], [0, '']);
		assert.match(seen.stdout, /please {2}elevated on now/);
	}
	const seeing = await ask(t, gateway, ['--show-tools', `please /elevated on now ${heard}`]);
	assert.equal(seeing.code, 2);
	assert.match(seeing.stderr, /line 1 of the question has \/elevated/);
	assert.equal(gateway.calls.filter(({method}) => method === 'chat.send').length, 0);
});

test('where HTTP is switched off it does not go over the control plane in its place', async t => {
	const gateway = await demoGatewayFor(t, {fault: 'endpoint-off-404'});
	const seen = await ask(t, gateway, ['please /elevated on now']);
	assert.deepEqual([seen.code, seen.stdout], [2, '']);
	assert.match(seen.stderr, /^clawtalk: Nothing was sent: [^\n]*HTTP, where it is plain text, is switched off at this gateway\.\n$/);
	assert.equal(gateway.calls.filter(({method}) => method === 'chat.send').length, 0);
	assert.equal((await ask(t, gateway, ['hello'])).code, 0);
});
