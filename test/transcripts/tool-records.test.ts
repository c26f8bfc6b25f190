import assert from 'node:assert/strict';
import {test} from 'node:test';
import {replay} from '../../source/chat/conversation/replay.js';
import {forkConversation} from '../../source/transcripts/fork-conversation.js';
import {readConversation} from '../../source/transcripts/read-conversation.js';
import {turnsOf} from '../../source/transcripts/stored.js';
import {at, header, linesOf, store, turn} from './stored-home.js';
import {temporaryHome} from './temporary-home.js';

function tool(callId: string, from: unknown, more: object = {}, questionId = 'c1-1'): object {
	return {kind: 'tool', questionId, callId, at: at(2), name: callId, ended: 'finished', from, ...more};
}

const [asked, answered] = turn('c1', 1, 'What is there?', 'Look. There.') as [object, object];

/** The first turn of a conversation of these records, shown again. */
async function shown(context: Parameters<typeof temporaryHome>[0], records: readonly object[]) {
	const home = await temporaryHome(context);
	await store(home, 'c1', linesOf([header('c1'), ...records]));
	const read = await readConversation(home, 'c1');
	const entries = replay(turnsOf(read)).map(entry => {
		if (entry.kind === 'block') return entry.markdown.trim();
		if (entry.kind === 'tool') return `${entry.follows ? '' : '/'}${entry.run.name} ${entry.run.ended}`;
		return entry.kind === 'answer-end' ? `end ${entry.outcome.kind}, ${entry.toolRuns ?? 0} runs` : entry.kind;
	});
	return {entries, unreadable: read.unreadable, home};
}

test('tool runs come back where they stood in the answer, those that follow each other together', async context => {
	const {entries} = await shown(context, [asked, tool('a', 5), tool('b', 5, {ended: 'failed'}), answered, tool('c', 12)]);
	assert.deepEqual(entries, ['question', 'Look.', '/a finished', 'b failed', 'There.', '/c finished', 'end complete, 3 runs']);
});

test('tool runs of an answer whose end was not written come back, too', async context => {
	const part = {kind: 'answer-part', questionId: 'c1-1', at: at(3), from: 0, text: 'Look.'};
	assert.deepEqual((await shown(context, [asked, tool('a', 0), part, tool('b', 5)])).entries, [
		'question',
		'/a finished',
		'Look.',
		'/b finished',
		'end unrecorded, 2 runs',
	]);
});

test('records that are not what they should be cost nothing else', async context => {
	const {entries, unreadable} = await shown(context, [
		asked,
		tool('a', 99, {summary: 7, durationMs: 'x', ended: 'constructor'}),
		tool('b', -1),
		tool('c', '0'),
		{...tool('d', 0), callId: undefined},
		tool('e', 0, {}, 'nobody'),
		answered,
	]);
	assert.deepEqual(entries, ['question', 'Look. There.', '/a unseen', 'end complete, 1 runs']);
	assert.equal(unreadable.unknownRecords, 3);
});

test('of endless texts the beginning is read, of what was printed the end', async context => {
	const home = await temporaryHome(context);
	const endless = `first${'x'.repeat(100_000)}last`;
	await store(home, 'c1', linesOf([header('c1'), asked, tool('a', 0, {arguments: endless, output: endless, error: endless}), answered]));
	const [run] = turnsOf(await readConversation(home, 'c1'))[0]?.answer?.tools ?? [];
	const texts = [run?.arguments, run?.output, run?.error].map(text => [text?.length, text?.startsWith('first'), text?.endsWith('last')]);
	assert.deepEqual(texts, [
		[16_384, true, false],
		[16_384, false, true],
		[16_384, true, false],
	]);
});

test('a copy of a conversation has the tool runs of the questions that were copied', async context => {
	const [second] = turn('c1', 2) as [object];
	const {home} = await shown(context, [asked, tool('a', 5), answered, second, tool('b', 0, {}, 'c1-2')]);
	await forkConversation(home, 'c1', {newId: 'c2', at: 0, upTo: 'c1-1'});
	const turns = turnsOf(await readConversation(home, 'c2'));
	assert.deepEqual(
		turns.map(({answer}) => answer?.tools?.map(({name}) => name)),
		[['a']],
	);
});
