import assert from 'node:assert/strict';
import {utimes} from 'node:fs/promises';
import {test} from 'node:test';
import {searchConversations} from '../../source/transcripts/search-conversations.js';
import {matchIn, wordsOf} from '../../source/transcripts/text-match.js';
import {at, header, linesOf, store, turn} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

const matches: ReadonlyArray<readonly [text: string, query: string, found: readonly [string, string, string] | undefined]> = [
	['Boil the rice.', 'RICE', ['Boil the ', 'rice', '.']],
	['Boil the rice.', 'rice boil', ['', 'Boil', ' the rice.']],
	['Boil the rice.', 'rice beans', undefined],
	['ein Gefäß aus Zürich', 'zurich', ['ein Gefäß aus ', 'Zürich', '']],
	['e\u0301cole', 'école', ['', 'e\u0301cole', '']],
	['日本語の文章', '文章', ['日本語の', '文章', '']],
	['İstanbul, then Rome', 'rome', ['İstanbul, then ', 'Rome', '']],
	['one\n\ttwo', 'two', ['one ', 'two', '']],
	[`${'x'.repeat(100)} here ${'y'.repeat(100)}`, 'here', [`…${'x'.repeat(59)} `, 'here', ` ${'y'.repeat(59)}…`]],
	['👩‍👩‍👧 family', 'family', ['👩‍👩‍👧 ', 'family', '']],
	['anything', '  ', undefined],
];

for (const [text, query, found] of matches) {
	test(`${JSON.stringify(query)} in ${JSON.stringify(text.slice(0, 20))}`, () => {
		const match = matchIn(text, wordsOf(query));
		assert.deepEqual(match && [match.before, match.match, match.after], found);
	});
}

async function hits(home: string, query: string, options = {}): Promise<readonly string[]> {
	const found: string[] = [];
	for await (const hit of searchConversations(home, query, options)) {
		found.push(`${hit.conversationId} ${hit.turn} ${hit.where} ${hit.title}: ${hit.before}[${hit.match}]${hit.after}`);
	}
	return found;
}

test('questions, answers, parts without an end, and notices are found; newest conversation first', async context => {
	const home = await temporaryHome(context);
	const part = {kind: 'answer-part', questionId: 'b-2', at: at(5), from: 0, text: 'half of the rice'};
	const covered = {kind: 'answer-part', questionId: 'b-1', at: at(5), from: 0, text: 'rice that was replaced'};
	const old = await store(
		home,
		'old',
		linesOf([header('old'), ...turn('a', 1, 'Rice?', 'Yes, rice.'), {kind: 'notice', at: at(9), text: 'rice gone'}]),
	);
	await utimes(old, 1_000, 1_000);
	await store(
		home,
		'new',
		`${linesOf([header('new'), ...turn('b', 1, 'first', 'second'), covered, turn('b', 2, 'more')[0], part])}{"torn rice`,
	);
	assert.deepEqual(await hits(home, 'rice'), [
		'new 2 answer first: half of the [rice]',
		'old 1 question Rice?: [Rice]?',
		'old 1 answer Rice?: Yes, [rice].',
		'old 1 notice Rice?: [rice] gone',
	]);
	assert.deepEqual(await hits(home, 'rice', {id: 'old', limit: 2}), ['old 1 question Rice?: [Rice]?', 'old 1 answer Rice?: Yes, [rice].']);
	assert.deepEqual(await hits(home, ''), []);
	await assert.rejects(hits(home, 'rice', {id: 'none'}), {code: 'ENOENT'});
	await assert.rejects(hits(home, 'rice', {signal: AbortSignal.abort(new Error('stopped'))}), /stopped/);
});

test('what two chats have both written is found once, with the number that it is shown with', async context => {
	const home = await temporaryHome(context);
	const [first, second] = [turn('a', 1, 'Rice?', 'Yes, rice.'), turn('a', 2, 'More rice?', 'No rice.')];
	await store(home, 'both', linesOf([header('both'), ...first, ...first, ...second, second[1]]));
	assert.deepEqual(await hits(home, 'rice'), [
		'both 1 question Rice?: [Rice]?',
		'both 1 answer Rice?: Yes, [rice].',
		'both 2 question Rice?: More [rice]?',
		'both 2 answer Rice?: No [rice].',
	]);
});

test('no folder, nothing found', async context => {
	assert.deepEqual(await hits(await temporaryHome(context), 'rice'), []);
});
