import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import xterm from '@xterm/headless';
import {watchSize} from '../../source/commands/chat/watch-size.js';
import type {Frame} from '../../source/terminal/reflow.js';

/** The end of a conversation above a frame, in a terminal that wraps long lines anew. */
function screen(columns: number, env: Readonly<Record<string, string>>) {
	const terminal = new xterm.Terminal({cols: columns, rows: 30, scrollback: 1000, allowProposedApi: true});
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {columns, rows: 30}) as unknown as NodeJS.WriteStream;
	let frame: Frame | undefined;
	let settled = 0;
	const onSettled = () => {
		settled += 1;
	};
	const watch = watchSize({stdout, env, shown: () => frame, onSettled});
	const write = (data: string) => new Promise<void>(resolve => terminal.write(data, resolve));
	const rows = () =>
		Array.from({length: terminal.buffer.active.length}, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true));
	const tell = (width: number) => {
		stdout.columns = width;
		stdout.emit('resize');
	};
	return {
		watch,
		/** The program hears of a width. */
		tell,
		settled: () => settled,
		text: () => rows().join('\n').trimEnd(),
		/** Writes the end of the conversation. */
		say: (text: string) => write(text),
		/** Draws as Ink does, with the cursor at the caret. */
		async draw(width: number) {
			const lines = ['', 'x'.repeat(width - 1), 'y'.repeat(width - 5), '', '❯ ', 'answering 3 s · Esc stops'];
			frame = {lines, caret: {x: 2, y: 4}, columns: width};
			await write(`${lines.join('\r\n')}\r\n\u001B[2A\u001B[3G`);
		},
		async resize(width: number) {
			terminal.resize(width, 30);
			tell(width);
			await write(`${stdout.read() ?? ''}`);
		},
		/** Goes to where Ink takes the top of the frame to be. */
		toTop: () => write('\u001B[4A\u001B[1G'),
	};
}

test('no row of a frame is left behind, whether the window became narrower or wider, and none above it is lost', async () => {
	const shown = screen(120, {TERM: 'xterm-256color'});
	await shown.say('the end of the talk\r\n');
	await shown.draw(120);
	for (const columns of [80, 60, 100, 45, 120, 80]) {
		await shown.resize(columns);
		assert.equal(shown.text(), 'the end of the talk', `${columns} columns`);
		await shown.toTop();
		await shown.draw(columns);
		assert.match(shown.text(), /^the end of the talk\n\nx+\ny+\n\n❯ \nanswering/);
	}
});

test('a frame that was drawn too wide and wrapped goes as well when the window is wide again', async () => {
	const shown = screen(60, {TERM: 'xterm-256color'});
	await shown.say('the end of the talk\r\n');
	await shown.draw(100);
	await shown.resize(100);
	assert.equal(shown.text(), 'the end of the talk');
});

test('a terminal that wraps nothing anew is left alone', async () => {
	const shown = screen(60, {TERM: 'linux'});
	await shown.draw(60);
	const before = shown.text();
	await shown.resize(100);
	assert.equal(shown.text(), before);
});

test('in tmux an answer is not drawn while the size changes, and all of it then', context => {
	context.mock.timers.enable({apis: ['setTimeout']});
	const shown = screen(120, {TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0'});
	const most = () => [shown.watch.mostTail(), shown.settled()];
	assert.deepEqual(most(), [undefined, 0]);
	shown.tell(80);
	assert.deepEqual(most(), [0, 0]);
	context.mock.timers.tick(999);
	shown.tell(60);
	context.mock.timers.tick(999);
	assert.deepEqual(most(), [0, 0], 'counted from the last change');
	context.mock.timers.tick(1);
	assert.deepEqual(most(), [undefined, 1]);
	shown.tell(100);
	shown.watch.stop();
	context.mock.timers.tick(1000);
	assert.equal(shown.settled(), 1, 'nothing is drawn after the end');
});

test('elsewhere an answer is drawn as ever', () => {
	const shown = screen(120, {TERM: 'xterm-256color'});
	shown.tell(80);
	assert.equal(shown.watch.mostTail(), undefined);
});
