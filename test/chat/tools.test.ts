import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import {replay} from '../../source/chat/conversation/replay.js';
import type {Entry, State} from '../../source/chat/state.js';
import type {ToolCall, TransportEvent} from '../../source/gateway/transport.js';
import {assemble} from '../../source/transcripts/assemble.js';
import type {ToolEnded} from '../../source/transcripts/record.js';
import {seededRandom} from '../helpers/seeded-random.js';
import {asking, beginning, checked, complete, delta, ended, type Happening, reply, run, submit, typed} from './steps.js';

function tool(id: string, phase: ToolCall['phase'], more: Partial<ToolCall> = {}): TransportEvent {
	return {type: 'tool', questionId: 'c1-1', call: {id, name: 'exec', phase, ...more}};
}

function progress(phase: string, retry?: Extract<TransportEvent, {type: 'progress'}>['retry']): TransportEvent {
	return {type: 'progress', questionId: 'c1-1', phase, message: '', ...(retry && {retry})};
}

const thinking = (text: string): TransportEvent => ({type: 'thinking', questionId: 'c1-1', text});

/** Entries of the answer in short. */
function content({entries}: State): readonly string[] {
	return entries.flatMap(entry => {
		if (entry.kind === 'block') return [entry.markdown.trim()];
		if (entry.kind === 'tool') return [`${entry.follows ? '' : '/'}${entry.run.ended} ${entry.run.name}`];
		if (entry.kind === 'thought') return [`${entry.follows ? '' : '/'}thought ${entry.text}`];
		return entry.kind === 'answer-end' ? [`end ${entry.outcome.kind}`] : [];
	});
}

function toolRecords(commands: readonly Command[]): readonly ToolEnded[] {
	return commands.flatMap(command => (command.type === 'append-record' && command.record.kind === 'tool' ? [command.record] : []));
}

test('a tool run stands between what was written before and after it', () => {
	const {state} = run(
		asking(),
		reply(delta('Let me look.'), tool('1', 'started', {summary: 'ls'})),
		reply(tool('1', 'finished', {resultLength: 12})),
		reply(delta('There it is.'), ended(complete)),
	);
	assert.deepEqual(content(state), ['Let me look.', '/finished exec', 'There it is.', 'end complete']);
});

test('runs that follow each other stand together, those after text stand apart', () => {
	const {state} = run(
		asking(),
		reply(tool('1', 'started'), tool('2', 'started'), tool('1', 'finished'), tool('2', 'failed', {error: 'no'})),
		reply(delta('a\n\nb'), tool('3', 'finished'), thinking('hm'), tool('4', 'finished')),
	);
	assert.deepEqual(content(state), ['/finished exec', 'failed exec', 'a', 'b', '/finished exec', 'thought hm', 'finished exec']);
});

test('an open code block is closed before a tool run and opened again after it', () => {
	const {state} = run(asking(), reply(delta('```sh\nls\n'), tool('1', 'finished'), delta('pwd\n```\n'), ended(complete)));
	assert.deepEqual(
		state.entries.flatMap(entry => (entry.kind === 'block' ? [entry.markdown] : [])),
		['```sh\nls\n```\n', '```sh\npwd\n```\n'],
	);
});

test('what was heard of a run is kept together; our clock counts where the gateway does not', () => {
	const {state, commands} = run(
		asking(),
		{...reply(tool('1', 'started', {summary: 'ls /', arguments: '{"command":"ls /"}'})), at: 2_000},
		{...reply(tool('1', 'updated', {output: 'bin'})), at: 3_000},
		{...reply(tool('1', 'finished', {output: 'bin\nusr', resultLength: 7})), at: 4_500},
	);
	const kept = {
		name: 'exec',
		ended: 'finished',
		summary: 'ls /',
		arguments: '{"command":"ls /"}',
		output: 'bin\nusr',
		resultLength: 7,
		durationMs: 2_500,
	};
	const entry = state.entries.at(-1);
	assert.deepEqual(entry?.kind === 'tool' && entry.run, kept);
	assert.deepEqual(toolRecords(commands), [
		{kind: 'tool', questionId: 'c1-1', callId: '1', at: '1970-01-01T00:00:04.500Z', from: 0, ...kept},
	]);
});

test('a record says where in the text the run stands; the text of the answer has nothing of it', () => {
	const {commands} = run(
		asking(),
		reply(delta('one\n\ntwo'), tool('1', 'started'), tool('1', 'finished'), delta('three'), ended(complete)),
	);
	assert.deepEqual(
		toolRecords(commands).map(({from}) => from),
		[8],
	);
	const answer = commands.find(command => command.type === 'append-record' && command.record.kind === 'answer');
	assert.equal(answer?.type === 'append-record' && answer.record.kind === 'answer' && answer.record.text, 'one\n\ntwothree');
});

test('what is said again of a run that has ended changes nothing', () => {
	const once = run(asking(), reply(tool('1', 'started'), tool('1', 'finished'))).state;
	const {state, commands} = run(once, reply(tool('1', 'finished'), tool('1', 'started'), tool('1', 'updated')));
	assert.deepEqual(content(state), content(once));
	assert.deepEqual(toolRecords(commands), []);
	assert.deepEqual(state.answer?.tools, []);
});

for (const [what, last] of [
	['ends', reply(ended(complete))],
	['breaks off', reply(ended({kind: 'cut'}))],
	['is left', {type: 'quit-requested'} as Happening],
] as const) {
	test(`of a tool that runs when the answer ${what} it is said that its end was not seen`, () => {
		const {state, commands} = run(asking(), reply(delta('Look'), tool('1', 'started')), last);
		assert.deepEqual(content(state).slice(0, 2), ['Look', '/unseen exec']);
		assert.equal(toolRecords(commands)[0]?.ended, 'unseen');
	});
}

