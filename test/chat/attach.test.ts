import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sizeInWords} from '../../source/chat/attach.js';
import type {FileRead} from '../../source/chat/attachment-order.js';
import type {Command} from '../../source/chat/command.js';
import type {State} from '../../source/chat/state.js';
import {beginning, checked, complete, ended, type Happening, reply, run, sent, shown, submit, typed, types} from './steps.js';

const connected = run(beginning({hasScreen: true}), checked).state;
const tab: Happening = {type: 'completion-requested'};
const text: FileRead = {kind: 'text-file', bytes: 2150, text: 'const a = 1;\n'};
const image = (id: string, bytes = 34_000): FileRead => ({kind: 'image', bytes, mediaType: 'image/png', id});

/** Takes the only file that matches what is typed; gives the order that reads it. */
function chosen(state: State, typing: string, path: string): {state: State; orderId: number; commands: readonly Command[]} {
	const typed_ = run(state, typed(typing));
	const list = typed_.commands.findLast(({type}) => type === 'find-completions');
	assert.ok(list?.type === 'find-completions');
	const taken = run(typed_.state, {type: 'completions-found', orderId: list.orderId, items: [{text: path}]}, tab);
	const order = taken.commands.find(({type}) => type === 'read-file');
	assert.ok(order?.type === 'read-file' && order.path === path);
	return {state: taken.state, orderId: order.orderId, commands: taken.commands};
}

function attached(state: State, typing: string, path: string, file: FileRead): State {
	const {state: reading, orderId} = chosen(state, typing, path);
	return run(reading, {type: 'file-read', orderId, path, file}).state;
}

function question(commands: readonly Command[]) {
	const order = commands.find(command => command.type === 'send-question');
	assert.ok(order?.type === 'send-question');
	return order;
}

test('a chosen file stands in the draft as its label, and is sent with its content', () => {
	const state = attached(connected, 'see @src', 'src/a.ts', text);
	assert.equal(state.draft.text, 'see [file src/a.ts 2.1 KB] ');
	assert.equal(state.draft.caret, state.draft.text.length);
	const {commands, state: asked} = run(state, typed('please'), submit);
	assert.deepEqual(sent(commands), ['see \nsrc/a.ts:\n```\nconst a = 1;\n```\n please']);
	assert.ok(shown(asked).includes('question see [file src/a.ts 2.1 KB] please'));
});

test('an image travels beside the text; its record names it and has no content', () => {
	const state = attached(connected, '@c', 'cat.png', image('i1'));
	assert.equal(state.draft.text, '[image cat.png 34 KB] ');
	const {commands} = run(state, submit);
	assert.deepEqual(
		question(commands).images?.map(({id, mediaType}) => [id, mediaType]),
		[['i1', 'image/png']],
	);
	assert.deepEqual(question(commands).question.images, []);
	const record = commands
		.flatMap(command => (command.type === 'append-record' ? [command.record] : []))
		.find(({kind}) => kind === 'question');
	assert.ok(record?.kind === 'question');
	assert.deepEqual(record.attachments, [{name: 'cat.png', mediaType: 'image/png', bytes: 34_000}]);
});

test('a label that is deleted takes its file away', () => {
	const state = attached(connected, '@c', 'cat.png', image('i1'));
	const without = run(
		state,
		{type: 'edit-requested', edit: 'backward-delete-char'},
		{type: 'edit-requested', edit: 'backward-delete-char'},
	);
	assert.equal(without.state.draft.text, '');
	assert.equal(question(run(without.state, typed('only text'), submit).commands).images, undefined);
});

test('the same file twice has two labels', () => {
	const state = attached(attached(connected, '@c', 'cat.png', image('i1')), '@c', 'cat.png', image('i2'));
	assert.deepEqual(
		question(run(state, submit).commands).images?.map(({id}) => id),
		['i1', 'i2'],
	);
});

test('what is typed while a file is read stays where it is; a mention that was deleted is not attached', () => {
	const {state, orderId} = chosen(connected, '@c', 'cat.png');
	const news: Happening = {type: 'file-read', orderId, path: 'cat.png', file: image('i1')};
	const later = run(state, typed('what is it?'), news).state;
	assert.equal(later.draft.text, '[image cat.png 34 KB] what is it?');
	assert.equal(later.draft.caret, later.draft.text.length);
	const deleted = run(state, {type: 'edit-requested', edit: 'unix-line-discard'}, news).state;
	assert.deepEqual([deleted.draft.text, deleted.attaching], ['', undefined]);
});

test('nothing is sent while a file is still being read', () => {
	const {state} = chosen(connected, '@c', 'cat.png');
	const entered = run(state, submit);
	assert.deepEqual(sent(entered.commands), []);
	assert.match(shown(entered.state).at(-1) ?? '', /cat\.png is still being read/);
});

