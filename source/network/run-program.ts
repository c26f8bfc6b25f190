import {type ChildProcess, spawn} from 'node:child_process';

/** More output than any answer has. */
const mostBytes = 8_000_000;
const lastWordsMs = 200;
const isWindows = process.platform === 'win32';

/**
 * What the programs that are asked need of the environment: to find their own files and services. Everything else stays here, the tokens
 * first of all.
 */
const needed = [
	...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'TMPDIR', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
	...['SYSTEMROOT', 'SystemRoot', 'PROGRAMDATA', 'ProgramData', 'LOCALAPPDATA', 'USERPROFILE', 'TEMP', 'TMP'],
];

interface RunLimits {
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
	/** Variables for this program beside those. */
	readonly settings?: Readonly<Record<string, string>>;
}

/**
 * What a program prints, whatever its exit code; undefined when it printed nothing in time. It is run without a shell, and without the
 * environment of this process beyond what it needs. When it has ended, or its time is over, it is gone with all that it started.
 */
export function runProgram(
	program: string,
	options: readonly string[],
	{timeoutMs, signal, settings}: RunLimits,
): Promise<string | undefined> {
	if (signal?.aborted) return Promise.resolve(undefined);
	return new Promise(resolve => {
		const own = Object.fromEntries(needed.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
		const env = {...own, ...settings};
		// A group of its own can be ended as a whole.
		const child = spawn(program, options, {env, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true, detached: !isWindows});
		const pieces: Buffer[] = [];
		let size = 0;
		let isDone = false;
		const finish = () => {
			if (isDone) return;
			isDone = true;
			clearTimeout(timer);
			signal?.removeEventListener('abort', finish);
			process.off('exit', finish);
			endAll(child);
			child.stdout.destroy();
			resolve(size === 0 ? undefined : Buffer.concat(pieces).toString('utf8'));
		};
		const timer = setTimeout(finish, timeoutMs);
		signal?.addEventListener('abort', finish, {once: true});
		process.once('exit', finish);
		child.stdout.on('data', (piece: Buffer) => {
			pieces.push(piece);
			size += piece.length;
			if (size > mostBytes) finish();
		});
		// It could not be started: it printed nothing.
		child.once('error', finish);
		// What it started may hold its output open.
		child.once('exit', () => setTimeout(finish, lastWordsMs).unref());
		child.once('close', finish);
	});
}

/** Ends a program and what it started, as far as that stayed in its group. */
function endAll(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		if (isWindows) child.kill('SIGKILL');
		else process.kill(-child.pid, 'SIGKILL');
	} catch (error) {
		// ESRCH: nobody is left. EPERM: it became another user's (macOS says so of a group of the dead, too).
		if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
}