test('a thousand runs at once keep little in memory: the oldest are taken for ended', () => {
	const started = Array.from({length: 1_000}, (_, index) => tool(`${index}`, 'started', {output: 'x'.repeat(100_000)}));
	const {state} = run(asking(), reply(...started));
	assert.equal(state.answer?.tools.length, 64);
	assert.ok(state.answer.tools.every(({output = ''}) => output.length <= 4_000));
	assert.equal(state.answer.toolsEnded?.count, 936);
	assert.ok(state.answer.toolsEnded.ids.length <= 256);
});

test('a thousand runs one after the other are let go once they are printed', () => {
	let {state} = run(asking());
	for (let index = 0; index < 1_000; index++) {
		state = run(state, reply(tool(`${index}`, 'started'), tool(`${index}`, 'finished'))).state;
		if (state.entries.length >= 400) state = run(state, {type: 'entries-printed', count: state.forgotten + state.entries.length}).state;
	}
	assert.ok(state.entries.length <= 400);
	const {state: whole} = run(state, reply(ended(complete)));
	const end = whole.entries.at(-1);
	assert.equal(end?.kind === 'answer-end' && end.toolRuns, 1_000);
});

test('a thought ends where something else begins, and its end is kept', () => {
	const {state} = run(
		asking(),
		{...reply(thinking('first '), thinking('second')), at: 2_000},
		{...reply(delta('Text.')), at: 5_000},
		reply(thinking('y'.repeat(9_000)), ended(complete)),
	);
	const thoughts = state.entries.flatMap(entry => (entry.kind === 'thought' ? [[entry.text.length, entry.length, entry.durationMs]] : []));
	assert.deepEqual(thoughts[0], [12, 12, 3_000]);
	assert.deepEqual(thoughts[1]?.slice(0, 2), [8_000, 9_000]);
	assert.deepEqual(content(state)[1], 'Text.');
});

test('what is waited for is forgotten when text, a thought or a tool comes', () => {
	for (const event of [delta('text'), thinking('hm'), tool('1', 'started')]) {
		const {state} = run(asking(), reply(progress('starting_model')), reply(event));
		assert.equal(state.answer?.progress, undefined);
	}
});

test('another try of the provider is counted down from when it was told', () => {
	const {state} = run(asking(), {
		...reply(progress('retrying', {attempt: 1, maxAttempts: 8, delayMs: 2_000, reason: 'server_error'})),
		at: 5_000,
	});
	assert.equal(state.answer?.progress?.retry?.until, 7_000);
});

const unfold: Happening = {type: 'unfold-requested'};

test('Ctrl+O opens the runs on a screen, again it unfolds all, Esc closes; typed text goes to the composer', () => {
	const begun = run(beginning({hasScreen: true}), checked, typed('hello'), submit, reply(tool('1', 'finished'))).state;
	const opened = run(begun, unfold).state;
	assert.deepEqual(opened.overlay, {kind: 'runs', unfolded: 'last'});
	const all = run(opened, {type: 'help-scrolled', top: 3}, unfold).state;
	assert.deepEqual(all.overlay, {kind: 'runs', unfolded: 'all'});
	assert.equal(run(all, {type: 'cancel-requested'}).state.overlay, undefined);
	const typing = run(all, typed('next')).state;
	assert.deepEqual([typing.overlay, typing.draft.text], [undefined, 'next']);
	assert.notEqual(run(all, {type: 'cancel-requested'}).state.answer?.phase, 'cancelling');
});

test('Ctrl+O without any run says so; line by line /runs prints those of the last answer in full', () => {
	const none = run(beginning({hasScreen: true}), checked, unfold).state;
	const told = none.entries.at(-1);
	assert.match(told?.kind === 'notice' ? told.text : '', /^No tool run is in memory/);
	const answered = run(asking(), reply(tool('1', 'finished'), ended(complete))).state;
	const {state} = run(answered, typed('/runs'), submit);
	const entry = state.entries.at(-1);
	assert.equal(entry?.kind === 'tool' && entry.isUnfolded, true);
});

test('/copy copies what the model wrote, without tool runs', () => {
	const answered = run(asking(), reply(delta('a'), tool('1', 'finished', {output: 'secret'}), delta('b'), ended(complete))).state;
	const {commands} = run(answered, typed('/copy'), submit);
	assert.deepEqual(
		commands.flatMap(command => (command.type === 'copy-text' ? [command.text] : [])),
		['ab'],
	);
});

test('whatever came in whatever order, it is shown again as it was', () => {
	const pieces = ['One.', '\n\n', 'Two ', '```sh\nls', '\n', '```\n', '- a\n- b', 'x'.repeat(1_700), '\n```\n', ' '];
	for (let seed = 1; seed <= 200; seed++) {
		const random = seededRandom(seed);
		const events = Array.from({length: 12}, (_, index) =>
			random(3) === 0 ? tool(`${index}`, random(2) === 0 ? 'finished' : 'failed') : delta(pieces[random(pieces.length)] ?? ''),
		);
		const {state, commands} = run(asking(), ...events.map(event => reply(event)), reply(ended(complete)));
		const records = commands.flatMap(command => (command.type === 'append-record' ? [command.record] : []));
		const assembly = assemble();
		assembly.add({kind: 'question', id: 'c1-1', at: '2026-01-01T00:00:00.000Z', text: 'hello'});
		for (const record of records) assembly.add(record);
		const turns = assembly.entries().filter(entry => entry.kind === 'turn');
		const shownAgain = replay(turns).map((entry, index) => ({...entry, id: `${index}`}) as Entry);
		assert.deepEqual(content({...state, entries: shownAgain}), content(state), `seed ${seed}`);
	}
});
