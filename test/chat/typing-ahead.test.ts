import assert from 'node:assert/strict';
import {test} from 'node:test';
import {outgoingOf} from '../../source/chat/composer/draft.js';
import {restoredDraft} from '../../source/chat/composer/stored-draft.js';
import type {Edit} from '../../source/chat/event.js';
import {
	asking,
	beginning,
	checked,
	complete,
	delta,
	ended,
	type Happening,
	lost,
	queued,
	reply,
	run,
	sent,
	submit,
	typed,
	types,
} from './steps.js';

const pasted = (text: string): Happening => ({type: 'text-pasted', text});
const key = (edit: Edit): Happening => ({type: 'edit-requested', edit});
const inBurst: Happening = {type: 'submit-requested', inBurst: true};
const burstEnded = (id: number): Happening => ({type: 'burst-ended', id});
const online = run(beginning({hasScreen: true}), checked).state;
const longText = Array.from({length: 20}, (_, index) => `line ${index}`).join('\n');

test('an Enter that came in one go with text is sent when nothing follows', () => {
	const held = run(online, typed('hello'), inBurst);
	assert.deepEqual([sent(held.commands), held.state.draft.text], [[], 'hello']);
	assert.deepEqual(held.commands.at(-1), {type: 'await-burst-end', id: 1});
	assert.deepEqual(sent(run(held.state, burstEnded(1)).commands), ['hello']);
});

test('text that follows makes a line end of it; only the last wait counts', () => {
	const more = run(online, typed('one'), inBurst, inBurst, typed('two'), inBurst, burstEnded(2));
	assert.deepEqual([sent(more.commands), more.state.draft.text], [[], 'one\n\ntwo']);
	assert.deepEqual(sent(run(more.state, burstEnded(3)).commands), ['one\n\ntwo']);
});

test('any other key that follows sends it first', () => {
	const next = run(online, typed('one'), inBurst, key('backward-char'));
	assert.deepEqual([sent(next.commands), next.state.draft.text], [['one'], '']);
	assert.deepEqual(sent(run(next.state, burstEnded(1)).commands), []);
	assert.deepEqual(sent(run(online, typed('one'), inBurst, submit).commands), ['one']);
});

test('where the composer has not the keys, nothing is held', () => {
	const picker = run(online, {type: 'history-loaded', lines: ['before']}, {type: 'history-search-requested'});
	assert.ok(picker.state.overlay);
	assert.ok(!types(run(picker.state, typed('b'), inBurst).commands).includes('await-burst-end'));
});

const continued: ReadonlyArray<readonly [string, string | undefined]> = [
	['a\\', 'a\n'],
	['\\', '\n'],
	['a\\\\', undefined],
	['a\\\\\\', 'a\\\\\n'],
	['a\\ ', undefined],
];

for (const [text, expected] of continued) {
	test(`Enter behind ${JSON.stringify(text)}`, () => {
		const {state, commands} = run(online, typed(text), submit);
		if (expected === undefined) assert.deepEqual(sent(commands), [text]);
		else assert.deepEqual([sent(commands), state.draft.text, state.draft.caret], [[], expected, expected.length]);
	});
}

test('a backslash at the end of an earlier line makes a line end there, which undo takes back', () => {
	const {state} = run(online, typed('a\\'), key('insert-newline'), typed('b'), key('previous-line'), key('end-of-line'), submit);
	assert.equal(state.draft.text, 'a\n\nb');
	assert.equal(run(state, key('undo')).state.draft.text, 'a\\\nb');
});

test('a backslash within a text makes a line end there', () => {
	const {state, commands} = run(online, typed('a\\b'), key('backward-char'), submit);
	assert.deepEqual([sent(commands), state.draft.text, state.draft.caret], [[], 'a\nb', 2]);
});

test('without a screen a backslash is sent like any character', () => {
	assert.deepEqual(sent(run(run(beginning(), checked).state, typed('a\\'), submit).commands), ['a\\']);
});

