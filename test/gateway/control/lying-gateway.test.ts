import assert from 'node:assert/strict';
import {test} from 'node:test';
import {recordsOfTurn} from '../../../source/chat/conversation/hear-session.js';
import {readHistory} from '../../../source/gateway/control/session-history.js';
import {readSessions} from '../../../source/gateway/control/session-list.js';
import type {DeviceToken} from '../../../source/gateway/control-plane.js';
import {systemClock} from '../../../source/perform/clock.js';
import {makeDevice} from '../../openclaw/known-device.js';
import {connectTo, memoryLedger} from '../test-gateway.js';
import {controlServer, helloOk} from './control-server.js';

/** What no honest gateway says: nothing of it may throw, keep a machine busy, or be shown as a fact. */

const never = new AbortController().signal;
const farTooLong = 1e300;

test('a limit that lasts longer than time can be told is one of a day', async t => {
	const limited = {
		code: 'UNAVAILABLE',
		message: 'unauthorized: too many failed authentication attempts',
		retryAfterMs: farTooLong,
		details: {code: 'AUTH_RATE_LIMITED'},
	};
	const server = await controlServer(t, {onConnect: (_request, reply) => reply.error(limited, [1008, 'rate limited'])});
	const ledger = memoryLedger();
	const {value} = await connectTo(t, server.origin, {ledger}).control.connect(never);
	assert.ok(value.kind === 'refused', JSON.stringify(value));
	assert.equal(value.refusal.retryAfterMs, 86_400_000);
});

test('ticks that come in a year are waited for as long as those of ten minutes, and an uptime older than clocks is none', async t => {
	const hello = helloOk({policy: {tickIntervalMs: 4e12, maxPayload: 26_214_400}, snapshot: {uptimeMs: farTooLong}});
	const server = await controlServer(t, {onConnect: (_request, reply) => reply.ok(hello)});
	const {value} = await connectTo(t, server.origin).control.connect(never);
	assert.ok(value.kind === 'open', JSON.stringify(value));
	assert.equal(value.hello.tickIntervalMs, 600_000);
	assert.equal(value.hello.startedAt, undefined);
	assert.equal(value.hello.welcomed.uptimeMs, undefined);
});

test('a clock that has come to the end of all numbers is none, nor is a restart at the end of time', async t => {
	const endless = '1e999';
	const greeting = `{"type":"event","event":"connect.challenge","payload":{"nonce":"n","ts":${endless}}}`;
	const server = await controlServer(t, {
		greeting,
		onCall(_method, _reply, socket) {
			socket.send(`{"type":"event","event":"shutdown","payload":{"reason":"soon","restartExpectedMs":${endless}}}`);
			socket.close(1012, 'service restart');
		},
	});
	const gateway = connectTo(t, server.origin);
	await gateway.identify(never);
	const {value, observations} = await gateway.greet(never);
	assert.deepEqual([value, observations.map(({kind}) => kind)], ['greeted', ['websocket-greeted']]);
	await gateway.control.connect(never);
	const closed = new Promise<unknown>(resolve => {
		gateway.control.hear(news => news.kind === 'closed' && resolve(news.closed.shutdown));
	});
	await gateway.control.call('health', {});
	assert.deepEqual(await closed, {reason: 'soon'});
});

test('a word of the language is no device token: as a secret, it would be taken out of every text', async t => {
	for (const deviceToken of ['the gateway', 'token', 'a'.repeat(15), `${'a'.repeat(20)}\n`]) {
		const kept: DeviceToken[] = [];
		const devices = {...makeDevice(), keepToken: async (_origin: string, token: DeviceToken) => void kept.push(token)};
		const hello = helloOk({auth: {method: 'token', deviceToken, scopes: ['operator.read', 'operator.write']}});
		const server = await controlServer(t, {onConnect: (_request, reply) => reply.ok(hello)});
		const {value} = await connectTo(t, server.origin, {devices}).control.connect(never);
		assert.equal(value.kind, 'open');
		assert.deepEqual(kept, []);
	}
});

test('moments that no date has are none, in a history and in a list of sessions', () => {
	const timestamp = Number.MAX_SAFE_INTEGER;
	const {turns} = readHistory({
		messages: [
			{role: 'user', content: 'Hello', timestamp},
			{role: 'assistant', content: 'Hi', timestamp, stopReason: 'stop'},
		],
	});
	assert.equal(turns.length, 1);
	for (const turn of turns)
		assert.deepEqual(
			recordsOfTurn(turn).map(({at}) => at),
			[0, 0].map(ms => new Date(ms).toISOString()),
		);
	assert.equal(readSessions({sessions: [{key: 'agent:main:one', updatedAt: timestamp}]}).sessions[0]?.updatedAt, 0);
});

test('a pause longer than timers can be is no pause of a millisecond', async () => {
	let isOver = false;
	const callOff = systemClock.after(farTooLong, () => {
		isOver = true;
	});
	await new Promise(resolve => systemClock.after(50, () => resolve(undefined)));
	callOff();
	assert.equal(isOver, false);
});
