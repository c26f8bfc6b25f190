import {networkInterfaces} from 'node:os';

/** What changed under our feet. After either, old sockets are dead or lead elsewhere. */
export type NetworkChange =
	/** The clock moved further than the timer: the machine slept, or the clock was set. */
	| {readonly kind: 'clock-jump'; readonly jumpMs: number}
	/** Addresses came or went, e.g. another Wi-Fi or a VPN. */
	| {readonly kind: 'interfaces'; readonly added: readonly string[]; readonly removed: readonly string[]};

/** Addresses of this machine, the loopback ones left out, each as `interface address`, sorted. */
export function addressesOf(interfaces: ReturnType<typeof networkInterfaces>): readonly string[] {
	return Object.entries(interfaces)
		.flatMap(([name, entries]) => (entries ?? []).filter(entry => !entry.internal).map(entry => `${name} ${entry.address}`))
		.sort();
}

/** Addresses that came and went; undefined when they are the same. */
export function compareAddresses(before: readonly string[], after: readonly string[]): NetworkChange | undefined {
	const added = after.filter(address => !before.includes(address));
	const removed = before.filter(address => !after.includes(address));
	return added.length + removed.length === 0 ? undefined : {kind: 'interfaces', added, removed};
}

/**
 * Whether the wall clock moved more than `toleranceMs` further (or back) than the interval the timer was set for.
 * A busy process is late too, so the tolerance is far above an event-loop delay.
 */
export function compareClock(expectedMs: number, elapsedMs: number, toleranceMs = 10_000): NetworkChange | undefined {
	const jumpMs = elapsedMs - expectedMs;
	return Math.abs(jumpMs) > toleranceMs ? {kind: 'clock-jump', jumpMs} : undefined;
}

/** The world the watcher looks at, passed in so that tests own it. */
export interface Surroundings {
	/** Wall clock, milliseconds. */
	readonly now: () => number;
	readonly interfaces: typeof networkInterfaces;
	/** Calls back every `intervalMs` without keeping the process alive; returns how to stop. */
	readonly every: (intervalMs: number, tick: () => void) => () => void;
}

const realSurroundings: Surroundings = {
	now: Date.now,
	interfaces: networkInterfaces,
	every(intervalMs, tick) {
		const timer = setInterval(tick, intervalMs);
		timer.unref();
		return () => clearInterval(timer);
	},
};

/**
 * Watches for sleep and for a change of interfaces with one timer that does not keep the process alive.
 *
 * @returns Stops the watching.
 */
export function watchNetworkChanges(
	onChange: (change: NetworkChange) => void,
	intervalMs = 2_000,
	surroundings: Surroundings = realSurroundings,
): () => void {
	let seenAt = surroundings.now();
	let addresses = addressesOf(surroundings.interfaces());
	return surroundings.every(intervalMs, () => {
		const at = surroundings.now();
		const current = addressesOf(surroundings.interfaces());
		const jump = compareClock(intervalMs, at - seenAt);
		const change = compareAddresses(addresses, current);
		seenAt = at;
		addresses = current;
		if (jump !== undefined) onChange(jump);
		if (change !== undefined) onChange(change);
	});
}
