import assert from 'node:assert/strict';
import {test} from 'node:test';
import {renderConversation} from '../../source/export/export-conversation.js';
import type {ExportFormat} from '../../source/export/export-format.js';
import {importConversation} from '../../source/export/import-conversation.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {hostileTexts} from './hostile-texts.js';
import {exchange, sampleId, writeConversation} from './sample.js';

const at = '2026-03-01T10:00:02.000Z';

function tool(callId: string, from: number, more: object): object {
	return {kind: 'tool', questionId: 'q1', callId, at, name: 'exec', ended: 'finished', from, ...more};
}

const text = 'Let me look.\n\nThere it is.';
const [beginning, question, answer] = exchange('What is there?', text) as [object, object, object];
const talk = [
	beginning,
	question,
	tool('1', 12, {summary: 'ls *.md', arguments: '{"command":"ls *.md"}', output: 'a.md', resultLength: 4, durationMs: 120}),
	tool('2', 12, {ended: 'failed', summary: 'rm a.md', durationMs: 1_000, error: 'not allowed'}),
	tool('3', 26, {name: 'browser', ended: 'unseen'}),
	answer,
];

async function written(context: Parameters<typeof temporaryHome>[0], format: ExportFormat, records: readonly object[]) {
	const home = await temporaryHome(context);
	await writeConversation(home, {records});
	return (await renderConversation(home, sampleId, format)).text;
}

test('as text and markdown, each run is a line where it ran; what it printed stays out', async context => {
	const plain = await written(context, 'txt', talk);
	const lines = [
		'(Tool: exec ls *.md, 0.1 s)',
		'(Tool: exec rm a.md, 1.0 s; failed: not allowed)',
		'There it is.',
		'(Tool: browser; its end was not seen)',
	];
	assert.ok(plain.endsWith(`Let me look.\n${lines[0]}\n${lines[1]}\n${lines[2]}\n${lines[3]}\n`), plain);
	const markdown = await written(context, 'md', talk);
	assert.ok(
		markdown.endsWith(
			[
				'Let me look.',
				'> Tool: exec ls \\*.md, 0.1 s\n>\n> Tool: exec rm a.md, 1.0 s; failed: not allowed',
				'There it is.',
				'> Tool: browser; its end was not seen\n',
			].join('\n\n'),
		),
		markdown,
	);
	for (const format of ['txt', 'md', 'html'] as const)
		assert.doesNotMatch(await written(context, format, talk), /a\.md"|resultLength|>a\.md</);
});

test('as a page a run is a note between two pieces of the answer', async context => {
	const page = await written(context, 'html', talk);
	assert.match(page, /<p[^>]*>Let me look\.<\/p>\s*<p class="note" dir="auto">Tool: exec ls \*\.md, 0\.1 s<\/p>/);
	assert.match(page, /<p[^>]*>There it is\.<\/p>\s*<p class="note" dir="auto">Tool: browser/);
});

test('as JSON runs have all that is kept; records come back from JSONL as they were', async context => {
	const json = JSON.parse(await written(context, 'json', talk));
	assert.deepEqual(json.entries[0].answer.tools[0], {
		name: 'exec',
		ended: 'finished',
		from: 12,
		summary: 'ls *.md',
		arguments: '{"command":"ls *.md"}',
		output: 'a.md',
		resultLength: 4,
		durationMs: 120,
	});
	const records = await written(context, 'jsonl', talk);
	const home = await temporaryHome(context);
	const imported = await importConversation(home, records, {newId: () => 'other', now: () => 0});
	assert.deepEqual(imported.kind === 'imported' && [imported.records, imported.skippedLines], [talk.length, 0]);
	assert.equal((await renderConversation(home, sampleId, 'jsonl')).text, records);
});

test('a conversation without tools is exported as before', async context => {
	const json = JSON.parse(await written(context, 'json', [beginning, question, answer]));
	assert.equal('tools' in json.entries[0].answer, false);
	assert.match(await written(context, 'md', [beginning, question, answer]), /\n\nLet me look\.\n\nThere it is\.\n$/);
});

test('a hostile tool writes no markup and no control sequence', async context => {
	for (const hostile of hostileTexts.slice(0, 12)) {
		const run = tool('1', 0, {name: hostile, summary: `\u001B[2J${hostile}`, ended: 'failed', error: `${hostile}\n# heading`});
		const page = await written(context, 'html', [beginning, question, run, answer]);
		assert.doesNotMatch(page.replace(/<style>.*?<\/style>/s, ''), /<(?:script|img|iframe|svg|base|link|h1 id)/i, hostile);
		const markdown = await written(context, 'md', [beginning, question, run, answer]);
		assert.doesNotMatch(markdown, /\u001B|^# heading/m, hostile);
	}
});
