import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdir, readFile, rename, stat, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {claimDraft, loadDraft, saveDraft} from '../../source/transcripts/draft-file.js';
import {conversationsDirectory, draftFile} from '../../source/transcripts/location.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {restoreConversation, trashConversation} from '../../source/transcripts/trash.js';
import {temporaryHome} from './temporary-home.js';

/** The id of a process that is no more. */
function deadPid(): number {
	return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a draft is whole, private, and alone in its folder', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', {text: 'one'}, 1_000);
	await saveDraft(home, 'c1', {text: 'two\nlines'}, 2_000);
	const path = draftFile(home, 'c1');
	assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
		schema: 'clawtalk.draft/1',
		pid: process.pid,
		at: '1970-01-01T00:00:02.000Z',
		text: 'two\nlines',
	});
	assert.equal((await stat(path)).mode & 0o777, 0o600);
	assert.deepEqual(await readdir(join(home, 'conversations')), [`c1.${process.pid}.draft.json`]);
});

test('an empty draft leaves no file and makes no folder', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', {text: ''}, 1_000);
	await assert.rejects(stat(home), {code: 'ENOENT'});
	await saveDraft(home, 'c1', {text: 'x'}, 1_000);
	await saveDraft(home, 'c1', {text: ''}, 2_000);
	assert.deepEqual(await readdir(join(home, 'conversations')), []);
});

test('the newest draft of a dead process is claimed once; the living keep theirs', async context => {
	const home = await temporaryHome(context);
	const dead = deadPid();
	await saveDraft(home, 'older', {text: 'older text'}, 1_000, dead);
	await saveDraft(home, 'newer', {text: 'newer text', pieces: [{label: '[x]'}]}, 2_000, dead);
	await saveDraft(home, 'living', {text: 'living text'}, 3_000);
	await utimes(draftFile(home, 'older', dead), 1, 1);
	const first = await claimDraft(home);
	assert.deepEqual([first?.conversationId, first?.text, first?.pieces], ['newer', 'newer text', [{label: '[x]'}]]);
	assert.equal((await claimDraft(home))?.text, 'older text');
	assert.equal(await claimDraft(home), undefined);
});

test('a claimed draft stays on disk until the chat has saved one of its own', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'old', {text: 'text'}, 1_000, deadPid());
	const transcripts = openTranscripts(home);
	assert.deepEqual(await transcripts.claimDraft(), {text: 'text'});
	assert.deepEqual(await readdir(join(home, 'conversations')), [`old.${process.pid}.draft.json`]);
	await transcripts.saveDraft('new', 'text, and more', 2_000);
	assert.deepEqual(await readdir(join(home, 'conversations')), [`new.${process.pid}.draft.json`]);
});

test('a draft of a stored conversation, or of one in the trash, is for that conversation only', async context => {
	const home = await temporaryHome(context);
	const transcripts = openTranscripts(home);
	const dead = deadPid();
	for (const id of ['stored', 'thrown']) {
		await transcripts.append(id, {kind: 'notice', at: '2026-01-01T00:00:00.000Z', text: 'said'});
		await saveDraft(home, id, {text: `for ${id}`}, 1_000, dead);
	}
	await trashConversation(home, 'thrown');
	assert.equal(await transcripts.claimDraft(), undefined);
	const waiting = async () => (await transcripts.conversationsWithDraft()).map(({id}) => id);
	assert.deepEqual(await waiting(), ['stored']);
	assert.equal((await loadDraft(home, 'stored'))?.text, 'for stored');
	assert.deepEqual(await waiting(), []);
	assert.equal(await loadDraft(home, 'thrown'), undefined);
	await restoreConversation(home, 'thrown');
	assert.equal((await loadDraft(home, 'thrown'))?.text, 'for thrown');
});

test('what was taken over goes only when a draft is saved that can hold it', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'old', {text: 'text'}, 1_000, deadPid());
	const transcripts = openTranscripts(home);
	const typedBefore = transcripts.saveDraft('new', 'x', 1_000);
	await transcripts.claimDraft();
	await typedBefore;
	const isKept = async () => (await readdir(conversationsDirectory(home))).some(name => name.startsWith('old.'));
	assert.equal(await isKept(), true);
	await transcripts.saveDraft('new', 'text', 2_000);
	assert.equal(await isKept(), false);
});

test('two living processes with the same conversation keep a draft each', async context => {
	const home = await temporaryHome(context);
	const other = process.ppid;
	await saveDraft(home, 'c1', {text: 'theirs'}, 1_000, other);
	await saveDraft(home, 'c1', {text: 'ours'}, 2_000);
	assert.equal(await loadDraft(home, 'c1'), undefined);
	await saveDraft(home, 'c1', {text: ''}, 3_000);
	assert.equal(JSON.parse(await readFile(draftFile(home, 'c1', other), 'utf8')).text, 'theirs');
});

test('a draft of the first format, without its process in the name, is found', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', {text: 'text'}, 1_000, deadPid());
	const [name = ''] = await readdir(join(home, 'conversations'));
	await rename(join(home, 'conversations', name), join(home, 'conversations', 'c1.draft.json'));
	assert.equal((await loadDraft(home, 'c1'))?.text, 'text');
});

test('one of two that claim at once gets it', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', {text: 'text'}, 1_000, deadPid());
	const claims = await Promise.all([claimDraft(home), claimDraft(home)]);
	assert.deepEqual(
		claims.flatMap(claim => claim?.text ?? []),
		['text'],
	);
});

test('what is no draft of ours is left alone', async context => {
	const home = await temporaryHome(context);
	const dead = deadPid();
	await saveDraft(home, 'c1', {text: 'x'}, 1_000, dead);
	for (const content of ['{"text":', '[]', 'null', '{"schema":"clawtalk.draft/1","text":1}']) {
		await writeFile(draftFile(home, 'c1', dead), content);
		assert.equal(await claimDraft(home), undefined);
		assert.equal(await readFile(draftFile(home, 'c1', dead), 'utf8'), content);
	}
});

test('no folder, no draft; a folder that cannot be made is an error', async context => {
	const home = await temporaryHome(context);
	assert.equal(await claimDraft(home), undefined);
	await writeFile(home, '');
	await assert.rejects(saveDraft(home, 'c1', {text: 'x'}, 1_000), {code: 'ENOTDIR'});
});
