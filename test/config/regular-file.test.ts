import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {locate} from '../../source/config/location.js';
import {readRegularFile} from '../../source/config/regular-file.js';
import {readConnectionLog} from '../../source/history/connection-log.js';
import {lineFile} from '../../source/transcripts/append.js';
import {historyFile} from '../../source/transcripts/location.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

function pipeAt(path: string): string {
	execFileSync('mkfifo', [path]);
	return path;
}

test('files and links to them are read; nothing else is waited for', async t => {
	const {home} = freshHome(t);
	const at = (name: string) => join(home, name);
	writeFileSync(at('file'), 'text');
	symlinkSync(at('file'), at('link'));
	symlinkSync(pipeAt(at('pipe')), at('to-pipe'));
	assert.deepEqual([await readRegularFile(at('file')), await readRegularFile(at('link'))], ['text', 'text']);
	for (const path of [at('pipe'), at('to-pipe'), '/dev/zero'])
		await assert.rejects(readRegularFile(path), {message: 'a pipe or a device, not a file'}, path);
	await assert.rejects(readRegularFile(home), {code: 'EISDIR'});
	await assert.rejects(readRegularFile(at('none')), {code: 'ENOENT'});
});

/** Commands that read one of the files in `~/.clawtalk`, with the exit code and the line for a pipe in its place. */
const readers: ReadonlyArray<readonly [file: string, argv: readonly string[], code: number, said: RegExp]> = [
	['config.json', ['config', 'list'], 78, /config\.json: is no regular file; a file is needed/],
	['identity.json', ['identity', 'show'], 78, /identity\.json cannot be read \(a pipe or a device, not a file\)/],
	['trust.json', ['trust', 'show'], 0, /trust\.json, a pipe or a device, not a file\); going on without it\.\n/],
	['last-failure.json', ['explain', '--last'], 78, /cannot be read: a pipe or a device, not a file/],
	['connection-log.jsonl', ['status', '--history'], 78, /a pipe or a device, not a file/],
	['last-status.json', ['status', '--cached'], 75, /^$/],
];

async function withPipe(test: TestContext, file: string, argv: readonly string[]) {
	const {env} = freshHome(test);
	const {directory} = locate(env);
	mkdirSync(directory, {mode: 0o700});
	pipeAt(join(directory, file));
	const world = commandWorld({env});
	const code = await runCommandLine(argv, world);
	return {code, stderr: world.stderrText()};
}

for (const [file, argv, expected, said] of readers) {
	test(`a pipe in the place of ${file} is said in one line: ${argv.join(' ')}`, async t => {
		const {code, stderr} = await withPipe(t, file, argv);
		assert.equal(code, expected, stderr);
		assert.match(stderr, said);
	});
}

test('a pipe in the place of the log, or of what was typed before, takes nothing and holds nobody up', async t => {
	const {env} = freshHome(t);
	const locations = locate(env);
	mkdirSync(locations.directory, {mode: 0o700});
	pipeAt(locations.connectionLogFile);
	pipeAt(historyFile(locations.directory));
	const transcripts = openTranscripts(locations.directory);
	const said = {message: 'a pipe or a device, not a file'};
	await assert.rejects(readConnectionLog(locations), said);
	await assert.rejects(lineFile(locations.connectionLogFile).append('{}'), {message: 'a pipe, not a file'});
	await assert.rejects(transcripts.readHistory(), said);
	await assert.rejects(transcripts.remember('hello', 0), {message: 'a pipe, not a file'});
});
