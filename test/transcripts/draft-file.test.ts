import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdir, readFile, stat, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {claimDraft, saveDraft} from '../../source/transcripts/draft-file.js';
import {draftFile} from '../../source/transcripts/location.js';
import {temporaryHome} from './temporary-home.js';

/** The id of a process that is no more. */
function deadPid(): number {
	return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a draft is whole, private, and alone in its folder', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', 'one', 1_000);
	await saveDraft(home, 'c1', 'two\nlines', 2_000);
	const path = draftFile(home, 'c1');
	assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
		schema: 'clawtalk.draft/1',
		pid: process.pid,
		at: '1970-01-01T00:00:02.000Z',
		text: 'two\nlines',
	});
	assert.equal((await stat(path)).mode & 0o777, 0o600);
	assert.deepEqual(await readdir(join(home, 'conversations')), ['c1.draft.json']);
});

test('an empty draft leaves no file and makes no folder', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', '', 1_000);
	await assert.rejects(stat(home), {code: 'ENOENT'});
	await saveDraft(home, 'c1', 'x', 1_000);
	await saveDraft(home, 'c1', '', 2_000);
	assert.deepEqual(await readdir(join(home, 'conversations')), []);
});

test('the newest draft of a dead process is claimed once; the living keep theirs', async context => {
	const home = await temporaryHome(context);
	const dead = deadPid();
	await saveDraft(home, 'older', 'older text', 1_000, dead);
	await saveDraft(home, 'newer', 'newer text', 2_000, dead);
	await saveDraft(home, 'living', 'living text', 3_000);
	await utimes(draftFile(home, 'older'), 1, 1);
	assert.equal(await claimDraft(home), 'newer text');
	assert.equal(await claimDraft(home), 'older text');
	assert.equal(await claimDraft(home), undefined);
	assert.deepEqual(await readdir(join(home, 'conversations')), ['living.draft.json']);
});

test('one of two that claim at once gets it', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', 'text', 1_000, deadPid());
	const claims = await Promise.all([claimDraft(home), claimDraft(home)]);
	assert.deepEqual(
		claims.filter(claim => claim !== undefined),
		['text'],
	);
});

test('what is no draft of ours is left alone', async context => {
	const home = await temporaryHome(context);
	await saveDraft(home, 'c1', 'x', 1_000);
	for (const content of ['{"text":', '[]', 'null', '{"schema":"clawtalk.draft/1","text":1}']) {
		await writeFile(draftFile(home, 'c1'), content);
		assert.equal(await claimDraft(home), undefined);
		assert.equal(await readFile(draftFile(home, 'c1'), 'utf8'), content);
	}
});

test('no folder, no draft; a folder that cannot be made is an error', async context => {
	const home = await temporaryHome(context);
	assert.equal(await claimDraft(home), undefined);
	await writeFile(home, '');
	await assert.rejects(saveDraft(home, 'c1', 'x', 1_000), {code: 'ENOTDIR'});
});
