import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createInputBurst} from '../../source/terminal/input-burst.js';
import type {KeyAction} from '../../source/terminal/keys.js';

const text: KeyAction = {type: 'text-typed', text: 'x'};
const paste: KeyAction = {type: 'text-pasted', text: 'x\ny'};
const enter: KeyAction = {type: 'submit-requested'};
const marked: KeyAction = {type: 'submit-requested', inBurst: true};
const newline: KeyAction = {type: 'edit-requested', edit: 'insert-newline'};
const motion: KeyAction = {type: 'edit-requested', edit: 'end-of-line'};

const cases: ReadonlyArray<readonly [what: string, chunks: ReadonlyArray<readonly [at: number, KeyAction[]]>, expected: KeyAction[]]> = [
	[
		'fingers',
		[
			[0, [text]],
			[80, [enter]],
		],
		[text, enter],
	],
	['text and Enter in one chunk', [[0, [text, enter]]], [text, marked]],
	[
		'Enter in a chunk right after the text',
		[
			[0, [text]],
			[10, [enter]],
		],
		[text, marked],
	],
	['two Enters', [[0, [text, enter, enter]]], [text, marked, marked]],
	[
		'text behind the line end: from then on lines',
		[
			[0, [text, enter]],
			[10, [text, enter]],
		],
		[text, marked, text, newline],
	],
	[
		'a paste that was not marked, cut within a line',
		[
			[0, [paste]],
			[100, [text, enter]],
		],
		[paste, text, newline],
	],
	[
		'Enter after the paste was read',
		[
			[0, [paste]],
			[300, [enter]],
		],
		[paste, enter],
	],
	['another key ends it', [[0, [paste, motion, enter]]], [paste, motion, enter]],
	[
		'a command after another',
		[
			[0, [text, enter]],
			[200, [text, enter]],
		],
		[text, marked, text, marked],
	],
];

for (const [what, chunks, expected] of cases) {
	test(`burst: ${what}`, () => {
		const burst = createInputBurst();
		assert.deepEqual(
			chunks.flatMap(([at, actions]) => burst.read(actions, at)),
			expected,
		);
	});
}
