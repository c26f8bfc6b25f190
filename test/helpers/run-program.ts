import {spawn} from 'node:child_process';

export interface RunOptions {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
	/** Written to stdin, which is closed then. */
	readonly stdin?: string;
	/** The program is killed after this time and the run fails; 60,000 by default. */
	readonly limitMs?: number;
}

export interface FinishedProgram {
	/** The exit code, or the name of the signal that ended it. */
	readonly code: number | NodeJS.Signals;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a program to its end and collects what it printed. Rejects when it cannot be started or takes too long. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<FinishedProgram> {
	const limit = AbortSignal.timeout(options.limitMs ?? 60_000);
	const child = spawn(program, args, {env: options.env, cwd: options.cwd, signal: limit, killSignal: 'SIGKILL'});
	const printed = {stdout: '', stderr: ''};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		printed.stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		printed.stderr += text;
	});
	child.stdin.on('error', () => {
		// The program ended without reading all of it; its exit code tells.
	});
	child.stdin.end(options.stdin ?? '');
	return new Promise((resolve, reject) => {
		child.on('error', error => {
			const command = [program, ...args].join(' ');
			reject(limit.aborted ? new Error(`${command} did not end. It printed: ${JSON.stringify(printed)}`) : error);
		});
		child.on('close', (code, signal) => resolve({code: code ?? signal ?? 'SIGKILL', ...printed}));
	});
}
