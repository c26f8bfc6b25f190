import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Block, emptyScan, endBlocks, scanBlocks} from '../../source/chat/answer/blocks.js';
import {maxBlockLength} from '../../source/chat/answer/cut-position.js';

function blocksOf(pieces: readonly string[]): readonly Block[] {
	const blocks: Block[] = [];
	let scan = emptyScan;
	for (const piece of pieces) {
		const scanned = scanBlocks(scan, piece);
		scan = scanned.scan;
		blocks.push(...scanned.blocks);
	}
	return [...blocks, ...endBlocks(scan)];
}

const cases: Record<string, {text: string; blocks: readonly string[]}> = {
	'one paragraph': {text: 'hello', blocks: ['hello']},
	'blank line': {text: 'a\n\nb', blocks: ['a\n\n', 'b']},
	'blank line with spaces': {text: 'a\n  \t\nb', blocks: ['a\n  \t\n', 'b']},
	'single line end': {text: 'a\nb', blocks: ['a\nb']},
	'leading blank lines': {text: '\n\na\n\nb', blocks: ['\n\na\n\n', 'b']},
	'fence with blank lines': {text: '```ts\na\n\nb\n```\nend', blocks: ['```ts\na\n\nb\n```\n', 'end']},
	'tilde fence holding backticks': {text: '~~~\n```\n\nx\n~~~\n', blocks: ['~~~\n```\n\nx\n~~~\n']},
	'longer fence holding a shorter one': {text: '````\n```\n\n```\n````\nx', blocks: ['````\n```\n\n```\n````\n', 'x']},
	'inline code is no fence': {text: '```a```\n\nb', blocks: ['```a```\n\n', 'b']},
	'continued list item': {text: '- a\n\n  more\n\n- b', blocks: ['- a\n\n  more\n\n', '- b']},
	'fence in a list item': {text: '- a\n  ```\n  x\n\n  y\n  ```\n\nb', blocks: ['- a\n  ```\n  x\n\n  y\n  ```\n\n', 'b']},
	'only white space': {text: ' \n\n', blocks: []},
	'open fence at the end': {text: '```\na\n\n', blocks: ['```\na\n\n']},
};

for (const [name, {text, blocks}] of Object.entries(cases)) {
	test(`blocks: ${name}`, () => {
		assert.deepEqual(
			blocksOf([text]).map(block => block.markdown),
			blocks,
		);
	});
}

const longTexts: Record<string, string> = {
	'a line without end': 'word '.repeat(1500),
	'a line without spaces': '👨‍👩‍👧'.repeat(800),
	'a code block': `intro\n\n\`\`\`js\n${'const a = 1;\n'.repeat(400)}\`\`\`\nend`,
	'a code block of long lines': `\`\`\`\n${'x'.repeat(2000)}\n${'y'.repeat(50)}\n\`\`\`\n\nend`,
	'a table': `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(300)}\nend`,
	'paragraphs near the limit': `${'a'.repeat(maxBlockLength - 2)}\n\n b\n\n${'c '.repeat(900)}`,
	'a long list': '- an item of a list\n'.repeat(200),
};

const texts = [
	...Object.values(cases).map(({text}) => text),
	Object.values(cases)
		.map(({text}) => text)
		.join('\n\n'),
];

test('the same blocks wherever a text is cut', () => {
	for (const text of texts) {
		const whole = blocksOf([text]);
		assert.deepEqual(blocksOf([...text]), whole, JSON.stringify(text));
		for (let at = 0; at <= text.length; at++) assert.deepEqual(blocksOf([text.slice(0, at), text.slice(at)]), whole);
	}
});

for (const [name, text] of Object.entries(longTexts)) {
	test(`long: ${name}`, () => {
		const whole = blocksOf([text]);
		assert.equal(whole.map(block => block.source).join(''), text);
		assert.ok(whole.length > 1);
		for (const {source} of whole) assert.ok(source.length <= 4 * maxBlockLength + 1, `${source.length}`);
		for (const size of [1, 7, 640, maxBlockLength, maxBlockLength + 1]) {
			const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
			assert.deepEqual(blocksOf(pieces), whole, `in pieces of ${size}`);
		}
	});
}

test('a long code block is a whole code block in each part', () => {
	const parts = blocksOf([longTexts['a code block'] ?? '']).filter(block => block.markdown.includes('const'));
	assert.ok(parts.length > 3);
	for (const {markdown} of parts) assert.match(markdown, /^```js\n(const a = 1;\n)+```\n$/);
	assert.deepEqual(new Set(parts.slice(1).map(block => block.continues)), new Set([true]));
});

test('a closing fence is never a part of its own, wherever a long code block is cut', () => {
	const codes = [
		...Array.from({length: 70}, (_, lines) => 'x\n'.repeat(lines)),
		...[0, 1, 2].map(more => `${'y'.repeat(795 + more)}\n`.repeat(2)),
	];
	for (const code of codes) {
		for (const text of [`\`\`\`\n${code}\`\`\`\n`, `~~~js\n${code}~~~~~`, `\`\`\`\n${code}\`\`x\n\`\`\`\nend`]) {
			const whole = blocksOf([text]);
			assert.equal(whole.map(block => block.source).join(''), text);
			assert.deepEqual(blocksOf([...text]), whole);
			for (const {markdown, source} of whole) assert.ok(markdown !== '', JSON.stringify({text, source}));
		}
	}
});

test('a long line is cut at a space and never inside a grapheme', () => {
	for (const {source} of blocksOf([longTexts['a line without end'] ?? ''])) assert.match(source, / $/);
	for (const {source} of blocksOf([longTexts['a line without spaces'] ?? ''])) assert.equal(source.replaceAll('👨‍👩‍👧', ''), '');
});
