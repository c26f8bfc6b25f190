import {spawn} from 'node:child_process';
import {firstExecutable, placesInPath} from '../../network/find-program.js';
import {withoutTokens} from '../../network/without-tokens.js';
import type {CommandContext} from '../command.js';

/** The first of these programs that PATH has, as an absolute path with its options; each is written as `name option …`. */
export function firstInPath(candidates: readonly string[], env: CommandContext['env']): readonly [string, ...string[]] | undefined {
	for (const candidate of candidates) {
		const [name = '', ...options] = candidate.split(' ');
		const program = firstExecutable(placesInPath(name, env['PATH']));
		if (program !== undefined) return [program, ...options];
	}
	return undefined;
}

/** Gives a program a text to read. @returns Whether it took it all and ended well in time. */
export function feed(
	[program, ...options]: readonly [string, ...string[]],
	text: string,
	{env, timeoutMs}: {readonly env: CommandContext['env']; readonly timeoutMs: number},
): Promise<boolean> {
	return new Promise(resolve => {
		// Some stay to serve the clipboard: nothing of ours may keep them, or be kept by them.
		const stdio = ['pipe', 'ignore', 'ignore'] as const;
		const child = spawn(program, options, {env: withoutTokens(env), stdio: [...stdio], windowsHide: true, timeout: timeoutMs});
		let isTaken = false;
		child.once('error', () => resolve(false));
		child.once('exit', code => resolve(code === 0 && isTaken));
		// It ended early: the exit code tells.
		child.stdin.on('error', () => undefined);
		child.stdin.end(text, () => {
			isTaken = true;
		});
	});
}
