import {spawnSync} from 'node:child_process';

/** For the `skip` of a test that needs a program of the system: why it cannot run here, or false. */
export function without(program: string): string | false {
	return spawnSync(program, ['--version']).status === 0 ? false : `${program} is not installed`;
}
