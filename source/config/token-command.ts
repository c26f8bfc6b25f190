import {type ChildProcess, spawn} from 'node:child_process';
import {realpath, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {configProblem} from './problem-line.js';
import type {ConfigProblem} from './settings.js';
import {quoted, shown} from './shown.js';

/** How long a token command may take: with somebody there it may ask for a passphrase. */
const commandLimitsMs = {attended: 60_000, unattended: 5000} as const;

const largestBytes = 64 * 1024;

export type CommandOutput = {readonly ok: true; readonly line: string} | {readonly ok: false; readonly problem: ConfigProblem};

/**
 * Why a config file must not name a program to run: it or its folder could have been written by somebody else. Undefined when both
 * are the user's own and not writable by group or others. Windows has no such bits; there it passes.
 */
export async function commandForbidden(configPath: string): Promise<ConfigProblem | undefined> {
	if (process.getuid === undefined) return undefined;
	try {
		const file = await realpath(configPath);
		for (const path of new Set([file, dirname(file), dirname(configPath)])) {
			const {uid, mode} = await stat(path);
			if (uid !== process.getuid()) return forbidden(`${shown(path)} belongs to another user`);
			if (mode & 0o022) return forbidden(`others can write ${shown(path)}; fix it with: chmod go-w ${shown(path)}`);
		}
		return undefined;
	} catch (error) {
		return forbidden(`${shown(configPath)} cannot be looked at (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
	}
}

function forbidden(why: string): ConfigProblem {
	return configProblem('gatewayTokenCommand', `was not run: ${why}`);
}

/**
 * Runs a program and gives the first line it prints. No shell. It gets stdin only when that is a terminal (a pipe holds the
 * question), and stderr when somebody watches; unwatched, its first complaint becomes part of the message.
 */
export async function runTokenCommand(
	argv: readonly string[],
	options: {
		readonly env: Readonly<NodeJS.ProcessEnv>;
		/** stdin is a terminal. */
		readonly canType: boolean;
		/** stderr is a terminal: there is somebody to unlock a key or to touch a token. */
		readonly attended: boolean;
		readonly limitMs?: number;
		readonly signal: AbortSignal;
	},
): Promise<CommandOutput> {
	const limitMs = options.limitMs ?? commandLimitsMs[options.attended ? 'attended' : 'unattended'];
	const [program = '', ...args] = argv;
	const stdio = [options.canType ? 'inherit' : 'ignore', 'pipe', options.attended ? 'inherit' : 'pipe'] as const;
	const child = spawn(program, args, {env: options.env, stdio: [...stdio], windowsHide: true, detached: !options.attended});
	const end = await outcome(child, limitMs, options.signal);
	const fail = (why: string): CommandOutput => ({ok: false, problem: configProblem('gatewayTokenCommand', `${quoted(program)} ${why}`)});
	if (end.kind === 'limit') return fail(`did not finish within ${limitMs / 1000} s and was stopped.`);
	if (end.kind === 'aborted') return {ok: false, problem: {exitCode: 130, where: 'gatewayTokenCommand', message: 'cancelled.'}};
	if (end.kind === 'error') return fail(end.code === 'ENOENT' ? 'was not found.' : `could not be started (${end.code}).`);
	const complaint = end.stderr.trim().split('\n', 1)[0] ?? '';
	if (end.code !== 0) return fail(`ended with ${end.code ?? end.signal}${complaint ? `: ${shown(complaint)}` : '.'}`);
	const line = end.stdout.split(/\r?\n/, 1)[0] ?? '';
	return line.trim() === '' ? fail('printed no token.') : {ok: true, line};
}

type Outcome =
	| {readonly kind: 'limit'}
	| {readonly kind: 'aborted'}
	| {readonly kind: 'error'; readonly code: string}
	| {
			readonly kind: 'ended';
			readonly code: number | null;
			readonly signal: string | null;
			readonly stdout: string;
			readonly stderr: string;
	  };

function outcome(child: ChildProcess, limitMs: number, signal: AbortSignal): Promise<Outcome> {
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	return new Promise(resolve => {
		const finish = (result: Outcome): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			if (result.kind === 'limit' || result.kind === 'aborted') kill(child);
			resolve(result);
		};
		const onAbort = (): void => finish({kind: 'aborted'});
		const timer = setTimeout(() => finish({kind: 'limit'}), limitMs);
		signal.addEventListener('abort', onAbort, {once: true});
		if (signal.aborted) onAbort();
		child.once('error', (error: NodeJS.ErrnoException) => finish({kind: 'error', code: error.code ?? error.message}));
		child.once('close', (code, killedBy) => finish({kind: 'ended', code, signal: killedBy, stdout: stdout(), stderr: stderr()}));
	});
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
	let text = '';
	stream?.setEncoding('utf8');
	stream?.on('data', (piece: string) => {
		if (text.length < largestBytes) text += piece;
	});
	return () => text;
}

/** Ends the program and, when it has a process group of its own, whatever it started; lets go of its pipes either way. */
function kill(child: ChildProcess): void {
	const ownGroup = child.stderr !== null && process.platform !== 'win32';
	child.stdout?.destroy();
	child.stderr?.destroy();
	child.unref();
	if (child.pid === undefined) return;
	try {
		process.kill(ownGroup ? -child.pid : child.pid, 'SIGKILL');
	} catch {
		// It ended in the meantime.
	}
}
