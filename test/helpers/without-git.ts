import {spawnSync} from 'node:child_process';

/** For the `skip` of a test that makes a repository: why it cannot, or false. */
export const withoutGit = spawnSync('git', ['--version']).status === 0 ? false : 'git is not installed';
