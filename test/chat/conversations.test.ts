import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {StoredEntry} from '../../source/transcripts/stored.js';
import {answer, connected, line, opening, orders, questions, records, stored, talked, told, turn} from './conversation-steps.js';
import {asking, beginning, checked, delta, ended, lost, reply, run, sent, shown, submit, typed, types} from './steps.js';

test('/retry asks the last question in a fresh session, which is told what was said before it, once', () => {
	const again = run(talked, ...line('/retry'));
	const [question] = questions(again.commands);
	assert.equal(question?.text, 'two');
	assert.equal(question?.sessionKey, 'clawtalk:c1:2');
	assert.deepEqual(told(question), ['one', 'first']);
	assert.deepEqual(
		records(again.commands).map(record => [record.kind, 'replaces' in record ? record.replaces : undefined]),
		[
			['session', undefined],
			['question', 'c1-2'],
		],
	);
	assert.match(shown(again.state).join('\n'), /fresh session.*told the 2 messages before\. The agent may act again\./);
	const next = run(again.state, answer('third', 'c1-3'), ...line('more'));
	assert.equal(told(questions(next.commands)[0]), undefined);
	assert.equal(questions(next.commands)[0]?.sessionKey, 'clawtalk:c1:2');
	assert.deepEqual(
		next.state.turns.map(({text}) => text),
		['one', 'first', 'two', 'third'],
	);
});

test('a fresh session is told again what it did not get', () => {
	const again = run(talked, ...line('/retry'), reply(ended({kind: 'unreachable'}, 'c1-3')), checked, submit);
	const [, second] = questions(again.commands);
	assert.deepEqual([second?.text, second?.sessionKey, told(second)], ['two', 'clawtalk:c1:2', ['one', 'first']]);
	assert.equal(records(again.commands).filter(({kind}) => kind === 'session').length, 1);
});

test('a question that the gateway never got is asked again in its own session', () => {
	const refused = run(connected, ...line('one'), reply(ended({kind: 'unreachable'})), checked, {type: 'interrupt-requested'}).state;
	const again = run(refused, ...line('/retry'));
	const [question] = questions(again.commands);
	assert.deepEqual([question?.text, question?.sessionKey, told(question)], ['one', 'clawtalk:c1', undefined]);
});

test('/edit brings the last message back; sent, it takes the place of the one that was sent', () => {
	const editing = run(talked, ...line('/edit'));
	assert.equal(editing.state.draft.text, 'two');
	assert.deepEqual(sent(editing.commands), []);
	const edited = run(editing.state, typed('!'), submit);
	const [question] = questions(edited.commands);
	assert.deepEqual([question?.text, question?.sessionKey, told(question)], ['two!', 'clawtalk:c1:2', ['one', 'first']]);
	assert.equal(edited.state.conversation.replacing, undefined);
});

test('Esc while editing keeps what was sent: the text is a new message', () => {
	const kept = run(talked, ...line('/edit'), {type: 'cancel-requested'}, submit);
	const [question] = questions(kept.commands);
	assert.deepEqual([question?.text, question?.sessionKey, told(question)], ['two', 'clawtalk:c1', undefined]);
});

test('/continue asks to go on after a part of an answer, in words that can be seen, and not after a whole one', () => {
	const cut = run(connected, ...line('one'), reply(delta('half'), ended({kind: 'cut'})), checked).state;
	assert.deepEqual(sent(run(cut, ...line('/continue')).commands), ['Go on where you stopped.']);
	const length = run(connected, ...line('one'), reply(delta('half'), ended({kind: 'complete', finishReason: 'length'}))).state;
	assert.deepEqual(sent(run(length, ...line('/continue')).commands), ['Go on where you stopped.']);
	const whole = run(talked, ...line('/continue'));
	assert.deepEqual(sent(whole.commands), []);
	assert.match(shown(whole.state).at(-1) ?? '', /is whole/);
	const stopped = run(connected, ...line('one'), reply(ended({kind: 'cancelled', by: 'user'}))).state;
	const again = opening(
		connected,
		stored('c9', [{...turn('c9-1'), answer: {text: '', ended: 'cancelled', endedAt: 0}} as ReturnType<typeof turn>]),
	).state;
	for (const state of [stopped, again]) {
		const blank = run(state, ...line('/continue'));
		assert.deepEqual(sent(blank.commands), []);
		assert.match(shown(blank.state).at(-1) ?? '', /there is nothing to go on with\. \/retry asks once more/);
	}
});

