import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Edit} from '../../source/chat/event.js';
import {asking, beginning, checked, complete, delta, ended, type Happening, reply, run, shown, submit, typed, types} from './steps.js';

const interrupt: Happening = {type: 'interrupt-requested'};
const key = (edit: Edit): Happening => ({type: 'edit-requested', edit});
const up = key('previous-line');
const down = key('next-line');
const withHistory = run(beginning(), checked, {type: 'history-loaded', lines: ['old', 'older\nlines']}).state;

test('↑ and ↓ walk the history and bring back what was typed', () => {
	assert.equal(run(withHistory, typed('new'), up).state.draft.text, 'older\nlines');
	assert.equal(run(withHistory, up, up, up).state.draft.text, 'old');
	assert.equal(run(withHistory, up, up, up, up).state.draft.text, 'old');
	assert.equal(run(withHistory, typed('new'), up, down).state.draft.text, 'new');
	assert.equal(run(withHistory, typed('a\nb'), up).state.draft.text, 'a\nb');
	assert.equal(run(withHistory, down).state.draft.text, '');
});

test('a line that was changed on the walk is there when the walk comes back', () => {
	const changed = run(withHistory, up, up, up, typed('!'), down, up, up).state;
	assert.equal(changed.draft.text, 'old!');
	assert.deepEqual(changed.inputHistory.lines, ['old', 'older\nlines']);
});

test('sending a recalled line brings back what was typed before', () => {
	const {state} = run(withHistory, typed('half a thought'), up, submit);
	assert.equal(state.draft.text, 'half a thought');
	assert.equal(state.answer?.question, 'older\nlines');
});

test('kill and yank', () => {
	assert.equal(run(beginning(), typed('one two'), key('backward-kill-word'), key('yank'), key('yank')).state.draft.text, 'one twotwo');
});

test('every change of the draft is saved, and saved as empty when it was sent', () => {
	const {commands} = run(withHistory, typed('a'), key('beginning-of-line'), submit);
	assert.deepEqual(
		commands.flatMap(command => (command.type === 'save-draft' ? [command.text] : [])),
		['a', ''],
	);
});

test('ephemeral writes nothing', () => {
	const {commands} = run(
		beginning({ephemeral: true}),
		checked,
		typed('a'),
		submit,
		reply(delta('x')),
		{type: 'clock-ticked'},
		reply(ended(complete)),
	);
	assert.deepEqual(types(commands), ['send-question', 'start-clock', 'stop-clock']);
});

test('? in an empty composer shows the help, later it is a character', () => {
	assert.deepEqual(shown(run(beginning(), typed('?')).state), ['help']);
	assert.equal(run(beginning(), typed('why'), typed('?')).state.draft.text, 'why?');
});

test('Ctrl+C clears the composer into the history, arms, quits', () => {
	const cleared = run(beginning(), typed('text'), interrupt);
	assert.deepEqual([cleared.state.draft.text, cleared.state.inputHistory.lines], ['', ['text']]);
	assert.ok(types(cleared.commands).includes('remember-input'));
	const armed = run(cleared.state, interrupt);
	assert.deepEqual([armed.state.quitArmedUntil, armed.state.phase], [armed.state.now + 2_000, 'open']);
	assert.equal(run(armed.state, interrupt).state.phase, 'quitting');
	assert.equal(run(armed.state, typed('x'), key('backward-delete-char'), interrupt).state.phase, 'open');
});

test('the wait for a second Ctrl+C ends after 2 s, and is seen to end', () => {
	const armed = run(beginning(), interrupt);
	assert.ok(types(armed.commands).includes('start-clock'));
	const at = armed.state.now;
	assert.equal(run(armed.state, {...interrupt, at: at + 1_999}).state.phase, 'quitting');
	assert.equal(run(armed.state, {...interrupt, at: at + 2_000}).state.phase, 'open');
	const late = run(armed.state, {type: 'clock-ticked', at: at + 1_000}, {type: 'clock-ticked', at: at + 2_000});
	assert.equal(late.state.quitArmedUntil, undefined);
	assert.deepEqual(types(late.commands), ['stop-clock']);
});

test('the Ctrl+C that stops an answer, or clears the composer, does not count towards quitting', () => {
	const once = run(asking(), interrupt);
	assert.deepEqual(types(once.commands), ['stop-answer']);
	const stopped = run(once.state, reply(ended({kind: 'cancelled', by: 'user'})), interrupt).state;
	assert.equal(stopped.phase, 'open');
	assert.equal(run(stopped, interrupt).state.phase, 'quitting');
	assert.equal(run(asking(), typed('text'), interrupt, interrupt).state.phase, 'open');
});

test('Ctrl+D deletes forward, and quits an empty composer', () => {
	assert.equal(run(beginning(), typed('ab'), key('beginning-of-line'), {type: 'end-of-input'}).state.draft.text, 'b');
	assert.equal(run(beginning(), {type: 'end-of-input'}).state.phase, 'quitting');
});

test('quitting keeps everything that was not sent as the draft', () => {
	const {commands} = run(asking(), typed('queued'), submit, typed('typed'), {type: 'quit-requested'});
	assert.deepEqual(commands.filter(command => command.type === 'save-draft').at(-1), {
		type: 'save-draft',
		conversationId: 'c1',
		text: 'queued\n\ntyped',
	});
});

test('what is queued is saved with what is typed', () => {
	const {commands} = run(asking(), typed('one'), submit, typed('two'), submit, typed('three'));
	const saved = commands.flatMap(command => (command.type === 'save-draft' ? [command.text] : []));
	assert.deepEqual(saved, ['one', 'one', 'one\n\ntwo', 'one\n\ntwo', 'one\n\ntwo\n\nthree']);
	const sent = run(run(asking(), typed('one'), submit).state, reply(delta('x'), ended(complete)));
	assert.equal(sent.commands.filter(command => command.type === 'save-draft').at(-1)?.text, '');
});

test('a restored draft does not overwrite typed text, and is not lost', () => {
	assert.equal(run(beginning(), {type: 'draft-restored', text: 'old'}).state.draft.text, 'old');
	const {state, commands} = run(beginning(), typed('new'), {type: 'draft-restored', text: 'old'});
	assert.equal(state.draft.text, 'new');
	assert.equal(run(state, up).state.draft.text, 'old');
	assert.ok(types(commands).includes('remember-input'));
});

test('a failure to save is said once for each thing', () => {
	const failed = (what: string): Happening => ({type: 'save-failed', what, message: 'disk full'});
	const {state} = run(beginning(), failed('conversation'), failed('draft'), failed('conversation'));
	assert.equal(shown(state).length, 2);
});
