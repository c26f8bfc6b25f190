import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lexer} from 'marked';
import {renderConversation} from '../../source/export/export-conversation.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {hostileTexts} from './hostile-texts.js';
import {exchange, laterRecord, sampleId, sampleRecords, writeConversation} from './sample.js';

async function written(context: Parameters<typeof temporaryHome>[0], format: 'md' | 'txt' | 'json' | 'jsonl', records: readonly object[]) {
	const home = await temporaryHome(context);
	await writeConversation(home, {records});
	return (await renderConversation(home, sampleId, format)).text;
}

test('markdown has questions and answers under headings, code as it was', async context => {
	assert.equal(
		await written(context, 'md', sampleRecords),
		`# Listing files

2026-03-01 10:00 UTC – 2026-03-01 10:04 UTC · 4 questions

## You · 2026-03-01 10:00 UTC

How do I list files?
In a shell.

## Agent main · 2.1 s · 20 tokens

Use \`ls\`:

\`\`\`sh
ls -la | grep "<x>"
\`\`\`

| a | b |
| - | -: |
| 1 | 2 |

> The gateway was away for a minute.

## You · 2026-03-01 10:02 UTC

And hidden ones?

- Attached: notes.txt

## Agent

With \`-a

> The connection broke off. What came is kept.

> A fresh session of the gateway began here.

## You · 2026-03-01 10:03 UTC

And now?

## Agent

Half

> clawtalk ended before the answer did. What came is kept.

## You · 2026-03-01 10:04 UTC

Anybody?

## Agent

> No answer was kept.
`,
	);
});

test('plain text is not wrapped', async context => {
	const long = 'word '.repeat(100).trim();
	assert.equal(
		await written(context, 'txt', exchange(long, `**${long}**`)),
		[
			`${long.slice(0, 59).trimEnd()}…`,
			'2026-03-01 10:00 UTC · 1 question',
			'',
			'You · 2026-03-01 10:00 UTC',
			long,
			'',
			'Agent',
			`**${long}**`,
			'',
		].join('\n'),
	);
});

/** Whether what follows a text in markdown is still a heading of its own. */
function headings(markdown: string): readonly string[] {
	return lexer(markdown)
		.filter(token => token.type === 'heading' && token['depth'] === 2)
		.map(token => token.raw.trim().replace(/ · 2026.*/, ''));
}

for (const open of [
	'```js\nlet a = 1;',
	'~~~~\nx\n~~~',
	'- a\n  ```\n  b',
	'> ```\n> quote',
	'<!-- comment',
	'<script>\n1',
	'<pre>\nx',
	'<![CDATA[ x',
	'<?php x',
	'<style>\n```\n',
	'````\n```\n',
	'| a |\n| - |',
	'a  ',
	'text\n==',
]) {
	test(`what a text leaves open in markdown is closed: ${JSON.stringify(open)}`, async context => {
		const text = await written(context, 'md', [
			...exchange(open, open),
			{kind: 'question', id: 'q2', at: '2026-03-01T10:00:02.000Z', text: 'next'},
		]);
		assert.deepEqual(headings(text), ['## You', '## Agent', '## You', '## Agent'], text);
		assert.ok(text.includes(open.trimEnd()));
	});
}

for (const format of ['md', 'txt', 'json', 'jsonl'] as const) {
	test(`${format}: nothing that a terminal would obey, whatever was said`, async context => {
		for (const hostile of hostileTexts) {
			const text = await written(context, format, [
				...exchange(hostile, hostile),
				{kind: 'question', id: 'q2', at: '2026-03-01T10:00:02.000Z', text: 'x', agent: hostile, attachments: [{name: hostile}]},
				{kind: 'answer', questionId: 'q2', at: '2026-03-01T10:00:02.000Z', text: 'x', ended: hostile, model: hostile},
				{kind: 'renamed', at: '2026-03-01T10:00:03.000Z', name: hostile},
			]);
			assert.ok(!/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text), JSON.stringify(text.slice(0, 400)));
		}
	});
}

test('JSON is one document with the texts as they were, control characters and all', async context => {
	const hostile = '\u001B[31m \u009B \u202E "\\ é 🙂';
	const document: unknown = JSON.parse(await written(context, 'json', exchange(hostile, hostile)));
	assert.deepEqual(document, {
		schema: 'clawtalk.export/1',
		id: sampleId,
		title: '\u001B[31m \u009B \u202E "\\ é 🙂',
		createdAt: '2026-03-01T10:00:00.000Z',
		updatedAt: '2026-03-01T10:00:01.000Z',
		origin: 'http://127.0.0.1:18789',
		profile: 'home',
		sessionKey: `clawtalk:${sampleId}`,
		entries: [
			{
				kind: 'turn',
				id: 'q1',
				at: '2026-03-01T10:00:01.000Z',
				question: hostile,
				answer: {text: hostile, ended: 'complete', finishReason: 'stop', endedAt: '2026-03-01T10:00:01.000Z'},
			},
		],
	});
});

test('JSONL has the records as they are, those of a later clawtalk too', async context => {
	const records = [...sampleRecords, laterRecord];
	const lines = (await written(context, 'jsonl', records)).trimEnd().split('\n');
	assert.deepEqual(
		lines.map(line => JSON.parse(line) as unknown),
		records,
	);
});

test('what cannot be read in the file is counted and left out', async context => {
	const home = await temporaryHome(context);
	await writeConversation(home, {more: 'not json\n{"kind":"notice","at":"2026-03-'});
	for (const format of ['jsonl', 'json', 'md'] as const) {
		const {text, unreadable} = await renderConversation(home, sampleId, format);
		assert.equal(unreadable.brokenLines, 1, format);
		assert.equal(unreadable.tornBytes, 31, format);
		assert.ok(!text.includes('not json'));
	}
});
