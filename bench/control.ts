import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {DemoProcess} from './demo-process.js';
import {type Peer, startPeer} from './peer.js';
import {costSoFar, measureProcess} from './process-cost.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';
import {openTerminal, type TerminalSession} from './terminal-session.js';
import {openWay} from './way.js';

/** A chat that came over the control plane says so in its status line. */
export const online = 'control plane';
/** What OpenClaw's own client says when it can be used. */
const connected = 'gateway connected';
/** How long the gateway is gone before it is back: their pauses have grown by then, ours have not. */
const outageMs = 20_000;
const slowRuns = 3;
/** OpenClaw's own client sets up its folder at its first start. */
const patienceMs = 240_000;

/** The chat and a one-shot over the control plane, side by side with OpenClaw's own clients at the same gateway in the same run. */
export async function measureControl(
	launcher: string,
	demo: DemoProcess,
	env: NodeJS.ProcessEnv,
	home: string,
	runs: number,
): Promise<Figure[]> {
	const peer = await startPeer(demo, home);
	try {
		const clients = clientsOf(peer, launcher, env, home);
		const few = Math.min(runs, 5);
		return [
			...(await measureLaunch(peer, clients, few)),
			...(await measureAsking(peer, launcher, env, few)),
			...(await measureReturn(peer, clients)),
		];
	} finally {
		await peer.stop();
	}
}

interface Client {
	readonly name: string;
	readonly isOurs: boolean;
	open(origin: string): TerminalSession;
	readonly ready: string;
}

function clientsOf(peer: Peer, launcher: string, env: NodeJS.ProcessEnv, home: string): readonly Client[] {
	const own = join(home, 'tui');
	mkdirSync(own, {recursive: true});
	const ours: Client = {
		name: 'chat over the control plane',
		isOurs: true,
		ready: online,
		open: origin =>
			openTerminal([process.execPath, launcher, '--ephemeral', '--gateway', origin, '--token-file', peer.tokenFile], env, home),
	};
	const {openclaw} = peer;
	if (openclaw === undefined) return [ours];
	const url = (origin: string) => origin.replace(/^http/, 'ws');
	const theirs: Client = {
		name: 'openclaw tui',
		isOurs: false,
		ready: connected,
		open: origin => openTerminal([...openclaw.program, 'tui', '--url', url(origin), '--token', peer.token], {...env, HOME: own}, own),
	};
	return [ours, theirs];
}

/** Launch → the gateway has taken us and the composer is there, and the memory then; the clients take turns. */
async function measureLaunch(peer: Peer, clients: readonly Client[], runs: number): Promise<Figure[]> {
	const seen = new Map(clients.map(({name}) => [name, {times: [] as number[], memory: [] as number[]}]));
	for (let round = 0; round <= runs; round++) {
		for (const client of clients) {
			const session = client.open(peer.origin);
			const elapsed = await session.waitFor(client.ready, output => output.includes(client.ready), 0, patienceMs);
			const {residentMb} = costSoFar(session.pid);
			await session.end();
			// The first round fills the caches.
			if (round === 0) continue;
			seen.get(client.name)?.times.push(elapsed);
			seen.get(client.name)?.memory.push(residentMb);
		}
	}
	const figures = [...seen].flatMap(([name, {times, memory}]): Figure[] => [
		{name: `${name}: launch to a usable prompt`, value: median(times), unit: 'ms', runs},
		{name: `${name}: memory then`, value: median(memory), unit: 'MB', runs},
	]);
	const [ours, theirs] = [...seen.values()];
	if (ours === undefined || theirs === undefined) return figures;
	return [
		...figures,
		// Bars are largest values: 15 × sooner is a fifteenth of the time.
		{name: 'chat ÷ openclaw tui: launch', value: median(ours.times) / median(theirs.times), unit: '×', bar: 1 / 15, runs},
		{name: 'chat ÷ openclaw tui: memory', value: median(ours.memory) / median(theirs.memory), unit: '×', bar: 1 / 4, runs},
	];
}

