import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeBlocks} from '../../source/chat/answer/code-blocks.js';
import type {State} from '../../source/chat/state.js';
import {asking, beginning, complete, delta, ended, reply, run, shown, submit, typed} from './steps.js';

const blocks: ReadonlyArray<readonly [what: string, markdown: string, found: ReadonlyArray<readonly [language: string, code: string]>]> = [
	['none', 'plain `code` text', []],
	['one', 'a\n```sh\nnpm ci\n```\nb', [['sh', 'npm ci\n']]],
	[
		'two, one without a language',
		'```\na\n```\n~~~c++ title=x\nb\n\nc\n~~~\n',
		[
			['', 'a\n'],
			['c++', 'b\n\nc\n'],
		],
	],
	['in a list', '- x\n  ```js\n  let a\n    b\n  ```', [['js', 'let a\n  b\n']]],
	['not closed', '```py\nprint(1)', [['py', 'print(1)\n']]],
	['a fence in a longer fence', '````md\n```js\n1\n```\n````', [['md', '```js\n1\n```\n']]],
	['empty', '```\n```', [['', '']]],
	['with line ends of Windows', '```\r\na\r\n```\r\n', [['', 'a\n']]],
];

for (const [what, markdown, found] of blocks) {
	test(`code blocks: ${what}`, () =>
		assert.deepEqual(
			codeBlocks(markdown).map(({language, code}) => [language, code]),
			found,
		));
}

const answerText = 'First:\n\n```sh\nnpm ci\n```\n\nThen:\n\n```ts\nconst a = 1;\n```\n';

/** After an answer with two code blocks. */
function answered(text = answerText): State {
	return run(asking(), reply(delta(text), ended(complete))).state;
}

const lastNotice = (state: State) => shown(state).at(-1);

test('the last answer is copied as the model wrote it', () => {
	const {commands} = run(answered(), typed('/copy'), submit);
	assert.deepEqual(
		commands.find(({type}) => type === 'copy-text'),
		{type: 'copy-text', text: answerText, what: 'The last answer'},
	);
});

test('a number copies that code block, and says which', () => {
	const {commands} = run(answered(), typed('/copy 2'), submit);
	const what = 'Code block 2 of 2 (ts) of the last answer';
	assert.deepEqual(
		commands.find(({type}) => type === 'copy-text'),
		{type: 'copy-text', text: 'const a = 1;\n', what},
	);
});

for (const [input, state, said] of [
	['/copy', beginning(), 'There is no answer to copy yet.'],
	['/copy 3', answered(), 'The last answer has 2 code blocks. Ctrl+X Ctrl+Y shows those of earlier answers, too.'],
	['/copy 1', answered('no code'), 'The last answer has no code block. Ctrl+X Ctrl+Y shows those of earlier answers, too.'],
	['/copy two', answered(), '/copy takes the number of a code block, such as /copy 2.'],
	[
		'/theme pink',
		beginning(),
		'There is no theme pink. There are: auto, dark, light, high-contrast, high-contrast-light, colour-blind, colour-blind-light, none.',
	],
	['/theme lihgt', beginning(), 'There is no theme lihgt. Did you mean light?'],
] as const) {
	test(`${input} that cannot be done copies and changes nothing: ${said}`, () => {
		const {state: after, commands} = run(state, typed(input), submit);
		assert.equal(lastNotice(after), `notice ${said}`);
		assert.ok(!commands.some(({type}) => type === 'copy-text' || type === 'change-theme'));
	});
}

test('an answer that is still coming is copied as far as it has come', () => {
	const {commands} = run(asking(), reply(delta('half of ')), typed('/copy'), submit);
	assert.deepEqual(
		commands.find(({type}) => type === 'copy-text'),
		{type: 'copy-text', text: 'half of ', what: 'The answer so far'},
	);
});

test('the picker shows the blocks of the newest answer first; choosing copies, also when another answer came meanwhile', () => {
	const asked = run(answered(), typed('more'), submit).state;
	const two = run(asked, reply(delta('```py\nprint(2)\n```', 'c1-2'), ended(complete, 'c1-2'))).state;
	const third = run(two, typed('again'), submit).state;
	const picking = run(third, {type: 'code-blocks-requested'}).state;
	assert.ok(picking.overlay?.kind === 'picker');
	assert.deepEqual(
		picking.overlay.items.map(({title, detail}) => `${title}: ${detail}`),
		[
			'print(2): py, 1 line, 1 of the last answer',
			'npm ci: sh, 1 line, 1 of the answer before',
			'const a = 1;: ts, 1 line, 2 of the answer before',
		],
	);
	const {commands} = run(picking, reply(delta('```\nnew\n```', 'c1-3'), ended(complete, 'c1-3')), submit);
	assert.deepEqual(
		commands.find(({type}) => type === 'copy-text'),
		{type: 'copy-text', text: 'print(2)\n', what: 'Code block 1 of 1 (py)'},
	);
});

test('keys and commands about the screen become orders; what comes of them is a notice', () => {
	const orders = (...inputs: Parameters<typeof run> extends [unknown, ...infer Rest] ? Rest : never) =>
		run(beginning(), ...inputs)
			.commands.map(({type}) => type)
			.filter(type => /redraw|page|theme/.test(type));
	assert.deepEqual(orders({type: 'redraw-requested'}), ['redraw-conversation']);
	assert.deepEqual(orders(typed('/redraw'), submit), ['redraw-conversation']);
	assert.deepEqual(orders(typed('/less'), submit), ['page-conversation']);
	const {state, commands} = run(beginning(), typed('/theme light'), submit, {type: 'screen-told', text: 'It is done.'});
	assert.deepEqual(
		commands.find(({type}) => type === 'change-theme'),
		{type: 'change-theme', theme: 'light'},
	);
	assert.equal(state.theme, 'light');
	assert.equal(lastNotice(state), 'notice It is done.');
});