for (const command of ['/retry', '/edit', '/continue']) {
	test(`${command} has nothing to work on in a new conversation, and waits for the end of an answer`, () => {
		const fresh = run(connected, ...line(command));
		assert.deepEqual([sent(fresh.commands), shown(fresh.state).at(-1)], [[], 'notice Nothing was asked yet.']);
		assert.deepEqual(sent(run(asking(), ...line(command)).commands), []);
	});
}

for (const command of ['/retry', '/fork', '/sessions', '/profile home']) {
	test(`${command} during an answer stays in the composer: Esc stops the answer, and Enter carries it out`, () => {
		const refused = run(beginning({hasScreen: true}), checked, typed('hello'), submit, typed(command), submit);
		assert.match(JSON.stringify(refused.state.asides), new RegExp(`Esc stops it, then ${command.split(' ')[0]} works`));
		assert.equal(refused.state.draft.text, command);
		const stopped = run(refused.state, {type: 'cancel-requested'});
		assert.equal(stopped.state.answer?.phase, 'cancelling');
		assert.equal(run(stopped.state, reply(ended({kind: 'cancelled', by: 'user'})), submit).state.draft.text, '');
	});
}

test('/retry sends nothing while the gateway is away', () => {
	const {commands, state} = run(talked, lost, ...line('/retry'));
	assert.deepEqual(sent(commands), []);
	assert.match(shown(state).at(-1) ?? '', /Nothing was sent/);
});

test('a conversation that is opened goes on in its session, with its agent, model, name and draft', () => {
	const draft = {text: 'half a thought', caret: 14};
	const conversation = stored('c9', [turn('c9-1'), turn('c9-2')], {agent: 'ops', model: 'fake/fake-2', name: 'birds'});
	const {state, ordered} = opening(talked, conversation, {draft});
	assert.deepEqual(orders(ordered.commands, 'open-conversation'), [{type: 'open-conversation', which: 'c9'}]);
	assert.deepEqual(
		[state.agent, state.model, state.conversation.name, state.draft.text],
		['ops', 'fake/fake-2', 'birds', 'half a thought'],
	);
	assert.match(shown(state).join('\n'), /Conversation birds \(c9\), 2 questions\.\nquestion ask c9-1/);
	const [question] = questions(run(state, submit).commands);
	assert.deepEqual([question?.id, question?.sessionKey, told(question)], ['c9-f00-1', 'clawtalk:c9', undefined]);
	const asked = records(run(state, submit).commands);
	assert.deepEqual(
		asked.map(({kind}) => kind),
		['question'],
	);
});

test('what was not sent stays with the conversation that is left, and is there again with it', () => {
	const leaving = run(talked, lost, typed('for later')).state;
	const picker = run(leaving, {type: 'interrupt-requested'}, ...line('/sessions')).state;
	const orderId = picker.waitsForConversation ?? 0;
	const listed = run(picker, {type: 'conversations-listed', orderId, items: [{id: 'c9', title: 'birds'}]}).state;
	const withDraft = {...listed, draft: leaving.draft};
	const chosen = run(withDraft, submit).state;
	const opened = {stored: stored('c9'), tag: 'f00', room: {columns: 80, rows: 24}};
	const there = run(chosen, {type: 'conversation-opened', orderId: chosen.waitsForConversation ?? 0, opened});
	assert.equal(there.state.draft.text, '');
	assert.deepEqual(
		there.commands.flatMap(command => (command.type === 'save-draft' ? [[command.conversationId, command.text]] : [])),
		[
			['c9', ''],
			['c1', 'for later'],
		],
	);
	assert.match(shown(there.state).join('\n'), /not sent stays with the conversation that you leave/);
	const back = opening(there.state, stored('c1')).state;
	assert.equal(back.draft.text, 'for later');
});

test('a conversation of another gateway is shown, and nothing of it is sent to this one', () => {
	const elsewhere = stored('c9', [turn('c9-1')], {origin: 'http://10.0.0.9:18789', profile: 'home'});
	const {state} = opening(talked, elsewhere);
	const words = shown(state).at(-1) ?? '';
	assert.match(words, /another gateway \(profile home, http:\/\/10\.0\.0\.9:18789\)/);
	assert.match(words, /`clawtalk --profile home --resume c9`/);
	const tried = run(state, ...line('hello'));
	assert.deepEqual(sent(tried.commands), []);
	assert.equal(tried.state.draft.text, 'hello');
	for (const command of ['/retry', '/edit', '/continue']) assert.deepEqual(sent(run(state, ...line(command)).commands), []);
	const forked = run(state, ...line('/fork'));
	assert.deepEqual(orders(forked.commands, 'fork-conversation'), [
		{type: 'fork-conversation', from: 'c9', origin: 'http://127.0.0.1:18789'},
	]);
});

