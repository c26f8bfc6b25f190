import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {renderConversation} from '../../source/export/export-conversation.js';
import {markdownToHtml} from '../../source/export/html-markdown.js';
import {isParseable} from '../../source/export/parseable.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {hostileTexts} from './hostile-texts.js';
import {exchange, sampleId, sampleRecords, writeConversation} from './sample.js';
import {readStrictly} from './strict-html.js';

async function pageOf(context: Parameters<typeof temporaryHome>[0], records: readonly object[]): Promise<string> {
	const home = await temporaryHome(context);
	await writeConversation(home, {records});
	return (await renderConversation(home, sampleId, 'html')).text;
}

test('a page says everything, with the code as it was, and nothing of the gateway', async context => {
	const page = await pageOf(context, sampleRecords);
	const {text, tags} = readStrictly(page);
	for (const words of [
		'Listing files',
		'2026-03-01 10:00 UTC – 2026-03-01 10:04 UTC · 4 questions',
		'How do I list files?\nIn a shell.',
		'Agent main · 2.1 s · 20 tokens',
		'ls -la | grep "<x>"',
		'sh',
		'Attached: notes.txt',
		'The connection broke off. What came is kept.',
		'clawtalk ended before the answer did. What came is kept.',
		'No answer was kept.',
		'A fresh session of the gateway began here.',
		'The gateway was away for a minute.',
	]) {
		assert.ok(text.includes(words), `${words}\n${text}`);
	}
	for (const tag of ['table', 'pre', 'figcaption']) assert.ok(tags.includes(tag), tag);
	for (const secret of ['18789', 'clawtalk:']) assert.ok(!page.includes(secret), secret);
});

test('the policy of the page allows its own style and nothing else', async context => {
	const page = await pageOf(context, sampleRecords);
	const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? '';
	const hash = createHash('sha256').update(style).digest('base64');
	assert.ok(page.includes(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`));
	assert.ok(!/url\(|@import/.test(style), 'the style loads something');
	assert.match(style, /prefers-color-scheme: dark/);
	assert.match(style, /@media print/);
});

for (const hostile of hostileTexts) {
	test(`text stays text: ${JSON.stringify(hostile.slice(0, 50))}`, async context => {
		const page = await pageOf(context, [
			...exchange(hostile, hostile),
			{kind: 'notice', at: '2026-03-01T10:00:02.000Z', text: hostile},
			{kind: 'question', id: 'q2', at: '2026-03-01T10:00:02.000Z', text: 'x', agent: hostile, attachments: [{name: hostile}]},
			{kind: 'answer', questionId: 'q2', at: '2026-03-01T10:00:02.000Z', text: 'x', ended: hostile, model: hostile},
			{kind: 'renamed', at: '2026-03-01T10:00:03.000Z', name: hostile},
		]);
		readStrictly(page);
		assert.ok(!/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b]/.test(page), 'a control character came through');
	});
}

test('web and mail addresses are links, all others are shown; pictures are links and never loaded', async context => {
	const answer = [
		'[a](https://example.com/?x=1&y=2) <mailto:me@example.com> ![p](https://example.com/p.png)',
		'[b](javascript:alert(1)) [c](data:text/html,x) [d](/etc/passwd) [e](file:///x)',
	].join('\n\n');
	const {links, text} = readStrictly(await pageOf(context, exchange('q', answer)));
	assert.deepEqual(links, ['https://example.com/?x=1&y=2', 'mailto:me@example.com', 'https://example.com/p.png']);
	assert.ok(text.includes('p (picture)'));
	assert.ok(text.includes('b (javascript:alert(1))'));
});

test('lists, tasks, quotes, rules and emphasis have their elements', async context => {
	const answer = '# A\n\n1. one\n2. two\n   - [x] done\n   - [ ] open\n\n> quote\n\n---\n\n**b** *i* ~~d~~ `c`\n\na  \nb';
	const {tags, text} = readStrictly(await pageOf(context, exchange('q', answer)));
	for (const tag of ['h3', 'ol', 'ul', 'blockquote', 'hr', 'strong', 'em', 'del', 'code', 'br']) assert.ok(tags.includes(tag), tag);
	assert.match(text, /☑ done\s+☐ open/);
});

test('a text whose marks would take minutes to read is shown as it is, in markdown, too', () => {
	const hostile = '**a'.repeat(60_000);
	assert.ok(markdownToHtml(hostile).startsWith('<div class="verbatim"'));
	assert.equal(isParseable(hostile), false);
	assert.equal(isParseable(`${'A paragraph of prose. '.repeat(200)}\n\n`.repeat(50)), true);
});
