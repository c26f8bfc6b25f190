import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {startDemoGateway} from '../../../source/demo/server.js';
import type {Evidence} from '../../../source/diagnosis/evidence.js';
import type {Gateway} from '../../../source/gateway/gateway.js';
import {connectTo, gatewayAnswering, memoryLedger, sendJson, serve, token} from '../../gateway/test-gateway.js';
import {desertedPort} from '../../helpers/deserted-port.js';
import {kindsIn, lookAt, seen, serveSockets, temporaryFolder} from './look-at.js';

async function demo(t: TestContext, generation: '2026.9.6' | '2026.2.9', fault?: 'unauthorized') {
	const gateway = await startDemoGateway({token, generation, ...(fault === undefined ? {} : {fault})});
	t.after(() => gateway.kill());
	return {...gateway, client: connectTo(t, gateway.origin)};
}

const healthy = [
	['client-facts', 'config'],
	['clock-reading', 'identity'],
	['gateway-facts', 'identity'],
	['http-answer', 'auth'],
	['http-answer', 'chat'],
	['peer-identified', 'identity'],
	['tcp-attempt', 'tcp'],
	['websocket-greeted', 'control'],
];

test('a healthy gateway: every layer with its time, no look around', async t => {
	const {client, requests} = await demo(t, '2026.9.6');
	const evidence = await lookAt(client);
	assert.deepEqual(evidence.observations.map(({kind, layer}) => [kind, layer]).toSorted(), healthy);
	const timed = evidence.observations.filter(({kind}) => kind !== 'client-facts' && kind !== 'clock-reading');
	assert.ok(timed.every(({tookMs}) => tookMs !== undefined));
	assert.deepEqual(evidence.credential, {set: true, source: 'test', length: token.length, sent: true});
	assert.equal(seen(evidence, 'clock-reading')[0]?.source, 'challenge');
	assert.equal(seen(evidence, 'gateway-facts')[0]?.version, '2026.9.6');
	assert.deepEqual(
		requests.filter(({authorization}) => authorization !== 'absent').map(({path}) => path),
		['/v1/models'],
	);
});

test('2026.2.9: the challenge proves it, an empty question proves the token, its web pages tell no facts', async t => {
	const {client} = await demo(t, '2026.2.9');
	const evidence = await lookAt(client);
	assert.equal(seen(evidence, 'peer-identified')[0]?.peer, 'gateway-by-challenge');
	assert.deepEqual(
		seen(evidence, 'http-answer').map(({layer, method, path, status}) => [layer, method, path, status]),
		[
			['identity', 'GET', '/healthz', 200],
			['chat', 'GET', '/v1/chat/completions', 405],
			['auth', 'GET', '/v1/models', 200],
			['auth', 'POST', '/v1/chat/completions', 400],
		],
	);
	assert.deepEqual(seen(evidence, 'gateway-facts'), []);
	assert.equal(seen(evidence, 'websocket-greeted').length, 1);
});

test('each observation is told at once, with evidence that does not change any more', async t => {
	const {client} = await demo(t, '2026.9.6');
	const told: Evidence[] = [];
	const lengths: number[] = [];
	const before = [{kind: 'value-conflict', layer: 'config', atMs: 0, setting: 'gatewayUrl', used: 'flag', ignored: 'file'}] as const;
	const evidence = await lookAt(client, {
		before,
		onObserved: sofar => {
			told.push(sofar);
			lengths.push(sofar.observations.length);
		},
	});
	assert.equal(told[0]?.observations.length, 1);
	assert.deepEqual(
		told.map(({observations}) => observations.length),
		lengths,
	);
	assert.deepEqual(told.at(-1), evidence);
	assert.ok(
		told.every(({observations}, index) =>
			observations.every((one, at) => one === told[index + 1]?.observations[at] || index + 1 === told.length),
		),
	);
});

for (const [only, kinds] of [
	['config', ['client-facts']],
	['tcp', ['client-facts', 'tcp-attempt']],
	['identity', ['client-facts', 'tcp-attempt', 'peer-identified', 'gateway-facts', 'clock-reading']],
] as const) {
	test(`it goes no further in than ${only}, and without the token`, async t => {
		const {client} = await demo(t, '2026.9.6');
		const evidence = await lookAt(client, {only});
		assert.deepEqual(kindsIn(evidence), kinds);
		assert.equal(evidence.credential.sent, false);
	});
}

