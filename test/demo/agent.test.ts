import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answer} from '../../source/demo/agent.js';
import {noDirectives, readDirectives} from '../../source/demo/directives.js';
import type {Remembered} from '../../source/demo/sessions.js';

const said = (...texts: string[]): Remembered[] => texts.map(text => ({role: 'user', text}));
const textOf = (prompt: string, history: Remembered[] = []) => answer(prompt, history, '2026.9.6').pieces.join('');

const answers: ReadonlyArray<readonly [string, RegExp, Remembered[]?]> = [
	['hello', /demo agent/],
	['What can you do?', /clawtalk ask/],
	['How do I connect?', /config set gatewayUrl/],
	['show me markdown', /\| Column \| Meaning \|/],
	['Which keys are there?', /Ctrl\+J/],
	['How can it fail?', /--fault list/],
	['echo one two', /^one two$/],
	['my name is Zoë', /Hello Zoë/],
	['What is my name?', /Your name is Zoë\./, said('my name is Ada', 'no, my name is Zoë')],
	['What is my name?', /have not told me/],
	['What did I say before?', /you said: the sea/, said('the mountain', 'the sea')],
	['What did I say before?', /first thing/],
	['Колокол', /You said: Колокол/],
];

for (const [prompt, expected, history] of answers) {
	test(`the agent answers ${JSON.stringify(prompt)}${history ? ' from memory' : ''}`, () => {
		assert.match(textOf(prompt, history), expected);
	});
}

test('orders of a prompt are read, the last ones count, and nonsense falls back', () => {
	assert.equal(readDirectives('nothing [[here]]'), undefined);
	assert.deepEqual(readDirectives('a [[n=1]] b [[n=3 rate=0 ttft=9 fault=cut at=2 text=md]]'), {
		...noDirectives,
		n: 3,
		rate: 0,
		ttft: 9,
		fault: 'cut',
		at: 2,
		text: 'md',
	});
	assert.equal(readDirectives('[[n=-5]]')?.n, 20);
});

test('orders repeat the prompt or the first thing said', () => {
	assert.equal(textOf('one two [[n=2 text=echo]]'), 'one two ');
	assert.equal(textOf('go [[n=2 text=recall]]', said('three four five')), 'three four ');
});

test('the agent does what it is asked to show', () => {
	const stepsOf = (prompt: string) => answer(prompt, [], '2026.9.6').steps?.map(({kind}) => kind);
	assert.deepEqual(stepsOf('use a tool'), ['tool', 'tool', 'tool']);
	assert.deepEqual(stepsOf('ask for approval'), ['tool']);
	assert.deepEqual(stepsOf('think'), ['thinking']);
	assert.deepEqual(stepsOf('show me retries'), ['retry', 'retry']);
	assert.equal(answer('restart', [], '2026.9.6').afterwards, 'restart');
	assert.equal(textOf('say restart'), 'restart');
});

test('orders ask for tools, thoughts and retries', () => {
	const {steps = []} = answer('[[n=1 fault=tool tool=exec args={"command":"echo~a~b"} calls=2 ask=1 think=3 retry=1]]', [], '2026.9.6');
	assert.deepEqual(
		steps.map(({kind}) => kind),
		['retry', 'thinking', 'tool', 'tool'],
	);
	const call = steps.at(-1);
	assert.deepEqual(call, {kind: 'tool', name: 'exec', arguments: {command: 'echo a b'}, needsApproval: true});
});
