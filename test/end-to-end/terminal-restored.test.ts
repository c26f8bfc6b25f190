import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startChat} from '../helpers/chat-program.js';
import {keptRecords} from '../helpers/kept-records.js';

const restored = (written: string) => {
	for (const [on, off] of [
		['\u001B[?25l', '\u001B[?25h'],
		['\u001B[?2004h', '\u001B[?2004l'],
	] as const) {
		assert.ok(written.lastIndexOf(off) > written.lastIndexOf(on), `${JSON.stringify(off)} is the last word`);
	}
	assert.equal(written.split('\u001B[>1u').length, written.split('\u001B[<u').length, 'every keyboard mode pushed is popped');
};

for (const [name, code] of [
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const) {
	test(`${name} while an answer streams restores the terminal and ends with ${code}`, async context => {
		const {program, home} = await startChat(context);
		program.type('Count [[n=1000 rate=50]]\r');
		await program.shows('tok9');
		program.signal(name);
		assert.equal((await program.ended()).code, code);
		restored(program.written());
		const text = program.lines().join(' ').replace(/\s+/g, ' ');
		const [all = ''] = /tok0 tok1 .*tok\d+/.exec(text) ?? [];
		const [, question, answer, ...more] = keptRecords(home.home);
		assert.deepEqual([question?.['text'], answer?.['ended'], more.length], ['Count [[n=1000 rate=50]]', 'cancelled', 0]);
		assert.ok(`${answer?.['text']}`.startsWith(all), 'all that was seen is kept');
	});
}

test('quitting restores the terminal and leaves no composer behind', async context => {
	const {program} = await startChat(context);
	program.type('/quit\r');
	assert.equal((await program.ended()).code, 0);
	restored(program.written());
	assert.doesNotMatch(program.lines().join('\n'), /online/);
});
