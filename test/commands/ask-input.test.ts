import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {type AskInput, maxTextBytes, readQuestion, type StdinKind} from '../../source/commands/ask/ask-input.js';

interface Given {
	readonly input?: readonly string[];
	readonly piped?: string | Uint8Array;
	readonly kind?: StdinKind;
	readonly readStdin?: boolean;
}

async function read({input = [], piped = '', kind = 'pipe-or-file', readStdin = true}: Given): Promise<AskInput> {
	const stdin = new PassThrough();
	stdin.end(piped);
	return readQuestion({input, stdin, signal: new AbortController().signal}, {readStdin, stdinKind: kind, onSilence: () => undefined});
}

const texts: ReadonlyArray<readonly [given: Given, text: string]> = [
	[{input: ['what', 'now?']}, 'what now?'],
	[{input: ['review this'], piped: 'diff\n'}, 'review this\n\n<stdin>\ndiff\n</stdin>'],
	[{input: ['review this'], piped: 'diff', kind: 'other'}, 'review this'],
	[{input: ['review this'], piped: 'diff', readStdin: false}, 'review this'],
	[{input: ['q'], piped: ' \n'}, 'q'],
	[{piped: 'from a pipe\n\n'}, 'from a pipe'],
	[{piped: '  indented\n'}, '  indented'],
	[{input: ['-'], piped: 'typed', kind: 'terminal'}, 'typed'],
	[{input: ['-', 'about'], piped: 'x', kind: 'terminal'}, 'about\n\n<stdin>\nx\n</stdin>'],
	[{piped: '\uFEFFwith a mark'}, 'with a mark'],
];

const refused: ReadonlyArray<readonly [given: Given, message: RegExp]> = [
	[{kind: 'terminal'}, /There is no question/],
	[{kind: 'other'}, /There is no question/],
	[{piped: '\n \n'}, /There is no question/],
	[{input: ['-'], readStdin: false}, /contradict/],
	[{input: ['q'], piped: Uint8Array.of(0x89, 0x50, 0, 1)}, /binary/],
	[{piped: Buffer.alloc(maxTextBytes + 1, 'a')}, /larger than 8 MiB/],
];

test('the question is made of arguments and stdin', async () => {
	for (const [given, text] of texts) {
		const result = await read(given);
		assert.ok(result.ok, JSON.stringify(given));
		assert.equal(result.text, text);
	}
});

test('what is no question is refused in one line', async () => {
	for (const [given, message] of refused) {
		const result = await read(given);
		assert.ok(!result.ok, JSON.stringify(given.input));
		assert.match(result.message, message);
	}
});

test('bytes that are not UTF-8 are replaced, and that is said', async () => {
	const result = await read({piped: Uint8Array.of(0x61, 0xe9, 0x62)});
	const parts = [{where: 'stdin', text: 'a\uFFFDb'}];
	assert.deepEqual(result, {ok: true, text: 'a\uFFFDb', parts, notes: ['stdin is not all UTF-8; what is not was replaced by U+FFFD.']});
});

test('a silent pipe beside an argument is said after one second, once', async t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const stdin = new PassThrough();
	let said = 0;
	const result = readQuestion(
		{input: ['q'], stdin, signal: new AbortController().signal},
		{readStdin: true, stdinKind: 'pipe-or-file', onSilence: () => said++},
	);
	t.mock.timers.tick(999);
	assert.equal(said, 0);
	t.mock.timers.tick(1);
	assert.equal(said, 1);
	stdin.end('late');
	const parts = [
		{where: 'the question', text: 'q'},
		{where: 'stdin', text: 'late'},
	];
	assert.deepEqual(await result, {ok: true, text: 'q\n\n<stdin>\nlate\n</stdin>', parts, notes: []});
	t.mock.timers.tick(10_000);
	assert.equal(said, 1);
});
