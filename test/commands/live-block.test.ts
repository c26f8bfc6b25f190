import assert from 'node:assert/strict';
import {Writable} from 'node:stream';
import {test} from 'node:test';
import {liveBlock} from '../../source/commands/status/live-block.js';

/** A terminal whose writes are kept. */
function terminal(columns: number, rows = 24) {
	const written: string[] = [];
	const stream = new Writable({
		write(chunk, _encoding, done) {
			written.push(String(chunk));
			done();
		},
	});
	return Object.assign(stream, {columns, rows, written});
}

test('lines that a narrower terminal has broken are all drawn over', () => {
	const screen = terminal(80);
	const block = liveBlock(screen);
	block.draw(['\u001B[32m✓\u001B[39m ok', 'x'.repeat(79)]);
	screen.columns = 30;
	block.draw(['new']);
	assert.equal(screen.written[1], '\u001B[4A\rnew\u001B[K\n\u001B[J');
});

test('what is higher than the terminal waits for the end, and the same lines are written once', () => {
	const screen = terminal(80, 4);
	const block = liveBlock(screen);
	block.draw(['1', '2', '3', '4', '5']);
	block.draw(['1', '2', '3', '4', '5']);
	assert.deepEqual(screen.written, ['1\u001B[K\n2\u001B[K\n3\u001B[K\n\u001B[J']);
	block.end(['1', '2', '3', '4', '5']);
	assert.match(screen.written[1] ?? '', /5\u001B\[K\n\u001B\[J$/);
});
