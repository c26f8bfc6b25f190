import assert from 'node:assert/strict';
import {test} from 'node:test';
import {articlePiece} from '../../source/demo/article.js';
import {renderMarkdown} from '../../source/terminal/markdown.js';
import {steadyTail} from '../../source/terminal/markdown-tail.js';

const cases: ReadonlyArray<readonly [what: string, text: string, expected: string]> = [
	['prose', 'Some *text* and', 'Some *text* and'],
	['a dash that may become anything', 'Some text\n-', 'Some text'],
	['a number that may begin a list', 'Some text\n12.', 'Some text'],
	['a heading before its text', '##', ''],
	['a fence before its language', 'Text\n``', 'Text'],
	['a checkbox being written', '- a\n- [', '- a'],
	['open bold text', 'Some **bold te', 'Some **bold te**'],
	['bold text that is being closed', 'Some **bold*', 'Some **bold**'],
	['stars alone', 'Some **', 'Some '],
	['a product', '2 ** 3', '2 ** 3'],
	['open code', 'Run `npm', 'Run `npm`'],
	['code that has just begun', 'Run `', 'Run '],
	['an open fence stays as it is', '```js\nlet a = `x\n-', '```js\nlet a = `x\n-'],
	['the first row of a table', '| a | b', '| a | b|\n|---|---|'],
	['a table before its second row is whole', '| a | b |\n|--', '| a | b |\n|---|---|'],
	['a table after a line', 'So:\n| a |', 'So:\n\n| a |\n|---|'],
	['rows of a table', '| a |\n|---|\n| **b', '| a |\n|---|\n| **b**'],
];
for (const [what, text, expected] of cases) {
	test(`an unfinished block: ${what}`, () => assert.equal(steadyTail(text), expected));
}

const drawn = (text: string) => renderMarkdown(text, {width: 60, colour: 'none', theme: 'none', inProgress: true}).split('\n');

test('a table being received does not move: what is drawn of a row stays until the end', () => {
	const table = '| Name | What it is |\n| --- | --- |\n| a | first |\n| a longer name | second with more words |\n| b | third |\n';
	let before: readonly string[] = [];
	for (let length = table.indexOf('\n'); length <= table.length; length++) {
		const now = drawn(table.slice(0, length));
		for (const [row, line] of before.slice(0, -1).entries()) assert.equal(now[row], line, `after ${length}: ${table.slice(0, length)}`);
		before = now;
	}
	assert.equal(before[0], 'Name │ What it is');
});

test('code being received does not move: whole lines stay, also in their indentation', () => {
	const code = '```py\ndef f():\n    if x:\n\treturn 1\n```\n';
	let before: readonly string[] = [];
	for (let length = 1; length <= code.length; length++) {
		const now = drawn(code.slice(0, length));
		if (length > 6) for (const [row, line] of before.slice(0, -1).entries()) assert.equal(now[row], line, code.slice(0, length));
		before = now;
	}
});

test('an article being received changes no whole line but where a word is wrapped or a table has ended', () => {
	let text = '';
	let before: readonly string[] = [];
	let changes = 0;
	for (let index = 0; index < 600; index++) {
		text += articlePiece(index);
		const block = text.slice(text.lastIndexOf('\n\n') + 1).trimStart();
		const now = drawn(block);
		if (before[0] === now[0]) changes += before.slice(0, -2).filter((line, row) => line !== now[row]).length;
		before = now;
	}
	assert.ok(changes <= 4, `${changes} lines changed`);
});
