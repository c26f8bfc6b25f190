import type {DemoProcess} from './demo-process.js';
import {costSoFar} from './process-cost.js';
import type {Figure} from './report.js';
import {prompt} from './start.js';
import {percentile} from './statistics.js';
import {openTerminal} from './terminal-session.js';
import {echoDelays} from './typist.js';

/** Lines of the draft, pasted a few at a time: a larger paste would stand in the draft as one label. */
const lines = 200;
const linesAPaste = 4;

/** Key to echo at the end of a draft of 200 lines of 60 characters, keys at uneven intervals. */
export async function measureDraft(launcher: string, gateway: DemoProcess, env: NodeJS.ProcessEnv, cwd: string): Promise<Figure[]> {
	const connection = ['--ephemeral', '--gateway', gateway.origin, '--token-file', gateway.tokenFile];
	const session = openTerminal([process.execPath, launcher, ...connection], env, cwd);
	await session.waitFor('the prompt', output => output.includes(prompt));
	await session.waitFor('online', output => output.includes('online'));
	for (let line = 0; line < lines; line += linesAPaste) {
		const from = session.output().length;
		const rows = Array.from({length: linesAPaste}, (_, index) => `${`line ${line + index} `.padEnd(60, 'the quick brown fox ')}\n`);
		session.type(`\u001B[200~${rows.join('')}\u001B[201~`);
		await session.waitFor(`line ${line}`, output => output.includes(`line ${line + linesAPaste - 1} `), from);
	}
	const before = costSoFar(session.pid).cpuMs;
	const delays = await echoDelays(session);
	const cpuMs = costSoFar(session.pid).cpuMs - before;
	await session.end();
	return [
		{name: 'key to echo in a draft of 200 lines, p95', value: percentile(delays, 95), unit: 'ms', bar: 20, runs: delays.length},
		{name: 'key to echo in a draft of 200 lines, median', value: percentile(delays, 50), unit: 'ms', runs: delays.length},
		{name: 'CPU a key in a draft of 200 lines', value: cpuMs / delays.length, unit: 'ms', runs: delays.length},
	];
}
