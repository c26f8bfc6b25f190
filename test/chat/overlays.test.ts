import assert from 'node:assert/strict';
import {test} from 'node:test';
import {foundLines} from '../../source/chat/composer/history-search.js';
import type {Edit} from '../../source/chat/event.js';
import type {State} from '../../source/chat/state.js';
import {beginning, checked, type Happening, run, shown, submit, typed, types} from './steps.js';

const key = (edit: Edit): Happening => ({type: 'edit-requested', edit});
const search: Happening = {type: 'history-search-requested'};
const esc: Happening = {type: 'cancel-requested'};
const editor: Happening = {type: 'editor-requested'};
const lines = ['deploy to staging', 'two\nlines of staging', 'why?', 'deploy to staging', 'list the tests'];
const screen = run(beginning({hasScreen: true}), checked, {type: 'history-loaded', lines}).state;
const selected = ({overlay, inputHistory}: State) =>
	overlay?.kind === 'history-search' ? foundLines(overlay.query.text, inputHistory.lines)[overlay.selected]?.text : undefined;

test('a search finds each text once, newest first: as it is written, then by its letters', () => {
	assert.deepEqual(
		foundLines('', lines).map(({position}) => position),
		[4, 3, 2, 1],
	);
	assert.deepEqual(
		foundLines('STAGING', lines).map(({position, at}) => [position, at]),
		[
			[3, 10],
			[1, 13],
		],
	);
	assert.deepEqual(
		foundLines('lts', lines).map(({text, at}) => [text, at]),
		[
			['deploy to staging', undefined],
			['list the tests', undefined],
		],
	);
	assert.deepEqual(foundLines('xyz', lines), []);
});

test('Ctrl+R again and ↑ go to older lines, ↓ back; it ends at the ends', () => {
	const {state} = run(screen, typed('draft'), search, typed('stag'));
	assert.equal(selected(state), 'deploy to staging');
	assert.equal(selected(run(state, search).state), 'two\nlines of staging');
	assert.equal(selected(run(state, search, search, key('previous-line')).state), 'two\nlines of staging');
	assert.equal(selected(run(state, search, key('next-line'), key('next-line')).state), 'deploy to staging');
	assert.equal(selected(run(state, search, typed('i')).state), 'deploy to staging', 'a longer query begins with the newest');
	assert.equal(state.draft.text, 'draft', 'what was typed stays');
});

test('Enter puts the line into the composer and sends nothing; Esc brings back what was typed', () => {
	const taken = run(screen, typed('draft'), search, typed('two'), submit);
	assert.deepEqual([taken.state.draft.text, taken.state.overlay, taken.state.answer], ['two\nlines of staging', undefined, undefined]);
	assert.ok(!types(taken.commands).includes('send-question'));
	assert.equal(run(taken.state, esc).state.draft.text, 'draft');
	assert.equal(run(taken.state, key('next-line')).state.draft.text, 'why?', 'the walk goes on from there');
	const left = run(screen, typed('draft'), search, typed('two'), esc).state;
	assert.deepEqual([left.draft.text, left.overlay], ['draft', undefined]);
	const none = run(screen, typed('draft'), search, typed('xyz'), submit).state;
	assert.deepEqual([none.draft.text, none.overlay?.kind], ['draft', 'history-search'], 'nothing found: nothing taken');
});

test('the help stands above the composer and leaves nothing behind; without a screen it is printed', () => {
	const open = run(screen, typed('?')).state;
	assert.deepEqual([open.overlay, shown(open)], [{kind: 'help', first: 'keys', query: {text: '', caret: 0}, top: 0}, []]);
	const commands = run(screen, typed('/help'), submit).state;
	assert.deepEqual([commands.overlay?.kind === 'help' && commands.overlay.first, shown(commands)], ['commands', []]);
	for (const closing of [typed('q'), typed('?'), esc, submit]) assert.equal(run(open, closing).state.overlay, undefined);
	assert.deepEqual(shown(run(beginning(), checked, typed('?')).state), ['help']);
});

test('typing narrows the help from its top; Esc takes the words back first', () => {
	const narrowed = run(screen, typed('?'), {type: 'help-scrolled', top: 7}, typed('e'), typed('q')).state;
	assert.deepEqual(narrowed.overlay, {kind: 'help', first: 'keys', query: {text: 'eq', caret: 2}, top: 0});
	assert.equal(run(narrowed, esc, esc).state.overlay, undefined);
	assert.equal(narrowed.draft.text, '');
});

test('what comes back from the editor replaces the draft, and undo brings it back', () => {
	const opened = run(screen, typed('draft'), editor);
	assert.deepEqual(
		opened.commands.filter(({type}) => type === 'open-editor'),
		[{type: 'open-editor', text: 'draft'}],
	);
	assert.deepEqual(types(run(opened.state, editor).commands), [], 'it is open once');
	const back = run(opened.state, {type: 'editor-closed', result: {kind: 'changed', text: 'two\r\nlines\u001B[31m'}}).state;
	assert.deepEqual([back.draft.text, back.inEditor], ['two\nlines[31m', undefined]);
	assert.equal(run(back, key('undo')).state.draft.text, 'draft');
});

test('an editor that failed, or changed nothing, leaves the draft and its pieces; a long paste goes out as its text', () => {
	const long = 'line\n'.repeat(40);
	const pasted = run(screen, {type: 'text-pasted', text: long}, editor);
	const order = pasted.commands.find(command => command.type === 'open-editor');
	assert.equal(order?.type === 'open-editor' && order.text.trim(), long.trim());
	const kept = run(pasted.state, {type: 'editor-closed', result: {kind: 'kept', problem: 'vi ended with 1.'}}).state;
	assert.deepEqual([kept.draft, shown(kept)], [pasted.state.draft, ['notice vi ended with 1.']]);
	assert.deepEqual(shown(run(pasted.state, {type: 'editor-closed', result: {kind: 'kept'}}).state), []);
});

test('the first of two strokes is shown until the next key', () => {
	const begun = run(screen, {type: 'chord-begun', chord: 'Ctrl+X'}).state;
	assert.equal(begun.chordBegun, 'Ctrl+X');
	assert.equal(run(begun, {type: 'chord-ended'}).state.chordBegun, undefined);
});
