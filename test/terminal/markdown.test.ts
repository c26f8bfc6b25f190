import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {renderMarkdown} from '../../source/terminal/markdown.js';

const plain = (text: string, width = 60) => renderMarkdown(text, {width, colour: 'none', theme: 'auto'});
const coloured = (text: string, width = 60) => renderMarkdown(text, {width, colour: '16', theme: 'dark'});

const cases: ReadonlyArray<readonly [what: string, markdown: string, expected: string]> = [
	['paragraph', 'One *two* **three**\nfour.', 'One two three four.'],
	['headings', '# One\n\n### Three', '# One\n\n### Three'],
	['hard break', 'one  \ntwo', 'one\ntwo'],
	['inline code', 'run `npm ci` now', 'run `npm ci` now'],
	['fenced code', '```sh\nnpm ci\n\n  npm test\n```', 'npm ci\n\n  npm test'],
	['unfinished fence', '```js\nlet a', 'let a'],
	['tight list', '- one\n- two\n  - three\n    - four', '• one\n• two\n  • three\n    • four'],
	['loose list', '- one\n\n- two', '• one\n\n• two'],
	['ordered list', '9. nine\n10. ten', '9.  nine\n10. ten'],
	['task list', '- [ ] open\n- [x] done', '• [ ] open\n• [x] done'],
	['inline markup in a list', '* **bold** and [x](http://y)', '• bold and x (http://y)'],
	['list item with two paragraphs', '1. one\n\n   more\n2. two', '1. one\n\n   more\n\n2. two'],
	['code in a list', '- run\n  ```\n  a\n   b\n  ```', '• run\n  a\n   b'],
	['quote', '> one\n> two\n>\n> - three', '> one two\n> \n> • three'],
	['rule', 'a\n\n---\n\nb', `a\n\n${'-'.repeat(40)}\n\nb`],
	['link', '[text](https://a.example/b)', 'text (https://a.example/b)'],
	['bare link', 'see https://a.example/b?x=1&y=2', 'see https://a.example/b?x=1&y=2'],
	['autolink', '<https://a.example>', 'https://a.example'],
	['image', '![alt](https://a.example/i.png)', 'alt (https://a.example/i.png)'],
	['html', '<div class="a">\n**x**\n</div>', '<div class="a">\n**x**\n</div>'],
	['inline html', 'a <b>c</b>', 'a <b>c</b>'],
	['escapes', '1\\. \\*no\\*', '1. *no*'],
	['entities', 'a &lt;b&gt; &amp;amp; &#65; &unknown;', 'a <b> &amp; A &unknown;'],
	['strike', '~~old~~', '~~old~~'],
	['table', '| a | b |\n|---|--:|\n| one | 1 |\n| two | 22 |', 'a   │  b\n────┼───\none │  1\ntwo │ 22'],
	['table of wide characters', '| 名前 | b |\n|---|---|\n| 山 | 1 |', '名前 │ b\n─────┼──\n山   │ 1'],
];

for (const [what, markdown, expected] of cases) {
	test(`markdown without colour: ${what}`, () => {
		assert.equal(plain(markdown), expected);
	});
}

const hidden = 'a&#27;[2Jb &#x9b;2Jc [x&#27;[3J](http://y&#27;]0;t&#7;) ![i&#27;c](u) `&#27;[1m` <b &#27;[1m> &#8238;z';

test('an escape hidden in a character reference stays out', () => {
	assert.equal(plain('a&#27;[2Jb &#x9b;2Jc &#8238;d'), 'ab c d');
	for (const place of [
		hidden,
		`# ${hidden}`,
		`- ${hidden}`,
		`> ${hidden}`,
		`|a|\n|-|\n|${hidden}|`,
		`~~~\n${hidden}\n~~~`,
		`<div>${hidden}`,
	]) {
		assert.doesNotMatch(plain(place), /[\0-\x09\x0B-\x1F\x7F-\x9F\u202E]/, place);
		assert.doesNotMatch(coloured(place).replace(/\x1B\[(\d|22|23|24|29|3\d)m/g, ''), /[\0-\x09\x0B-\x1F\x7F-\x9F\u202E]/, place);
	}
});

test('styles are SGR sequences only, and close at the end', () => {
	const text = coloured('# Head\n\n**bold** *it* `code` ~~no~~ [x](http://y)\n\n> quote\n\n- item\n\n```\ncode\n```');
	assert.match(text, /\x1B\[1m/);
	assert.doesNotMatch(text.replace(/\x1B\[\d+m/g, ''), /\x1B/);
	assert.equal(stripVTControlCharacters(text).includes('**'), false);
});

const sample = [
	'# A heading that is long enough to be wrapped somewhere in the middle of it',
	'A paragraph with **bold text that spans a line end when it is wrapped** and `inline code` and a 很长的中文句子没有空格所以必须硬换行才行。',
	'- item with https://example.com/a/very/long/address/without/any/break/that/goes/on/and/on\n  - nested\n    - deeper\n      - deepest item with some more words',
	'> > > quoted deeply with some words that wrap',
	'```\nconst x = 1;\tconst y = "a long line of code which does not fit";\n```',
	'| first column | second | third with a longer title |\n|---|:-:|--:|\n| some words here | 👩‍👩‍👧 family | right |',
	'<details><summary>html that is long enough to be wrapped too</summary></details>',
	'1000000. big number\n1000001. next',
].join('\n\n');

for (const width of [1, 2, 5, 8, 13, 20, 33, 80, 200]) {
	test(`no line is wider than ${width}`, () => {
		for (const render of [plain, coloured]) {
			for (const line of render(sample, width).split('\n')) {
				assert.ok(stringWidth(line) <= Math.max(2, width), `${stringWidth(line)} cells: ${JSON.stringify(line)}`);
			}
		}
	});
}

test('every word of the text is in the result', () => {
	const words = stripVTControlCharacters(coloured(sample, 200));
	for (const word of ['heading', 'spans', 'inline code', '硬换行', 'deepest', 'quoted', 'const y', '👩‍👩‍👧', 'summary', '1000001.']) {
		assert.ok(words.includes(word), word);
	}
});

test('hostile nesting and size end in text, not in an exception', () => {
	assert.ok(plain(`${'>'.repeat(20_000)}x`).endsWith('x'));
	assert.ok(plain(`${'a '.repeat(40_000)}z`).endsWith('z'));
});
