import {devNull} from 'node:os';
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

/** Whether git ignores a file. Files that are tracked all the same are not ignored. `./`: a name that begins with a colon is no pattern. */
export async function isGitIgnored(path: string): Promise<boolean> {
	return (await git(dirname(path), ['check-ignore', '--', `./${basename(path)}`], ignoredTimeoutMs)) !== undefined;
}

/**
 * What git prints, run in a folder that may be anybody's: an unpacked archive brings a repository's configuration along, and it may name
 * programs. Neither its file system monitor nor a hook is run, and an object that is missing is not fetched: the way to a remote can be a
 * program, too (`remote.….url = ext::…`, seen with git 2.39).
 */
function git(folder: string, options: readonly string[], timeoutMs: number): Promise<string | undefined> {
	const program = firstExecutable(placesInPath('git', process.env['PATH']));
	if (program === undefined) return Promise.resolve(undefined);
	const calm = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`];
	return runProgram(program, ['-C', folder, ...calm, ...options], {timeoutMs, settings});
}

/** No way of fetching is allowed; nothing is asked, and nothing is written. */
const settings = {
	GIT_ALLOW_PROTOCOL: 'none',
	GIT_NO_LAZY_FETCH: '1',
	GIT_OPTIONAL_LOCKS: '0',
	GIT_TERMINAL_PROMPT: '0',
};
