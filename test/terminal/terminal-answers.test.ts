import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAnswerFilter} from '../../source/terminal/terminal-answers.js';

const answer = '\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\';

function filter() {
	const heard: string[] = [];
	const taken = createAnswerFilter({
		background: colour => heard.push(colour),
		focus: isFocused => heard.push(isFocused ? 'in' : 'out'),
	});
	return {heard, taken};
}

const others = [
	'\u001B]10;rgb:1e1e/1e1e/1e1e\u001B\\',
	'\u001B]4;1;rgb:ff/00/00\u0007',
	'\u001B]11;#1e1e1e\u0007',
	'\u001B]52;c;cm0gLXJmIH4=\u0007',
	'\u001B]1337;ReportCellSize=1;2\u001B\\',
	'\u001B]lthe title\u001B\\',
	'\u001BP>|XTerm(388)\u001B\\',
	'\u001BP!|00000000\u001B\\',
	'\u001BP1$r0m\u001B\\',
	'\u001BP1+r544e=787465726d\u001B\\',
	'\u001B_Gi=31;OK\u001B\\',
	'\u009D10;rgb:1/1/1\u009C',
];

for (const whole of [answer, '\u001B]11;rgb:1e1e/1e1e/1e1e\u0007', ...others]) {
	test(`${JSON.stringify(whole)} is taken out at every cut, with keys around it`, () => {
		const colours = whole.includes(']11;') ? [whole.includes('rgb') ? 'rgb:1e1e/1e1e/1e1e' : '#1e1e1e'] : [];
		for (let first = 0; first <= whole.length; first++) {
			for (let second = first; second <= whole.length; second++) {
				const {heard, taken} = filter();
				const chunks = [`a${whole.slice(0, first)}`, whole.slice(first, second), `${whole.slice(second)}b`];
				const typed = chunks.map((chunk, index) => taken.push(chunk, index * 200)).join('');
				assert.equal(typed + taken.flush(), 'ab', `cut at ${first} and ${second}`);
				assert.deepEqual(heard, colours, `cut at ${first} and ${second}`);
			}
		}
	});
}

test('two answers in one go are both taken out', () => {
	const {heard, taken} = filter();
	assert.equal(taken.push(`x${answer}${others[6]}y${answer}`), 'xy');
	assert.deepEqual(heard, ['rgb:1e1e/1e1e/1e1e', 'rgb:1e1e/1e1e/1e1e']);
});

test('Escape and Alt with the letters that answers begin with pass after a pause', () => {
	for (const key of ['\u001B', '\u001B]', '\u001BP', '\u001B_']) {
		const {taken} = filter();
		assert.equal(taken.push(key), '');
		assert.ok(taken.mayBeKey);
		assert.equal(taken.flush(), key);
		assert.equal(taken.push('11;rgb'), '11;rgb');
	}
	const {taken} = filter();
	for (const keys of ['\u001BPello', '\u001B]x', '\u001B_x', '\u001B[A', '\u001Bb', '\u001BOP', 'plain'])
		assert.equal(taken.push(keys), keys);
	assert.equal(taken.push('\u001B') + taken.push('[A'), '\u001B[A');
});

test('an answer that breaks off neither is text nor swallows what is typed after it', () => {
	for (const next of ['\rhello world', '\u001B[200~hello\u001B[201~', '\u0003', '\u001B[A']) {
		const {taken} = filter();
		assert.equal(taken.push('\u001B]11;rgb:1e', 0), '');
		assert.equal(taken.push(next, 10), next);
	}
	const {taken} = filter();
	assert.equal(taken.push('\u001BP>|half', 0), '');
	assert.equal(taken.push('hello', 2_000), 'hello', 'after a pause');
	assert.equal(taken.push(`\u001BP>|${'x'.repeat(10_000)}`, 2_001), '');
	assert.equal(taken.push('hello', 2_002), 'hello', 'after more than an answer has');
});

test('a paste that holds the beginning of an answer ends where it ends', () => {
	const {taken} = filter();
	assert.equal(taken.push('\u001B[200~a \u001B]0;b\u001B[201~c'), '\u001B[200~a \u001B[201~c');
});

test('focus is heard, also from a report that is cut, and left to the reader of keys', () => {
	const {heard, taken} = filter();
	assert.equal(taken.push('x\u001B[O') + taken.push('\u001B') + taken.push('[I'), 'x\u001B[O\u001B[I');
	assert.deepEqual(heard, ['out', 'in']);
});
