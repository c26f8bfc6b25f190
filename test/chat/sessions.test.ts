import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import {markOpen, mergeSessions, sessionItemMark} from '../../source/chat/conversation/session-items.js';
import type {PickerItem} from '../../source/chat/overlay/picker.js';
import type {State} from '../../source/chat/state.js';
import type {SessionTurn} from '../../source/gateway/session.js';
import {line, opening, orders, records, stored, turn} from './conversation-steps.js';
import {beginning, checked, complete, delta, ended, evidence, lost, reply, run} from './steps.js';

const byControl = {type: 'connection-checked', latencyMs: 3, evidence: evidence(), via: {transport: 'ws'}} as const;
const connected = run(beginning({hasScreen: true}), byControl);
const place = connected.state.place;
const said = (id: string, question: string, text?: string, askedAt = 5_000): SessionTurn => ({
	id,
	question,
	askedAt,
	...(text !== undefined && {answer: {text, endedAt: askedAt + 1, ended: 'complete', finishReason: 'stop'}}),
});
const heard = (state: State, ...turns: readonly SessionTurn[]) =>
	run(state, {type: 'session-heard', conversationId: state.conversation.id, turns});
const shown = (state: State) =>
	state.entries.flatMap(entry => {
		if (entry.kind === 'question') return [`${entry.elsewhere ? 'elsewhere' : 'own'}: ${entry.text}`];
		return entry.kind === 'block' ? [entry.markdown] : [];
	});
const types = (commands: readonly Command[]) => commands.map(({type}) => type);

const local = (id: string, at: number, more: Partial<PickerItem> = {}): PickerItem => ({
	id,
	title: id,
	at,
	sessionKey: `clawtalk:${id}`,
	home: {origin: place.origin},
	...more,
});
const session = (key: string, at: number, more: Partial<PickerItem> = {}): PickerItem => ({
	id: `${sessionItemMark}${key}`,
	title: key,
	at,
	sessionKey: key,
	...more,
});
const titles = (items: readonly PickerItem[]) => items.map(({title, isUnread}) => (isUnread ? `${title} unread` : title));

test('conversations and sessions in one list, the newest first; a session with a conversation appears once', () => {
	const locals = [local('c9', 1_000), local('c8', 3_000)];
	const sessions = [
		session('agent:main:main', 2_000),
		session('agent:main:clawtalk:c9', 900_000, {isUnread: true}),
		// It went on in another session after /retry: the one before is its own, too.
		session('agent:main:clawtalk:c8:2', 1),
		session('agent:ops:clawtalk:other', 4_000, {isUnread: true}),
	];
	assert.deepEqual(titles(mergeSessions(locals, sessions, place)), [
		'c9 unread',
		'agent:ops:clawtalk:other unread',
		'c8',
		'agent:main:main',
	]);
});

test('what is on disk already is not unread; a conversation of another gateway has no session here', () => {
	const sessions = [session('agent:main:clawtalk:c9', 1_500, {isUnread: true})];
	assert.deepEqual(titles(mergeSessions([local('c9', 1_000)], sessions, place)), ['c9']);
	const foreign = local('c9', 1_000, {sessionKey: 'agent:main:main', home: {origin: 'http://elsewhere:1'}});
	assert.deepEqual(titles(mergeSessions([foreign], [session('agent:main:main', 2_000)], place)), ['agent:main:main', 'c9']);
});

test('a conversation that goes on in a session of another agent is another one', () => {
	const goesOn = local('c9', 1_000, {sessionKey: 'agent:main:main'});
	const sessions = [session('agent:main:main', 2_000), session('agent:ops:main', 3_000)];
	assert.deepEqual(titles(mergeSessions([goesOn], sessions, place)), ['agent:ops:main', 'c9']);
});

test('the open conversation is marked, and before its first question the session that was named', () => {
	const open = (items: readonly PickerItem[]) => items.flatMap(item => (item.isOpen ? [item.id] : []));
	const items = [local('c9', 1_000), local('c8', 3_000), session('agent:main:main', 2_000), session('agent:ops:main', 2_000)];
	assert.deepEqual(open(markOpen(items, {id: 'c8', sessionKey: 'clawtalk:c8'})), ['c8']);
	assert.deepEqual(open(markOpen(items, {id: 'c1', sessionKey: 'agent:main:main'})), [`${sessionItemMark}agent:main:main`]);
	assert.deepEqual(open(markOpen(items, {id: 'c1', sessionKey: 'clawtalk:c1'})), []);
});

/** The gateway's answer to `/sessions`. */
const sessionsOf = ({overlay}: State, ...items: readonly PickerItem[]) => {
	const orderId = (overlay?.kind === 'picker' ? overlay.sessionsOrder : undefined) ?? 0;
	return {type: 'sessions-listed', orderId, items, more: 0} as const;
};

