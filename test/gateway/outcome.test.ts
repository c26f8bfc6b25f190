import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AnswerSummary} from '../../source/gateway/answer-reader.js';
import {decideOutcome, type Ending} from '../../source/gateway/outcome.js';
import type {Outcome} from '../../source/gateway/transport.js';

const nothing: AnswerSummary = {
	hasText: false,
	textLength: 0,
	events: 0,
	malformed: 0,
	bodyStart: '',
};
const text: AnswerSummary = {...nothing, hasText: true, textLength: 2};
const stopped: AnswerSummary = {...text, finishReason: 'stop'};
const failed: AnswerSummary = {
	...text,
	error: {kind: 'error', message: 'no'},
};

const table: ReadonlyArray<readonly [Ending, string, AnswerSummary, Outcome]> = [
	['end-mark', 'text and a finish reason', stopped, {kind: 'complete', finishReason: 'stop'}],
	['end-mark', 'length', {...text, finishReason: 'length'}, {kind: 'complete', finishReason: 'length'}],
	['end-mark', 'text only, as 2026.2.9', text, {kind: 'complete', finishReason: 'unstated'}],
	['end-mark', 'nothing', nothing, {kind: 'empty'}],
	['end-mark', 'a finish reason without text', {...nothing, finishReason: 'stop'}, {kind: 'empty'}],
	['end-mark', 'an error after text', failed, {kind: 'failed'}],
	['closed-early', 'text and a finish reason', stopped, {kind: 'complete', finishReason: 'stop'}],
	['closed-early', 'text', text, {kind: 'cut'}],
	['closed-early', 'nothing', nothing, {kind: 'cut'}],
	['broken', 'text', text, {kind: 'cut'}],
	['broken', 'text and a finish reason', stopped, {kind: 'complete', finishReason: 'stop'}],
	['too-large', 'text', stopped, {kind: 'cut'}],
	['not-a-stream', 'nothing', nothing, {kind: 'unreachable'}],
	['cancelled', 'text', text, {kind: 'cancelled', by: 'user'}],
	['deadline', 'text', text, {kind: 'cancelled', by: 'deadline'}],
	['abandoned', 'text', text, {kind: 'abandoned'}],
	['abandoned', 'text and a finish reason', stopped, {kind: 'complete', finishReason: 'stop'}],
];

for (const [ending, name, summary, expected] of table) {
	test(`${ending} with ${name}: ${expected.kind}`, () => assert.deepEqual(decideOutcome(ending, summary), expected));
}
