import assert from 'node:assert/strict';
import {test} from 'node:test';
import {challengeOn, connectTo, gatewayAnswering, serve} from './test-gateway.js';

const signal = new AbortController().signal;
const answer = gatewayAnswering((_seen, response) => void response.writeHead(404).end());
const now = Date.parse('2026-11-20T12:00:00Z');
const challenge = {type: 'event', event: 'connect.challenge', payload: {nonce: 'n', ts: now - 120_000}};

test('nobody is greeted by a peer that has not identified itself', async t => {
	const server = await serve(t, answer);
	const {value, observations} = await connectTo(t, server.origin).greet(signal);
	assert.deepEqual([value, observations, server.connections()], ['unknown', [], 0]);
});

test('the challenge is the greeting, and tells the clock of the gateway', async t => {
	const server = await serve(t, answer);
	challengeOn(server.server, challenge);
	const gateway = connectTo(t, server.origin, {now: () => now});
	await gateway.identify(signal);
	const {value, observations} = await gateway.greet(signal);
	assert.equal(value, 'greeted');
	assert.deepEqual(observations, [
		{kind: 'websocket-greeted', layer: 'control', atMs: 0, tookMs: 0},
		{kind: 'clock-reading', layer: 'identity', atMs: 0, skewMs: 120_000, source: 'challenge'},
	]);
});

test('held open, it is told who closed it, when and how', async t => {
	const server = await serve(t, answer);
	challengeOn(server.server, challenge).on('connection', socket => socket.close(1000));
	const gateway = connectTo(t, server.origin);
	await gateway.identify(signal);
	const {value, observations} = await gateway.greet(signal, 60_000);
	const closed = observations.find(one => one.kind === 'websocket-closed');
	assert.equal(value, 'greeted');
	assert.deepEqual(
		[closed?.layer, closed?.code, closed?.challenged, closed?.welcomed, closed?.withoutConnect, closed?.byUs],
		['control', 1000, true, false, true, false],
	);
	assert.notEqual(closed?.openMs, undefined);
});

test('held open to the end, nothing is told: we closed it', async t => {
	const server = await serve(t, answer);
	challengeOn(server.server, challenge);
	const gateway = connectTo(t, server.origin);
	await gateway.identify(signal);
	const {observations} = await gateway.greet(signal, 20);
	assert.deepEqual(
		observations.map(({kind}) => kind),
		['websocket-greeted', 'clock-reading'],
	);
});

test('an upgrade that is refused is told with its status, as of the control plane', async t => {
	const server = await serve(t, answer);
	server.server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n'));
	const gateway = connectTo(t, server.origin);
	await gateway.identify(signal);
	const {value, observations} = await gateway.greet(signal);
	const [closed] = observations;
	assert.equal(value, 'closed');
	assert.ok(closed?.kind === 'websocket-closed');
	assert.deepEqual([closed.layer, closed.upgradeStatus, closed.challenged], ['control', 503, false]);
});
