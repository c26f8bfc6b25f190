import {openTurns} from './own-turn.js';
import type {Peer} from './peer.js';
import {measureProcess} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';

const words = 'bench [[n=40 rate=200]]';
const manyTokens = 3_000;

/**
 * One question and its answer, in turn: `ask` over both ways, `openclaw agent`, and as measures of the gateway's own turn curl, and
 * `chat.send` over a connection that stands: over its control plane the same gateway takes longer for the same question.
 */
export async function measureAsking(peer: Peer, launcher: string, env: NodeJS.ProcessEnv, runs: number): Promise<Figure[]> {
	const turns = await openTurns(peer);
	const programs = {...programsOf(peer, launcher, env), [turnOverControl]: () => turns.take(words)};
	const times = new Map<string, number[]>(Object.keys(programs).map(name => [name, []]));
	for (let round = 0; round <= runs; round++) {
		for (const [name, run] of Object.entries(programs)) {
			const wallMs = await run();
			// The first round fills the caches, of the gateway, too.
			if (round > 0) times.get(name)?.push(wallMs);
		}
	}
	await turns.close();
	return [...figuresOf(times, runs), await countLost(peer, launcher, env)];
}

function figuresOf(times: ReadonlyMap<string, readonly number[]>, runs: number): Figure[] {
	const of = (name: string) => times.get(name) ?? [];
	const over = (name: string, base: string) => median(of(name).map((wallMs, index) => wallMs - (of(base)[index] ?? Number.NaN)));
	const figures = [...times].map(([name, walls]): Figure => ({name: `${name}: wall`, value: median(walls), unit: 'ms', runs}));
	for (const [name, base] of [
		[ownOverHttp, turnOverHttp],
		[ownOverControl, turnOverControl],
	] as const) {
		figures.push({name: `${name}: over ${base}`, value: over(name, base), unit: 'ms', runs});
		if (!times.has(theirs)) continue;
		figures.push(
			{name: `${theirs}: over ${base}`, value: over(theirs, base), unit: 'ms', runs},
			{name: `${name} ÷ ${theirs}: wall`, value: median(of(name)) / median(of(theirs)), unit: '×', bar: 1 / 2, runs},
			{name: `${name} ÷ ${theirs}: over ${base}`, value: over(name, base) / over(theirs, base), unit: '×', bar: 1 / 5, runs},
		);
	}
	return figures;
}

const turnOverHttp = 'curl';
const turnOverControl = 'chat.send';
const theirs = 'openclaw agent';
const ownOverControl = 'ask over the control plane';
const ownOverHttp = 'ask';

function programsOf(peer: Peer, launcher: string, env: NodeJS.ProcessEnv): Record<string, () => Promise<number>> {
	const body = JSON.stringify({model: 'openclaw/default', stream: true, messages: [{role: 'user', content: words}]});
	const json = ['-H', 'content-type: application/json', '-d', body];
	const curl = ['curl', '-sN', '-X', 'POST', '-H', `authorization: Bearer ${peer.token}`, ...json, `${peer.origin}/v1/chat/completions`];
	const {openclaw} = peer;
	return {
		[turnOverHttp]: async () => (await measureProcess(curl, env)).wallMs,
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
