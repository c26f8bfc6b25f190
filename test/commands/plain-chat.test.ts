import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import type {State} from '../../source/chat/state.js';
import type {update} from '../../source/chat/update.js';
import type {ChatSession} from '../../source/commands/chat/chat-session.js';
import {submitLine} from '../../source/commands/chat/plain-chat.js';
import {createStore} from '../../source/store.js';
import {asking, beginning, checked, complete, delta, ended, lost, reply, run, sent, shown} from '../chat/steps.js';

/** A chat line by line, and what it orders. */
function chatFrom(state: State) {
	const commands: Command[] = [];
	const store = createStore(state, command => void commands.push(command));
	let at = state.now;
	const happened = (event: Parameters<ChatSession['happened']>[0]) => store.dispatch({...event, at: ++at} as Parameters<typeof update>[1]);
	const session: ChatSession = {store, happened, typeHidden: () => undefined, connect: async () => undefined, close: async () => undefined};
	return {session, commands, say: (...lines: readonly string[]) => lines.forEach(line => void submitLine(session, line))};
}

const away = run(beginning(), checked, lost).state;

for (const command of ['/status', '/no-such-command', '/theme dark']) {
	test(`${command} leaves what could not be sent where it is; an empty line sends it`, () => {
		const {session, commands, say} = chatFrom(away);
		say('hello', command);
		assert.equal(session.store.getState().draft.text, 'hello');
		session.happened({...checked} as Parameters<typeof session.happened>[0]);
		say('');
		assert.deepEqual(sent(commands), ['hello']);
	});
}

test('another message takes the place of what could not be sent, and //text is one', () => {
	for (const line of ['bye', '//bye']) {
		const {session, say} = chatFrom(away);
		say('hello', line);
		assert.deepEqual([session.store.getState().draft.text, session.store.getState().inputHistory.lines], [line, ['hello']]);
	}
});

test('what was not sent is kept as the draft when the chat ends', () => {
	const {session, commands, say} = chatFrom(away);
	say('hello', '/quit');
	assert.equal(session.store.getState().phase, 'quitting');
	const saved = commands.flatMap(command => (command.type === 'save-draft' ? [command.text] : []));
	assert.equal(saved.at(-1), 'hello');
});

const talked = run(asking('one'), reply(delta('Yes.'), ended(complete))).state;

test('/edit shows the last message; the next line goes in its place, an empty one sends it as it was', () => {
	const {session, commands, say} = chatFrom(talked);
	say('/edit');
	assert.match(shown(session.store.getState()).at(-1) ?? '', /Type your last message anew.*:\none$/s);
	say('two');
	assert.deepEqual(sent(commands), ['two']);
	const question = commands.find(command => command.type === 'append-record' && command.record.kind === 'question');
	assert.ok(question?.type === 'append-record' && question.record.kind === 'question' && question.record.replaces === 'c1-1');
	assert.equal(session.store.getState().conversation.replacing, undefined);
	const again = chatFrom(talked);
	again.say('/edit', '');
	assert.deepEqual(sent(again.commands), ['one']);
});

test('a command after /edit leaves what was sent as it is', () => {
	const {session, say} = chatFrom(talked);
	say('/edit', '/theme dark');
	assert.equal(session.store.getState().conversation.replacing, undefined);
	assert.match(shown(session.store.getState()).join(), /What you sent stays as it is/);
});
