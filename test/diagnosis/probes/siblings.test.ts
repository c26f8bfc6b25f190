import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {test} from 'node:test';
import type {Machine} from '../../../source/diagnosis/probes/machine.js';
import {knownAddress, placeIn} from '../../../source/diagnosis/probes/place.js';
import {askSibling, outcomeOf, type Sibling, serveSibling, siblingsOf} from '../../../source/diagnosis/probes/siblings.js';
import type {TailscaleLook} from '../../../source/diagnosis/surroundings.js';
import {classifyHost} from '../../../source/network/address-class.js';
import {evidenceOf} from '../evidence-of.js';
import {bareMachine} from './look-at.js';

const entry = {netmask: '', mac: '', internal: false, cidr: null} as const;
const machine: Machine = {
	...bareMachine,
	usualPorts: [18_789, 19_001],
	interfaces: () => ({
		lo: [{...entry, address: '127.0.0.1', family: 'IPv4', internal: true}],
		eth0: [
			{...entry, address: '192.168.1.5', family: 'IPv4'},
			{...entry, address: 'fe80::1', family: 'IPv6', scopeid: 2},
		],
		tailscale0: [{...entry, address: '100.69.0.5', family: 'IPv4'}],
	}),
};

function place(origin: string) {
	return placeIn(evidenceOf([], {origin, addressClass: classifyHost(new URL(origin).hostname)}));
}

const table: ReadonlyArray<readonly [what: string, origin: string, address: string, isAsked: boolean, expected: readonly string[]]> = [
	[
		'loopback: this machine, all of it',
		'http://127.0.0.1:18789',
		'127.0.0.1',
		false,
		['http://[::1]:18789', 'http://192.168.1.5:18789', 'http://100.69.0.5:18789', 'http://127.0.0.1:19001'],
	],
	[
		'an address of our own is this machine',
		'http://100.69.0.5:28789',
		'100.69.0.5',
		true,
		['http://127.0.0.1:28789', 'http://[::1]:28789', 'http://192.168.1.5:28789', 'http://127.0.0.1:18789', 'http://127.0.0.1:19001'],
	],
	['another machine of the tailnet: one port', 'http://100.69.0.9:28789', '100.69.0.9', true, ['http://100.69.0.9:18789']],
	['not when nobody asked', 'http://100.69.0.9:28789', '100.69.0.9', false, []],
	['not when it is that port', 'http://100.69.0.9:18789', '100.69.0.9', true, []],
	['by name, of a private address', 'https://box.lan:8443', '192.168.1.9', true, ['http://box.lan:18789']],
	['never on the internet', 'http://203.0.113.7:8080', '203.0.113.7', true, []],
	['never by a name that leads to the internet', 'http://box.lan:8080', '203.0.113.7', true, []],
];

for (const [what, origin, address, isAsked, expected] of table) {
	test(`neighbours: ${what}`, () => {
		const found = siblingsOf(place(origin), [knownAddress(address, machine)], machine, isAsked);
		assert.deepEqual(
			found.map(sibling => sibling.origin),
			expected,
		);
	});
}

const tailscale: TailscaleLook = {kind: 'tailscale-look', layer: 'dns', atMs: 0, state: 'Running', onlinePeers: []};

for (const [name, origin, expected] of [
	['box.tail1.ts.net', 'http://100.69.0.9:18789', 'https://box.tail1.ts.net'],
	['box.tail1.ts.net', 'https://box.tail1.ts.net', undefined],
	['box.example.com', 'http://100.69.0.9:18789', undefined],
	['x/;curl evil.ts.net', 'http://100.69.0.9:18789', undefined],
] as const) {
	test(`Serve of ${name}, asked at ${origin}`, () => {
		const peer = {name, addresses: ['100.69.0.9'], online: true};
		assert.equal(serveSibling(place(origin), {...tailscale, peer})?.origin, expected);
	});
}

for (const [phase, code, timeoutMs, expected] of [
	['connect', 'ECONNREFUSED', undefined, 'refused'],
	['connect', 'EHOSTUNREACH', undefined, 'unreachable'],
	['connect', undefined, 1_500, 'no-answer'],
	['request', 'ECONNRESET', undefined, 'silent'],
	['request', undefined, 1_500, 'silent'],
	['tls', 'EPROTO', undefined, 'silent'],
] as const) {
	test(`a neighbour that fails with ${code ?? 'a time limit'} while it is ${phase} is ${expected}`, () => {
		const attempts = code === undefined ? [] : [{code, message: code}];
		assert.equal(outcomeOf({phase, attempts, ...(timeoutMs === undefined ? {} : {timeoutMs})}), expected);
	});
}

test('another machine by name is asked at the address that was looked up, wherever the name leads by now', async () => {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.headers.host ?? '');
		response.setHeader('content-type', 'application/json');
		response.end('{"ok":true,"status":"live"}');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const local = {...machine, interfaces: () => ({}), usualPorts: [port]};
	// The name leads nowhere by now; the address that it had plays one of the private network.
	const [sibling] = siblingsOf(place('http://box.invalid:8080'), [{address: '127.0.0.1', addressClass: 'private'}], local, true);
	const scope = {signal: new AbortController().signal, elapsed: () => 0, add: () => undefined, join: () => undefined};
	const {outcome, origin} = await askSibling(scope, sibling as Sibling, undefined);
	server.close();
	assert.deepEqual([outcome, origin, asked], ['gateway', `http://box.invalid:${port}`, [`127.0.0.1:${port}`]]);
});
