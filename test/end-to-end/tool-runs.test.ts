import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chatEnvironment, demoGatewayFor, launcher, startChat} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {startInPty} from '../helpers/pty.js';
import {runProgram} from '../helpers/run-program.js';

const listing = '[[fault=tool tool=exec args={"command":"ls"} n=3]]';
const ran = /^→ exec ls · [\d.]+ m?s · 20 characters$/;

for (const [columns, rows] of [
	[80, 24],
	[120, 40],
] as const) {
	test(`in ${columns} columns a tool run stands above the answer, Ctrl+O shows it in full, and it is there again later`, async context => {
		const {program, home, gateway} = await startChat(context, {columns, rows});
		await program.shows('control plane');
		program.type(`${listing}`);
		await program.shows('n=3]]');
		program.type('\r');
		await program.shows('tok0 tok1 tok2');
		await program.until('the run above the text', lines => {
			const text = lines.indexOf('tok0 tok1 tok2');
			return text > 1 && ran.test(lines[text - 2] ?? '');
		});
		await program.shows('1 tool run');
		program.type('\u000F');
		await program.shows('(demo) would run: ls');
		await program.shows('command: ls');
		program.type('\u001B');
		await program.until('the overlay closed', lines => !lines.some(line => line.includes('Ctrl+O unfolds all')));
		program.type('\u0003');
		await program.shows('Ctrl+C again quits');
		program.type('\u0003');
		assert.equal((await program.ended()).code, 0);
		const [, , tool] = keptRecords(home.home);
		assert.deepEqual(
			[tool?.['kind'], tool?.['name'], tool?.['ended'], tool?.['summary'], tool?.['from']],
			['tool', 'exec', 'finished', 'ls', 0],
		);
		const again = startInPty(context, process.execPath, [launcher, '--continue'], {columns, rows, env: chatEnvironment(home, gateway)});
		await again.until('the run of before', lines => lines.some(line => ran.test(line)));
	});
}

test('another try of the provider is counted down, and gone when the answer comes', async context => {
	const {program} = await startChat(context);
	await program.shows('control plane');
	program.type('[[retry=2 n=3]]');
	await program.shows('n=3]]');
	program.type('\r');
	await program.shows('Retrying in 1 s (1/8): provider unavailable');
	await program.shows('tok0 tok1 tok2');
	await program.until('no retry', lines => !lines.some(line => line.startsWith('Retrying')));
});

test('piped, tool runs go to stderr; stdout has the answers alone', async context => {
	const gateway = await demoGatewayFor(context);
	const env = {...chatEnvironment(freshHome(context), gateway), CLAWTALK_TRANSPORT: 'ws'};
	const {code, stdout, stderr} = await runProgram(process.execPath, [launcher], {env, stdin: `${listing}\n`});
	assert.deepEqual([code, stdout], [0, 'tok0 tok1 tok2\n']);
	assert.ok(
		stderr.split('\n').some(line => ran.test(line)),
		stderr,
	);
});

test('to a screen reader the tool is named when it begins', async context => {
	const gateway = await demoGatewayFor(context);
	const env = {...chatEnvironment(freshHome(context), gateway), CLAWTALK_TRANSPORT: 'ws'};
	const program = startInPty(context, process.execPath, [launcher, '--screen-reader'], {env});
	await program.shows('You:');
	program.type(`${listing}\r`);
	await program.shows('Waiting: the agent uses exec: ls.');
	await program.shows('tok0 tok1 tok2');
});

test('ask says on stderr what ran when it is asked to, and lists it in JSON', async context => {
	const gateway = await demoGatewayFor(context);
	const env = {...chatEnvironment(freshHome(context), gateway), CLAWTALK_TRANSPORT: 'ws'};
	const ask = (...args: readonly string[]) => runProgram(process.execPath, [launcher, 'ask', ...args, listing], {env, stdin: ''});
	const told = await ask('--show-tools');
	assert.deepEqual([told.code, told.stdout], [0, 'tok0 tok1 tok2\n']);
	assert.match(told.stderr, /^clawtalk: → exec ls · [\d.]+ m?s · 20 characters$/m);
	const silent = await ask('--json');
	assert.doesNotMatch(silent.stderr, /exec/);
	const {tools} = JSON.parse(silent.stdout) as {tools: ReadonlyArray<{name: string; ended: string; summary: string}>};
	assert.deepEqual(
		tools.map(({name, ended, summary}) => [name, ended, summary]),
		[['exec', 'finished', 'ls']],
	);
});
