import {type ChildProcess, spawn} from 'node:child_process';
import type {Readable} from 'node:stream';
import {plainLine} from '../gateway/plain-text.js';
import {withoutTokens} from '../network/without-tokens.js';

/** One run of ssh that forwards a socket of this machine. */
export interface SshProcess {
	/** The last lines it wrote to stderr, without control characters and secrets. */
	said(): readonly string[];
	/** Resolves when these lines are as wanted, when ssh has ended, or after so many milliseconds. */
	saying(wanted: (lines: readonly string[]) => boolean, limitMs: number): Promise<void>;
	readonly ended: Promise<void>;
	readonly isRunning: boolean;
	/** Resolves when it has ended. */
	stop(): Promise<void>;
}

export interface SshRun {
	readonly program: string;
	/** `[user@]host` or a Host of ~/.ssh/config; checked by the configuration, never beginning with `-`. */
	readonly host: string;
	/** Where ssh listens on this machine: a Unix socket in a folder that only this user can open. */
	readonly socketPath: string;
	/** The folder of the socket, removed when this program is killed. */
	readonly folder: string;
	/** Port of the gateway on the loopback address of the far machine. */
	readonly gatewayPort: number;
	/** ssh may ask on the terminal: host key, password, passphrase. */
	readonly mayAsk: boolean;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	/** Hears each line of stderr. */
	readonly onLine?: (line: string) => void;
}

const mostLines = 40;
/** Of a line that has not ended yet, characters. */
const longestLine = 4_096;
const patienceMs = 2_000;
const lastWordsMs = 500;

/**
 * The arguments. The user's own configuration of ssh counts; what would take the run out of our hands does not: sharing a connection
 * (it would outlive us) and commands. Options given here win over the configuration.
 */
export function sshArguments({socketPath, gatewayPort, host, mayAsk}: SshRun): readonly string[] {
	const options = [
		'ExitOnForwardFailure=yes',
		'ServerAliveInterval=15',
		'ServerAliveCountMax=3',
		'ConnectTimeout=15',
		'ControlMaster=no',
		'ControlPath=none',
		'PermitLocalCommand=no',
		'StreamLocalBindMask=0177',
		`BatchMode=${mayAsk ? 'no' : 'yes'}`,
	];
	return ['-N', '-T', ...options.flatMap(option => ['-o', option]), '-L', `${socketPath}:127.0.0.1:${gatewayPort}`, '--', host];
}

/** Starts ssh. Its questions go to the terminal of this process, which ssh opens by itself. It ends with this process, however that ends. */
export function startSsh(run: SshRun): SshProcess {
	const {lines, say, saying} = collectWords(run);
	const child = spawn(run.program, sshArguments(run), {
		env: withoutTokens(run.env),
		stdio: ['ignore', 'ignore', 'pipe'],
		windowsHide: true,
	});
	hearLines(child.stderr, say);
	let isRunning = true;
	const dismissGuard = child.pid === undefined ? () => undefined : setGuard(child.pid, run.folder);
	const kill = () => void child.kill('SIGTERM');
	process.once('exit', kill);
	const ended = new Promise<void>(resolve => {
		child.once('error', (error: NodeJS.ErrnoException) => say(`ssh could not be started (${error.code ?? error.message})`));
		// A helper that ssh started (ProxyCommand) may outlive it and hold its stderr open.
		child.once('exit', () => setTimeout(() => child.stderr.destroy(), lastWordsMs).unref());
		child.once('close', () => {
			isRunning = false;
			process.off('exit', kill);
			dismissGuard();
			resolve();
		});
	});
	return {
		said: () => lines,
		saying: (wanted, limitMs) => saying(wanted, limitMs, ended),
		ended,
		get isRunning() {
			return isRunning;
		},
		stop: () => stop(child, ended),
	};
}

/** Each line of a text that comes in pieces. A banner of the far machine may be one endless line: of each only the beginning is kept. */
function hearLines(stream: Readable, say: (line: string) => void): void {
	let rest = '';
	stream.setEncoding('utf8').on('data', (piece: string) => {
		const lines = (rest + piece).split(/\r?\n/);
		rest = lines.pop()?.slice(0, longestLine) ?? '';
		lines.forEach(say);
	});
	stream.once('end', () => say(rest));
}

/** The last lines, and who waits for one. */
function collectWords({onLine}: SshRun) {
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	return {
		lines: lines as readonly string[],
		say(text: string) {
			const line = plainLine(text).trim();
			if (line === '') return;
			lines.push(line);
			if (lines.length > mostLines) lines.shift();
			onLine?.(line);
			for (const look of waiting) look();
		},
		saying: (wanted: (lines: readonly string[]) => boolean, limitMs: number, ended: Promise<void>) =>
			new Promise<void>(resolve => {
				const finish = () => {
					clearTimeout(timer);
					waiting.delete(look);
					resolve();
				};
				const look = () => (wanted(lines) ? finish() : undefined);
				const timer = setTimeout(finish, limitMs);
				waiting.add(look);
				void ended.then(finish);
				look();
			}),
	};
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
	await ended;
	clearTimeout(timer);
}

/**
 * A shell that waits for a line. The end of input instead means that this process is gone, by SIGKILL too: then it ends ssh and removes
 * the folder of the socket. Signals of the terminal do not concern it.
 */
function setGuard(pid: number, folder: string): () => void {
	const script = 'trap "" INT HUP TERM QUIT; read -r line || { rm -f -- "$2"/*; rmdir -- "$2"; kill "$1"; }';
	const guard = spawn('/bin/sh', ['-c', script, 'clawtalk-tunnel', String(pid), folder], {
		stdio: ['pipe', 'ignore', 'ignore'],
		env: {PATH: '/usr/bin:/bin'},
	});
	// Without a shell only the death by SIGKILL is not covered; a guard that has ended has no reader.
	guard.once('error', () => undefined);
	guard.stdin.on('error', () => undefined);
	guard.unref();
	return () => void guard.stdin.end('ended\n');
}