test('contact is one connection on which nothing is sent', async t => {
	const server = await serveSockets(t);
	const evidence = await lookAt(connectTo(t, server.origin), {depth: 'contact'});
	assert.deepEqual(kindsIn(evidence), ['tcp-attempt']);
	assert.deepEqual([server.connections(), server.received()], [1, '']);
});

test('health is one request, also where the gateway is known', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendJson(response, 200, {data: []})),
	);
	const client = connectTo(t, server.origin);
	for (let look = 0; look < 2; look++) assert.deepEqual(kindsIn(await lookAt(client, {depth: 'health'})), ['peer-identified']);
	assert.deepEqual(
		server.seen.map(({path, authorization}) => [path, authorization]),
		[
			['/healthz', undefined],
			['/healthz', undefined],
		],
	);
});

test('a refused connection: three rounds, neighbours, four stacks, the listeners and the OpenClaw of this machine', async t => {
	const port = await desertedPort();
	const {port: usual} = await serve(
		t,
		gatewayAnswering((_seen, response) => response.writeHead(500).end()),
	);
	const folder = temporaryFolder(t);
	writeFileSync(join(folder, 'openclaw.json'), `{gateway: {port: ${usual}, auth: {token: '${token}'}}}`);
	const evidence = await lookAt(connectTo(t, `http://127.0.0.1:${port}`), {
		env: {OPENCLAW_STATE_DIR: folder},
		machine: {usualPorts: [usual], procFolder: procWith(t, '')},
	});
	assert.deepEqual(
		seen(evidence, 'tcp-attempt').map(({round, outcome, failure}) => [round, outcome, failure?.code]),
		[1, 2, 3].map(round => [round, 'failed', 'ECONNREFUSED']),
	);
	assert.equal(seen(evidence, 'network-failure')[0]?.phase, 'connect');
	const refused = 'ECONNREFUSED';
	assert.deepEqual(
		seen(evidence, 'stack-comparison')[0]?.rounds,
		Array(3).fill({raw: refused, http: refused, undici: refused, fetch: refused}),
	);
	const found = seen(evidence, 'sibling-look').find(({origin}) => origin === `http://127.0.0.1:${usual}`);
	assert.deepEqual([found?.relation, found?.outcome], ['default-port', 'gateway']);
	assert.deepEqual(seen(evidence, 'listener-look')[0]?.addresses, []);
	const {state, tokenMatches} = seen(evidence, 'local-openclaw')[0] ?? {};
	assert.deepEqual([state, tokenMatches], ['read', true]);
	assert.equal(evidence.credential.sent, false);
	assert.ok(!JSON.stringify(evidence).includes(token));
});

test('minimal: neither programs nor openclaw.json, and that is said', async t => {
	const evidence = await lookAt(connectTo(t, `http://127.0.0.1:${await desertedPort()}`), {minimal: true});
	assert.deepEqual(
		seen(evidence, 'probe-ended').flatMap(({probe, reason}) => (reason === 'not-allowed' ? [probe] : [])),
		['openclaw.json'],
	);
	assert.deepEqual(seen(evidence, 'local-openclaw'), []);
});

test('a refused token: what this machine knows is looked at, too', async t => {
	const {origin} = await demo(t, '2026.9.6');
	const {Secret} = await import('../../../source/diagnosis/redact.js');
	const client = connectTo(t, origin, {credential: {kind: 'token', secret: new Secret('another-token-altogether'), source: 'test'}});
	const evidence = await lookAt(client, {machine: {procFolder: procWith(t, '')}});
	assert.equal(seen(evidence, 'http-answer').find(({layer}) => layer === 'auth')?.status, 401);
	assert.equal(seen(evidence, 'local-openclaw')[0]?.state, 'absent');
	assert.equal(seen(evidence, 'listener-look').length, 1);
	assert.deepEqual(seen(evidence, 'stack-comparison'), []);
});

test('another program on the port: it gets no token, and the gateway is found beside it', async t => {
	const stranger = await serve(t, (_seen, response) => sendJson(response, 404, {type: 'error', error: {type: 'not_found_error'}}));
	const usual = await serve(
		t,
		gatewayAnswering((_seen, response) => response.writeHead(500).end()),
	);
	const evidence = await lookAt(connectTo(t, stranger.origin), {machine: {usualPorts: [usual.port]}});
	assert.equal(seen(evidence, 'peer-identified')[0]?.peer, 'plugin-proxy');
	assert.equal(seen(evidence, 'sibling-look').find(({relation}) => relation === 'default-port')?.outcome, 'gateway');
	assert.deepEqual(
		[...stranger.seen, ...usual.seen].filter(({authorization}) => authorization !== undefined),
		[],
	);
});

