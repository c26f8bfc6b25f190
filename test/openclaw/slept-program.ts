import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {launcher} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';
import type {RealGateway} from './real-gateway.js';

export interface SleptProgram {
	readonly program: PtyProgram;
	/** Its wall clock is hours further from one moment to the next; its timers do not notice. */
	wakeHoursLater(): void;
}

/** The built program in a terminal, online over the control plane, with a clock that can jump. */
export async function startSleptProgram(
	context: TestContext,
	{origin, token}: Pick<RealGateway, 'origin' | 'token'>,
): Promise<SleptProgram> {
	const clock = fileURLToPath(new URL('jumping-clock.js', import.meta.url));
	const home = freshHome(context);
	const env = {...home.env, CLAWTALK_GATEWAY_URL: origin, CLAWTALK_GATEWAY_TOKEN: token, CLAWTALK_TRANSPORT: 'ws'};
	const program = startInPty(context, process.execPath, ['--import', clock, launcher], {env, limitMs: 120_000, rows: 40});
	await program.shows('online');
	return {program, wakeHoursLater: () => process.kill(program.pid, 'SIGUSR2')};
}
