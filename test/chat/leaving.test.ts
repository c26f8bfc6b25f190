import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import type {OpenedConversation} from '../../source/chat/conversation/open-conversation.js';
import type {State} from '../../source/chat/state.js';
import {answer, connected, line, opening, questions, records, stored, talked, told, turn} from './conversation-steps.js';
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
	shown,
	submit,
	typed,
	types,
} from './steps.js';

const away = {origin: 'http://10.0.0.2:1', profile: 'home', path: 'LAN'};
const moved: Happening = {type: 'place-changed', place: away};
const created: Happening = {type: 'conversation-created', id: 'c2'};
const up: Happening = {type: 'edit-requested', edit: 'previous-line'};
const back: Happening = {type: 'cancel-requested'};
const room = {columns: 80, rows: 24};

/** What is on the disk of each conversation's draft after these commands. */
function drafts(commands: readonly Command[]): Readonly<Record<string, string>> {
	return Object.fromEntries(commands.flatMap(command => (command.type === 'save-draft' ? [[command.conversationId, command.text]] : [])));
}

/** A conversation that was asked for comes, with whatever was typed since. */
function arrives(state: State, id: string, more: Partial<OpenedConversation> = {}) {
	const opened = {stored: stored(id, [turn(`${id}-1`)]), tag: 'f00', room, ...more};
	return run(state, {type: 'conversation-opened', orderId: state.waitsForConversation ?? 0, opened});
}

const resume = (state: State, id: string) => run(state, ...line(`/resume ${id}`)).state;

test('a draft that was sent after all does not come back with its conversation', () => {
	const left = arrives(run(resume(talked, 'c9'), typed('later')).state, 'c9').state;
	const there = opening(left, stored('c1')).state;
	assert.equal(there.draft.text, 'later');
	const gone = run(there, submit, answer('third', 'c1-f00-1'));
	assert.deepEqual(sent(gone.commands), ['later']);
	const again = opening(gone.state, stored('c9'));
	assert.equal(drafts(again.commands)['c1'], '');
	assert.equal(opening(again.state, stored('c1')).state.draft.text, '');
});

test('what was typed or queued before a conversation begins is carried into the one that is opened', () => {
	const waiting = resume(run(beginning(), ...line('queued')).state, 'c9');
	const there = arrives(run(waiting, typed('typed')).state, 'c9', {draft: {text: 'its own', caret: 7}});
	assert.equal(there.state.draft.text, 'its own\n\nqueued\n\ntyped');
	const saves = there.commands.filter(({type}) => type === 'save-draft');
	assert.deepEqual(
		saves.map(command => command.type === 'save-draft' && command.conversationId),
		['c9', 'c1'],
		'it is nowhere else while it is saved',
	);
});

for (const [how, walk] of [
	['looked at', [up]],
	['changed', [up, typed('!')]],
] as const) {
	test(`what was typed before a line of the history was ${how} is kept on disk and by the conversation`, () => {
		const walked = run(talked, typed('precious'), ...walk);
		assert.match(drafts(walked.commands)['c1'] ?? 'precious', /^precious/);
		assert.match(drafts(run(walked.state, {type: 'quit-requested'}).commands)['c1'] ?? '', /^precious/);
		const left = arrives({...walked.state, waitsForConversation: 7}, 'c9');
		assert.match(drafts(left.commands)['c1'] ?? '', how === 'changed' ? /^precious\n\ntwo!$/ : /^precious$/);
		assert.equal(run(left.state, back).state.draft.text, '', 'nothing of it goes on elsewhere');
	});
}

test('another profile gets nothing of what was typed, queued or walked through', () => {
	const never = run(beginning(), ...line('queued'), typed('precious'), up, moved, created);
	assert.deepEqual([never.state.draft.text, never.state.queue], ['', []]);
	assert.match(never.state.inputHistory.lines.at(-1) ?? '', /queued\n\nprecious/);
	assert.equal(run(never.state, back, {type: 'edit-requested', edit: 'undo'}).state.draft.text, '');
});

const reading: Happening = {
	type: 'file-read',
	orderId: 1,
	path: 'a.png',
	file: {kind: 'image', bytes: 9, mediaType: 'image/png', id: 'i1'},
};
const doubted: Happening = {type: 'file-doubted', orderId: 1, path: 'a.png', doubted: {doubts: ['git ignores it'], bytes: 9, what: 'text'}};
const screen = run(beginning({hasScreen: true}), checked, ...line('one'), answer('first', 'c1-1')).state;
const attaching = run(screen, ...line('/attach a.png')).state;

