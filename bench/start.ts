import type {DemoProcess} from './demo-process.js';
import {costSoFar, measureProcess} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';
import {openTerminal} from './terminal-session.js';

/** The composer's mark: once it is on the screen a person can type. */
export const prompt = '❯';

/** Launch → first paint and → first echoed key in a pseudo-terminal, with `node -e 0` in turn as the measure of the machine. */
export async function measureStart(
	launcher: string,
	gateway: DemoProcess,
	env: NodeJS.ProcessEnv,
	cwd: string,
	runs: number,
): Promise<Figure[]> {
	const paints: number[] = [];
	const echoes: number[] = [];
	const empties: number[] = [];
	const memory: number[] = [];
	for (let round = 0; round <= runs; round++) {
		const empty = await measureProcess([process.execPath, '-e', '0'], env);
		const session = openTerminal(
			[process.execPath, launcher, '--ephemeral', '--gateway', gateway.origin, '--token-file', gateway.tokenFile],
			env,
			cwd,
		);
		const paint = await session.waitFor('the prompt', output => output.includes(prompt));
		const typedAt = session.output().length;
		session.type('ß');
		const echo = await session.waitFor('the first key', output => output.includes('ß'), typedAt);
		await session.waitFor('online', output => output.includes('online'));
		const {residentMb} = costSoFar(session.pid);
		await session.end();
		if (round === 0) continue;
		empties.push(empty.wallMs);
		paints.push(paint);
		echoes.push(echo);
		memory.push(residentMb);
	}
	return [
		{name: 'chat: launch to first paint', value: median(paints), unit: 'ms', bar: 180, runs},
		{
			name: 'chat: first paint ÷ node -e 0',
			value: median(paints.map((paint, index) => paint / (empties[index] ?? Number.NaN))),
			unit: '×',
			bar: 7,
			runs,
		},
		{name: 'chat: launch to first echoed key', value: median(echoes), unit: 'ms', runs},
		{name: 'chat: memory at the prompt', value: median(memory), unit: 'MB', bar: 120, runs},
	];
}
