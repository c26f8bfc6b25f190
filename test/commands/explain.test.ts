import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {catalogue} from '../../source/diagnosis/catalogue/catalogue.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

interface Options {
	readonly piped?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly isTerminal?: boolean;
}

async function explain(argv: readonly string[], {piped, env = {}, isTerminal}: Options = {}) {
	const world = commandWorld({env, ...(piped === undefined ? {} : {piped}), ...(isTerminal ? {typed: []} : {})});
	const code = await runCommandLine(['explain', ...argv], world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText()};
}

test('an id in any case, in brackets, or by its name explains the same row', async () => {
	const {code, stdout} = await explain(['N04']);
	assert.equal(code, 0);
	assert.match(stdout, /^✗ The host answers, but nothing listens on 192\.0\.2\.7:18789 {2}\[N04, likely\]$/m);
	assert.match(stdout, /This is an example/);
	for (const same of ['n04', '[N04]', 'N04,', 'net.refused.remote', 'NET.Refused.Remote'])
		assert.equal((await explain([same])).stdout, stdout, same);
});

test('every id is explained, and several at once', async () => {
	for (const {id} of catalogue) {
		const {code, stdout} = await explain([id]);
		assert.equal(code, 0, id);
		assert.ok(stdout.includes(`[${id}`), id);
	}
	const {stdout} = await explain(['c02', 'w06']);
	assert.ok(stdout.indexOf('[C02') < stdout.indexOf('[W06'));
});

test('an id that does not exist is wrong usage, with the ids near it', async () => {
	const cases: ReadonlyArray<readonly [string, RegExp]> = [
		['N99', /^clawtalk: There is no diagnosis N99\. Near it: N38, N37, N36\./],
		['NO4', /There is no diagnosis NO4\. Near it: N04\./],
		['n4', /There is no diagnosis N4\. Near it: N04\./],
		['net.refused.remot', /Near it: net\.refused\.remote\./],
	];
	for (const [asked, expected] of cases) {
		const {code, stdout, stderr} = await explain([asked]);
		assert.deepEqual([code, stdout], [2, ''], asked);
		assert.match(stderr, expected);
	}
});

test('a text as an argument, and a log on stdin', async () => {
	const argument = await explain(['connect ECONNREFUSED 100.69.69.108:18789']);
	assert.equal(argument.code, 0);
	assert.match(argument.stdout, /^Text: connect ECONNREFUSED 100\.69\.69\.108:18789\n✗ .*100\.69\.69\.108:18789 {2}\[N04/);
	const log =
		'gateway closed (1006 abnormal closure (no close frame)): no close reason\npairing required: not approved yet (requestId: abc-1)\n';
	for (const argv of [[], ['-']]) {
		const {code, stdout} = await explain(argv, {piped: log});
		assert.equal(code, 0);
		assert.match(stdout, /\[A16, certain\]/);
		assert.match(stdout, /^ +openclaw devices approve abc-1$/m);
		assert.match(stdout, /^Also in the text: .* \[W10\]$/m);
	}
});

test('a text that is not known is said to be so', async () => {
	for (const argv of [['it does not work'], ['Segmentation fault (core dumped)']]) {
		const {code, stdout, stderr} = await explain(argv);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /^clawtalk: This text is not recognised\./);
	}
	assert.equal((await explain(['-'], {piped: ' \n'})).code, 2);
	assert.deepEqual(JSON.parse((await explain(['--json', 'it does not work'])).stdout), {
		schema: 'clawtalk.explain/1',
		recognised: false,
		rows: [],
		unknown: [],
	});
});

test('an input that cannot be read is one line and no bug', async () => {
	const world = commandWorld({env: {}});
	world.stdin.destroy(Object.assign(new Error('illegal operation on a directory'), {code: 'EISDIR'}));
	assert.equal(await runCommandLine(['explain'], world), 2);
	assert.equal(world.stderrText(), 'clawtalk: stdin cannot be read (EISDIR).\n');
});

test('without anything every id is listed by group', async () => {
	for (const options of [{isTerminal: true}, {piped: ''}]) {
		const {code, stdout} = await explain([], options);
		assert.equal(code, 0);
		for (const {id} of catalogue) assert.match(stdout, new RegExp(`^  ${id}  \\S`, 'm'));
		assert.ok(stdout.indexOf('\nNames\n') > stdout.indexOf('  C21'));
	}
});

test('control sequences and secrets of a text do not get through', async () => {
	const hostile = `\u001B]0;owned\u0007connect \u001B[31mECONNREFUSED\u001B[0m 192.0.2.1:1 Bearer abcdef0123456789 \u202Eevil\nhttp://me:pass-word@192.0.2.1:1`;
	for (const argv of [[hostile], ['--json', hostile]]) {
		const {code, stdout, stderr} = await explain(argv);
		assert.equal(code, 0);
		assert.match(stdout, /N04/);
		assert.doesNotMatch(stdout + stderr, /\u001B|\u0007|\u202E|abcdef0123456789|pass-word/);
	}
});

test('--json has the same rows for ids, texts and the list', async () => {
	const byId = JSON.parse((await explain(['--json', 'n04', 'N99'])).stdout);
	assert.equal(byId.schema, 'clawtalk.explain/1');
	assert.deepEqual([byId.rows[0].id, byId.rows[0].example, byId.rows[0].kind], ['N04', true, 'rule']);
	assert.deepEqual(byId.unknown[0].asked, 'N99');
	const byText = JSON.parse((await explain(['--json', 'connect ECONNREFUSED 127.0.0.1:18789'])).stdout);
	assert.deepEqual(
		[byText.rows[0].id, byText.rows[0].example, byText.rows[0].line],
		['N01', false, 'connect ECONNREFUSED 127.0.0.1:18789'],
	);
	assert.equal(JSON.parse((await explain(['--json'], {piped: ''})).stdout).rows.length, catalogue.length);
});

test('--last explains what the last failure left behind, and leaves alone what it cannot read', async t => {
	const {home, env} = freshHome(t);
	const nothing = await explain(['--last'], {env});
	assert.equal(nothing.code, 2);
	assert.match(nothing.stderr, /^clawtalk: No failure is on record\./);
	const file = join(home, '.clawtalk', 'last-failure.json');
	mkdirSync(join(home, '.clawtalk'), {mode: 0o700});
	const example = catalogue.find(({id}) => id === 'N01');
	assert.ok(example?.kind === 'rule');
	writeFileSync(file, JSON.stringify(example.example), {mode: 0o600});
	const last = await explain(['--last'], {env});
	assert.equal(last.code, 0);
	assert.match(
		last.stdout,
		/^The last failure, at \d+ Jan(?: 2026)? \d\d:\d\d, with http:\/\/127\.0\.0\.1:18789:\n✗ .* \[N01, certain\]$/m,
	);
	const json = JSON.parse((await explain(['--last', '--json'], {env})).stdout);
	assert.deepEqual([json.rows[0].id, json.of.origin], ['N01', 'http://127.0.0.1:18789']);
	for (const broken of ['{', '{"schema":"clawtalk.evidence/1"}', '[]']) {
		writeFileSync(file, broken);
		const {code, stdout, stderr} = await explain(['--last'], {env});
		assert.deepEqual([code, stdout], [78, ''], broken);
		assert.match(stderr, /last-failure\.json .*It is left as it is\.\n$/);
	}
	assert.equal((await explain(['--last', 'N04'], {env})).code, 2);
});
