import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AnswerPrinterOptions, createAnswerPrinter} from '../../source/commands/ask/answer-printer.js';

async function print(pieces: readonly string[], options: Partial<AnswerPrinterOptions>): Promise<string[]> {
	const written: string[] = [];
	const stdout = {write: (text: string) => written.push(text)};
	const printer = await createAnswerPrinter({
		stdout,
		isTTY: true,
		raw: false,
		width: 40,
		colour: 'none',
		theme: 'auto',
		hyperlinks: false,
		...options,
	});
	for (const piece of pieces) printer.push(piece);
	printer.end();
	return written;
}

test('a pipe gets the text as it came and one final line feed', async () => {
	assert.equal((await print(['# Hi\r\n', '\x1B[31m*you*'], {isTTY: false})).join(''), '# Hi\r\n\x1B[31m*you*\n');
	assert.equal((await print(['done\n'], {isTTY: false})).join(''), 'done\n');
	assert.deepEqual(await print([''], {isTTY: false}), []);
});

test('a raw terminal gets the text without foreign sequences, at once', async () => {
	assert.deepEqual(await print(['# Hi \x1B[3', '1mred\x1B]0;t', '\x07*x*'], {raw: true}), ['# Hi ', 'red', '*x*', '\n']);
});

test('a terminal gets block after block, each when it is finished', async () => {
	const written = await print(['# Head\n\nA **par', 'agraph**.\n\n- one\n- t', 'wo\n\x1B]52;c;eA==\x07'], {});
	assert.deepEqual(written, ['# Head\n', '\nA paragraph.\n', '\n• one\n• two\n']);
});

test('a terminal gets the rows of a long paragraph as they are full, and no word differently than in one piece', async () => {
	const prose =
		'The quick brown fox jumps over the lazy dog and then runs on to see **what is there** behind the hill of `all code` today, and nobody knows why it does so.';
	const inPieces = await print(prose.split(/(?<= )/), {});
	assert.ok(inPieces.length >= 3, `${inPieces.length} pieces`);
	assert.equal(inPieces[0], 'The quick brown fox jumps over the lazy\n');
	assert.equal(inPieces.join(''), (await print([`${prose}\n\n`], {})).join(''));
	const words = inPieces.join(' ').replace(/\s+/g, ' ').trim();
	assert.equal(words, prose.replaceAll('**', ''));
	const after = (await print([...prose.split(/(?<= )/), '\n\nNext.'], {})).join('');
	assert.ok(after.endsWith('so.\n\nNext.\n'), after);
});

const wholeOnly: readonly string[] = [
	'- an item of a list that is longer than the row of the terminal is',
	'1. an item of a list that is longer than the row of the terminal is',
	'a row of a table | with a second cell that is longer than the row',
	'a bold **beginning that is open to the very end of all that has come',
	'a bold **beginning with *one word within* that is open to the end of it',
	'a [link whose words go on and on until the row is full and more](',
	'a line that is one row wide, or more so\nand then goes on in another one',
];

for (const text of wholeOnly) {
	test(`a terminal gets in one piece: ${JSON.stringify(text)}`, async () => {
		assert.equal((await print(text.split(/(?<= )/), {})).length, 1);
	});
}

test('a terminal with colour gets only our own sequences', async () => {
	const text = (await print(['**bold** \x1B[31mred\n\n```\ncode\n```\n'], {colour: '16'})).join('');
	assert.equal(text, '\x1B[1mbold\x1B[22m red\n\n  code\n');
});