test('a file that was read for one conversation is not put into another', () => {
	for (const leaving of [[moved, created], [created]] as const) {
		const elsewhere = run(attaching, ...leaving, reading);
		assert.deepEqual([elsewhere.state.draft.text, elsewhere.state.heldImages], ['', undefined]);
		assert.ok(types(elsewhere.commands).includes('release-images'));
		const secret = run(attaching, ...leaving, doubted);
		assert.equal(secret.state.overlay, undefined);
		assert.ok(types(secret.commands).includes('forget-file'));
		const asked = run(attaching, doubted, ...leaving, typed('y'));
		assert.deepEqual([asked.state.overlay, types(asked.commands).includes('release-file')], [undefined, false]);
		assert.ok(types(asked.commands).includes('forget-file'));
	}
});

test('a doubt about a file does not take keys that are meant for something else', () => {
	const searching = run(attaching, {type: 'history-search-requested'}, doubted, typed('y'));
	assert.equal(searching.state.overlay?.kind, 'history-search');
	assert.deepEqual(types(searching.commands), ['forget-file']);
	assert.match(shown(searching.state).at(-1) ?? '', /a\.png is not attached/);
});

test('an Enter that waited for more does not send what waits in another conversation', () => {
	const held = run({...talked, waitsForConversation: 7}, typed('mine'), {type: 'submit-requested', inBurst: true}).state;
	const there = arrives(held, 'c9', {draft: {text: 'its own', caret: 7}});
	const after = run(there.state, {type: 'burst-ended', id: held.enterHeld?.id ?? 0});
	assert.deepEqual([sent(after.commands), after.state.draft.text], [[], 'its own']);
	assert.equal(drafts(there.commands)['c1'], 'mine');
});

test('a conversation that comes too late keeps what was taken over from the disk for it', () => {
	const draft = {text: 'its own', caret: 7};
	const late = run(resume(talked, 'c8'), ...line('/resume c9')).state;
	const opened = {stored: stored('c8'), tag: 'f00', room, draft};
	const ignored = run(late, {type: 'conversation-opened', orderId: (late.waitsForConversation ?? 0) - 1, opened}).state;
	assert.equal(ignored.conversation.id, 'c1');
	assert.equal(opening(ignored, stored('c8')).state.draft.text, 'its own');
	const busy = arrives(run(resume(talked, 'c9'), ...line('go')).state, 'c9', {draft}).state;
	assert.equal(busy.conversation.id, 'c1');
	assert.equal(opening(run(busy, answer('done', 'c1-3')).state, stored('c9')).state.draft.text, 'its own');
});

test('text that another clawtalk left in the open conversation comes back before what is typed', () => {
	const again = arrives(run(resume(talked, 'c1'), typed('mine')).state, 'c1', {stored: stored('c1'), draft: {text: 'left', caret: 4}});
	assert.equal(again.state.draft.text, 'left\n\nmine');
});

const deleting = run(talked, ...line('/delete'), typed('y')).state;
const trashed = (state: State): Happening => ({
	type: 'conversation-trashed',
	orderId: state.deleting?.orderId ?? 0,
	id: 'c1',
	trashId: 'c1',
});

test('a conversation that is in the trash does not stay open, whatever was ordered meanwhile', () => {
	const busy = run(deleting, ...line('/sessions'));
	const gone = run(busy.state, trashed(deleting));
	assert.ok(types(gone.commands).includes('create-conversation'));
	assert.equal(gone.state.trashed, 'c1');
	const left = run(deleting, ...line('/resume c9')).state;
	const elsewhere = run(arrives(left, 'c9').state, trashed(deleting));
	assert.equal(elsewhere.state.conversation.id, 'c9');
	assert.ok(!types(elsewhere.commands).includes('create-conversation'), 'the one that is open now is not taken away');
});

test('nothing is sent in a conversation on its way to the trash; it waits there, or is sent when it stays', () => {
	const waiting = run(deleting, ...line('wait'));
	assert.deepEqual([sent(waiting.commands), queued(waiting.state)], [[], ['wait']]);
	const gone = run(waiting.state, trashed(deleting), {...created, after: 'delete'} as Happening);
	assert.deepEqual([gone.state.queue, drafts(gone.commands)['c1']], [[], 'wait']);
	assert.match(shown(gone.state).join('\n'), /stays with it: \/undo brings back both/);
	const failed = run(waiting.state, {type: 'conversation-told', orderId: deleting.deleting?.orderId ?? 0, text: 'no'});
	assert.deepEqual(sent(failed.commands), ['wait']);
});

test('an answer that began while it was asked whether to leave is not taken from its conversation', () => {
	const connecting = run(beginning(), ...line('one')).state;
	const overlay = {kind: 'confirmation', question: '?', details: [], act: {type: 'switch-profile', name: 'home'}} as const;
	const yes = run({...connecting, overlay}, checked, typed('y'));
	assert.deepEqual([types(yes.commands).includes('switch-profile'), yes.state.switchingProfile], [false, undefined]);
});

