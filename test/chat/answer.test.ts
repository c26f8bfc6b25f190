import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import type {ConversationRecord} from '../../source/transcripts/record.js';
import {asking, complete, delta, ended, reply, run, shown, types} from './steps.js';

function records(commands: readonly Command[]): readonly ConversationRecord[] {
	return commands.flatMap(command => (command.type === 'append-record' ? [command.record] : []));
}

test('finished blocks become entries while the rest is still coming', () => {
	const streaming = run(asking(), reply(delta('one\n\ntw')), reply(delta('o\n\nthree')));
	assert.deepEqual(shown(streaming.state), ['question hello', 'block one', 'block two']);
	assert.equal(streaming.state.answer?.scan.pending, 'three');
	const whole = run(streaming.state, reply(ended(complete))).state;
	assert.deepEqual(shown(whole), ['question hello', 'block one', 'block two', 'block three', 'end complete']);
	assert.deepEqual(
		whole.entries.flatMap(entry => (entry.kind === 'block' ? [entry.first] : [])),
		[true, false, false],
	);
	assert.equal(whole.answer, undefined);
	assert.equal(new Set(whole.entries.map(entry => entry.id)).size, whole.entries.length);
});

test('the end is recorded with everything that is known', () => {
	const {commands} = run(
		asking(),
		{...reply({type: 'accepted', questionId: 'c1-1', runId: 'r1', model: 'm'}), at: 2_000},
		{...reply(delta('text')), at: 2_500},
		{
			...reply({type: 'usage', questionId: 'c1-1', usage: {promptTokens: 1, completionTokens: 2, totalTokens: 3}}, ended(complete)),
			at: 4_003,
		},
	);
	assert.deepEqual(records(commands), [
		{
			kind: 'answer',
			questionId: 'c1-1',
			at: '1970-01-01T00:00:04.003Z',
			text: 'text',
			ended: 'complete',
			finishReason: 'stop',
			runId: 'r1',
			model: 'm',
			usage: {promptTokens: 1, completionTokens: 2, totalTokens: 3},
			firstTokenMs: 1_497,
			totalMs: 3_000,
		},
	]);
});

test('events of another question change nothing', () => {
	const before = run(asking(), reply(delta('mine'))).state;
	const {state, commands} = run(before, reply(delta('theirs', 'c0-9'), ended({kind: 'cut'}, 'c0-9')));
	assert.deepEqual({...state, now: 0}, {...before, now: 0});
	assert.deepEqual(commands, []);
});

test('events after the end change nothing', () => {
	const before = run(asking(), reply(delta('all'), ended(complete))).state;
	const {state} = run(before, reply(delta('late'), ended({kind: 'cut'})));
	assert.deepEqual(shown(state), shown(before));
});

test('once a second the new text is written as a part', () => {
	const {state, commands} = run(asking(), reply(delta('one ')), {type: 'clock-ticked'}, {type: 'clock-ticked'}, reply(delta('two')), {
		type: 'clock-ticked',
	});
	assert.deepEqual(
		records(commands).map(record => (record.kind === 'answer-part' ? [record.from, record.text] : record.kind)),
		[
			[0, 'one '],
			[4, 'two'],
		],
	);
	assert.equal(state.answer?.text, 'one two');
});

test('a replacement goes on where it agrees with what is settled', () => {
	const {state} = run(asking(), reply(delta('one\n\ntwo')), reply({type: 'replace', questionId: 'c1-1', text: 'one\n\nthree'}));
	assert.deepEqual(shown(state), ['question hello', 'block one']);
	assert.equal(state.answer?.text, 'one\n\nthree');
	assert.equal(state.answer?.scan.pending, 'three');
});

for (const [how, outcome, text] of [
	['is stopped', {kind: 'cancelled', by: 'user'}, 'one\n\ntwo three'],
	['is cut', {kind: 'cut'}, 'one\n\ntwo three'],
	['is complete', complete, 'one\n\ntwo'],
] as const) {
	test(`an answer that is begun again and ${how} is ${outcome.kind === 'complete' ? 'what was said last' : 'no less than before'}`, () => {
		const begun = run(asking(), reply(delta('one\n\ntwo three')), reply({type: 'replace', questionId: 'c1-1', text: ''}));
		const {state, commands} = run(begun.state, reply(delta('one\n\n'), delta('two'), ended(outcome)));
		assert.deepEqual(
			records(commands).map(record => record.kind === 'answer' && record.text),
			[text],
		);
		assert.equal(
			shown(state)
				.filter(entry => entry.startsWith('block'))
				.at(-1),
			`block ${text.slice('one\n\n'.length)}`,
		);
	});
}

test('a replacement of settled text is said and begins again', () => {
	const {state} = run(asking(), reply(delta('one\n\ntwo')), reply({type: 'replace', questionId: 'c1-1', text: 'other\n\ntext'}));
	assert.deepEqual(shown(state).slice(-1), ['block other']);
	assert.match(shown(state).at(-2) ?? '', /replaced/);
	assert.equal(state.answer?.text, 'other\n\ntext');
});

test('Esc stops the answer once; what came stays and its end is marked', () => {
	const cancelled = run(asking(), reply(delta('part')), {type: 'cancel-requested'}, {type: 'cancel-requested'});
	assert.deepEqual(types(cancelled.commands), ['stop-answer']);
	assert.equal(cancelled.state.answer?.phase, 'cancelling');
	const {state, commands} = run(cancelled.state, reply(delta(' more'), ended({kind: 'cancelled', by: 'user'})));
	assert.deepEqual(shown(state), ['question hello', 'block part more', 'end cancelled']);
	assert.deepEqual(
		records(commands).map(record => record.kind === 'answer' && [record.text, record.ended]),
		[['part more', 'cancelled']],
	);
});

test('the clock runs while an answer is under way', () => {
	assert.deepEqual(types(run(asking(), reply(ended({kind: 'empty'}))).commands), ['append-record', 'stop-clock']);
});

test('earlier turns go along for transports that keep no history', () => {
	const {state} = run(asking(), reply(delta('hi'), ended(complete)));
	assert.deepEqual(state.turns, [
		{role: 'user', text: 'hello'},
		{role: 'assistant', text: 'hi'},
	]);
});

test('leaving during an answer stops it and keeps what came', () => {
	const {state, commands} = run(asking(), reply(delta('one\n\npart')), {type: 'end-of-input'});
	assert.deepEqual(types(commands), ['stop-answer', 'append-record', 'save-draft', 'quit', 'stop-clock']);
	assert.deepEqual(shown(state).slice(1), ['block one', 'block part']);
	assert.equal(state.phase, 'quitting');
	assert.deepEqual(run(state, reply(ended({kind: 'cancelled', by: 'user'}))).commands, []);
});
