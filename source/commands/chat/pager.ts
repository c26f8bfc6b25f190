import {spawn} from 'node:child_process';
import {delimiter, isAbsolute} from 'node:path';
import {firstExecutable, placesInPath} from '../../network/find-program.js';
import {withoutTokens} from '../../network/without-tokens.js';
import type {CommandContext} from '../command.js';
import {withoutInterrupts} from './interrupts.js';
import type {LentTerminal} from './lent-terminal.js';

/** A pager with its options. */
export type Pager = readonly [program: string, ...options: string[]];

/**
 * `$PAGER` as words, a program of PATH or an absolute path; else less, else more. A `$PAGER` with shell syntax is left aside: no shell is
 * run. Undefined when there is none.
 */
export function findPager(env: CommandContext['env']): Pager | undefined {
	const own = (env['PAGER'] ?? '').trim();
	const candidates = [...(own !== '' && !/["'$`;&|<>\\]/.test(own) ? [own] : []), 'less', 'more'];
	for (const candidate of candidates) {
		const [name = '', ...options] = candidate.split(/\s+/);
		const program = firstExecutable(isAbsolute(name) ? [name] : name.includes('/') ? [] : placesInPath(name, pathOf(env)));
		if (program !== undefined) return [program, ...options];
	}
	return undefined;
}

function pathOf(env: CommandContext['env']): string {
	return env['PATH'] ?? ['/usr/bin', '/bin'].join(delimiter);
}

/** Whether the pager shows colours instead of their sequences; less does, with the options it is given by `pageText`. */
export function showsColours([program]: Pager): boolean {
	return /(?:^|[/\\])(?:less|bat|moar|moor|most|ov)(?:\.exe)?$/.test(program);
}

/** Shows the text in the pager, which has Ctrl+C meanwhile; resolves when it was left, with what went wrong in a few words. */
export function pageText(text: string, pager: Pager, env: CommandContext['env'], lend: LentTerminal['lend']): Promise<string | undefined> {
	return lend(() => withoutInterrupts(() => runPager(text, pager, env)));
}

function runPager(text: string, [program, ...options]: Pager, env: CommandContext['env']): Promise<string | undefined> {
	return new Promise(resolve => {
		// -R: colours; +G: at the end of the text, where the conversation goes on.
		const forLess = env['LESS'] === undefined ? {LESS: 'R', LESSCHARSET: 'utf-8'} : {LESS: `${env['LESS']} -R`};
		const isLess = /(?:^|[/\\])less(?:\.exe)?$/.test(program);
		const more = isLess && options.length === 0 ? ['+G'] : [];
		const child = spawn(program, [...options, ...more], {stdio: ['pipe', 'inherit', 'inherit'], env: {...withoutTokens(env), ...forLess}});
		child.once('error', error => resolve(`${program} could not be started (${(error as NodeJS.ErrnoException).code ?? error.message})`));
		child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `${program} ended with ${signal ?? code}`));
		// It was left before it had read all.
		child.stdin.on('error', () => undefined);
		child.stdin.end(text);
	});
}
