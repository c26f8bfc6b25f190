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

for (const [what, whole] of [
	['ST', answer],
	['BEL', '\u001B]11;rgb:1e1e/1e1e/1e1e\u0007'],
] as const) {
	test(`an answer that ends with ${what} is taken out at every cut, with keys around it`, () => {
		for (let first = 0; first <= whole.length; first++) {
			for (let second = first; second <= whole.length; second++) {
				const {heard, taken} = filter();
				taken.expect();
				const typed = [`a${whole.slice(0, first)}`, whole.slice(first, second), `${whole.slice(second)}b`].map(taken.push).join('');
				assert.equal(typed + taken.flush(), 'ab', `cut at ${first} and ${second}`);
				assert.deepEqual(heard, ['rgb:1e1e/1e1e/1e1e'], `cut at ${first} and ${second}`);
			}
		}
	});
}

test('a late answer is taken out as well, when it is cut behind its introducer too', () => {
	const {heard, taken} = filter();
	assert.equal(taken.push(answer), '');
	assert.equal(taken.push(answer.slice(0, 9)) + taken.push(answer.slice(9)), '');
	assert.deepEqual(heard, ['rgb:1e1e/1e1e/1e1e', 'rgb:1e1e/1e1e/1e1e']);
});

test('Escape passes at once when no answer is awaited, else after a pause', () => {
	const {taken} = filter();
	assert.equal(taken.push('\u001B'), '\u001B');
	taken.expect();
	assert.equal(taken.push('\u001B'), '');
	assert.ok(taken.mayBeKey);
	assert.equal(taken.flush(), '\u001B');
	assert.equal(taken.push('\u001B'), '');
	assert.equal(taken.push('[A'), '\u001B[A');
	taken.quiet();
	assert.equal(taken.push('\u001B]'), '\u001B]');
});

test('an answer that breaks off neither is text nor swallows what is typed after it', () => {
	const {taken} = filter();
	taken.expect();
	assert.equal(taken.push('\u001B]11;rgb:1e'), '');
	assert.equal(taken.push('\rhello world'), '\rhello world');
});

test('focus is heard, also from a report that is cut, and left to the reader of keys', () => {
	const {heard, taken} = filter();
	assert.equal(taken.push('x\u001B[O') + taken.push('\u001B') + taken.push('[I'), 'x\u001B[O\u001B[I');
	assert.deepEqual(heard, ['out', 'in']);
});
