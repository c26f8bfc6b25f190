import {plainLine} from '../../gateway/plain-text.js';
import {firstExecutable, placesInPath} from '../../network/find-program.js';
import {runProgram} from '../../network/run-program.js';
import type {ServiceLook} from '../surroundings.js';
import type {Machine} from './machine.js';
import type {ProbeScope} from './run-probe.js';

const fixedPaths = ['/usr/bin/systemctl', '/bin/systemctl'];
const wanted = 'ActiveState,SubState,NRestarts,LoadState';

/** The user service of OpenClaw, as systemd tells it; nothing where there is no systemd or no such service. Changes nothing. */
export async function lookAtService({signal, elapsed, add}: ProbeScope, machine: Machine, path: string | undefined): Promise<void> {
	const program = firstExecutable(machine.programs.systemctl ?? [...fixedPaths, ...placesInPath('systemctl', path)]);
	if (program === undefined || machine.platform !== 'linux') return;
	const atMs = elapsed();
	const output = await runProgram(program, ['--user', 'show', 'openclaw-gateway', '-p', wanted], {timeoutMs: 2_000, signal});
	const state = output === undefined ? undefined : readService(output);
	if (state !== undefined) add({kind: 'service-look', layer: 'tcp', atMs, tookMs: elapsed() - atMs, ...state});
}

/** Reads the lines `Key=value` of `systemctl show`; undefined when there is no such service. */
export function readService(output: string): Pick<ServiceLook, 'activeState' | 'subState' | 'restarts'> | undefined {
	const values = new Map(output.split('\n').map(line => [line.replace(/=.*$/s, ''), line.replace(/^[^=]*=/, '').trim()]));
	const activeState = values.get('ActiveState');
	if (!activeState || values.get('LoadState') === 'not-found') return undefined;
	const restarts = Number(values.get('NRestarts') ?? 0);
	return {
		activeState: plainLine(activeState, 40),
		subState: plainLine(values.get('SubState') ?? '', 40),
		restarts: Number.isInteger(restarts) ? restarts : 0,
	};
}
