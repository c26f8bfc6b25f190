import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {animate, screenToSvg} from './screen-to-svg.js';

/** `npm run record`: plays a short session of `clawtalk demo` in a real terminal emulator and writes media/chat.svg. */
const columns = 84;
const rows = 34;
const home = mkdtempSync(join(tmpdir(), 'clawtalk-record-'));
const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
const pty = spawn(process.execPath, [resolve('bin/clawtalk.js'), 'demo'], {
	cols: columns,
	rows,
	cwd: home,
	name: 'xterm-256color',
	env: {PATH: process.env['PATH'] ?? '', HOME: home, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8'},
});
const changed = new Set<() => void>();
terminal.onData(answer => pty.write(answer));
pty.onData(data =>
	terminal.write(data, () => {
		for (const look of [...changed]) look();
	}),
);

const frames: {svg: string; seconds: number}[] = [];
const screen = () =>
	Array.from(
		{length: rows},
		(_, row) => terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row)?.translateToString(true) ?? '',
	).join('\n');
const keep = (seconds: number) => frames.push({svg: screenToSvg(terminal), seconds});

/** Resolves at the first change of the screen after which the predicate holds. */
function until(what: string, holds: (text: string) => boolean): Promise<void> {
	return new Promise((resolve, reject) => {
		const limit = setTimeout(() => reject(new Error(`The recording waited in vain for ${what}:\n${screen()}`)), 20_000);
		const look = () => {
			if (!holds(screen())) return;
			clearTimeout(limit);
			changed.delete(look);
			resolve();
		};
		changed.add(look);
		look();
	});
}

async function type(text: string): Promise<void> {
	let typed = '';
	for (const key of text) {
		typed += key;
		pty.write(key);
		const sofar = typed;
		await until(`the echo of "${sofar}"`, shown => shown.includes(sofar.trimEnd()));
		if (typed.length % 4 === 0) keep(0.18);
	}
	keep(0.4);
}

/** Types a question and keeps pictures of its answer while it grows. */
async function ask(question: string): Promise<void> {
	await type(question);
	pty.write('\r');
	for (;;) {
		const before = screen();
		await until('more of the answer', text => text !== before);
		if (/ tokens\b[^\n]*\n\s*\n❯\s*\n/.test(screen())) return;
		keep(0.12);
	}
}

/** Types the beginning of a command, shows what it can become, and takes it back. */
async function offer(beginning: string, words: string): Promise<void> {
	await type(beginning);
	await until('the offers', text => text.includes(words));
	keep(2);
	for (let left = beginning.length; left > 0; left--) pty.write('\u007F');
	await until('an empty composer', text => !text.includes(words) && /❯\s*\n/.test(text));
	keep(0.3);
}

try {
	await until('the prompt', text => text.includes('online'));
	keep(1.2);
	await ask('What can you do?');
	keep(2);
	await offer('/co', 'copy the last answer');
	await ask('Use a tool, please');
	keep(2);
	await ask('Show me a table');
	keep(6);
	writeFileSync(resolve('media/chat.svg'), animate(frames, columns, rows));
} finally {
	pty.kill('SIGTERM');
	rmSync(home, {recursive: true, force: true});
}