test('an answer under way when the gateway changes ends in the file of its own conversation', () => {
	const half = run(asking(), reply(delta('half'))).state;
	const gone = run(half, moved, created, reply(delta(' late'), ended(complete)));
	const kept = gone.commands.find(command => command.type === 'append-record' && command.record.kind === 'answer');
	assert.ok(kept?.type === 'append-record' && kept.record.kind === 'answer');
	assert.deepEqual([kept.conversationId, kept.record.text, kept.record.ended], ['c1', 'half', 'cancelled']);
	assert.ok(types(gone.commands).includes('stop-answer'));
	assert.deepEqual([gone.state.answer, gone.state.turns, gone.state.conversation.last], [undefined, [], undefined]);
});

test('an edited message is not put into a queue: what it replaces could change until then', () => {
	const editing = run(talked, {type: 'path-changed', place: away}, ...line('/edit'), typed('!'), submit);
	assert.deepEqual([sent(editing.commands), editing.state.queue, editing.state.draft.text], [[], [], 'two!']);
	assert.equal(editing.state.turns, talked.turns);
	const [question] = questions(run(editing.state, checked, submit).commands);
	assert.deepEqual([question?.text, told(question)], ['two!', ['one', 'first']]);
});

test('/continue after /edit replaces nothing', () => {
	const cut = run(connected, ...line('one'), reply(delta('half'), ended({kind: 'cut'})), checked).state;
	const asked = run(cut, ...line('/edit'), {type: 'edit-requested', edit: 'unix-line-discard'}, ...line('/continue'));
	const record = records(asked.commands).find(({kind}) => kind === 'question');
	assert.ok(record?.kind === 'question');
	assert.deepEqual([record.text, record.replaces], ['Go on where you stopped.', undefined]);
});

test('a message of before that begins with a slash is edited and asked again as a message', () => {
	const slash = {...turn('c9-1'), question: '/etc is what?'} as ReturnType<typeof turn>;
	const {state} = opening(talked, stored('c9', [slash]));
	assert.deepEqual(sent(run(state, ...line('/retry')).commands), ['/etc is what?']);
	assert.deepEqual(sent(run(state, ...line('/edit'), submit).commands), ['/etc is what?']);
});

test('a long paste that begins with a slash is no command when it comes back from the history', () => {
	const paste = `/* ${'x\n'.repeat(20)}*/`;
	const pasted = run(talked, {type: 'text-pasted', text: paste});
	const recalled = run(pasted.state, {type: 'interrupt-requested'}, up).state;
	assert.deepEqual(sent(run(recalled, submit).commands), [paste]);
});

test('a fresh session that broke off before a word came is left for another, which is told everything', () => {
	for (const outcome of [{kind: 'cancelled', by: 'user'}, {kind: 'cut'}, {kind: 'abandoned'}] as const) {
		const retried = run(talked, ...line('/retry'), reply(ended(outcome, 'c1-3')), checked).state;
		const [question] = questions(run(retried, ...line('go on')).commands);
		assert.deepEqual([told(question), question?.sessionKey], [['one', 'first'], 'clawtalk:c1:3'], outcome.kind);
	}
	const failed = run(talked, ...line('/retry'), reply(ended({kind: 'failed'}, 'c1-3')), checked).state;
	const [question] = questions(run(failed, ...line('go on')).commands);
	assert.deepEqual([told(question), question?.sessionKey], [undefined, 'clawtalk:c1:2'], 'a run that failed was told');
});

test('tool runs prove that the gateway got the question, whatever became of the answer', () => {
	const call = {id: 't', name: 'exec', phase: 'started'} as const;
	for (const outcome of [{kind: 'cancelled', by: 'user'}, {kind: 'cut'}, {kind: 'lost'}, {kind: 'abandoned'}] as const) {
		const ran = reply({type: 'tool', questionId: 'c1-3', call}, ended(outcome, 'c1-3'));
		const [question] = questions(run(run(talked, ...line('/retry'), ran, checked).state, ...line('go on')).commands);
		assert.deepEqual([told(question), question?.sessionKey], [undefined, 'clawtalk:c1:2'], outcome.kind);
	}
});

test('a question that comes back while the draft is in an editor stays beside what comes from there', () => {
	const under = run({...asking(), hasScreen: true}, {type: 'editor-requested'}).state;
	const closed = run(under, reply(ended({kind: 'unreachable'})), {type: 'editor-closed', result: {kind: 'changed', text: 'written'}});
	assert.equal(closed.state.draft.text, 'hello\n\nwritten');
});

test('a list that cannot be read does not stand there waiting', () => {
	const waiting = run(talked, ...line('/sessions')).state;
	const told_ = run(waiting, {type: 'conversation-told', orderId: waiting.waitsForConversation ?? 0, text: 'EIO'}).state;
	assert.deepEqual([told_.overlay, shown(told_).at(-1)], [undefined, 'notice EIO']);
});

test('an outage changes nothing of what waits', () => {
	const waiting = run(asking(), ...line('next'), typed('draft'), lost, reply(delta('all'), ended(complete)), checked);
	assert.deepEqual([sent(waiting.commands), queued(waiting.state), waiting.state.draft.text], [[], ['next'], 'draft']);
});
