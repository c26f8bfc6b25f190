import {basename, dirname} from 'node:path';
import {firstExecutable, placesInPath} from '../network/find-program.js';
import {runProgram} from '../network/run-program.js';

/** A folder that takes longer is walked instead. */
const listTimeoutMs = 1500;
/** A network drive may be slow; the answer decides about a second question only. */
const ignoredTimeoutMs = 3000;

/** The files of a folder that git knows or would take, relative to it; undefined outside of a repository, without git, or when that takes long. */
export async function gitFiles(folder: string): Promise<readonly string[] | undefined> {
	const listed = await git(folder, ['ls-files', '-z', '-co', '--exclude-standard', '--deduplicate'], listTimeoutMs);
	return listed?.split('\0').filter(Boolean);
}

/** Whether git ignores a file. Files that are tracked all the same are not ignored. */
export async function isGitIgnored(path: string): Promise<boolean> {
	return (await git(dirname(path), ['check-ignore', '--', basename(path)], ignoredTimeoutMs)) !== undefined;
}

/** What git prints, run in a folder. A repository's own configuration may name a program as its file system monitor: it is not run. */
function git(folder: string, options: readonly string[], timeoutMs: number): Promise<string | undefined> {
	const program = firstExecutable(placesInPath('git', process.env['PATH']));
	if (program === undefined) return Promise.resolve(undefined);
	return runProgram(program, ['-C', folder, '-c', 'core.fsmonitor=false', ...options], {timeoutMs});
}
