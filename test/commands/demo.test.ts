import assert from 'node:assert/strict';
import {once} from 'node:events';
import {access, readFile, stat} from 'node:fs/promises';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import type {FlagValues} from '../../source/commands/command.js';
import {demoCommand} from '../../source/commands/demo.js';
import {faults} from '../../source/demo/faults.js';

/** A run of the command with pipes for a world. */
function start(flags: FlagValues) {
	const stdout = new PassThrough({encoding: 'utf8'});
	const stderr = new PassThrough({encoding: 'utf8'});
	const stop = new AbortController();
	const exitCode = demoCommand.run({
		input: [],
		flags,
		env: {},
		stdin: new PassThrough(),
		stdout,
		stderr,
		signal: stop.signal,
		debug: () => undefined,
	});
	return {stdout, stderr, stop, exitCode};
}

async function finish(flags: FlagValues) {
	const {stdout, stderr, exitCode} = start(flags);
	const code = await exitCode;
	return {code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '')};
}

test('without a terminal it plays a conversation with memory, and ends well', async () => {
	const {code, stdout, stderr} = await finish({});
	assert.deepEqual({code, stderr}, {code: 0, stderr: ''});
	assert.match(stdout, /> What is my name\?\n\nYour name is Ada\.\n/);
	assert.match(stdout, /\| Column \| Meaning \|/);
	assert.doesNotMatch(stdout, /\u001B/);
});

test('a failing demo ends as ask does, with one line that says why', async () => {
	for (const [fault, expected] of [
		['unauthorized', 77],
		['draining', 75],
		['empty', 70],
		['cut', 74],
	] as const) {
		const {code, stderr} = await finish({fault});
		assert.equal(code, expected, fault);
		assert.match(stderr, /^clawtalk: \S.*\n$/, fault);
	}
});

test('--transport chooses the way to it, as in the chat', async () => {
	const fault = 'endpoint-off-404';
	assert.equal((await finish({fault, transport: 'http'})).code, 79);
	assert.equal((await finish({fault, transport: 'ws'})).code, 0);
	const served = await finish({serve: true, transport: 'ws'});
	assert.deepEqual([served.code, served.stdout], [2, '']);
	assert.match(served.stderr, /^clawtalk: --transport is for questions;[^\n]*\n$/);
});

test('--fault list shows every fault; an unknown one is a usage error', async () => {
	const list = await finish({fault: 'list'});
	assert.equal(list.code, 0);
	assert.equal(list.stdout.trimEnd().split('\n').length, Object.keys(faults).length);
	assert.deepEqual(await finish({fault: 'nonsense'}), {
		code: 2,
		stdout: '',
		stderr: 'clawtalk: There is no such fault; clawtalk demo --fault list shows them.\n',
	});
});

test('--serve names its address and a private token file, and leaves nothing behind', async () => {
	const {stdout, stop, exitCode} = start({serve: true, as: '2026.2.9'});
	const [text] = (await once(stdout, 'data')) as [string];
	const origin = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(text)?.[1] ?? '';
	const tokenFile = /^token with --token-file (\S+)$/m.exec(text)?.[1] ?? '';
	assert.match(text, /playing OpenClaw 2026\.2\.9/);
	assert.equal((await stat(tokenFile)).mode & 0o777, 0o600);
	const token = (await readFile(tokenFile, 'utf8')).trim();
	assert.ok(!text.includes(token));

	const response = await fetch(`${origin}/v1/chat/completions`, {
		method: 'POST',
		headers: {Authorization: `Bearer ${token}`},
		body: JSON.stringify({messages: [{role: 'user', content: 'echo served'}]}),
	});
	assert.match(await response.text(), /"content":"served"/);

	stop.abort('SIGTERM');
	assert.equal(await exitCode, 0);
	await assert.rejects(access(tokenFile));
	await assert.rejects(fetch(`${origin}/healthz`));
});

test('a token is taken from the command line or made up, not asked for', async () => {
	for (const flags of [{token: ''}, {token: '-'}, {tokenFile: 'file'}]) {
		const {code, stderr} = await finish({serve: true, ...flags});
		assert.equal(code, 2);
		assert.match(stderr, /only as --token T/);
	}
});

test('a port that is taken is said', async () => {
	const serving = start({serve: true, token: 'chosen-token'});
	const [text] = (await once(serving.stdout, 'data')) as [string];
	const port = Number(/:(\d+)\n/.exec(text)?.[1]);
	const {code, stderr} = await finish({serve: true, port});
	assert.equal(code, 69);
	assert.match(stderr, /something listens there already \(EADDRINUSE\)/);
	serving.stop.abort('SIGINT');
	await serving.exitCode;
});