const words = 'bench [[n=40 rate=200]]';

/** One question and its answer: `ask` over the control plane, `openclaw agent`, and curl as the measure of the gateway's own turn. */
async function measureAsking(peer: Peer, launcher: string, env: NodeJS.ProcessEnv, runs: number): Promise<Figure[]> {
	const body = JSON.stringify({model: 'openclaw/default', stream: true, messages: [{role: 'user', content: words}]});
	const json = ['-H', 'content-type: application/json', '-d', body];
	const curl = ['curl', '-sN', '-X', 'POST', '-H', `authorization: Bearer ${peer.token}`, ...json, `${peer.origin}/v1/chat/completions`];
	const ask = [process.execPath, launcher, 'ask', '--transport', 'ws', '--gateway', peer.origin, '--token-file', peer.tokenFile, words];
	const {openclaw} = peer;
	const programs: Record<string, () => Promise<number>> = {
		curl: async () => (await measureProcess(curl, env)).wallMs,
		ask: async () => answered(await measureProcess(ask, env)),
		...(openclaw === undefined ? {} : {agent: async () => (await openclaw.run(['agent', '--agent', 'main', '--message', words])).wallMs}),
	};
	const times = new Map<string, number[]>(Object.keys(programs).map(name => [name, []]));
	for (let round = 0; round <= runs; round++) {
		for (const [name, run] of Object.entries(programs)) {
			const wallMs = await run();
			if (round > 0) times.get(name)?.push(wallMs);
		}
	}
	const wall = (name: string) => median(times.get(name) ?? []);
	const over = (name: string) =>
		median((times.get(name) ?? []).map((wallMs, index) => wallMs - (times.get('curl')?.[index] ?? Number.NaN)));
	const figures: Figure[] = [
		{name: 'curl, the same question: wall', value: wall('curl'), unit: 'ms', runs},
		{name: 'ask over the control plane: wall', value: wall('ask'), unit: 'ms', runs},
		{name: 'ask over the control plane: over curl', value: over('ask'), unit: 'ms', runs},
	];
	if (openclaw === undefined) return figures;
	return [
		...figures,
		{name: 'openclaw agent: wall', value: wall('agent'), unit: 'ms', runs},
		{name: 'openclaw agent: over curl', value: over('agent'), unit: 'ms', runs},
		{name: 'ask ÷ openclaw agent: wall', value: wall('ask') / wall('agent'), unit: '×', bar: 1 / 2, runs},
		{name: 'ask ÷ openclaw agent: over curl', value: over('ask') / over('agent'), unit: '×', bar: 1 / 5, runs},
	];
}

function answered({exitCode, stdout, wallMs}: {readonly exitCode: number; readonly stdout: string; readonly wallMs: number}): number {
	if (exitCode !== 0 || !stdout.includes('tok39')) throw new Error(`ask ended with ${exitCode}, without its whole answer`);
	return wallMs;
}

/** From the moment that the gateway can be reached again until the client says so, after an outage. */
async function measureReturn(peer: Peer, clients: readonly Client[]): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const client of clients) {
		const times: number[] = [];
		for (let round = 0; round < slowRuns; round++) times.push(await timeReturn(peer, client));
		const bar = client.isOurs ? {bar: 2_000} : {};
		figures.push({name: `${client.name}: back after ${outageMs / 1000} s`, value: median(times), unit: 'ms', ...bar, runs: slowRuns});
	}
	return figures;
}

async function timeReturn(peer: Peer, client: Client): Promise<number> {
	const way = await openWay(peer.origin);
	const session = client.open(way.origin);
	try {
		await session.waitFor(client.ready, output => output.includes(client.ready), 0, patienceMs);
		await way.close();
		// Time itself is the subject: the pauses between attempts grow with it.
		await session.observe(outageMs);
		const from = session.output().length;
		await way.open();
		const openedAt = session.elapsedMs();
		return (await session.waitFor(client.ready, output => output.includes(client.ready), from, patienceMs)) - openedAt;
	} finally {
		await session.end();
		await way.close();
	}
}
