import assert from 'node:assert/strict';
import {createSocket} from 'node:dgram';
import {type TestContext, test} from 'node:test';
import {reduce} from '../../../source/diagnosis/probes/tailscale.js';
import {classifyHost} from '../../../source/network/address-class.js';
import {parseTailscaleStatus} from '../../../source/network/tailscale.js';
import {connectTo} from '../../gateway/test-gateway.js';
import {desertedPort} from '../../helpers/deserted-port.js';
import {lookAt, seen, stubProgram} from './look-at.js';

const status = {
	BackendState: 'Running',
	Self: {DNSName: 'me.tail1.ts.net.', HostName: 'me', TailscaleIPs: ['100.64.0.1'], Online: true},
	Peer: {
		a: {DNSName: 'box.tail1.ts.net.', HostName: 'box', TailscaleIPs: ['100.64.0.2'], Online: false},
		b: {DNSName: 'nas.tail1.ts.net.', HostName: 'nas', TailscaleIPs: ['100.64.0.3'], Online: true},
	},
};
const box = {name: 'box.tail1.ts.net', addresses: ['100.64.0.2'], online: false};

const table: ReadonlyArray<
	readonly [what: string, host: string, addresses: readonly string[], expected: Partial<ReturnType<typeof reduce>>]
> = [
	['by its address', '100.64.0.2', ['100.64.0.2'], {peer: box}],
	['by its name, when nothing was resolved', 'box.tail1.ts.net', [], {peer: box}],
	['by the address of its name', 'box', ['100.64.0.2'], {peer: box}],
	['registered anew: its name leads elsewhere', 'box.tail1.ts.net', ['100.64.0.9'], {renumbered: box}],
	['a short name is a name of it, too', 'box', ['100.64.0.9'], {renumbered: box}],
	['a name of another domain is not', 'box.example.com', ['203.0.113.1'], {}],
	['nobody has the address', '100.64.0.77', ['100.64.0.77'], {}],
];

for (const [what, host, addresses, expected] of table) {
	test(`the target's machine: ${what}`, () => {
		const parsed = parseTailscaleStatus(JSON.stringify(status));
		assert.ok(parsed);
		const known = addresses.map(address => ({address, addressClass: classifyHost(address)}));
		const place = {host, isName: !/^[\d.]+$/.test(host)};
		assert.deepEqual(reduce(parsed, place, known), {
			state: 'Running',
			self: {name: 'me.tail1.ts.net', addresses: ['100.64.0.1'], online: true},
			onlinePeers: ['nas.tail1.ts.net'],
			...expected,
		});
	});
}

test('an exit node in use is told', () => {
	const parsed = parseTailscaleStatus(JSON.stringify({...status, ExitNodeStatus: {Online: true, ID: 'n1'}}));
	assert.ok(parsed);
	assert.equal(reduce(parsed, {host: 'x', isName: true}, []).exitNodeTakesLan, true);
});

test('a tailnet name nobody resolves: Tailscale runs, so its resolver is asked', async t => {
	const {resolver, asked} = await nameServer(t);
	const tailscale = stubProgram(t, 'tailscale', `echo '${JSON.stringify(status)}'`);
	const evidence = await lookAt(connectTo(t, 'http://box.tail1.ts.net:18789'), {
		only: 'dns',
		machine: {programs: {tailscale: [tailscale]}, tailnetResolver: resolver},
	});
	assert.deepEqual(
		seen(evidence, 'name-lookup').map(one => [one.resolver, one.addresses.map(({address}) => address), one.failure?.code]),
		[
			['system', [], 'ENOTFOUND'],
			['tailscale', ['100.64.0.2'], undefined],
		],
	);
	assert.deepEqual(seen(evidence, 'tailscale-look')[0]?.peer, box);
	assert.ok(asked() > 0);
});

for (const [what, script, state] of [
	['is stopped', `echo '{"BackendState":"Stopped"}'; exit 1`, 'Stopped'],
	['does not answer', 'exit 1', 'no-answer'],
] as const) {
	test(`Tailscale ${what}: its resolver learns no name`, async t => {
		const {resolver, asked} = await nameServer(t);
		const evidence = await lookAt(connectTo(t, 'http://box.tail1.ts.net:18789'), {
			only: 'dns',
			machine: {programs: {tailscale: [stubProgram(t, 'tailscale', script)]}, tailnetResolver: resolver},
		});
		assert.equal(seen(evidence, 'tailscale-look')[0]?.state, state);
		assert.equal(seen(evidence, 'name-lookup').length, 1);
		assert.equal(asked(), 0);
	});
}

test('without programs Tailscale is not asked, and that is said', async t => {
	const evidence = await lookAt(connectTo(t, 'http://box.tail1.ts.net:18789'), {only: 'dns', minimal: true});
	assert.deepEqual(
		seen(evidence, 'probe-ended').map(({probe, reason}) => [probe, reason]),
		[['tailscale', 'not-allowed']],
	);
});

test('a gateway on loopback has nothing to do with Tailscale', async t => {
	const evidence = await lookAt(connectTo(t, `http://127.0.0.1:${await desertedPort()}`), {only: 'tcp'});
	assert.deepEqual(seen(evidence, 'tailscale-look'), []);
});

/** Answers every question for an A record with 100.64.0.2 (RFC 1035 §4), and every other with nothing. */
async function nameServer(t: TestContext): Promise<{readonly resolver: string; asked(): number}> {
	const socket = createSocket('udp4');
	let asked = 0;
	socket.on('message', (query, {port, address}) => {
		asked += 1;
		const end = query.indexOf(0, 12) + 5;
		const isA = query.readUInt16BE(end - 4) === 1;
		const header = Buffer.concat([query.subarray(0, 2), Buffer.from([0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0])]);
		const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 100, 64, 0, 2]);
		socket.send(Buffer.concat([header, query.subarray(12, end), ...(isA ? [record] : [])]), port, address);
	});
	await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve));
	t.after(() => socket.close());
	return {resolver: `127.0.0.1:${socket.address().port}`, asked: () => asked};
}
