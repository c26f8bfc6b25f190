import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import {sizeInWords} from '../../source/chat/composer/attach.js';
import type {FileRead} from '../../source/chat/composer/attachment-order.js';
import type {State} from '../../source/chat/state.js';
import {beginning, checked, complete, ended, type Happening, lost, reply, run, sent, shown, submit, typed, types} from './steps.js';

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

/** `/attach` where the chat goes line by line, and what came of it. */
function attachedNext(state: State, path: string, file: FileRead): State {
	const asked = run(state, {type: 'text-pasted', text: `/attach ${path}`}, submit);
	const order = asked.commands.find(command => command.type === 'read-file');
	assert.ok(order?.type === 'read-file' && order.path === path);
	return run(asked.state, {type: 'file-read', orderId: order.orderId, path, file}).state;
}

test('line by line, files go with the next message and no other', () => {
	const plain = run(beginning(), checked).state;
	const both = attachedNext(attachedNext(plain, 'a.ts', text), 'cat.png', image('i1'));
	assert.equal(shown(both).at(-1), 'notice image cat.png 34 KB goes with the next message. /attach none leaves it out.');
	const {state, commands} = run(both, {type: 'text-pasted', text: 'look'}, submit);
	const {question: asked, images} = question(commands);
	assert.equal(asked.text, 'look\n\na.ts:\n```\nconst a = 1;\n```\n [image cat.png 34 KB]');
	assert.deepEqual(
		images?.map(({id}) => id),
		['i1'],
	);
	assert.equal(state.inputHistory.lines.at(-1), 'look');
	const next = run(state, reply(ended(complete)), {type: 'text-pasted', text: 'and now'}, submit);
	assert.deepEqual([sent(next.commands), question(next.commands).images], [['and now'], undefined]);
});

test('line by line, files are listed, taken back, and left behind with their gateway', () => {
	const said = (state: State, line: string) => shown(run(state, {type: 'text-pasted', text: line}, submit).state).at(-1);
	const plain = run(beginning(), checked).state;
	const one = attachedNext(plain, 'a.ts', text);
	assert.equal(said(one, '/attach'), 'notice With the next message: file a.ts 2.1 KB. /attach none leaves all out.');
	assert.equal(said(one, '/attach none'), 'notice Not attached any more: file a.ts 2.1 KB.');
	assert.deepEqual(
		[said(plain, '/attach'), said(plain, '/attach none')],
		['notice /attach PATH: which file?', 'notice No file was attached.'],
	);
	const none = run(one, {type: 'text-pasted', text: '/attach none'}, submit, {type: 'text-pasted', text: 'plain'}, submit);
	assert.deepEqual(sent(none.commands), ['plain']);
	const place = {profile: 'home', origin: 'http://10.0.0.2:18789', path: 'LAN'};
	const moved = run(one, {type: 'place-changed', place}, {type: 'conversation-created', id: 'c2'}, checked);
	assert.equal(moved.state.attachedNext, undefined);
	assert.deepEqual(sent(run(moved.state, {type: 'text-pasted', text: 'there'}, submit).commands), ['there']);
});

test('line by line, a message that cannot be sent keeps its files for the time when it can', () => {
	const away = run(attachedNext(run(beginning(), checked).state, 'a.ts', text), lost).state;
	const kept = run(away, {type: 'text-pasted', text: 'look'}, submit);
	assert.deepEqual(sent(kept.commands), []);
	const {commands} = run(kept.state, checked, submit);
	assert.match(sent(commands)[0] ?? '', /^look\n\na\.ts:/);
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

test('an image is let go when no message, question or step of undo can need it', () => {
	const state = attached(connected, '@c', 'cat.png', image('i1'));
	const asked = run(state, typed('look'), submit);
	assert.deepEqual(asked.state.heldImages, ['i1']);
	const answered = run(asked.state, reply(ended(complete)));
	assert.deepEqual(answered.state.heldImages, ['i1'], '/retry needs it');
	const next = run(answered.state, typed('and'), submit, reply(ended(complete, 'c1-2')));
	assert.equal(next.state.heldImages, undefined);
	assert.deepEqual(
		next.commands.filter(({type}) => type === 'release-images'),
		[{type: 'release-images', ids: ['i1']}],
	);
	const undone = run(state, {type: 'edit-requested', edit: 'unix-line-discard'});
	assert.deepEqual(undone.state.heldImages, ['i1'], 'undo and yank bring it back');
});

test('an image whose mention is gone by the time it was read is not kept', () => {
	const {state, orderId} = chosen(connected, '@c', 'cat.png');
	const cleared = run(state, {type: 'edit-requested', edit: 'unix-line-discard'});
	const read = run(cleared.state, {type: 'file-read', orderId, path: 'cat.png', file: image('i1')});
	assert.deepEqual([read.state.heldImages, types(read.commands)], [undefined, ['release-images']]);
});

test('a command behind files is a command, and the files stay', () => {
	const state = attached(connected, '@c', 'cat.png', image('i1'));
	const more = run(state, typed('/attach b.ts'), submit);
	assert.deepEqual(
		[sent(more.commands), more.state.draft.text, more.commands.flatMap(one => (one.type === 'read-file' ? [one.path] : []))],
		[[], '[image cat.png 34 KB] ', ['b.ts']],
	);
	assert.ok(more.commands.some(one => one.type === 'remember-input' && one.line === '/attach b.ts'));
	const mistaken = run(state, typed('/nope'), submit);
	assert.deepEqual([sent(mistaken.commands), mistaken.state.draft.text], [[], '[image cat.png 34 KB] ']);
	assert.match(shown(mistaken.state).at(-1) ?? '', /no command/);
	const list = run(state, typed('/att'), tab);
	assert.equal(list.state.draft.text, '[image cat.png 34 KB] /attach ');
	const message = run(state, typed('look at /etc'), submit);
	assert.deepEqual(sent(message.commands), ['[image cat.png 34 KB] look at /etc']);
});
