import assert from 'node:assert/strict';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {lookAtListeners, readAddress, readListeners, readLsof} from '../../../source/diagnosis/probes/listeners.js';
import type {ProbeScope} from '../../../source/diagnosis/probes/run-probe.js';
import {bareMachine, stubProgram, temporaryFolder} from './look-at.js';

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:4965 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0
   1: 00000000:4965 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0000000000000000 100 0 0 10 0
   2: 0100007F:4965 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4244 1 0000000000000000 100 0 0 10 0
   3: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4245 1 0000000000000000 100 0 0 10 0
`;
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:4965 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4246 1 0000000000000000 100 0 0 10 0
`;

test('the kernel tells listening sockets of one port; connections and other ports do not count', () => {
	assert.deepEqual(
		readListeners(tcp, 18_789).map(({address, inode}) => [address, inode]),
		[
			['127.0.0.1', '4242'],
			['0.0.0.0', '4243'],
		],
	);
	assert.deepEqual(readListeners(tcp, 19_001), []);
	assert.deepEqual(readListeners(tcp6, 18_789), [{address: '::1', inode: '4246'}]);
});

for (const [hex, address] of [
	['6D454564', '100.69.69.109'],
	['00000000000000000000000000000000', '::'],
	['0000000000000000FFFF00000100007F', '127.0.0.1'],
	['000080FE000000000000000001000000', 'fe80::1'],
] as const) {
	test(`the kernel prints ${address} as ${hex}`, () => assert.equal(readAddress(hex), address));
}

for (const [name, output, expected] of [
	['one program', 'p12\ncnode\nf20\nn127.0.0.1:18789\nn[::1]:18789\n', {addresses: ['127.0.0.1', '::1'], program: 'node'}],
	['all addresses', 'p12\ncssh\nn*:18789\n', {addresses: ['0.0.0.0'], program: 'ssh'}],
	['nothing', '', {addresses: []}],
	['control characters', 'p1\ncno\u001B[2Jde\nn*:1\n', {addresses: ['0.0.0.0'], program: 'node'}],
] as const) {
	test(`lsof with ${name}`, () => assert.deepEqual(readLsof(output), expected));
}

async function listenersOf(machine: Parameters<typeof lookAtListeners>[2], programs = false): Promise<readonly Observation[]> {
	const observations: Observation[] = [];
	const scope: ProbeScope = {
		signal: new AbortController().signal,
		elapsed: () => 0,
		add: (...more) => void observations.push(...more),
		join: () => undefined,
	};
	await lookAtListeners(scope, 18_789, machine, {programs, path: undefined});
	return observations;
}

const common = {kind: 'listener-look', layer: 'tcp', atMs: 0, tookMs: 0, port: 18_789};

test('the program is found by its open sockets, under the name it gives itself', async t => {
	const procFolder = temporaryFolder(t);
	mkdirSync(join(procFolder, 'net'));
	writeFileSync(join(procFolder, 'net', 'tcp'), tcp);
	for (const [pid, socket, commandLine] of [
		['7', 'socket:[1]', 'other\0'],
		['12', 'socket:[4242]', '/usr/bin/nginx: master process'],
	] as const) {
		mkdirSync(join(procFolder, pid, 'fd'), {recursive: true});
		symlinkSync(socket, join(procFolder, pid, 'fd', '20'));
		writeFileSync(join(procFolder, pid, 'cmdline'), commandLine);
	}
	const machine = {...bareMachine, procFolder};
	assert.deepEqual(await listenersOf(machine), [{...common, addresses: ['127.0.0.1', '0.0.0.0'], program: 'nginx'}]);
});

test('lsof is asked where there is no /proc, and only when programs may run', async t => {
	const lsof = stubProgram(t, 'lsof', 'echo "$@" | grep -q "iTCP:18789" && printf "p1\\ncnode\\nn127.0.0.1:18789\\n"');
	const machine = {...bareMachine, platform: 'darwin', programs: {lsof: [lsof]}} as const;
	assert.deepEqual(await listenersOf(machine, true), [{...common, addresses: ['127.0.0.1'], program: 'node'}]);
	await assert.rejects(listenersOf(machine), /--deep/);
});
