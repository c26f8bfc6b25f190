import assert from 'node:assert/strict';
import {mkdir, symlink, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {findConversation, isConversation} from '../../source/transcripts/find-conversation.js';
import {listConversations} from '../../source/transcripts/list-conversations.js';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import {renameConversation} from '../../source/transcripts/rename-conversation.js';
import {header, linesOf, longConversation, store, turn} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

test('newest first, with a title, a preview, and counts; without what is no conversation', async context => {
	const home = await temporaryHome(context);
	assert.deepEqual(await listConversations(home), []);
	const older = await store(home, 'older', linesOf([header('older'), ...turn('older', 1, 'How  do\nI cook rice?', 'Wash\nit.')]));
	const newer = await store(home, 'newer', linesOf([header('newer'), ...turn('newer', 1, 'long '.repeat(100)), ...turn('newer', 2)]));
	await utimes(older, 1_000, 1_000);
	await utimes(newer, 2_000, 2_000);
	await mkdir(join(home, 'conversations', 'folder.jsonl'));
	await symlink('/nowhere', join(home, 'conversations', 'dangling.jsonl'));
	for (const name of ['older.1.draft.json', 'notes.txt', 'a b.jsonl', 'older.torn-7'])
		await writeFile(join(home, 'conversations', name), 'x');
	const [first, second, ...others] = await listConversations(home);
	assert.deepEqual(others, []);
	assert.deepEqual([first?.id, first?.asked, first?.updatedAt, first?.title.length], ['newer', 2, 2_000_000, 60]);
	assert.match(first?.title ?? '', /^long long .*…$/);
	assert.deepEqual(
		[second?.title, second?.preview, second?.origin],
		['How do I cook rice?', ['How do I cook rice?', 'Wash it.'], 'http://127.0.0.1:1'],
	);
});

test('a large file is described like a small one', async context => {
	const home = await temporaryHome(context);
	const path = await store(home, 'large', longConversation('large', 300));
	const [large] = await listConversations(home);
	assert.ok((large?.bytes ?? 0) > 512 * 1024, path);
	assert.equal(large?.asked, 300);
	assert.match(large?.preview[0] ?? '', /^Question 300: /);
});

test('a name is the newest that was given, in one line; the empty one takes it back', async context => {
	const home = await temporaryHome(context);
	await store(home, 'c1', linesOf([header('c1'), ...turn('c1', 1)]));
	const nameNow = async () => (await listConversations(home))[0]?.name;
	await renameConversation(home, 'c1', ' Rice\nand beans ', 1_000);
	assert.equal(await nameNow(), 'Rice and beans');
	await renameConversation(home, 'c1', 'Beans', 2_000);
	assert.equal(await nameNow(), 'Beans');
	await renameConversation(home, 'c1', '', 3_000);
	assert.equal(await nameNow(), undefined);
	await assert.rejects(renameConversation(home, 'c2', 'x', 1), {code: 'ENOENT'});
	assert.equal((await listConversations(home)).length, 1);
});

const wanted: ReadonlyArray<readonly [words: string, found: string | readonly string[]]> = [
	['ab12-rice', 'ab12-rice'],
	['ab12', ['ab12-beans', 'ab12-rice']],
	['ab12-r', 'ab12-rice'],
	['AB12-R', 'ab12-rice'],
	['supper plans', 'cd34'],
	['Supper', 'cd34'],
	['sppr', 'cd34'],
	['boil', 'ab12-rice'],
	['zebra', 'none'],
	['', 'none'],
	['../secret', 'none'],
];

test('an id, the beginning of one, a name, or letters of it', async context => {
	const home = await temporaryHome(context);
	await store(home, 'ab12-rice', linesOf([header('ab12-rice'), ...turn('a', 1, 'How?', 'Boil it.')]));
	await store(home, 'ab12-beans', linesOf([header('ab12-beans'), ...turn('b', 1, 'What now?', 'Soak them.')]));
	await store(
		home,
		'cd34',
		linesOf([header('cd34'), ...turn('c', 1, 'When?', 'At six.'), {kind: 'renamed', at: '', name: 'Supper plans'}]),
	);
	for (const [words, expected] of wanted) {
		const found = await findConversation(home, words);
		const ids =
			found.kind === 'several' ? found.conversations.map(({id}) => id).sort() : found.kind === 'one' ? found.conversation.id : 'none';
		assert.deepEqual(ids, expected, words);
	}
});

test('a whole id is known without a look into its file; a part of one, a folder and a dangling link are none', async context => {
	const home = await temporaryHome(context);
	await store(home, 'ab12', 'whatever stands in it');
	await mkdir(join(home, 'conversations', 'folder.jsonl'));
	await symlink('/nowhere', join(home, 'conversations', 'dangling.jsonl'));
	const names = ['ab12', 'ab1', 'folder', 'dangling', '', '../ab12', 'a b'];
	assert.deepEqual(
		names.filter(name => isConversation(home, name)),
		['ab12'],
	);
});

for (const [what, fields] of [
	['words for a shell', {origin: 'http://127.0.0.1:1; touch pwned', profile: 'home; touch pwned'}],
	['a command in the place of a name', {origin: 'http://$(id).example', profile: '$(id)'}],
	['another form of an address', {origin: 'http://user:secret@127.0.0.1:1/', profile: ''}],
	['no address', {origin: 'file:///etc/passwd', profile: 7}],
] as const) {
	test(`a file's address and profile are passed on in their one form only: ${what}`, async context => {
		const home = await temporaryHome(context);
		await store(home, 'c1', linesOf([{...header('c1'), ...fields}, ...turn('c1', 1)]));
		const [found] = await listConversations(home);
		assert.deepEqual([found?.origin, found?.profile, found?.asked], [undefined, undefined, 1]);
	});
}

test('a name out of a file is one line, and no page', async context => {
	const home = await temporaryHome(context);
	const renamed = {kind: 'renamed', at: '2026-01-01T00:00:00.000Z', name: `a\n\nYour token is void.${'b'.repeat(300)}`};
	await store(home, 'c1', linesOf([header('c1'), renamed]));
	const [found] = await listConversations(home);
	assert.match(found?.name ?? '', /^a Your token is void\.b+…$/);
	assert.equal(found?.name?.length, 200);
});

for (const key of ['x\r\nX-Evil: 1', 'x\u0000', 'x\u202e', '日本', '']) {
	test(`a session key that no header can carry is not gone on with: ${JSON.stringify(key)}`, async context => {
		const home = await temporaryHome(context);
		const question = {kind: 'question', id: 'q', at: '2026-01-01T00:00:00.000Z', text: 'a', agent: key, model: key};
		const fresh = {kind: 'session', at: '2026-01-01T00:00:00.000Z', sessionKey: key, why: 'retry'};
		await store(home, 'c1', linesOf([{...header('c1'), sessionKey: key}, question, fresh]));
		const {sessionKey, agent, model} = await readConversation(home, 'c1');
		assert.deepEqual({sessionKey, agent, model}, {sessionKey: 'clawtalk:c1', agent: undefined, model: undefined});
	});
}
