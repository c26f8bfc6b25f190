import './boot.js';
import {catchCrashes, crash} from './commands/chat/crash-report.js';
import type {CommandContext} from './commands/command.js';
import {runCommandLine} from './commands/command-line/run-command-line.js';
import {type ExitCode, exitCodes, signalExitCodes} from './exit-codes.js';

/** What ended the run from outside, if anything did: its exit code counts, whatever the command returns. */
let endedBy: ExitCode | undefined;
const controller = new AbortController();

catchCrashes();
for (const [name, code] of Object.entries(signalExitCodes)) {
	process.on(name, () => {
		// A terminal that is closed says so more than once: EIO, a SIGHUP of the system, one of the shell. What is being saved is saved.
		if (endedBy !== undefined && name !== 'SIGHUP') process.exit(code);
		endedBy ??= code;
		controller.abort(name);
	});
}
process.stdout.on('error', stdoutFailed);
process.stderr.on('error', () => {
	// Nobody reads stderr any more: there is nowhere left to say so, and the answer on stdout goes on.
});

const context: Omit<CommandContext, 'input' | 'flags' | 'debug'> = {
	env: process.env,
	stdin: process.stdin,
	stdout: process.stdout,
	stderr: process.stderr,
	signal: controller.signal,
};

try {
	const code = await runCommandLine(process.argv.slice(2), context);
	await leave(endedBy ?? code);
} catch (error) {
	crash(error);
}

/** Waits for what was written to reach the reader, then ends: open sockets and an unread stdin must not keep a finished command alive. */
async function leave(code: ExitCode): Promise<void> {
	process.exitCode = code;
	await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
	process.exit(endedBy ?? code);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise(resolve => {
		// What could not be written is told a turn later.
		if (stream.errored) setImmediate(resolve);
		else if (stream.destroyed || stream.writableLength === 0) resolve();
		else stream.write('', () => resolve());
	});
}

/** A reader that went away (`| head -1`) has what it wanted: quiet success. Anything else, such as a full disk, is said. */
function stdoutFailed(error: NodeJS.ErrnoException): void {
	if (endedBy !== undefined) return;
	const isClosedTerminal = error.code === 'EIO' && process.stdout.isTTY;
	endedBy = error.code === 'EPIPE' ? exitCodes.ok : isClosedTerminal ? exitCodes.hangup : exitCodes.incomplete;
	if (error.code !== 'EPIPE' && !isClosedTerminal) process.stderr.write(`clawtalk: the output cannot be written: ${error.message}\n`);
	controller.abort(error.code ?? 'EIO');
}