test('the copy of a named conversation has a name that tells it from the original', () => {
	const nameOfFork = (name: string) => {
		const {commands} = run(run(talked, ...line(`/rename ${name}`)).state, ...line('/fork'));
		return orders(commands, 'fork-conversation').map(order => (order.type === 'fork-conversation' ? order.name : undefined));
	};
	assert.deepEqual(['Plans', 'Plans (copy)', 'Plans (copy 2)'].flatMap(nameOfFork), ['Plans (copy)', 'Plans (copy 2)', 'Plans (copy 3)']);
});

test('no command leads to a gateway that a file does not name', () => {
	const {origin: _origin, ...unknown} = stored('c9', [turn('c9-1')]);
	const words = shown(opening(talked, unknown).state).at(-1) ?? '';
	assert.match(words, /another gateway \(an unknown one\)/);
	assert.doesNotMatch(words, /--gateway/);
});

test('a profile that has another address by now is said', () => {
	const placed = run(beginning({place: {profile: 'home', origin: 'http://10.0.0.2:1', path: 'LAN'}}), checked).state;
	const {state} = opening(placed, stored('c9', [turn('c9-1')], {origin: 'http://10.0.0.9:1', profile: 'home'}));
	assert.equal(state.conversation.elsewhere, undefined);
	assert.match(shown(state).at(-1) ?? '', /began at http:\/\/10\.0\.0\.9:1; profile home is at http:\/\/10\.0\.0\.2:1 now/);
});

const freshOnDisk: ReadonlyArray<
	readonly [what: string, entries: readonly StoredEntry[], seed: readonly string[] | undefined, key: string]
> = [
	['a copy', [turn('a'), {kind: 'forked', at: 0, from: 'c1'}], ['ask a', 'answer a'], 'clawtalk:c9'],
	['a copy that was used', [turn('a'), {kind: 'forked', at: 0, from: 'c1'}, turn('b')], undefined, 'clawtalk:c9'],
	[
		'a session that may have got a question',
		[
			turn('a'),
			{kind: 'session', at: 0, sessionKey: 'clawtalk:c9:2', why: 'retry'},
			{kind: 'turn', questionId: 'b', askedAt: 0, question: 'b'},
		],
		['ask a', 'answer a'],
		'clawtalk:c9:f00-2',
	],
	[
		'a session in which a tool ran before the answer was cut',
		[
			turn('a'),
			{kind: 'session', at: 0, sessionKey: 'clawtalk:c9:2', why: 'retry'},
			{
				kind: 'turn',
				questionId: 'b',
				askedAt: 0,
				question: 'b',
				answer: {text: '', ended: 'cut', tools: [{from: 0, name: 'exec', ended: 'unseen'}]},
			},
		],
		undefined,
		'clawtalk:c9',
	],
];
for (const [what, entries, seed, key] of freshOnDisk) {
	test(`${what} is told what was said before as often as it needs: ${seed?.length ?? 0} messages`, () => {
		const [question] = questions(run(opening(talked, stored('c9', entries)).state, ...line('go')).commands);
		assert.deepEqual([told(question), question?.sessionKey], [seed, key]);
	});
}

test('an answer to an order that is not waited for any more changes nothing', () => {
	const first = run(talked, ...line('/resume c8')).state;
	const second = run(first, ...line('/resume c9')).state;
	const opened = {stored: stored('c8'), tag: 'f00', room: {columns: 80, rows: 24}};
	const late = run(second, {type: 'conversation-opened', orderId: first.waitsForConversation ?? 0, opened}).state;
	assert.equal(late.conversation.id, 'c1');
});

test('/rename where nothing can be saved does not read as if it were', () => {
	const failed = run(connected, ...line('/rename the birds'), {type: 'save-failed', what: 'conversation', message: 'EROFS'}).state;
	assert.deepEqual(shown(failed).slice(-2), [
		'notice This conversation is called the birds.',
		'notice The conversation cannot be saved: EROFS. The chat goes on; this is said once.',
	]);
	const again = run(failed, ...line('/rename more birds'));
	assert.match(shown(again.state).at(-1) ?? '', /called more birds\. Saving has failed before; it is tried again with this\./);
	assert.deepEqual(
		records(again.commands).map(({kind}) => kind),
		['renamed'],
	);
});

test('/rename writes the name down, also before the first question', () => {
	const {commands, state} = run(connected, ...line('/rename the birds'));
	assert.deepEqual(
		records(commands).map(({kind}) => kind),
		['conversation', 'renamed'],
	);
	assert.equal(state.conversation.name, 'the birds');
	assert.deepEqual(
		records(run(state, ...line('hello')).commands).map(({kind}) => kind),
		['question'],
	);
});

