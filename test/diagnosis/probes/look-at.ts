import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import type {Evidence, Observation} from '../../../source/diagnosis/evidence.js';
import {type CollectOptions, collect} from '../../../source/diagnosis/probes/collect.js';
import type {Machine} from '../../../source/diagnosis/probes/machine.js';
import type {Gateway} from '../../../source/gateway/gateway.js';

/** A machine without interfaces, programs, sockets or an OpenClaw: what a test wants to be there it says. */
export const bareMachine: Machine = {
	interfaces: () => ({}),
	platform: 'linux',
	hostname: 'desk',
	execArgv: [],
	procFolder: '/nonexistent',
	homeFolder: '/nonexistent',
	lookup: async name => {
		throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name});
	},
	tailnetResolver: '127.0.0.1:1',
	publicResolvers: ['127.0.0.1:1'],
	usualPorts: [],
	programs: {tailscale: [], lsof: [], systemctl: []},
};

export interface LookOptions extends Partial<Omit<CollectOptions, 'surroundings'>> {
	readonly machine?: Partial<Machine>;
}

export function lookAt(gateway: Gateway, {machine = {}, ...options}: LookOptions = {}): Promise<Evidence> {
	return collect(gateway, {
		depth: 'standard',
		minimal: false,
		before: [],
		env: {},
		signal: new AbortController().signal,
		...options,
		surroundings: {...bareMachine, ...machine},
	});
}

/** Observations of one kind. */
export function seen<K extends Observation['kind']>({observations}: Evidence, kind: K): readonly Extract<Observation, {kind: K}>[] {
	return observations.filter((one): one is Extract<Observation, {kind: K}> => one.kind === kind);
}

export function kindsIn({observations}: Evidence): readonly string[] {
	return observations.map(({kind}) => kind);
}

/** A server of bare connections on 127.0.0.1, and what came in on it. */
export async function serveSockets(
	t: TestContext,
	onConnection: (socket: Socket) => void = () => undefined,
): Promise<{readonly origin: string; readonly port: number; connections(): number; received(): string}> {
	const sockets = new Set<Socket>();
	let connections = 0;
	let received = '';
	const server = createServer(socket => {
		connections += 1;
		sockets.add(socket);
		socket.on('data', piece => {
			received += piece.toString('latin1');
		});
		socket.on('error', () => socket.destroy());
		onConnection(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.after(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise(resolve => server.close(resolve));
	});
	const {port} = server.address() as AddressInfo;
	return {origin: `http://127.0.0.1:${port}`, port, connections: () => connections, received: () => received};
}

export function temporaryFolder(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-probes-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** A shell script that stands in for a program. */
export function stubProgram(t: TestContext, name: string, script: string): string {
	const path = join(temporaryFolder(t), name);
	writeFileSync(path, `#!/bin/sh\n${script}\n`);
	chmodSync(path, 0o755);
	return path;
}
