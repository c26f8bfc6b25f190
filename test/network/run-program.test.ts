import assert from 'node:assert/strict';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runProgram} from '../../source/network/run-program.js';

async function script(t: TestContext, text: string): Promise<{readonly file: string; readonly folder: string}> {
	const folder = await mkdtemp(join(tmpdir(), 'clawtalk-program-'));
	t.after(() => rm(folder, {recursive: true, force: true}));
	const file = join(folder, 'program');
	await writeFile(file, `#!/bin/sh\n${text}\n`);
	await chmod(file, 0o700);
	return {file, folder};
}

/** Whether a process runs; one that has ended and was not waited for yet does not. */
async function isAlive(pid: number): Promise<boolean> {
	try {
		return !/^\d+ \(.*\) Z/.test(await readFile(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		// No such process.
		return false;
	}
}

async function waitForEnd(pid: number): Promise<void> {
	while (await isAlive(pid)) await new Promise(setImmediate);
}

test('a program sees none of our variables but those it needs', async t => {
	const {file} = await script(t, 'env');
	process.env['CLAWTALK_GATEWAY_TOKEN'] = 'never-for-programs';
	process.env['SOME_OTHER_KEY'] = 'nor-this';
	t.after(() => {
		delete process.env['CLAWTALK_GATEWAY_TOKEN'];
		delete process.env['SOME_OTHER_KEY'];
	});
	const output = await runProgram(file, [], {timeoutMs: 5_000});
	assert.match(output ?? '', /^PATH=/m);
	assert.doesNotMatch(output ?? '', /never-for-programs|nor-this|TOKEN/);
});

test('a program that is ended takes with it what it started', {
	skip: process.platform !== 'linux' && 'reads /proc',
	timeout: 90_000,
}, async t => {
	const {file, folder} = await script(t, 'sleep 600 &\necho $! > "$1/pid"\necho said\nwait');
	const output = await runProgram(file, [folder], {timeoutMs: 2_000});
	assert.equal(output, 'said\n');
	await waitForEnd(Number(await readFile(join(folder, 'pid'), 'utf8')));
});

test('what a program leaves behind with its output is ended, and not waited for', {
	skip: process.platform !== 'linux' && 'reads /proc',
	timeout: 90_000,
}, async t => {
	const {file, folder} = await script(t, 'sleep 600 &\necho $! > "$1/pid"\necho said');
	const output = await runProgram(file, [folder], {timeoutMs: 60_000});
	assert.equal(output, 'said\n');
	await waitForEnd(Number(await readFile(join(folder, 'pid'), 'utf8')));
});

test('a program that is not there, or is not wanted any more, prints nothing', async () => {
	assert.equal(await runProgram('/nonexistent/program', [], {timeoutMs: 1_000}), undefined);
	assert.equal(await runProgram('/bin/sh', ['-c', 'echo x'], {timeoutMs: 1_000, signal: AbortSignal.abort()}), undefined);
});
