import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../source/chat/state.js';
import {beginning, checked, complete, delta, ended, evidence, type Happening, reply, run, submit, typed} from './steps.js';

/** A conversation with these answers, in short: how often the guess was said. */
function answered(answers: readonly string[], contact: Happening = checked): State {
	return answers.reduce((state, text, index) => {
		const id = `c1-${index + 1}`;
		return run(state, typed('go'), submit, reply(delta(text, id), ended(complete, id))).state;
	}, run(beginning(), contact).state);
}

const guesses = ({entries}: State) => entries.filter(entry => entry.kind === 'notice' && /guess.*E08/.test(entry.text)).length;

const overControl: Happening = {
	...({type: 'connection-checked', latencyMs: 3, evidence: evidence()} as const),
	via: {transport: 'ws'},
};

const one = 'I tried, but: TIMEOUT: node invoke timed out.';
const other = 'The tool call timed out again (gateway timeout after 10000ms).';

const cases: ReadonlyArray<readonly [string, readonly string[], number, Happening?]> = [
	['one answer is not enough', [one], 0],
	['two are', [one, 'Fine.', other], 1],
	['it is said once', [one, other, one, other], 1],
	['a timeout of something else is none', ['The request timed out.', 'Set a timeout of 30 s for the command.'], 0],
	['where tools are seen, words do not count', [one, other], 0, overControl],
];

for (const [name, answers, expected, contact] of cases) {
	test(`answers that speak of tools that timed out: ${name}`, () => {
		const state = answered(answers, contact);
		assert.equal(guesses(state), expected);
		assert.equal(state.toolGuess?.text !== undefined, expected > 0);
	});
}