test('/sessions asks the disk and the gateway, and shows whichever comes first', () => {
	const ordered = run(connected.state, ...line('/sessions'));
	const orderId = ordered.state.waitsForConversation ?? 0;
	const asked = types(ordered.commands).filter(type => type.startsWith('list-'));
	assert.deepEqual(asked, ['list-conversations', 'list-sessions']);
	const listed = {type: 'conversations-listed', orderId, items: [local('c9', 1)]} as const;
	const told = sessionsOf(ordered.state, session('agent:main:main', 2));
	for (const events of [
		[listed, told],
		[told, listed],
	] as const) {
		const {overlay} = run(ordered.state, ...events).state;
		assert.deepEqual(overlay?.kind === 'picker' && titles(overlay.items), ['agent:main:main', 'c9']);
	}
	const opened = run(ordered.state, listed, told, {type: 'submit-requested'});
	assert.deepEqual(orders(opened.commands, 'open-session'), [{type: 'open-session', sessionKey: 'agent:main:main', origin: place.origin}]);
	assert.deepEqual(types(opened.commands), ['open-session']);
});

test('a gateway that cannot list its sessions leaves the conversations on disk to choose from, whichever answer comes first', () => {
	const ordered = run(connected.state, ...line('/sessions'));
	const listed = {type: 'conversations-listed', orderId: ordered.state.waitsForConversation ?? 0, items: [local('c9', 1)]} as const;
	const {orderId} = sessionsOf(ordered.state);
	const refused = {type: 'conversation-told', orderId, text: 'That could not be done: missing scope.'} as const;
	for (const events of [
		[listed, refused],
		[refused, listed],
	] as const) {
		const {state} = run(ordered.state, ...events);
		assert.ok(state.overlay?.kind === 'picker');
		assert.deepEqual([titles(state.overlay.items), state.overlay.order, state.overlay.sessionsOrder], [['c9'], undefined, undefined]);
		assert.match(JSON.stringify(state.entries.at(-1)), /not listed: That could not be done: missing scope/);
	}
});

test('a disk that cannot be read is not said to be the gateway’s fault', () => {
	const ordered = run(connected.state, ...line('/sessions'));
	const orderId = ordered.state.waitsForConversation ?? 0;
	const {state} = run(ordered.state, {type: 'conversation-told', orderId, text: 'That could not be done: EACCES.'});
	assert.match(JSON.stringify(state.entries.at(-1)), /"That could not be done: EACCES\."/);
});

test('what somebody went to in the list stays selected when the other half of it comes', () => {
	const ordered = run(connected.state, ...line('/sessions'));
	const locals = [local('c9', 9), local('c8', 8)];
	const listed = {type: 'conversations-listed', orderId: ordered.state.waitsForConversation ?? 0, items: locals} as const;
	const told = sessionsOf(ordered.state, session('agent:main:new', 10), session('agent:main:old', 1));
	const down = {type: 'edit-requested', edit: 'next-line'} as const;
	for (const [first, second, title] of [
		[listed, told, 'c8'],
		[told, listed, 'agent:main:old'],
	] as const) {
		const {overlay} = run(ordered.state, first, down, second).state;
		assert.equal(overlay?.kind === 'picker' && overlay.items[overlay.selected]?.title, title);
	}
});

test('over HTTP the disk alone is asked, and a session cannot be opened', () => {
	const {state, commands} = run(run(beginning({hasScreen: true}), checked).state, ...line('/sessions'));
	assert.ok(!types(commands).includes('list-sessions'));
	const named = run({...state, overlay: undefined} as never, {type: 'cancel-requested'}, ...line('/sessions agent:main:main'));
	assert.deepEqual(orders(named.commands, 'open-session'), []);
	assert.match(JSON.stringify(named.state.entries.at(-1)), /only told over its control plane/);
});

test('a session is followed from its first question on, under the key and agent of the conversation, and no other', () => {
	assert.deepEqual(types(connected.commands), ['list-gateway-commands']);
	const asked = run(connected.state, ...line('hi'));
	const follow = {type: 'follow-session', conversationId: 'c1', sessionKey: 'clawtalk:c1', own: 'c1-', catchUp: false};
	assert.deepEqual(orders(asked.commands, 'follow-session'), [follow]);
	const after = run(asked.state, reply(delta('hello'), ended(complete)), ...line('more'));
	assert.deepEqual(orders(after.commands, 'follow-session'), []);
	const gone = run(after.state, reply(delta('x', 'c1-2'), ended(complete, 'c1-2')), lost);
	assert.ok(types(gone.commands).includes('leave-session'));
	const back = run(gone.state, byControl);
	assert.deepEqual(orders(back.commands, 'follow-session'), [{...follow, catchUp: true}]);
});

