import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {cutLine, firstThatFits} from '../../source/components/cut-line.js';
import {createPalette} from '../../source/terminal/palette.js';

const cases: ReadonlyArray<readonly [text: string, width: number, cut: string]> = [
	['all of it', 9, 'all of it'],
	['a word that is cut', 14, 'a word that i…'],
	['a word that is cut', 8, 'a word…'],
	['北京的天气', 6, '北京…'],
	['北京的天气', 5, '北京…'],
	['ab', 1, '…'],
	['ab', 0, ''],
];
for (const [text, width, cut] of cases) {
	test(`${JSON.stringify(text)} in ${width} cells`, () => assert.equal(cutLine(text, width), cut));
}

test('a style that is cut ends', () => {
	const {bold} = createPalette('16', 'dark');
	const cut = cutLine(bold('bold words'), 6);
	assert.equal(stripVTControlCharacters(cut), 'bold…');
	assert.ok(cut.endsWith('\u001B[22m…'), JSON.stringify(cut));
});

test('the longest text that fits, or the shortest cut', () => {
	const texts = ['quite a lot of words', 'some words', 'words'];
	assert.deepEqual(
		[20, 10, 5, 3].map(width => firstThatFits(texts, width)),
		['quite a lot of words', 'some words', 'words', 'wo…'],
	);
});
