import assert from 'node:assert/strict';
import {test} from 'node:test';
import {asking, beginning, run, shown} from './steps.js';

const here = 'http://127.0.0.1:18789';
const waits = (...ids: readonly string[]) => ({
	type: 'drafts-waiting' as const,
	conversations: ids.map(id => ({id, title: `about ${id}`, origin: here})),
});
const told = (...ids: readonly string[]) => shown(run(beginning(), waits(...ids)).state);

test('a chat that begins anew says which conversations have text that was not sent', () => {
	assert.deepEqual(told(), []);
	assert.deepEqual(told('0123456789'), ['notice Unsent text waits in “about 0123456789”: /resume 01234567 brings it back.']);
	assert.deepEqual(told('a', 'b'), ['notice Unsent text waits in 2 conversations: /resume a (“about a”), /resume b (“about b”).']);
	assert.match(told('a', 'b', 'c', 'd', 'e')[0] ?? '', /in 5 conversations: .*\/resume c \(“about c”\) and 2 more\.$/);
});

test('nothing is said of another gateway, nor where a conversation goes on', () => {
	const elsewhere = {
		...waits(),
		conversations: [
			{id: 'a', title: 'a', origin: 'http://127.0.0.1:1'},
			{id: 'b', title: 'b'},
		],
	};
	assert.deepEqual(shown(run(beginning(), elsewhere).state), shown(beginning()));
	assert.deepEqual(shown(run(asking(), waits('a')).state), shown(asking()));
});