test('a session that the user named is followed from the beginning: what was said in it is shown above, and kept with the first question', () => {
	const begun = run(beginning({hasScreen: true, sessionKey: 'team'}), byControl);
	const follow = {type: 'follow-session', conversationId: 'c1', sessionKey: 'team', own: 'c1-', catchUp: true};
	assert.deepEqual(orders(begun.commands, 'follow-session'), [follow]);
	const before = heard(begun.state, said('r1', 'theirs', 'old'));
	assert.deepEqual([shown(before.state), records(before.commands)], [['elsewhere: theirs', 'old'], []], 'no file for having looked');
	const asked = run(before.state, ...line('mine'));
	assert.deepEqual(orders(asked.commands, 'follow-session'), []);
	assert.deepEqual(
		records(asked.commands).map(record => [record.kind, 'text' in record ? record.text : '']),
		[
			['conversation', ''],
			['question', 'theirs'],
			['answer', 'old'],
			['question', 'mine'],
		],
	);
	const after = heard(asked.state, said('r1', 'theirs', 'old'), said('r3', 'later'));
	assert.deepEqual(
		records(after.commands).map(({kind}) => kind),
		['question'],
	);
	assert.equal(after.state.conversation.unwritten, undefined);
	const lines = run(beginning({sessionKey: 'team'}), byControl);
	assert.deepEqual(orders(lines.commands, 'follow-session'), [], 'a script reads answers to its own questions only');
});

test('another conversation takes over what is followed', () => {
	const conversation = stored('c7', [turn('c7-1')], {sessionKey: 'agent:main:main'});
	const {commands} = opening(connected.state, conversation);
	assert.deepEqual(orders(commands, 'follow-session'), [
		{type: 'follow-session', conversationId: 'c7', sessionKey: 'agent:main:main', own: 'c7-f00-', catchUp: true},
	]);
});

const talked = run(connected.state, ...line('one'), reply(delta('first'), ended(complete))).state;

test('what others say appears once, marked, and is kept; what was said here does not appear again', () => {
	const turns = [said('c1-1', 'one', 'first'), said('r2', 'two')];
	const asked = heard(talked, ...turns);
	assert.deepEqual(shown(asked.state), ['own: one', 'first', 'elsewhere: two']);
	assert.deepEqual(
		records(asked.commands).map(({kind}) => kind),
		['question'],
	);
	const answered = heard(asked.state, said('c1-1', 'one', 'first'), said('r2', 'two', 'second'));
	assert.deepEqual(shown(answered.state).slice(2), ['elsewhere: two', 'second']);
	assert.deepEqual(records(answered.commands), [
		{kind: 'answer', questionId: 'r2', at: '1970-01-01T00:00:05.001Z', text: 'second', ended: 'complete', finishReason: 'stop'},
	]);
	const again = heard(answered.state, ...turns, said('r2', 'two', 'second'));
	assert.deepEqual([again.commands, shown(again.state).length], [[], 4]);
	assert.deepEqual(
		again.state.turns.map(({text}) => text),
		['one', 'first', 'two', 'second'],
	);
});

test('what another clawtalk asks in the same conversation is shown, and written by that one alone, question and answer', () => {
	const asked = heard(talked, said('c1-f00-1', 'two'));
	const answered = heard(asked.state, said('c1-f00-1', 'two', 'second'));
	assert.deepEqual(shown(answered.state).slice(2), ['elsewhere: two', 'second']);
	assert.deepEqual([records(asked.commands), records(answered.commands)], [[], []]);
});

test('a question that went over HTTP comes back under an id of the gateway and is known by its words', () => {
	const {state, commands} = heard(talked, said('9d50ccd9', 'one', 'first', 2_000));
	assert.deepEqual([commands, shown(state)], [[], ['own: one', 'first']]);
	// The same words from somebody else are another question.
	const both = heard(talked, said('c1-1', 'one', 'first', 2_000), said('r9', 'one', 'again', 2_500));
	assert.deepEqual(shown(both.state).slice(2), ['elsewhere: one', 'again']);
});

test('others said more meanwhile than was read: it is said, and /earlier goes back from there', () => {
	const gaps = (state: State) => state.entries.filter(entry => entry.kind === 'notice' && /\/earlier/.test(entry.text)).length;
	const news = (state: State, turns: readonly SessionTurn[], older?: number) =>
		run(state, {type: 'session-heard', conversationId: state.conversation.id, turns, ...(older !== undefined && {older})}).state;
	const theirs = said('r9', 'nine', 'x');
	const after = news(talked, [theirs], 340);
	assert.deepEqual([gaps(after), after.conversation.older, shown(after).slice(-2)], [1, 340, ['elsewhere: nine', 'x']]);
	const again = news(after, [theirs, said('r10', 'ten', 'y')], 342);
	assert.deepEqual([gaps(again), again.conversation.older], [1, 340], 'it goes on from what is known');
	assert.equal(gaps(news(talked, [theirs])), 0, 'nothing is older');
	assert.equal(gaps(news(run(beginning(), checked).state, [theirs], 340)), 0, 'nothing was here before');
});