test('a connection that is closed at once: it is looked whether TLS is spoken there', async t => {
	const server = await serveSockets(t, socket => socket.destroy());
	const evidence = await lookAt(connectTo(t, server.origin));
	assert.equal(seen(evidence, 'tls-look')[0]?.spoken, false);
	assert.equal(seen(evidence, 'tcp-attempt')[0]?.outcome, 'connected');
});

test('through a proxy neither names nor connections are looked at', async t => {
	const {origin} = await serveSockets(t, socket => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'));
	const evidence = await lookAt(connectTo(t, 'http://gateway.example.com:18789', {proxy: origin}), {
		machine: {lookup: () => Promise.reject(new Error('must not be asked'))},
	});
	assert.deepEqual(
		seen(evidence, 'probe-ended').map(({probe, reason}) => [probe, reason]),
		[
			['dns', 'not-possible'],
			['tcp', 'not-possible'],
		],
	);
	assert.deepEqual(seen(evidence, 'tcp-attempt'), []);
	assert.equal(seen(evidence, 'http-answer')[0]?.method, 'CONNECT');
});

test('ended by the user: what was under way is said, and nothing is said after', async t => {
	const controller = new AbortController();
	const server = await serveSockets(t, socket => socket.once('data', () => controller.abort()));
	const evidence = await lookAt(connectTo(t, server.origin), {signal: controller.signal});
	assert.deepEqual(seen(evidence, 'probe-ended').find(({probe}) => probe === 'identity')?.reason, 'cancelled');
	assert.deepEqual(seen(evidence, 'network-failure'), []);
});

for (const [manual, asked] of [
	[true, true],
	[false, false],
] as const) {
	test(`a token that was refused before is ${asked ? '' : 'not '}tried again when the user ${manual ? 'asked' : 'did not ask'}`, async t => {
		const {origin} = await demo(t, '2026.9.6');
		const ledger = memoryLedger({[origin]: {at: '2026-11-20T12:00:00.000Z', status: 401}});
		const evidence = await lookAt(connectTo(t, origin, {ledger}), {manual});
		assert.equal(evidence.credential.sent, asked);
		assert.equal(seen(evidence, 'credential-withheld').length, asked ? 0 : 1);
	});
}

test('a deep look holds a WebSocket open and tells how the gateway ends it', async t => {
	const {origin, kill} = await startDemoGateway({token, handshakeTimeoutMs: 50});
	t.after(kill);
	const evidence = await lookAt(connectTo(t, origin), {depth: 'deep'});
	assert.deepEqual(
		seen(evidence, 'websocket-closed').map(({layer, code, challenged, welcomed, withoutConnect}) => [
			layer,
			code,
			challenged,
			welcomed,
			withoutConnect,
		]),
		[['control', 1000, true, false, true]],
	);
	assert.equal(seen(evidence, 'websocket-greeted').length, 1);
});

test('a probe that the system does not let work says so', async t => {
	const {client} = await demo(t, '2026.9.6');
	const broken: Gateway = {...client, askFacts: () => Promise.reject(Object.assign(new Error('too many open files'), {code: 'EMFILE'}))};
	const evidence = await lookAt(broken);
	const ended = seen(evidence, 'probe-ended');
	assert.deepEqual(
		ended.map(({probe, reason, message}) => [probe, reason, message]),
		[['facts', 'not-possible', 'too many open files']],
	);
	assert.equal(seen(evidence, 'websocket-greeted').length, 1);
});

/** A /proc with one table of sockets. */
function procWith(t: TestContext, table: string): string {
	const folder = temporaryFolder(t);
	// The kernel's own folder is called net.
	mkdirSync(join(folder, 'net'));
	writeFileSync(join(folder, 'net', 'tcp'), `  sl  local_address rem_address   st\n${table}`);
	return folder;
}

test('a name that no resolver answers for is told in time', async t => {
	const lookup = () => new Promise<never>(() => undefined);
	const evidence = await lookAt(connectTo(t, 'http://box.example.com:18789'), {only: 'dns', machine: {lookup}});
	assert.deepEqual(
		seen(evidence, 'name-lookup').map(({addresses, failure}) => [addresses, failure?.code]),
		[[[], 'ETIMEOUT']],
	);
	assert.deepEqual(seen(evidence, 'probe-ended'), []);
});
