import {type Client, clientsOf, patienceMs} from './chat-client.js';
import {measureAsking} from './control-asking.js';
import {measureReturn} from './control-return.js';
import type {DemoProcess} from './demo-process.js';
import {type Peer, startPeer} from './peer.js';
import {costSoFar} from './process-cost.js';
import {type Figure, renderTable} from './report.js';
import {median} from './statistics.js';

export {online} from './chat-client.js';

/** The chat and a one-shot over the control plane, side by side with OpenClaw's own clients at the same gateway in the same run. */
export async function measureControl(
	launcher: string,
	demo: DemoProcess,
	env: NodeJS.ProcessEnv,
	home: string,
	runs: number,
): Promise<Figure[]> {
	say('a gateway starts');
	const peer = await startPeer(demo, home);
	try {
		const clients = clientsOf(peer, launcher, env, home);
		// Theirs takes seconds for what is counted here, and all of this is to be done in four minutes.
		const few = Math.min(runs, 3);
		const parts: Record<string, () => Promise<Figure[]>> = {
			launches: () => measureLaunch(peer, clients, few),
			questions: () => measureAsking(peer, launcher, env, few),
			returns: () => measureReturn(peer, clients),
		};
		const figures: Figure[] = [];
		for (const [name, measure] of Object.entries(parts)) {
			say(name);
			const found = await measure();
			say(`${name}\n${renderTable(found)}`);
			figures.push(...found);
		}
		return figures;
	} finally {
		await peer.stop();
	}
}

/** Minutes without a word look like a fault, and what was measured is there when the rest is broken off. */
function say(what: string): void {
	process.stderr.write(`control: ${what}\n`);
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
