import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {plainLine} from '../../gateway/plain-text.js';
import {firstExecutable, placesInPath} from '../../network/find-program.js';
import {runProgram} from '../../network/run-program.js';
import type {ListenerLook} from '../surroundings.js';
import {programOf} from './listener-program.js';
import type {Machine} from './machine.js';
import type {ProbeScope} from './run-probe.js';

/** One listening socket of a table of the kernel. */
export interface Listener {
	readonly address: string;
	readonly inode: string;
}

const lsofPaths = ['/usr/sbin/lsof', '/usr/bin/lsof'];

/** What may be looked at beyond the kernel's own tables. */
interface Means {
	/** `lsof` may be run. */
	readonly programs: boolean;
	readonly path: string | undefined;
}

/** Who listens on a port of this machine: from `/proc/net/tcp{,6}` on Linux, from `lsof` elsewhere and where the program is not known. */
export async function lookAtListeners({signal, elapsed, add}: ProbeScope, port: number, machine: Machine, means: Means): Promise<void> {
	const atMs = elapsed();
	const own = await fromProc(port, machine);
	const needsLsof = own === undefined || (own.addresses.length > 0 && own.program === undefined);
	const found = needsLsof && means.programs ? ((await fromLsof(port, machine, means.path, signal)) ?? own) : own;
	if (found === undefined) throw new Error(machine.platform === 'linux' ? 'the tables in /proc cannot be read' : 'not seen without --deep');
	add({kind: 'listener-look', layer: 'tcp', atMs, tookMs: elapsed() - atMs, port, ...found});
}

type Found = Pick<ListenerLook, 'addresses' | 'program'>;

async function fromProc(port: number, {platform, procFolder}: Machine): Promise<Found | undefined> {
	if (platform !== 'linux') return undefined;
	const tables = await Promise.allSettled(['tcp', 'tcp6'].map(name => readFile(join(procFolder, 'net', name), 'utf8')));
	const texts = tables.flatMap(table => (table.status === 'fulfilled' ? [table.value] : []));
	if (texts.length === 0) return undefined;
	const listeners = texts.flatMap(text => readListeners(text, port));
	const program = await programOf(
		listeners.map(({inode}) => inode),
		procFolder,
	);
	return {addresses: [...new Set(listeners.map(({address}) => address))], ...(program === undefined ? {} : {program})};
}

/** Listening sockets (state 0A) of one port in the text of `/proc/net/tcp` or `tcp6` (proc(5)). */
export function readListeners(table: string, port: number): readonly Listener[] {
	return table
		.split('\n')
		.slice(1)
		.map(line => line.trim().split(/\s+/))
		.flatMap(([, local = '', , state, , , , , , inode = '']) => {
			const [address = '', hexPort = ''] = local.split(':');
			if (state !== '0A' || Number.parseInt(hexPort, 16) !== port) return [];
			return [{address: readAddress(address), inode}];
		});
}

/** An address as the kernel prints it: words of 32 bits, each in the byte order of a little-endian machine. */
export function readAddress(hex: string): string {
	const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word => (word.match(/../g) ?? []).reverse());
	const ipv4 = (four: readonly string[]) => four.map(byte => Number.parseInt(byte, 16)).join('.');
	if (bytes.length === 4) return ipv4(bytes);
	const groups = Array.from({length: 8}, (_, index) => `${bytes[index * 2]}${bytes[index * 2 + 1]}`);
	const text = groups.join(':').toLowerCase();
	if (text.startsWith('0000:0000:0000:0000:0000:ffff:')) return ipv4(bytes.slice(12));
	return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

async function fromLsof(port: number, {programs}: Machine, path: string | undefined, signal: AbortSignal): Promise<Found | undefined> {
	const program = firstExecutable(programs.lsof ?? [...lsofPaths, ...placesInPath('lsof', path)]);
	if (program === undefined) return undefined;
	const output = await runProgram(program, ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcn'], {timeoutMs: 2_000, signal});
	return output === undefined ? undefined : readLsof(output);
}

/** Reads `lsof -Fcn`: a line `c<program>` a process, a line `n<address>:<port>` a socket, `*` for all addresses. */
export function readLsof(output: string): Found {
	const lines = output.split('\n');
	const program = lines.find(line => line.startsWith('c'))?.slice(1);
	const addresses = lines
		.filter(line => line.startsWith('n'))
		.map(line =>
			line
				.slice(1)
				.replace(/:\d+$/, '')
				.replace(/^\[|\]$/g, ''),
		)
		.map(address => (address === '*' ? '0.0.0.0' : plainLine(address, 60)));
	return {addresses: [...new Set(addresses)], ...(program ? {program: plainLine(program, 40)} : {})};
}
