import type {Peer} from './peer.js';
import {measureProcess} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';

const words = 'bench [[n=40 rate=200]]';
const manyTokens = 3_000;

/** One question and its answer: `ask` over both ways, `openclaw agent`, and curl as the measure of the gateway's own turn, in turn. */
export async function measureAsking(peer: Peer, launcher: string, env: NodeJS.ProcessEnv, runs: number): Promise<Figure[]> {
	const programs = programsOf(peer, launcher, env);
	const times = new Map<string, number[]>(Object.keys(programs).map(name => [name, []]));
	for (let round = 0; round <= runs; round++) {
		for (const [name, run] of Object.entries(programs)) {
			const wallMs = await run();
			// The first round fills the caches, of the gateway, too.
			if (round > 0) times.get(name)?.push(wallMs);
		}
	}
	const wall = (name: string) => median(times.get(name) ?? []);
	const over = (name: string) =>
		median((times.get(name) ?? []).map((wallMs, index) => wallMs - (times.get('curl')?.[index] ?? Number.NaN)));
	const figures = Object.keys(programs).flatMap((name): Figure[] => [
		{name: `${name}: wall`, value: wall(name), unit: 'ms', runs},
		...(name === 'curl' ? [] : [{name: `${name}: over curl`, value: over(name), unit: 'ms', runs} as const]),
	]);
	if (peer.openclaw !== undefined) {
		for (const name of [ownOverControl, ownOverHttp]) {
			figures.push(
				{name: `${name} ÷ ${theirs}: wall`, value: wall(name) / wall(theirs), unit: '×', bar: 1 / 2, runs},
				{name: `${name} ÷ ${theirs}: over curl`, value: over(name) / over(theirs), unit: '×', bar: 1 / 5, runs},
			);
		}
	}
	return [...figures, await countLost(peer, launcher, env)];
}

const theirs = 'openclaw agent';
const ownOverControl = 'ask over the control plane';
const ownOverHttp = 'ask';

function programsOf(peer: Peer, launcher: string, env: NodeJS.ProcessEnv): Record<string, () => Promise<number>> {
	const body = JSON.stringify({model: 'openclaw/default', stream: true, messages: [{role: 'user', content: words}]});
	const json = ['-H', 'content-type: application/json', '-d', body];
	const curl = ['curl', '-sN', '-X', 'POST', '-H', `authorization: Bearer ${peer.token}`, ...json, `${peer.origin}/v1/chat/completions`];
	const {openclaw} = peer;
	return {
		curl: async () => (await measureProcess(curl, env)).wallMs,
		[ownOverHttp]: async () => answered(await measureProcess(askOf(peer, launcher, 'auto', words), env)),
		[ownOverControl]: async () => answered(await measureProcess(askOf(peer, launcher, 'ws', words), env)),
		...(openclaw === undefined
			? {}
			: {[theirs]: async () => (await openclaw.run(['agent', '--agent', 'main', '--message', words])).wallMs}),
	};
}

function askOf({origin, tokenFile}: Peer, launcher: string, transport: string, text: string): readonly string[] {
	return [process.execPath, launcher, 'ask', '--transport', transport, '--gateway', origin, '--token-file', tokenFile, text];
}

function answered({exitCode, stdout, wallMs}: {readonly exitCode: number; readonly stdout: string; readonly wallMs: number}): number {
	if (exitCode !== 0 || !stdout.includes('tok39')) throw new Error(`ask ended with ${exitCode}, without its whole answer`);
	return wallMs;
}

/** A long answer as fast as the gateway gives it: each piece is there once, in its place. */
async function countLost(peer: Peer, launcher: string, env: NodeJS.ProcessEnv): Promise<Figure> {
	const {stdout} = await measureProcess(askOf(peer, launcher, 'ws', `bench [[n=${manyTokens} rate=1000]]`), env);
	const printed = stdout.trim().split(/\s+/);
	const lost = Array.from({length: manyTokens}, (_, index) => `tok${index}`).filter((token, index) => printed[index] !== token).length;
	const surplus = Math.max(0, printed.length - manyTokens);
	return {name: `${ownOverControl}: lost or doubled of ${manyTokens} tokens`, value: lost + surplus, unit: 'count', bar: 0, runs: 1};
}