test('a long paste is sent, recorded, remembered and saved in full', () => {
	const {state, commands} = run(online, typed('see '), pasted(longText), submit);
	const full = `see ${longText}`;
	assert.deepEqual(sent(commands), [full]);
	assert.deepEqual(state.inputHistory.lines, [full]);
	const texts = commands.flatMap(command => {
		if (command.type === 'save-draft') return [outgoingOf(restoredDraft(command)).text];
		if (command.type === 'remember-input') return [command.line];
		return command.type === 'append-record' && command.record.kind === 'question' ? [command.record.text] : [];
	});
	assert.equal(texts.filter(text => text === full).length, 3, 'draft, input history, record');
	assert.equal(state.entries.findLast(entry => entry.kind === 'question')?.text, 'see [Pasted text #1 +20 lines]');
});

test('a question that did not arrive comes back with its pieces', () => {
	const asked = run(online, pasted(longText), submit).state;
	const back = run(asked, reply(ended({kind: 'unreachable'}))).state;
	assert.equal(back.draft.text, '[Pasted text #1 +20 lines]');
	assert.deepEqual(sent(run(back, checked, submit).commands), [longText]);
});

test('Ctrl+O writes out the piece at the caret, undo folds it', () => {
	const {state} = run(online, pasted(longText), {type: 'unfold-requested'});
	assert.equal(state.draft.text, longText);
	assert.equal(run(state, key('undo')).state.draft.text, '[Pasted text #1 +20 lines]');
});

test('↑ takes what is queued back, the last one first, before what is being typed; then it walks the history', () => {
	const waiting = run(asking('first'), typed('two'), submit, pasted(longText), submit).state;
	assert.deepEqual(queued(waiting), ['two', '[Pasted text #1 +20 lines]']);
	const one = run(waiting, key('previous-line')).state;
	assert.deepEqual([queued(one), one.draft.text], [['two'], '[Pasted text #1 +20 lines]']);
	const both = run(one, key('previous-line')).state;
	assert.deepEqual([queued(both), both.draft.text, both.draft.caret], [[], 'two\n\n[Pasted text #1 +20 lines]', 3]);
	assert.equal(run(both, key('previous-line')).state.draft.text, longText, 'what was sent before');
	const again = run(both, submit, reply(delta('x'), ended(complete)));
	assert.deepEqual(sent(again.commands), [`two\n\n${longText}`]);
});

test('what was held and is taken back is held no more', () => {
	const held = run(asking(), typed('two'), submit, typed('x'), lost, reply(ended(complete))).state;
	assert.equal(held.queueHeld, true);
	const back = run(held, key('previous-line')).state;
	assert.deepEqual([back.queue, back.queueHeld, back.draft.text], [[], false, 'two\n\nx']);
	assert.deepEqual(sent(run(back, checked).commands), []);
});

test('a queued message that begins with two slashes is sent with one, and comes back as it was typed', () => {
	const waiting = run(asking(), typed('//path'), submit).state;
	assert.equal(run(waiting, key('previous-line')).state.draft.text, '//path');
	assert.deepEqual(sent(run(waiting, reply(delta('x'), ended(complete))).commands), ['/path']);
});

test('Ctrl+C keeps what labels stand for in the input history', () => {
	const {state, commands} = run(online, typed('see '), pasted(longText), {type: 'interrupt-requested'});
	assert.equal(state.draft.text, '');
	assert.deepEqual(
		commands.filter(({type}) => type === 'remember-input'),
		[{type: 'remember-input', line: `see ${longText}`}],
	);
	assert.equal(run(state, key('previous-line')).state.draft.text, `see ${longText}`);
});

test('a walk through the history keeps the draft with its pieces', () => {
	const walked = run(online, typed('before'), submit, reply(delta('x'), ended(complete)), pasted(longText), key('previous-line')).state;
	assert.equal(walked.draft.text, 'before');
	assert.equal(run(walked, key('next-line')).state.draft.text, '[Pasted text #1 +20 lines]');
	assert.deepEqual(sent(run(walked, key('next-line'), submit).commands), [longText]);
});

test('what the screen shows leads ↑ and ↓, outside of labels', () => {
	const {state} = run(online, pasted(longText), typed(' and more'));
	assert.equal(run(state, {type: 'edit-requested', edit: 'previous-line', place: 5}).state.draft.caret, 0);
	assert.equal(run(state, {type: 'edit-requested', edit: 'next-line', place: 5}).state.draft.caret, '[Pasted text #1 +20 lines]'.length);
});
