import assert from 'node:assert/strict';
import {after, beforeEach, test} from 'node:test';
import {cleanup, render} from 'ink-testing-library';
import {emptyScan, tailMarkdown} from '../../source/chat/answer/blocks.js';
import {initialState} from '../../source/chat/initial-state.js';
import type {Entry, State} from '../../source/chat/state.js';
import {ChatScreen} from '../../source/components/chat-screen.js';
import type {Drawing} from '../../source/components/drawing.js';
import {createKeyReader, type KeyAction} from '../../source/terminal/keys.js';
import {createPalette} from '../../source/terminal/palette.js';

const drawing: Drawing = {
	palette: createPalette('none', 'none'),
	markdown: text => text,
	tail: tailMarkdown,
	narrowed: ({items}) => items,
	explain: () => [],
	help: () => [],
	clock: () => '14:03',
};
const empty = initialState({
	at: 1_000_000,
	conversationId: 'c1',
	ephemeral: true,
	place: {origin: 'http://127.0.0.1:18789', path: 'loopback'},
});
const question: Entry = {kind: 'question', id: 'e1', text: 'why?'};
const block = (id: string, markdown: string): Entry => ({kind: 'block', id, markdown, first: true, continues: false});

beforeEach(cleanup);
after(cleanup);

/** The screen on a terminal of 100 columns, with a state that the test changes. */
function open(first: State) {
	let state = first;
	const listeners = new Set<() => void>();
	const actions: KeyAction[] = [];
	const source = {
		getState: () => state,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
	const replace = (next: State) => {
		state = next;
		for (const listener of listeners) listener();
	};
	const app = render(
		<ChatScreen
			source={source}
			drawing={drawing}
			keys={createKeyReader()}
			onAction={action => actions.push(action)}
			onSuspend={() => assert.fail('not asked to suspend')}
			onMount={() => undefined}
			onDraw={() => undefined}
		/>,
	);
	return {
		actions,
		app,
		become: (next: Partial<State>) => replace({...state, ...next}),
		replace,
		/** Resolves when the last frame contains the text; the runner's own limit ends a wait in vain. */
		async shows(text: string) {
			while (!app.lastFrame()?.includes(text)) await new Promise(setImmediate);
			return app.lastFrame() ?? '';
		},
	};
}

test('each entry is printed once, above the composer and the status line', async () => {
	const {become, shows} = open({...empty, entries: []});
	become({entries: [question]});
	await shows('why?');
	become({entries: [question, block('e2', 'because'), block('e3', 'of that')]});
	const frame = await shows('of that');
	for (const text of ['why?', 'because', 'of that']) assert.equal(frame.split(text).length, 2, text);
	assert.ok(frame.indexOf('why?') < frame.indexOf('because') && frame.indexOf('of that') < frame.lastIndexOf('❯'));
	assert.ok(frame.lastIndexOf('❯') < frame.lastIndexOf('connecting'));
});

test('entries that are printed may be let go: those that come are printed once', async () => {
	const {become, shows} = open({...empty, entries: [question, block('e2', 'because')]});
	await shows('because');
	become({forgotten: 1, entries: [block('e2', 'because'), block('e3', 'of that')]});
	await shows('of that');
	become({forgotten: 2, entries: [block('e3', 'of that')]});
	become({forgotten: 2, entries: [block('e3', 'of that'), block('e4', 'and this')]});
	const frame = await shows('and this');
	for (const text of ['why?', 'because', 'of that', 'and this']) assert.equal(frame.split(text).length, 2, text);
});

test('keys arrive as meaning, also when several come in one piece', async () => {
	const {actions, app, shows} = open(empty);
	await shows('connecting');
	app.stdin.write('h');
	app.stdin.write('\u0003');
	app.stdin.write('ok\r');
	while (actions.length < 4) await new Promise(setImmediate);
	assert.deepEqual(actions, [
		{type: 'text-typed', text: 'h'},
		{type: 'interrupt-requested'},
		{type: 'text-typed', text: 'ok'},
		{type: 'submit-requested', inBurst: true},
	]);
});

test('a terminal that marked one paste need not mark the next', async () => {
	const {actions, app, shows} = open(empty);
	await shows('connecting');
	const pasted = ['\u001B[200~one\rtwo\u001B[201~', 'three\rfour'];
	for (const chunk of pasted) app.stdin.write(chunk);
	while (actions.length < pasted.length) await new Promise(setImmediate);
	assert.deepEqual(actions, [
		{type: 'text-pasted', text: 'one\ntwo'},
		{type: 'text-pasted', text: 'three\nfour'},
	]);
});

test('the unfinished block of an answer is drawn below what is settled, and goes when it is settled', async () => {
	const {become, replace, shows} = open({...empty, entries: [question]});
	const answer = {
		questionId: 'q1',
		question: 'why?',
		askedAt: 1_000_000,
		phase: 'streaming' as const,
		text: 'a first half',
		scan: {...emptyScan, pending: 'a first half'},
		savedLength: 0,
		begun: false,
		lastByteAt: 1_000_000,
		tools: [],
	};
	become({answer});
	const growing = await shows('a first half');
	assert.ok(growing.indexOf('why?') < growing.indexOf('a first half'));
	replace({...empty, entries: [question, block('e2', 'a whole answer')]});
	const settled = await shows('a whole answer');
	assert.ok(!settled.includes('a first half'));
});

test('a draft is shown at the composer', async () => {
	const {become, shows} = open(empty);
	become({draft: {text: '你好 👩‍👩‍👧', caret: 2}});
	assert.match(await shows('你好'), /❯ 你好 👩‍👩‍👧/u);
});
