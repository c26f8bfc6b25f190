import type {TestContext} from 'node:test';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {atEnd} from './at-end.js';

export interface PtyOptions {
	readonly env: Readonly<Record<string, string>>;
	readonly columns?: number;
	readonly rows?: number;
	/** Longest wait for something to appear, on a machine that has other things to do as well; 60,000 ms by default. */
	readonly limitMs?: number;
}

/** A program in a pseudo-terminal, seen as a person sees it. */
export interface PtyProgram {
	readonly pid: number;
	/** Everything the program wrote, with its control sequences. */
	written(): string;
	/** Scrollback and screen as lines of text. */
	lines(): readonly string[];
	/** The line of the cursor, and its column. */
	cursor(): {readonly line: string; readonly column: number};
	type(text: string): void;
	/** As the terminal sends a paste. */
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	signal(name: 'SIGTERM' | 'SIGHUP' | 'SIGINT' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
	/** Resolves when the text (scrollback and screen) shows it; rejects with the screen when it does not in time. */
	shows(what: string | RegExp): Promise<void>;
	/** Resolves when the condition holds; asked after everything the program writes. */
	until(what: string, holds: (lines: readonly string[]) => boolean): Promise<void>;
	/** Resolves with the exit code once the program has ended and all of its output was seen. */
	ended(): Promise<{readonly code: number; readonly signal: number}>;
}

const beganFrame = /(?:\u001B\[\?2026h(?!.*\u001B\[\?2026l).*|\u001B(?:\[[\d;?]*)?)$/su;

/** What a terminal with synchronized output shows by now, and the frame (or the control sequence) that has only begun. */
function wholeFrames(data: string): readonly [whole: string, begun: string] {
	const begun = beganFrame.exec(data)?.[0] ?? '';
	return [data.slice(0, data.length - begun.length), begun];
}

/** Starts a program in a terminal of 80×24. If it still runs after the test, it is killed before what was made earlier goes. */
export function startInPty(test: Pick<TestContext, 'after'>, file: string, args: readonly string[], options: PtyOptions): PtyProgram {
	const {columns = 80, rows = 24, limitMs = 60_000} = options;
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 10_000, allowProposedApi: true});
	const pty = spawn(file, [...args], {cols: columns, rows, env: {TERM: 'xterm-256color', ...options.env}});
	const watchers = new Set<() => void>();
	let written = '';
	let held = '';
	let exit: {code: number; signal: number} | undefined;
	const changed = () => {
		for (const watcher of [...watchers]) watcher();
	};
	pty.onData(data => {
		written += data;
		const [frames, rest] = wholeFrames(held + data);
		held = rest;
		terminal.write(frames, changed);
	});
	terminal.onData(answer => exit ?? pty.write(answer));
	pty.onExit(({exitCode, signal}) => {
		exit = {code: exitCode, signal: signal ?? 0};
		terminal.write(held, changed);
	});
	atEnd(test, async () => {
		if (exit === undefined) {
			const ended = new Promise(resolve => pty.onExit(resolve));
			pty.kill('SIGKILL');
			await ended;
		}
		terminal.dispose();
	});

	const lines = () => {
		const {buffer} = terminal;
		const all = Array.from({length: buffer.active.length}, (_, row) =>
			(buffer.active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
		);
		return all.slice(0, all.findLastIndex(line => line !== '') + 1);
	};
	const until = (what: string, holds: () => boolean) =>
		new Promise<void>((resolve, reject) => {
			const timer = setTimeout(
				() => settle(new Error(`Waited ${limitMs} ms for ${what}. The terminal shows:\n${lines().join('\n')}`)),
				limitMs,
			);
			const settle = (problem?: Error) => {
				clearTimeout(timer);
				watchers.delete(check);
				if (problem) reject(problem);
				else resolve();
			};
			const check = () => {
				if (holds()) settle();
				else if (exit !== undefined && what !== 'the end')
					settle(new Error(`The program ended before ${what}. The terminal shows:\n${lines().join('\n')}`));
			};
			watchers.add(check);
			check();
		});
	return {
		pid: pty.pid,
		written: () => written,
		lines,
		cursor() {
			const {cursorX, cursorY, baseY} = terminal.buffer.active;
			return {line: terminal.buffer.active.getLine(baseY + cursorY)?.translateToString(true) ?? '', column: cursorX};
		},
		type: text => pty.write(text),
		paste: text => pty.write(`\u001B[200~${text}\u001B[201~`),
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		signal: name => process.kill(pty.pid, name),
		shows: what =>
			until(String(what), () => (typeof what === 'string' ? lines().join('\n').includes(what) : what.test(lines().join('\n')))),
		until: (what, holds) => until(what, () => holds(lines())),
		async ended() {
			await until('the end', () => exit !== undefined);
			return exit ?? {code: -1, signal: 0};
		},
	};
}
