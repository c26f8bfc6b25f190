import {getActiveResourcesInfo} from 'node:process';
import {Secret} from '../source/diagnosis/redact.js';
import type {RefusalLedger} from '../source/gateway/gateway.js';
import {openGateway} from '../source/gateway/open-gateway.js';
import {online} from './control.js';
import type {DemoProcess} from './demo-process.js';
import {watchLiveHeap} from './live-heap.js';
import {type Peer, startPeer} from './peer.js';
import {costSoFar} from './process-cost.js';
import type {Figure} from './report.js';
import {openTerminal} from './terminal-session.js';
import {openWay} from './way.js';

const roundMs = 60_000;
/** The way is closed for so long in every round. */
const outageMs = 3_000;
/** After so many rounds everything was loaded and done once: the heap is measured from there on. */
const warmRounds = 3;
/** A shorter soak has no slope of resident memory: the heap grows into its room, and looking into it costs some. */
const longMinutes = 30;
/** Between two readings of the memory. */
const sampleMs = 5_000;

/**
 * Hours of a bad line in short: a chat that loses its gateway every minute and finds it again. What is reachable in its heap is measured
 * when it has warmed up and at the end; its resident memory is read all the time, and the slope is that of the second half. Beside it a
 * control plane in this process goes through the same, so that its listeners and timers can be counted.
 */
export async function measureSoak(
	launcher: string,
	demo: DemoProcess,
	env: NodeJS.ProcessEnv,
	home: string,
	minutes: number,
): Promise<Figure[]> {
	const peer = await startPeer(demo, home);
	try {
		return await soak(launcher, peer, env, home, minutes);
	} finally {
		await peer.stop();
	}
}

async function soak(launcher: string, peer: Peer, env: NodeJS.ProcessEnv, home: string, minutes: number): Promise<Figure[]> {
	const way = await openWay(peer.origin);
	const heap = watchLiveHeap(home);
	const session = openTerminal(
		[process.execPath, ...heap.arguments, launcher, '--ephemeral', '--gateway', way.origin, '--token-file', peer.tokenFile],
		env,
		home,
	);
	const plane = countedPlane(way.origin, peer.token);
	try {
		await session.waitFor('the first connection', output => output.includes(online));
		await plane.connect();
		const memory: {atMs: number; mb: number}[] = [];
		const returns: number[] = [];
		const before = plane.counts();
		let warmBytes = Number.NaN;
		for (let round = 0; round < minutes; round++) {
			await way.close();
			await plane.closed();
			await session.observe(outageMs);
			const from = session.output().length;
			await way.open();
			const openedAt = session.elapsedMs();
			returns.push((await session.waitFor('the return', output => output.includes(online), from, 120_000)) - openedAt);
			await plane.connect();
			if (round + 1 === Math.min(warmRounds, minutes - 1)) warmBytes = await heap.measure(session.pid);
			const endsAt = openedAt + roundMs - outageMs;
			while (session.elapsedMs() < endsAt) {
				await session.observe(sampleMs);
				memory.push({atMs: session.elapsedMs(), mb: costSoFar(session.pid).residentMb});
			}
		}
		const after = plane.counts();
		const measured = minutes - Math.min(warmRounds, minutes - 1);
		const grownKb = ((await heap.measure(session.pid)) - warmBytes) / 1000;
		const second = memory.slice(Math.floor(memory.length / 2));
		return [
			{name: 'soak: live heap of the chat, growth a reconnect', value: grownKb / measured, unit: 'KB', bar: 12, runs: measured},
			{name: 'soak: memory of the chat at the end', value: memory.at(-1)?.mb ?? Number.NaN, unit: 'MB', runs: minutes},
			...(minutes < longMinutes
				? []
				: [
						{
							name: 'soak: memory, slope of the second half an hour',
							value: slope(second) * 3_600_000,
							unit: 'MB' as const,
							bar: 12,
							runs: second.length,
						},
					]),
			{name: 'soak: longest return', value: Math.max(...returns), unit: 'ms', bar: 2_000, runs: minutes},
			{name: 'soak: listeners more', value: after.listeners - before.listeners, unit: 'count', bar: 0, runs: minutes},
			{name: 'soak: timers more', value: after.timers - before.timers, unit: 'count', bar: 0, runs: minutes},
		];
	} finally {
		await plane.end();
		await session.end();
		await way.close();
	}
}

const noLedger: RefusalLedger = {
	find: () => Promise.resolve(undefined),
	record: () => Promise.resolve(),
	clear: () => Promise.resolve(),
};

/** A control plane of this process whose listeners and timers are counted. */
function countedPlane(origin: string, token: string) {
	const timers = new Set<object>();
	const gateway = openGateway(
		{
			origin,
			basePath: '',
			source: 'bench',
			addressClass: 'loopback',
			credential: {kind: 'token', secret: new Secret(token), source: 'bench'},
			headers: {},
		},
		{
			ledger: noLedger,
			env: {},
			now: Date.now,
			control: {
				schedule(delayMs, callback) {
					const timer = setTimeout(() => {
						timers.delete(timer);
						callback();
					}, delayMs);
					timers.add(timer);
					return () => {
						clearTimeout(timer);
						timers.delete(timer);
					};
				},
			},
		},
	);
	const lifetime = new AbortController();
	let listeners = 0;
	const {signal} = lifetime;
	const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
	signal.addEventListener = (...given: Parameters<typeof add>) => {
		listeners += 1;
		add(...given);
	};
	signal.removeEventListener = (...given: Parameters<typeof remove>) => {
		listeners -= 1;
		remove(...given);
	};
	return {
		async connect() {
			const {value} = await gateway.control.connect(signal);
			if (value.kind !== 'open') throw new Error(`the control plane is ${value.kind}`);
		},
		closed: () =>
			new Promise<void>(resolve => {
				if (gateway.control.state.kind !== 'open') return resolve();
				const stop = gateway.control.hear(({kind}) => {
					if (kind !== 'closed') return;
					stop();
					resolve();
				});
			}),
		/** Timers of the control plane and those of everything below it. */
		counts: () => ({listeners, timers: timers.size + getActiveResourcesInfo().filter(kind => kind === 'Timeout').length}),
		end: () => gateway.close(),
	};
}

/** Of the line through the points that is nearest to them (least squares), MB a millisecond. */
function slope(points: ReadonlyArray<{readonly atMs: number; readonly mb: number}>): number {
	const mean = (pick: (point: {atMs: number; mb: number}) => number) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
	const [time, mb] = [mean(({atMs}) => atMs), mean(point => point.mb)];
	const rise = points.reduce((sum, point) => sum + (point.atMs - time) * (point.mb - mb), 0);
	return rise / points.reduce((sum, point) => sum + (point.atMs - time) ** 2, 0);
}
