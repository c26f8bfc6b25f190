import {spawn} from 'node:child_process';
import {shown} from '../config/shown.js';
import {splitCommand} from '../config/word-split.js';
import {firstExecutable, placesInPath} from '../network/find-program.js';
import {withoutTokens} from '../network/without-tokens.js';

export type FoundEditor =
	| {readonly ok: true; readonly words: readonly string[]}
	/** `where`: the variable that is wrong, or EDITOR when there is none at all. */
	| {readonly ok: false; readonly where: 'VISUAL' | 'EDITOR'; readonly message: string};

/** What is tried where neither variable is set. */
const usualEditors = ['vi', 'nano'];

/** The user's editor as words: `$VISUAL`, else `$EDITOR`, else `vi` or `nano` where PATH has one. No shell reads the variable. */
export function findEditor(env: Readonly<NodeJS.ProcessEnv>): FoundEditor {
	const where = env['VISUAL'] ? 'VISUAL' : 'EDITOR';
	const line = env[where];
	if (line) {
		const split = splitCommand(line);
		return split.ok ? split : {ok: false, where, message: split.message};
	}
	if (process.platform === 'win32') return {ok: true, words: ['notepad']};
	const usual = firstExecutable(usualEditors.flatMap(name => placesInPath(name, env['PATH'])));
	if (usual !== undefined) return {ok: true, words: [usual]};
	return {ok: false, where, message: 'is not set, and there is neither vi nor nano here. Set EDITOR to an editor.'};
}

/** Runs the editor on a file; it has the terminal as it is. Answers what went wrong, as a phrase that follows its name, or nothing. */
export function runEditor(
	[program = '', ...args]: readonly string[],
	path: string,
	env: Readonly<NodeJS.ProcessEnv>,
): Promise<string | undefined> {
	return new Promise(resolve => {
		const child = spawn(program, [...args, path], {stdio: 'inherit', env: withoutTokens(env)});
		child.once('error', (error: NodeJS.ErrnoException) => {
			resolve(
				error.code === 'ENOENT' ? 'was not found. Set EDITOR to an editor.' : `could not be started (${error.code ?? 'unknown error'}).`,
			);
		});
		child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? code}`));
	});
}

/** An editor's name as it may be shown. */
export function editorName([program = '']: readonly string[]): string {
	return shown(program.split('/').at(-1) ?? program);
}