test('what is told of another conversation, or after it was left, changes nothing', () => {
	const {state, commands} = run(talked, {type: 'session-heard', conversationId: 'c0', turns: [said('r2', 'two', 'x')]});
	assert.deepEqual([shown(state), commands], [shown(talked), []]);
});

test('during an answer, others wait until it has ended, and what was asked before it is said to be; our own answer comes by itself', () => {
	const answering = run(talked, ...line('mine'), reply(delta('half ', 'c1-2'))).state;
	const askedAt = answering.answer?.askedAt ?? 0;
	const {state} = heard(
		answering,
		said('r4', 'theirs before', 'one', askedAt - 300),
		said('c1-2', 'mine', 'half and whole', askedAt),
		said('r5', 'theirs', 'other', askedAt + 300),
	);
	assert.deepEqual([state.asides, shown(state).slice(2)], [[], ['own: mine']]);
	const done = run(state, reply(delta('whole', 'c1-2'), ended(complete, 'c1-2'))).state;
	assert.deepEqual(shown(done).slice(2), ['own: mine', 'half whole', 'elsewhere: theirs before', 'one', 'elsewhere: theirs', 'other']);
	const said4 = done.entries.findIndex(entry => entry.kind === 'question' && entry.text === 'theirs before');
	const notices = done.entries.flatMap((entry, index) => (entry.kind === 'notice' ? [`${index} ${entry.text}`] : []));
	assert.deepEqual(notices, [`${said4 - 1} Asked before your last question:`]);
	assert.equal(done.heardMeanwhile, undefined);
});

test('what the gateway keeps of a command of ours is its answer alone: that was said', () => {
	const {state, commands} = heard(talked, said('at-1-a', '', 'first'));
	assert.deepEqual([shown(state), commands], [shown(talked), []]);
	assert.deepEqual(shown(heard(talked, said('at-2-a', '', 'A reminder.')).state).slice(2), ['elsewhere: ', 'A reminder.']);
});

test('an answer of others that comes after another question says which question it is to', () => {
	const asked = heard(talked, said('r2', 'two')).state;
	const between = run(asked, ...line('mine'), reply(delta('ours', 'c1-2'), ended(complete, 'c1-2'))).state;
	const {state} = heard(between, said('r2', 'two', 'second'));
	assert.deepEqual(
		state.entries.slice(-3).map(entry => ('text' in entry ? entry.text : entry.kind)),
		['The answer to “two”:', 'block', 'answer-end'],
	);
});

test('an answer that broke off here and was finished there is shown when its conversation is opened', () => {
	const cut = {...turn('c7-1'), answer: {text: 'half', ended: 'cut'}} as ReturnType<typeof turn>;
	const opened = opening(connected.state, stored('c7', [turn('c7-0'), cut]));
	const {state, commands} = heard(opened.state, said('c7-0', 'ask c7-0', 'answer c7-0', 0), said('c7-1', 'ask c7-1', 'half and whole', 0));
	assert.equal(shown(state).at(-1), 'half and whole');
	assert.deepEqual(
		records(commands).map(record => 'questionId' in record && record.questionId),
		['c7-1'],
	);
});

test('/earlier asks for what is older, and shows it without keeping it', () => {
	const begun = {kind: 'session', at: 0, sessionKey: 'agent:main:main', why: 'elsewhere', older: 40} as const;
	const opened = opening(
		connected.state,
		stored('c7', [begun, {...turn('r1'), elsewhere: true} as never], {sessionKey: 'agent:main:main'}),
	);
	assert.equal(opened.state.conversation.fresh, undefined);
	assert.match(JSON.stringify(opened.state.entries[0]), /The gateway keeps what was said before: \/earlier\./);
	const asked = run(opened.state, ...line('/earlier'));
	assert.deepEqual(orders(asked.commands, 'read-earlier'), [{type: 'read-earlier', sessionKey: 'agent:main:main', older: 40}]);
	const orderId = asked.state.waitsForConversation ?? 0;
	const {state, commands} = run(asked.state, {type: 'earlier-read', orderId, turns: [said('r0', 'long ago', 'yes')], older: 38});
	assert.deepEqual([shown(state).slice(-2), records(commands), state.conversation.older], [['elsewhere: long ago', 'yes'], [], 38]);
	assert.match(JSON.stringify(run(talked, ...line('/earlier')).state.entries.at(-1)), /keeps nothing that is older/);
});
