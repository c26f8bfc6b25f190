import {execFile} from 'node:child_process';

/** What a program prints, whatever its exit code; undefined when it printed nothing in time. It is run without a shell. */
export function runProgram(
	program: string,
	options: readonly string[],
	{timeoutMs, signal}: {readonly timeoutMs: number; readonly signal?: AbortSignal | undefined},
): Promise<string | undefined> {
	return new Promise(resolve => {
		execFile(
			program,
			[...options],
			{timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 8_000_000, windowsHide: true, ...(signal === undefined ? {} : {signal})},
			(_error, stdout) => resolve(stdout === '' ? undefined : stdout),
		);
	});
}
