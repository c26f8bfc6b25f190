import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Entry} from '../../source/chat/state.js';
import type {Drawing} from '../../source/components/drawing.js';
import {entryLines} from '../../source/components/entry-lines.js';
import {createPalette} from '../../source/terminal/palette.js';

const drawing = {
	palette: createPalette('none', 'none'),
	markdown: (text: string) => text,
	explain: () => [],
	clock: () => '14:03',
} as unknown as Drawing;

const whole = {
	kind: 'answer-end',
	id: 'e',
	outcome: {kind: 'complete', finishReason: 'stop'},
	at: 1_000,
	agent: 'research',
	model: 'provider/a-model',
	firstTokenMs: 400,
	totalMs: 3_400,
	usage: {promptTokens: 9, completionTokens: 120, totalTokens: 129},
	hadText: true,
} as const;

const frames: ReadonlyArray<readonly [what: string, width: number, entry: Entry, expected: readonly string[]]> = [
	['all that is known', 120, whole, ['14:03 · research · provider/a-model · 3.4 s · first text 0.4 s · 120 tokens · 40 tokens/s']],
	['the first text is left out first', 80, whole, ['14:03 · research · provider/a-model · 3.4 s · 120 tokens · 40 tokens/s']],
	['then the pace and the model', 40, whole, ['14:03 · research · 3.4 s · 120 tokens']],
	['the time it took stays longest', 12, whole, ['3.4 s']],
	['without the word of the gateway no tokens', 120, without('usage'), ['14:03 · research · provider/a-model · 3.4 s · first text 0.4 s']],
	[
		'an answer that came at once has no first text and no pace',
		80,
		{...whole, firstTokenMs: 30, totalMs: 90},
		['14:03 · research · provider/a-model · 0.1 s · 120 tokens'],
	],
	[
		'over hours of sleep there is no pace',
		80,
		{...whole, totalMs: 3 * 3_600_000},
		['14:03 · research · provider/a-model · 3 h 0 min · first text 0.4 s · 120 tokens'],
	],
	[
		'a name that a gateway made up is one line, and harmless',
		80,
		{...without('usage'), model: 'a\u001B[2J\nb'},
		['14:03 · research · a b · 3.4 s · first text 0.4 s'],
	],
	[
		'stopped, where nothing says that the gateway stopped the run',
		120,
		{...whole, outcome: {kind: 'cancelled', by: 'user', runMayGoOn: true}},
		['', '── Stopped; what came is kept. The agent may go on: nothing says that the gateway stopped the run.'],
	],
	[
		'not waited for, after the connection broke',
		80,
		{...whole, outcome: {kind: 'cancelled', by: 'user'}, wasAway: true},
		['', '── The connection broke, and the rest was not waited for; what came is kept.'],
	],
	[
		'not waited for, before any text came',
		80,
		{...whole, outcome: {kind: 'cancelled', by: 'user'}, hadText: false, wasAway: true},
		['', '── The connection broke before any text came; what became of the answer was not', '   waited for.'],
	],
	[
		'our own end',
		40,
		{...whole, outcome: {kind: 'unrecorded'}},
		['', '── clawtalk ended before this answer', '   did; what had come is kept. The agent', '   may have finished it.'],
	],
	[
		'cut in an earlier run',
		80,
		{...whole, outcome: {kind: 'cut'}},
		['', '── The connection broke off. What came is kept; it is not complete.'],
	],
	['nothing came in an earlier run', 80, {...whole, hadText: false, outcome: {kind: 'failed'}}, ['', '── The turn failed at the gateway.']],
	['refused in an earlier run', 80, {...whole, hadText: false, outcome: {kind: 'refused'}}, ['', '── This was refused; no answer began.']],
	[
		'asked elsewhere, and never answered',
		80,
		{...whole, hadText: false, outcome: {kind: 'unrecorded', elsewhere: true}},
		['', '── The gateway told no answer to this.'],
	],
	['never sent in an earlier run', 80, {...whole, hadText: false, outcome: {kind: 'unreachable'}}, ['', '── This was not sent.']],
	[
		'a file that the text does not name',
		40,
		{kind: 'question', id: 'e', text: 'look', attachments: ['cat.png']},
		['', '❯ look', '  + cat.png'],
	],
	[
		'a file that the text names',
		40,
		{kind: 'question', id: 'e', text: 'look [cat.png]', attachments: ['cat.png']},
		['', '❯ look [cat.png]'],
	],
];
for (const [what, width, entry, expected] of frames) {
	test(`${what}, at ${width} columns`, () => assert.deepEqual(entryLines(entry, width, drawing), expected));
}

function without(field: 'usage'): Omit<typeof whole, 'usage'> {
	const {[field]: _left, ...rest} = whole;
	return rest;
}
