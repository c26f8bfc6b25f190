import assert from 'node:assert/strict';
import {test} from 'node:test';
import {initialState} from '../../source/chat/initial-state.js';
import {createLentTerminal} from '../../source/commands/chat/lent-terminal.js';
import {createStore} from '../../source/store.js';

/** A terminal over a real store, with all that is written to it. */
function open() {
	const place = {origin: 'http://127.0.0.1:18789', path: 'loopback'};
	const store = createStore(initialState({at: 0, conversationId: 'c1', ephemeral: true, place}), () => undefined);
	const written: string[] = [];
	const terminal = createLentTerminal(store, sequence => void written.push(sequence));
	terminal.use((async (work: () => Promise<void>) => {
		written.push('gone');
		try {
			await work();
		} finally {
			written.push('back');
		}
	}) as never);
	const type = (text: string) => store.dispatch({type: 'text-typed', at: 1, text});
	return {store, terminal, written, type, draft: () => terminal.source.getState().draft.text};
}

test('the screen stands still while the terminal is lent, and hears of everything afterwards', async () => {
	const {terminal, type, draft} = open();
	let heard = 0;
	terminal.source.subscribe(() => heard++);
	const result = await terminal.lend(async () => {
		type('hello');
		assert.deepEqual([draft(), heard, terminal.isLent()], ['', 0, true]);
		return 42;
	});
	assert.deepEqual([result, draft(), heard, terminal.isLent()], [42, 'hello', 1, false]);
});

test('what is written meanwhile comes when the terminal is back; modes go before and come after', async () => {
	const {terminal, written} = open();
	const stop = terminal.watch({goes: () => terminal.write('[off]'), isBack: () => terminal.write('[on]')});
	const failed = terminal.lend(async () => {
		terminal.write('late');
		throw new Error('no such editor');
	});
	const second = terminal.lend(async () => written.push('second'));
	await assert.rejects(failed, /no such editor/);
	await second;
	stop();
	assert.deepEqual(written, ['[off]', 'gone', 'back', '[on]', 'late', '[off]', 'gone', 'second', 'back', '[on]']);
});

test('leaving is seen at once, whoever has the terminal', async () => {
	const {store, terminal} = open();
	await terminal.lend(async () => {
		store.dispatch({type: 'quit-requested', at: 2});
		assert.equal(terminal.source.getState().phase, 'quitting');
	});
});
