import assert from 'node:assert/strict';
import {appendFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {lineFile} from '../../source/transcripts/append.js';
import {conversationFile} from '../../source/transcripts/location.js';
import type {ConversationRecord} from '../../source/transcripts/record.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {temporaryHome} from './temporary-home.js';

const notice = (text: string): ConversationRecord => ({kind: 'notice', at: '2026-01-01T00:00:00.000Z', text});

test('nothing is created before the first record; then 0700 and 0600', async context => {
	const home = await temporaryHome(context);
	const transcripts = openTranscripts(home);
	await assert.rejects(stat(home), {code: 'ENOENT'});
	await transcripts.append('c1', notice('a'));
	assert.equal((await stat(home)).mode & 0o777, 0o700);
	assert.equal((await stat(join(home, 'conversations'))).mode & 0o777, 0o700);
	assert.equal((await stat(conversationFile(home, 'c1'))).mode & 0o777, 0o600);
});

test('records asked for at once stand in order, one a line', async context => {
	const home = await temporaryHome(context);
	const transcripts = openTranscripts(home);
	const texts = Array.from({length: 200}, (_, index) => `${index} ${'long\n'.repeat(index)}`);
	await Promise.all(texts.map(text => transcripts.append('c1', notice(text))));
	const lines = (await readFile(conversationFile(home, 'c1'), 'utf8')).trimEnd().split('\n');
	assert.deepEqual(
		lines.map(line => JSON.parse(line).text),
		texts,
	);
});

test('a line that a crash cut short is ended before the next one', async context => {
	const home = await temporaryHome(context);
	const path = conversationFile(home, 'c1');
	await mkdir(dirname(path), {recursive: true});
	await writeFile(path, '{"kind":"notice","te');
	await openTranscripts(home).append('c1', notice('whole'));
	assert.deepEqual(JSON.parse((await readFile(path, 'utf8')).split('\n')[1] ?? ''), notice('whole'));
});

test('what was cut short before this chat is kept aside, once, and said', async context => {
	const home = await temporaryHome(context);
	const path = conversationFile(home, 'c1');
	const whole = `${JSON.stringify(notice('whole'))}\n`;
	await mkdir(dirname(path), {recursive: true});
	await writeFile(path, `${whole}{"kind":"notice","te`);
	const said: string[] = [];
	for (const text of ['one', 'two']) await openTranscripts(home, line => said.push(line)).append('c1', notice(text));
	const copy = join(dirname(path), `c1.torn-${whole.length}`);
	assert.equal(await readFile(copy, 'utf8'), '{"kind":"notice","te');
	assert.equal((await stat(copy)).mode & 0o777, 0o600);
	assert.deepEqual(said, [`The last line of this conversation's file was cut short; it is kept in ${copy}, and the rest is whole.`]);
	assert.equal((await readFile(path, 'utf8')).split('\n')[1], '{"kind":"notice","te');
});

test('a record that lacks only its line feed is whole: nothing is kept aside', async context => {
	const home = await temporaryHome(context);
	const path = conversationFile(home, 'c1');
	await mkdir(dirname(path), {recursive: true});
	await writeFile(path, JSON.stringify(notice('one')));
	await openTranscripts(home).append('c1', notice('two'));
	assert.deepEqual(await readdir(dirname(path)), ['c1.jsonl']);
	assert.deepEqual(
		(await readFile(path, 'utf8'))
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line).text),
		['one', 'two'],
	);
});

test('what was held back is written when asked for, without another line', async context => {
	const home = await temporaryHome(context);
	await writeFile(home, 'a file in the way');
	const transcripts = openTranscripts(home);
	await assert.rejects(transcripts.append('c1', notice('first')), {code: 'ENOTDIR'});
	await assert.rejects(transcripts.flush(), {code: 'ENOTDIR'});
	await rm(home);
	await transcripts.flush();
	await transcripts.flush();
	assert.match(await readFile(conversationFile(home, 'c1'), 'utf8'), /^[^\n]*first[^\n]*\n$/);
});

test('what another process appended stays', async context => {
	const home = await temporaryHome(context);
	const transcripts = openTranscripts(home);
	await transcripts.append('c1', notice('ours'));
	await appendFile(conversationFile(home, 'c1'), '{"theirs":1}\n');
	await transcripts.append('c1', notice('again'));
	assert.match(await readFile(conversationFile(home, 'c1'), 'utf8'), /ours.*\n\{"theirs":1\}\n.*again.*\n$/);
});

test('a folder that cannot be made is an error, and the line is written when it can', async context => {
	const home = await temporaryHome(context);
	await writeFile(home, 'a file in the way');
	const transcripts = openTranscripts(home);
	await assert.rejects(transcripts.append('c1', notice('first')), {code: 'ENOTDIR'});
	await rm(home);
	await transcripts.append('c1', notice('second'));
	assert.match(await readFile(conversationFile(home, 'c1'), 'utf8'), /^.*first.*\n.*second.*\n$/);
});

test('a full disk is an error, and nothing is lost when there is room again', {skip: process.platform !== 'linux'}, async context => {
	const path = join(await temporaryHome(context), 'file.jsonl');
	await mkdir(dirname(path), {recursive: true});
	await symlink('/dev/full', path);
	const file = lineFile(path);
	await assert.rejects(file.append('one'), {code: 'ENOSPC'});
	await assert.rejects(file.append('two'), {code: 'ENOSPC'});
	await rm(path);
	await file.append('three');
	assert.equal(await readFile(path, 'utf8'), 'one\ntwo\nthree\n');
});

test('an id that leads out of the folder is refused', () => {
	for (const id of ['../x', 'a/b', '', '.', 'x'.repeat(200)]) assert.throws(() => conversationFile('/h', id), RangeError);
});
