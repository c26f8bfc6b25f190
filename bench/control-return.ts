import {type Client, patienceMs} from './chat-client.js';
import type {Peer} from './peer.js';
import type {Figure} from './report.js';
import {median} from './statistics.js';
import type {TerminalSession} from './terminal-session.js';
import {openWay} from './way.js';

/** How long the gateway is gone before it is back: their pauses have grown by then, ours have not. */
const outageMs = 20_000;
const closedRounds = 2;
/** Everybody knows by then that the gateway is gone. */
const noticedWithinMs = 2_000;
/** Whoever takes longer is counted with this; theirs pauses up to 30 s between attempts. */
const longestReturnMs = 60_000;
/** How long a start of the gateway may take. */
const longestStartMs = 240_000;

/** Milliseconds from the moment that the gateway is back until a client says that questions are answered, and by the control plane. */
interface Return {
	readonly usableMs: number;
	readonly readyMs: number;
}

interface Outage {
	/** The gateway is gone. */
	begin(): Promise<void>;
	/** Resolves when it is back. */
	end(): Promise<void>;
	/** From its beginning until its end is wanted. */
	readonly lastsMs: number;
	/** Longest time that is waited for a client, from then on. */
	readonly patienceMs: number;
}

/**
 * From the moment that the gateway is back until the clients say so, all at once: after the way to it was closed, and after it was killed
 * and started again (`/readyz`), which a real one takes seconds for and turns handshakes away meanwhile.
 */
export async function measureReturn(peer: Peer, clients: readonly Client[]): Promise<Figure[]> {
	const way = await openWay(peer.origin);
	const closed: Outage = {begin: way.close, end: way.open, lastsMs: outageMs, patienceMs: longestReturnMs};
	const {killed} = peer;
	try {
		const figures = figuresOf(clients, await timeReturns(clients, way.origin, closed, closedRounds), `back after ${outageMs / 1000} s`);
		if (killed === undefined) return figures;
		const restarts = await timeReturns(clients, peer.origin, {...killed, lastsMs: noticedWithinMs, patienceMs: longestStartMs}, 1);
		return [...figures, ...figuresOf(clients, restarts, 'back after its restart')];
	} finally {
		await way.close();
	}
}

async function timeReturns(clients: readonly Client[], origin: string, outage: Outage, rounds: number): Promise<Return[][]> {
	const sessions = clients.map(client => ({client, session: client.open(origin)}));
	try {
		await Promise.all(sessions.map(({client, session}) => session.waitFor(client.ready, has(client.ready), 0, patienceMs)));
		const returns: Return[][] = [];
		for (let round = 0; round < rounds; round++) returns.push(await timeReturn(sessions, outage));
		return returns;
	} finally {
		await Promise.all(sessions.map(({session}) => session.end()));
	}
}

async function timeReturn(
	sessions: readonly {readonly client: Client; readonly session: TerminalSession}[],
	outage: Outage,
): Promise<Return[]> {
	await outage.begin();
	// Time itself is the subject: the pauses between attempts grow with it.
	await new Promise(resolve => setTimeout(resolve, outage.lastsMs));
	const told = sessions.map(({client, session}) => {
		const from = session.output().length;
		const tellsOf = async (words: string) => {
			// A client that is not back in time is a figure, too.
			await session.waitFor(words, has(words), from, outage.patienceMs).catch(() => undefined);
			return performance.now();
		};
		return Promise.all([tellsOf(client.usable), tellsOf(client.back)]);
	});
	const [backAt, ...times] = await Promise.all([outage.end().then(() => performance.now()), ...told]);
	return times.map(([usableAt, readyAt]) => ({usableMs: Math.max(0, usableAt - backAt), readyMs: Math.max(0, readyAt - backAt)}));
}

function has(words: string): (output: string) => boolean {
	return output => output.includes(words);
}

function figuresOf(clients: readonly Client[], returns: readonly (readonly Return[])[], what: string): Figure[] {
	const runs = returns.length;
	return clients.flatMap(({name, isOurs, usable, back}, index): Figure[] => {
		const middle = (pick: (found: Return) => number) => median(returns.flatMap(round => round.slice(index, index + 1).map(pick)));
		const figure = (more: string, pick: (found: Return) => number) =>
			({name: `${name}: ${what}${more}`, value: middle(pick), unit: 'ms', runs}) as const;
		const first = figure('', ({usableMs}) => usableMs);
		if (usable === back) return [first];
		return [isOurs ? {...first, bar: 2_000} : first, figure(', control plane', ({readyMs}) => readyMs)];
	});
}
