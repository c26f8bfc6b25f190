import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createHighlighter} from '../../source/terminal/highlight.js';
import {createPalette} from '../../source/terminal/palette.js';
import {textBetween} from '../helpers/control-sequences.js';

const palette = createPalette('16', 'dark');
const named = {
	...palette,
	...Object.fromEntries(
		['keyword', 'string', 'number', 'comment', 'name', 'meta', 'good', 'error'].map(role => [role, (text: string) => `<${role} ${text}>`]),
	),
};

const samples: ReadonlyArray<readonly [language: string, code: string, expected: string]> = [
	['ts', 'const a = 1; // b', '<keyword const> a = <number 1>; <comment // b>'],
	['js', '`x` + 1', '<string `x`> + <number 1>'],
	['python', 'def f(): return "a"', '<keyword def> <name f>(): <keyword return> <string "a">'],
	['sh', 'echo "$HOME" # x', '<name echo> <string "><meta $HOME><string "> <comment # x>'],
	['diff', '- a\n+ b', '<error - a>\n<good + b>'],
	['json', '{"a": true}', '{<name "a">: <keyword true>}'],
	['toml', 'a = "b"', '<name a> = <string "b">'],
	['TypeScript {1,3}', 'let b', '<keyword let> b'],
	['klingon', 'let b', 'let b'],
	['', 'let b', 'let b'],
];
for (const [language, code, expected] of samples) {
	test(`highlight: ${language} ${JSON.stringify(code)}`, async () => {
		const {highlight, load} = createHighlighter();
		await load();
		const styled = highlight(code, language, named);
		assert.equal(styled, expected);
		assert.equal(textBetween(highlight(code, language, palette)), code);
	});
}

test('code is plain until the languages are there, then what is drawn anew has colours', async () => {
	let loads = 0;
	const {highlight, load} = createHighlighter(() => loads++);
	assert.equal(highlight('const a = 1', 'ts', palette), 'const a = 1');
	await load();
	assert.equal(loads, 1);
	assert.notEqual(highlight('const a = 1', 'ts', palette), 'const a = 1');
});

test('without colour, in a long line and in much code nothing is coloured', async () => {
	const {highlight, load} = createHighlighter();
	await load();
	assert.equal(highlight('const a = 1', 'ts', createPalette('none', 'dark')), 'const a = 1');
	const long = `const a = "${'x'.repeat(1000)}"`;
	assert.equal(highlight(long, 'ts', palette), long);
	const much = 'const a = 1;\n'.repeat(1000);
	assert.equal(highlight(much, 'ts', palette), much);
});
