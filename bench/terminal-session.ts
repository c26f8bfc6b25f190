import {type IPty, spawn} from '@lydell/node-pty';

/** A program in a pseudo-terminal, with the time and number of every byte it writes. */
export interface TerminalSession {
	readonly pid: number;
	/** Milliseconds since the program was spawned. */
	elapsedMs(): number;
	bytesWritten(): number;
	/** Everything written so far. */
	output(): string;
	type(text: string): void;
	/** Resolves with the elapsed milliseconds when the predicate first holds of the output from `from` on. */
	waitFor(what: string, holds: (output: string) => boolean, from?: number, limitMs?: number): Promise<number>;
	/** Collects for a fixed time: a bench measures rates, so here time itself is the subject. */
	observe(durationMs: number): Promise<{bytes: number}>;
	end(): Promise<void>;
}

/** Starts `command` in an 120×40 pseudo-terminal and answers the queries a terminal must answer (device attributes, cursor position). */
export function openTerminal(command: readonly string[], env: NodeJS.ProcessEnv, cwd: string): TerminalSession {
	const started = performance.now();
	const [file = '', ...args] = command;
	const pty: IPty = spawn(file, args, {cols: 120, rows: 40, cwd, env: env as Record<string, string>, name: 'xterm-256color'});
	let output = '';
	let bytes = 0;
	const watchers = new Set<() => void>();
	let exited = false;
	const exit = new Promise<void>(resolve => {
		pty.onExit(() => {
			exited = true;
			resolve();
			for (const watcher of watchers) watcher();
		});
	});
	pty.onData(data => {
		output += data;
		bytes += Buffer.byteLength(data);
		if (data.includes('\u001B[c')) pty.write('\u001B[?62;22c');
		if (data.includes('\u001B[6n')) pty.write('\u001B[1;1R');
		for (const watcher of watchers) watcher();
	});
	const elapsedMs = () => performance.now() - started;
	return {
		pid: pty.pid,
		elapsedMs,
		bytesWritten: () => bytes,
		output: () => output,
		type: text => pty.write(text),
		waitFor(what, holds, from = 0, limitMs = 60_000) {
			return new Promise((resolve, reject) => {
				const timer = setTimeout(
					() => settle(new Error(`Waited ${limitMs} ms for ${what}; saw …${JSON.stringify(output.slice(-400))}`)),
					limitMs,
				);
				const settle = (problem?: Error) => {
					clearTimeout(timer);
					watchers.delete(check);
					if (problem) reject(problem);
					else resolve(elapsedMs());
				};
				const check = () => {
					if (holds(output.slice(from))) settle();
					else if (exited) settle(new Error(`The program ended before ${what}; saw …${JSON.stringify(output.slice(-400))}`));
				};
				watchers.add(check);
				check();
			});
		},
		async observe(durationMs) {
			const before = bytes;
			await new Promise(resolve => setTimeout(resolve, durationMs));
			return {bytes: bytes - before};
		},
		async end() {
			if (!exited) pty.kill('SIGTERM');
			await exit;
		},
	};
}
