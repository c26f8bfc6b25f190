import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {chatEnvironment, demoGatewayFor, launcher} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {startInPty} from '../helpers/pty.js';

const tickIntervalMs = 1_000;
const tokens = Array.from({length: 120}, (_, index) => `tok${index}`).join(' ');

for (const [what, breaks] of [
	['and its connection lives', false],
	['and its connection breaks meanwhile', true],
] as const) {
	test(`a chat that was stopped for longer than two ticks has the whole answer afterwards ${what}`, async context => {
		const gateway = await demoGatewayFor(context, {tickIntervalMs});
		const home = freshHome(context);
		const program = startInPty(context, process.execPath, [launcher], {columns: 120, rows: 40, env: chatEnvironment(home, gateway)});
		await program.shows('control plane');
		program.type('[[n=120 rate=40]]');
		await program.shows('rate=40]]');
		program.type('\r');
		await program.shows('tok3 ');
		program.signal('SIGSTOP');
		// Time itself is the subject: two ticks go by, and the end of the answer comes.
		await wait(4 * tickIntervalMs);
		if (breaks) gateway.control.dropAll();
		program.signal('SIGCONT');
		await program.shows('tok119');
		await program.until('nothing under way', lines => lines.some(line => line.includes('online') && line.includes('control plane')));
		program.type('\u0003');
		await program.shows('Ctrl+C again quits');
		program.type('\u0003');
		assert.equal((await program.ended()).code, 0);
		const answers = keptRecords(home.home).filter(({kind}) => kind === 'answer');
		assert.deepEqual(
			answers.map(({text, ended}) => [text, ended]),
			[[tokens, 'complete']],
		);
	});
}
