import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import xterm from '@xterm/headless';
import {erasedFromSecondRow, screenOutput} from '../../source/terminal/screen-output.js';

/** The rows of a terminal of 20×4 and its cursor, after this was written. */
async function shownBy(output: string) {
	const terminal = new xterm.Terminal({cols: 20, rows: 4, allowProposedApi: true});
	await new Promise<void>(resolve => terminal.write(output, resolve));
	const {cursorX, cursorY} = terminal.buffer.active;
	const rows = [0, 1, 2, 3].map(row => terminal.buffer.active.getLine(row)?.translateToString(true));
	terminal.dispose();
	return {rows, cursorX, cursorY};
}

for (const row of [1, 2, 3, 4]) {
	test(`an erasure from row ${row} of 4 on leaves the same screen, and begins in no first row`, async () => {
		const output = `one\r\ntwo\r\nthree\r\nfour\u001B[${row};1H\u001B[J`;
		const written = erasedFromSecondRow(output);
		assert.deepEqual(await shownBy(written), await shownBy(output));
		assert.doesNotMatch(written, /(?<!\u001B\[1B)\u001B\[J/);
	});
}

test('all else reaches the terminal as it is, and its listeners are the terminal’s', () => {
	const real = Object.assign(new PassThrough({encoding: 'utf8'}), {columns: 80, rows: 24, isTTY: true}) as unknown as NodeJS.WriteStream;
	const output = screenOutput(real);
	let sizes = 0;
	const count = () => {
		sizes += 1;
	};
	output.on('resize', count);
	real.emit('resize');
	real.columns = 60;
	assert.deepEqual([sizes, output.columns, output.isTTY, output.writable], [1, 60, true, true]);
	output.off('resize', count);
	assert.equal(real.listenerCount('resize'), 0);
	output.write('text \u001B[2K\u001B[J');
	output.write(new TextEncoder().encode('bytes'));
	assert.equal(`${real.read()}`, 'text \u001B[2K\u001B[K\u001B7\u001B[1B\u001B[J\u001B8bytes');
});