test('a file that may be secret is asked about; only y attaches it', () => {
	const {state, orderId} = chosen(connected, '@.e', '.env');
	const doubted = {doubts: ['git ignores it'], bytes: 8, what: 'text', leadsTo: '/srv/.env'};
	const asked = run(state, {type: 'file-doubted', orderId, path: '.env', doubted}).state;
	assert.ok(asked.overlay?.kind === 'confirmation');
	assert.match(`${asked.overlay.question} ${asked.overlay.details.join(' ')}`, /\.env.*git ignores it.*\/srv\/\.env.*text, 8 B/);
	assert.equal(asked.draft.text, '@.env ');
	const entered = run(asked, submit);
	assert.ok(entered.state.overlay !== undefined && sent(entered.commands).length === 0, 'Enter is no answer');
	const no = run(asked, typed('n'));
	assert.ok(types(no.commands).includes('forget-file'));
	assert.match(shown(no.state).at(-1) ?? '', /not attached.*as text/);
	const yes = run(asked, typed('y'));
	assert.deepEqual(yes.commands.filter(({type}) => type === 'release-file').length, 1);
	const read = run(yes.state, {type: 'file-read', orderId, path: '.env', file: {kind: 'text-file', bytes: 8, text: 'TOKEN=1\n'}}).state;
	assert.equal(read.draft.text, '[file .env 8 B] ');
});

test('line by line nothing is attached', () => {
	const plain = run(beginning(), checked, {type: 'text-pasted', text: '/attach .env'}, submit);
	assert.ok(!types(plain.commands).includes('read-file'));
	assert.match(shown(plain.state).at(-1) ?? '', /clawtalk ask --file PATH/);
});

test('a file that cannot be read is said, and its name stays as text', () => {
	const {state, orderId} = chosen(connected, '@c', 'cat.png');
	const refused = run(state, {type: 'file-refused', orderId, path: 'cat.png', problem: 'no such file'}).state;
	assert.deepEqual([shown(refused).at(-1), refused.draft.text], ['notice cat.png is not attached: no such file.', '@cat.png ']);
});

test('a gateway that leaves images out is said', () => {
	const state = attached(connected, '@c', 'cat.png', {kind: 'image', bytes: 9, mediaType: 'image/png', id: 'i1', isUnseen: true});
	assert.match(shown(state).at(-1) ?? '', /do not get to see images/);
});

test('more than a gateway takes is not attached', () => {
	let state = attached(attached(connected, '@c', 'a.png', image('i1', 6_000_000)), '@c', 'b.png', image('i2', 6_000_000));
	state = attached(state, '@c', 'c.png', image('i3', 6_000_000));
	assert.match(shown(state).at(-1) ?? '', /c\.png is not attached: .*20 MB/);
	assert.equal(question(run(state, submit).commands).images?.length, 2);
});

const label = '[image cat.png 34 KB]';
const piece = {kind: 'image', label, path: 'cat.png', bytes: 34_000, mediaType: 'image/png', id: 'old'} as const;
for (const draft of [
	{text: `${label} look`, caret: 0, pieces: [piece]},
	{text: `${label} look`, caret: 0},
]) {
	test(`an image that is not at hand is said before anything is sent, ${'pieces' in draft ? 'with' : 'without'} its piece`, () => {
		const said = run({...connected, draft}, submit);
		assert.deepEqual(sent(said.commands), []);
		assert.match(shown(said.state).at(-1) ?? '', /Nothing was sent: \[image cat\.png 34 KB\] is not at hand/);
		assert.equal(said.state.draft.text, `${label} look`);
		const again = run(said.state, submit);
		assert.deepEqual([sent(again.commands), question(again.commands).images], [[`${label} look`], undefined]);
		assert.deepEqual(sent(run(said.state, typed('x'), submit).commands), [], 'said anew for other words');
	});
}

test('an image in the queue is sent in its turn, and comes back with a question that did not arrive', () => {
	const state = attached(connected, '@c', 'cat.png', image('i1'));
	const queued = run(run(connected, typed('first'), submit).state, ...[]).state;
	const waiting = run({...queued, draft: state.draft, heldImages: ['i1']}, submit).state;
	assert.equal(waiting.queue.length, 1);
	const next = run(waiting, reply(ended(complete)));
	assert.deepEqual(
		question(next.commands).images?.map(({id}) => id),
		['i1'],
	);
	const back = run(next.state, reply(ended({kind: 'unreachable'}, question(next.commands).question.id))).state;
	assert.equal(back.draft.text, state.draft.text);
	assert.equal(question(run(back, checked, submit).commands).images?.length, 1);
});

const sizes: ReadonlyArray<readonly [number, string]> = [
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1.0 KB'],
	[2150, '2.1 KB'],
	[34_400, '34 KB'],
	[999_499, '999 KB'],
	[5_240_000, '5.2 MB'],
];
for (const [bytes, words] of sizes) test(`${bytes} bytes are ${words}`, () => assert.equal(sizeInWords(bytes), words));
