import assert from 'node:assert/strict';
import {mkdir, readdir, readFile, symlink, utimes} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {saveDraft} from '../../source/transcripts/draft-file.js';
import {forkConversation} from '../../source/transcripts/fork-conversation.js';
import {conversationFile} from '../../source/transcripts/location.js';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import {emptyTrash, listTrash, pruneConversations, restoreConversation, trashConversation} from '../../source/transcripts/trash.js';
import {at, header, linesOf, store, turn} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

test('to the trash and back, with its draft, byte for byte', async context => {
	const home = await temporaryHome(context);
	const content = linesOf([header('c1'), ...turn('c1', 1)]);
	await store(home, 'c1', content);
	await saveDraft(home, 'c1', {text: 'unsent'}, 1_000);
	assert.equal(await trashConversation(home, 'c1'), 'c1');
	assert.deepEqual(await readdir(join(home, 'conversations')), ['trash']);
	assert.deepEqual(
		(await listTrash(home)).map(({id, trashId, title, asked}) => [id, trashId, title, asked]),
		[['c1', 'c1', 'question 1', 1]],
	);
	assert.equal(await restoreConversation(home, 'c1'), 'c1');
	assert.equal(await readFile(conversationFile(home, 'c1'), 'utf8'), content);
	assert.deepEqual((await readdir(join(home, 'conversations'))).sort(), [`c1.${process.pid}.draft.json`, 'c1.jsonl', 'trash']);
	await assert.rejects(restoreConversation(home, 'c1'), {code: 'ENOENT'});
	await assert.rejects(trashConversation(home, 'other'), {code: 'ENOENT'});
});

test('a link in the trash that leads to the conversation is no second name of it', async context => {
	const home = await temporaryHome(context);
	const content = linesOf([header('c1'), ...turn('c1', 1)]);
	await store(home, 'c1', content);
	const trash = join(home, 'conversations', 'trash');
	await mkdir(trash);
	await symlink(conversationFile(home, 'c1'), join(trash, 'c1.jsonl'));
	assert.equal(await trashConversation(home, 'c1'), 'c1--2');
	assert.equal(await readFile(join(trash, 'c1--2.jsonl'), 'utf8'), content);
});

test('nothing is written over: two of one id lie in the trash side by side, and the one that is there stays', async context => {
	const home = await temporaryHome(context);
	for (const word of ['first', 'second', 'third']) {
		await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1, word)]));
		if (word !== 'third') await trashConversation(home, 'c1');
	}
	assert.deepEqual((await listTrash(home)).map(({id, trashId, title}) => `${id} ${trashId} ${title}`).sort(), [
		'c1 c1 first',
		'c1 c1--2 second',
	]);
	await assert.rejects(restoreConversation(home, 'c1--2'), {code: 'EEXIST'});
	assert.equal((await readConversation(home, 'c1')).title, 'third');
	assert.equal((await listTrash(home)).length, 2);
});

test('two that throw it away at once: it is in the trash once', async context => {
	const home = await temporaryHome(context);
	for (let round = 0; round < 20; round++) {
		await store(home, `c${round}`, linesOf([header(`c${round}`), ...turn('c', 1)]));
		await Promise.allSettled([trashConversation(home, `c${round}`), trashConversation(home, `c${round}`)]);
	}
	assert.equal((await listTrash(home)).length, 20);
	assert.deepEqual(await readdir(join(home, 'conversations')), ['trash']);
});

test('what is old goes to the trash; only the trash is emptied for good', async context => {
	const home = await temporaryHome(context);
	const old = await store(home, 'old', linesOf([header('old')]));
	await store(home, 'new', linesOf([header('new')]));
	await utimes(old, 1_000, 1_000);
	const {done, failed} = await pruneConversations(home, 1_000_001);
	assert.deepEqual([done.map(({id}) => id), failed], [['old'], []]);
	assert.deepEqual((await emptyTrash(home, 1_000_001)).done, []);
	assert.equal((await emptyTrash(home, Date.now() + 60_000)).done.length, 1);
	assert.deepEqual(await readdir(join(home, 'conversations', 'trash')), []);
	assert.equal((await readConversation(home, 'new')).id, 'new');
});

test('a fork has the turns up to the one chosen, whatever else is in the file, and a session of its own', async context => {
	const home = await temporaryHome(context);
	const later = {kind: 'picture', at: at(3)};
	const named = {kind: 'renamed', at: at(3), name: 'Original'};
	const [two, answerTwo] = turn('c1', 2);
	const [three, answerThree] = turn('c1', 3);
	const content = `${linesOf([header('c1'), ...turn('c1', 1), later, named, two])}torn\n${linesOf([three, answerTwo, answerThree])}`;
	await store(home, 'c1', content);
	await forkConversation(home, 'c1', {newId: 'c2', at: 9_000, upTo: 'c1-2'});
	const fork = await readConversation(home, 'c2');
	assert.deepEqual(
		fork.entries.map(entry => (entry.kind === 'turn' ? [entry.questionId, entry.answer?.text] : entry.kind)),
		[['c1-1', 'answer 1'], ['c1-2', 'answer 2'], 'forked'],
	);
	const {sessionKey, forkedFrom, name, origin, createdAt, unreadable} = fork;
	assert.deepEqual(
		{sessionKey, forkedFrom, name, origin, createdAt, unreadable},
		{
			sessionKey: 'clawtalk:c2',
			forkedFrom: 'c1',
			name: undefined,
			origin: 'http://127.0.0.1:1',
			createdAt: 9_000,
			unreadable: {tornBytes: 0, brokenLines: 0, unknownRecords: 1},
		},
	);
	assert.equal(await readFile(conversationFile(home, 'c1'), 'utf8'), content);
	await assert.rejects(forkConversation(home, 'c1', {newId: 'c2', at: 1}), {code: 'EEXIST'});
	await assert.rejects(forkConversation(home, 'c9', {newId: 'c3', at: 1}), {code: 'ENOENT'});
	await forkConversation(home, 'c1', {newId: 'c4', at: 1});
	assert.equal((await readConversation(home, 'c4')).asked, 3);
	assert.deepEqual((await readdir(join(home, 'conversations'))).sort(), ['c1.jsonl', 'c2.jsonl', 'c4.jsonl']);
});

test('a copy takes over no profile that is none, such as one that is nested more deeply than anybody can write', async context => {
	const home = await temporaryHome(context);
	const beginning = JSON.stringify({...header('c1'), profile: 'PROFILE'}).replace('"PROFILE"', '['.repeat(20_000) + ']'.repeat(20_000));
	await store(home, 'c1', `${beginning}\n${linesOf(turn('c1', 1))}`);
	await forkConversation(home, 'c1', {newId: 'c2', at: 1});
	const copy = await readConversation(home, 'c2');
	assert.deepEqual([copy.asked, copy.profile], [1, undefined]);
});