test('/new NAME names the new conversation when it begins', () => {
	const asked = run(talked, ...line('/new two words'));
	const order = asked.commands.find(({type}) => type === 'create-conversation');
	assert.deepEqual(order, {type: 'create-conversation', name: 'two words'});
	const fresh = run(asked.state, {type: 'conversation-created', id: 'c2', name: 'two words'}).state;
	assert.deepEqual(
		records(run(fresh, ...line('hello')).commands).map(({kind}) => kind),
		['conversation', 'renamed', 'question'],
	);
});

test('/delete asks; y puts the conversation into the trash and begins a new one; /undo brings it back', () => {
	const asked = run(talked, ...line('/delete'));
	assert.deepEqual(types(asked.commands).includes('trash-conversation'), false);
	assert.equal(run(asked.state, typed('n')).state.overlay, undefined);
	const yes = run(asked.state, typed('y'));
	assert.deepEqual(orders(yes.commands, 'trash-conversation'), [{type: 'trash-conversation', id: 'c1'}]);
	const trashed = run(yes.state, {type: 'conversation-trashed', orderId: 1, id: 'c1', trashId: 'c1--2'});
	assert.ok(trashed.commands.some(command => command.type === 'create-conversation' && command.after === 'delete'));
	const fresh = run(trashed.state, {type: 'conversation-created', id: 'c2', after: 'delete'}).state;
	assert.match(shown(fresh).at(-1) ?? '', /in the trash; \/undo brings it back/);
	assert.deepEqual(orders(run(fresh, ...line('/undo')).commands, 'restore-conversation'), [
		{type: 'restore-conversation', trashId: 'c1--2'},
	]);
});

test('/search lists hits; choosing one opens the conversation at its place', () => {
	const searching = run(talked, ...line('/search two words'));
	assert.deepEqual(orders(searching.commands, 'search-conversations'), [{type: 'search-conversations', words: 'two words', first: 'c1'}]);
	const found = run(searching.state, {type: 'conversations-found', orderId: 1, items: [{id: 'c9#c9-1', title: 'two words'}]}).state;
	const chosen = run(found, submit);
	assert.deepEqual(orders(chosen.commands, 'open-conversation'), [{type: 'open-conversation', which: 'c9', at: 'c9-1'}]);
	const turns = Array.from({length: 40}, (_, index) => turn(`c9-${index}`));
	const opened = {stored: stored('c9', turns), tag: 'f00', room: {columns: 80, rows: 24}, at: 'c9-1'};
	const there = run(chosen.state, {type: 'conversation-opened', orderId: 2, opened}).state;
	const text = shown(there).join('\n');
	assert.match(text, /Found: message 2 of 40\.\nquestion ask c9-1\nblock answer c9-1/);
	assert.match(text, /how the conversation ends:[\s\S]*question ask c9-39/);
});

test('a hit in the conversation that is open shows its place and changes nothing', () => {
	const {state} = opening(talked, stored('c1', [turn('c1-1'), turn('c1-2')]), {at: 'c1-1'});
	assert.match(shown(state).join('\n'), /Message 1 of 2 of this conversation:\nquestion ask c1-1/);
	assert.equal(state.turns, talked.turns);
});

test('nothing on disk is asked for by a chat that writes nothing there', () => {
	const ephemeral = run(beginning({ephemeral: true}), checked, ...line('one'), answer('first', 'c1-1')).state;
	for (const command of ['/sessions', '/search one', '/fork', '/delete', '/export']) {
		const {commands, state} = run(ephemeral, ...line(command));
		assert.deepEqual([command, types(commands), state.overlay], [command, [], undefined]);
	}
});

test('notices and what was said beside the conversation are never sent', () => {
	const {commands} = run(talked, ...line('/rename birds'), ...line('/retry'));
	const words = JSON.stringify(questions(commands));
	assert.doesNotMatch(words, /called|fresh session/);
});

test('entries that are printed are let go, and those to come are numbered on', () => {
	const many = Array.from({length: 450}, (_, index) => ({type: 'path-told', text: `told ${index}`}) as const);
	const full = run(connected, ...many).state;
	const count = full.forgotten + full.entries.length;
	const less = run(full, {type: 'entries-printed', count}).state;
	assert.deepEqual([less.entries.length, less.forgotten + less.entries.length], [200, count]);
	const next = run(less, {type: 'path-told', text: 'next'}).state;
	assert.equal(next.entries.at(-1)?.id, `e${count + 1}`);
	const unprinted = run(full, {type: 'entries-printed', count: 10}).state;
	assert.equal(unprinted.entries.length, full.entries.length);
});
