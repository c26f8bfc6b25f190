import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AnswerPrinterOptions, createAnswerPrinter} from '../../source/commands/answer-printer.js';

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

test('a terminal with colour gets only our own sequences', async () => {
	const text = (await print(['**bold** \x1B[31mred\n\n```\ncode\n```\n'], {colour: '16'})).join('');
	assert.equal(text, '\x1B[1mbold\x1B[22m red\n\n  code\n');
});
