import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';

/** Looks into the heap of a program that was started with `arguments`. */
export interface LiveHeap {
	readonly arguments: readonly string[];
	/** Bytes of what is still reachable, without code and what the engine keeps about it: that grows for as long as the program warms up. */
	measure(pid: number): Promise<number>;
}

interface Snapshot {
	readonly snapshot: {readonly meta: {readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]]}};
	readonly nodes: readonly number[];
}

/** Kinds of nodes that the program itself makes. */
const ofProgram: ReadonlySet<string> = new Set([
	'array',
	'string',
	'object',
	'closure',
	'regexp',
	'number',
	'native',
	'concatenated string',
	'sliced string',
	'symbol',
	'bigint',
]);

const lookEveryMs = 500;
const patienceMs = 60_000;

/**
 * Resident memory says little of a leak in ten minutes: the heap grows into its room and shrinks when the engine likes. A heap snapshot
 * collects garbage first; Node writes one at a signal. It costs the program tens of megabytes of resident memory.
 *
 * @param folder Where snapshots are put for as long as they are read.
 */
export function watchLiveHeap(folder: string): LiveHeap {
	const heaps = mkdtempSync(join(folder, 'heap-'));
	return {
		arguments: ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${heaps}`],
		async measure(pid) {
			process.kill(pid, 'SIGUSR2');
			for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
				await new Promise(resolve => setTimeout(resolve, lookEveryMs));
				const snapshot = newest(heaps);
				if (snapshot === undefined) continue;
				for (const name of readdirSync(heaps)) rmSync(join(heaps, name));
				return sizeOf(snapshot);
			}
			throw new Error('no heap snapshot came');
		},
	};
}

/** Undefined as long as it is being written. */
function newest(folder: string): Snapshot | undefined {
	const [name] = readdirSync(folder);
	if (name === undefined) return undefined;
	try {
		return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Snapshot;
	} catch {
		// Half of it is no JSON.
		return undefined;
	}
}

function sizeOf({snapshot: {meta}, nodes}: Snapshot): number {
	const width = meta.node_fields.length;
	const [kindAt, sizeAt] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size')];
	let bytes = 0;
	for (let at = 0; at < nodes.length; at += width) {
		const kind = meta.node_types[0][nodes[at + kindAt] ?? -1];
		if (kind !== undefined && ofProgram.has(kind)) bytes += nodes[at + sizeAt] ?? 0;
	}
	return bytes;
}
