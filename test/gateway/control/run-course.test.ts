import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {JsonObject} from '../../../source/gateway/control-plane.js';
import type {TransportEvent} from '../../../source/gateway/transport.js';
import {ask, connectTo, type GatewayOptions, question} from '../test-gateway.js';
import {controlServer, helloOk, type Reply, type Script} from './control-server.js';

/** What becomes of a question when its connection, or its user, goes at an awkward moment. */

const never = new AbortController().signal;

/** Calls in order, and how to wait until one of a method has come so often. */
function record() {
	const methods: string[] = [];
	const waiting = new Set<() => void>();
	const count = (method: string) => methods.filter(one => one === method).length;
	return {
		methods,
		count,
		add(method: string) {
			methods.push(method);
			for (const check of [...waiting]) check();
		},
		until: (method: string, times = 1) =>
			new Promise<void>(resolve => {
				const check = () => {
					if (count(method) < times) return;
					waiting.delete(check);
					resolve();
				};
				waiting.add(check);
				check();
			}),
	};
}

async function openTo(t: TestContext, script: Script, options: GatewayOptions = {}) {
	const server = await controlServer(t, script);
	const gateway = connectTo(t, server.origin, options);
	const {value} = await gateway.control.connect(never);
	assert.equal(value.kind, 'open');
	const closed = () =>
		new Promise<void>(resolve => {
			const stop = gateway.control.hear(({kind}) => {
				if (kind !== 'closed') return;
				stop();
				resolve();
			});
		});
	return {server, gateway, closed};
}

const taken = (reply: Reply) => reply.ok({runId: question.idempotencyKey, status: 'started'});

test('a question that is called off while somebody else dials ends at once', async t => {
	let greeted: () => void = () => undefined;
	const dialled = new Promise<void>(resolve => {
		greeted = resolve;
	});
	const server = await controlServer(t, {onConnect: () => greeted()});
	const gateway = connectTo(t, server.origin, {control: {helloWithinMs: 600_000}});
	void gateway.control.connect(never);
	await dialled;
	const stop = new AbortController();
	const joined = gateway.control.connect(stop.signal);
	stop.abort();
	assert.equal((await joined).value.kind, 'connecting');
	assert.equal(gateway.control.state.kind, 'connecting', 'the attempt of the other one goes on');
	assert.equal(server.sockets.size, 1);
});

test('a wish to stop that goes down with the connection is told again when it is back', async t => {
	const calls = record();
	const {gateway, closed} = await openTo(t, {
		onCall(method, reply, socket) {
			calls.add(method);
			if (method === 'chat.send') return taken(reply);
			if (method === 'chat.abort' && calls.count('chat.abort') === 1) return socket.terminate();
			reply.ok({});
		},
	});
	const stop = new AbortController();
	const gone = closed();
	const {outcome} = await ask(gateway, {
		signal: stop.signal,
		onEvent: ({type}) => type === 'accepted' && stop.abort(),
	});
	assert.deepEqual(outcome, {kind: 'cancelled', by: 'user', runMayGoOn: true});
	await gone;
	await gateway.control.connect(never);
	await calls.until('chat.abort', 2);
	assert.equal(calls.count('chat.send'), 1);
});

test('a connection that goes again while the run is looked up brings it not back', async t => {
	const calls = record();
	const script: Script = {
		onConnect: (_request, reply) => reply.ok(helloOk({protocol: 3})),
		onCall(method, reply, socket) {
			calls.add(method);
			if (method === 'chat.send') return calls.count('chat.send') === 1 ? taken(reply) : undefined;
			if (method === 'chat.history' && calls.count('chat.history') === 1) return socket.terminate();
			if (method === 'chat.history') return reply.ok({messages: [], inFlightRun: {runId: question.idempotencyKey, text: 'half'}});
			reply.ok({});
		},
	};
	const {server, gateway, closed} = await openTo(t, script);
	const events: TransportEvent['type'][] = [];
	const [first, stop] = [closed(), new AbortController()];
	const asked = ask(gateway, {
		signal: stop.signal,
		onEvent({type}) {
			events.push(type);
			if (type === 'accepted') for (const socket of server.sockets) socket.terminate();
			if (type === 'delta') stop.abort();
		},
	});
	await first;
	const second = closed();
	await gateway.control.connect(never);
	await second;
	await gateway.control.connect(never);
	assert.deepEqual((await asked).outcome, {kind: 'cancelled', by: 'user', runMayGoOn: true});
	assert.deepEqual(events, ['accepted', 'interrupted', 'interrupted', 'resumed', 'delta', 'ended']);
	assert.equal(calls.count('chat.send'), 1);
});

test('each absence has its own time: the end of an earlier one cuts nothing', async t => {
	const timers: {delayMs: number; call: () => void}[] = [];
	const schedule = (delayMs: number, call: () => void) => {
		const timer = {delayMs, call};
		timers.push(timer);
		return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
	};
	const calls = record();
	const running: JsonObject = {messages: [], inFlightRun: {runId: question.idempotencyKey, text: ''}};
	const {server, gateway, closed} = await openTo(
		t,
		{
			onCall(method, reply) {
				calls.add(method);
				if (method === 'chat.send') taken(reply);
				else reply.ok(method === 'chat.history' ? running : {});
			},
		},
		{silence: {schedule, checkEveryMs: 1_000_000}, returnWithinMs: 30_000},
	);
	const returns = () => timers.filter(({delayMs}) => delayMs === 30_000);
	const events = record();
	const drop = () => {
		for (const socket of server.sockets) socket.terminate();
	};
	const first = closed();
	const asked = ask(gateway, {onEvent: ({type}) => events.add(type)});
	await events.until('accepted');
	drop();
	await first;
	await events.until('interrupted');
	const [early] = returns();
	await gateway.control.connect(never);
	await events.until('resumed');
	const second = closed();
	drop();
	await second;
	await events.until('interrupted', 2);
	early?.call();
	await gateway.control.connect(never);
	await events.until('resumed', 2);
	const third = closed();
	drop();
	await third;
	await events.until('interrupted', 3);
	returns().at(-1)?.call();
	assert.equal((await asked).outcome.kind, 'cut');
	assert.equal(calls.count('chat.send'), 1);
});

test('many gaps at once are one reason to look the run up, and a few lines of evidence', async t => {
	const calls = record();
	const gaps = Array.from({length: 200}, (_, index) => ({type: 'event', event: 'tick', seq: 1 + 3 * index, payload: {}}));
	const final = {
		type: 'event',
		event: 'chat',
		payload: {runId: question.idempotencyKey, state: 'final', message: {role: 'assistant', content: 'done'}},
	};
	const {gateway} = await openTo(t, {
		onCall(method, reply, socket) {
			calls.add(method);
			if (method !== 'chat.send') return reply.ok({messages: []});
			taken(reply);
			for (const frame of [...gaps, final]) socket.send(JSON.stringify(frame));
		},
	});
	const {outcome, kinds} = await ask(gateway);
	assert.equal(outcome.kind, 'complete');
	assert.equal(kinds.filter(kind => kind === 'sequence-gap').length, 20);
	assert.ok(calls.count('chat.history') <= 20, `${calls.count('chat.history')} looks`);
});

test('an answer without end is read up to a limit, and its run is stopped', async t => {
	const calls = record();
	const part = 'x'.repeat(16_777_216);
	const {gateway} = await openTo(t, {
		onCall(method, reply, socket) {
			calls.add(method);
			if (method !== 'chat.send') return reply.ok({});
			taken(reply);
			const {idempotencyKey: runId} = question;
			const frame = JSON.stringify({type: 'event', event: 'chat', payload: {runId, state: 'delta', deltaText: part}});
			for (let piece = 0; piece < 5; piece++) socket.send(frame);
		},
	});
	const {outcome, evidence, text} = await ask(gateway);
	assert.equal(outcome.kind, 'cut');
	assert.equal(text.length, 4 * part.length);
	const end = evidence.observations.findLast(({kind}) => kind === 'stream-ended');
	assert.equal(end?.kind === 'stream-ended' && end.ending, 'too-large');
	await calls.until('chat.abort');
});

test('of runs without number a few at a time are asked for whose they are', async t => {
	const calls = record();
	const {gateway} = await openTo(t, {
		onCall(method, reply, socket, {sessionKey}) {
			calls.add(method);
			if (method === 'chat.history') return;
			if (method !== 'chat.send') return reply.ok({});
			taken(reply);
			const send = (event: string, payload: object) => socket.send(JSON.stringify({type: 'event', event, payload}));
			send('chat', {runId: question.idempotencyKey, state: 'final'});
			for (let run = 0; run < 200; run++) send('agent', {runId: `run-${run}`, sessionKey, stream: 'lifecycle', data: {phase: 'start'}});
			send('last', {});
		},
	});
	const last = new Promise<void>(resolve => {
		gateway.control.hear(news => news.kind === 'event' && news.name === 'last' && resolve());
	});
	const stop = new AbortController();
	const asked = ask(gateway, {signal: stop.signal});
	await last;
	await gateway.control.call('health', {});
	assert.ok(calls.count('chat.history') > 0);
	assert.ok(calls.count('chat.history') <= 21, `${calls.count('chat.history')} looks`);
	stop.abort();
	assert.equal((await asked).outcome.kind, 'cancelled');
});

test('a gateway that is left ends its questions, also one whose connection is away', async t => {
	const {server, gateway, closed} = await openTo(t, {onCall: (method, reply) => (method === 'chat.send' ? taken(reply) : reply.ok({}))});
	const away = record();
	const gone = closed();
	const asked = ask(gateway, {
		onEvent({type}) {
			away.add(type);
			if (type === 'accepted') for (const socket of server.sockets) socket.terminate();
		},
	});
	await gone;
	await away.until('interrupted');
	await gateway.close();
	assert.equal((await asked).outcome.kind, 'cut');
});

test('a gateway that is left ends a question that was just about to be sent', async t => {
	const calls = record();
	const {gateway} = await openTo(t, {
		onConnect: (_request, reply) => reply.ok(helloOk({protocol: 3})),
		onCall(method, reply) {
			calls.add(method);
			// Whether the session has lost what it was told is never said.
			if (method === 'chat.send') taken(reply);
			else if (method !== 'chat.history') reply.ok({});
		},
	});
	const stop = new AbortController();
	const inSession = {sessionKey: 'clawtalk:left'};
	const first = await ask(gateway, {
		question: {...inSession, seed: [{role: 'user', text: 'Earlier'}]},
		signal: stop.signal,
		onEvent: ({type}) => type === 'accepted' && stop.abort(),
	});
	assert.equal(first.outcome.kind, 'cancelled');
	const second = ask(gateway, {question: inSession});
	await calls.until('chat.history');
	await gateway.close();
	assert.equal((await second).outcome.kind, 'cut');
});

test('a question that is called off when everything ends is called off, and the gateway hears of it', async t => {
	const calls = record();
	const {gateway} = await openTo(t, {
		onCall(method, reply) {
			calls.add(method);
			if (method === 'chat.send') taken(reply);
		},
	});
	const stop = new AbortController();
	const going = record();
	const asked = ask(gateway, {signal: stop.signal, onEvent: ({type}) => going.add(type)});
	await going.until('accepted');
	stop.abort('user');
	await calls.until('chat.abort');
	await gateway.close();
	assert.deepEqual((await asked).outcome, {kind: 'cancelled', by: 'user', runMayGoOn: true});
});

for (const [status, kind] of [
	['done', 'lost'],
	[undefined, 'lost'],
	['running', undefined],
] as const) {
	test(`after another start a session that counts as ${status ?? 'new'} is ${kind === undefined ? 'looked at again for a minute' : 'the end of the search'}`, async t => {
		const timers: {readonly delayMs: number; readonly call: () => void}[] = [];
		const events = record();
		const sought: number[] = [];
		const looks = record();
		let boot = 0;
		const {server, gateway, closed} = await openTo(
			t,
			{
				onConnect(_request, reply) {
					boot += 1;
					reply.ok(helloOk({server: {version: '2026.9.6', bootId: `boot-${boot}`, connId: 'c'}}));
				},
				onCall(method, reply) {
					if (method === 'chat.send') taken(reply);
					else
						reply.ok(
							method === 'chat.history'
								? {messages: [], sessionInfo: {hasActiveRun: false, ...(status !== undefined && {status})}}
								: {status: 'timeout'},
						);
				},
			},
			{
				silence: {
					schedule(delayMs, call) {
						if (delayMs === 1_500) {
							timers.push({delayMs, call});
							looks.add('look');
						}
						return () => undefined;
					},
					checkEveryMs: 1_000_000,
				},
			},
		);
		const stop = new AbortController();
		const gone = closed();
		const asked = ask(gateway, {
			signal: stop.signal,
			onEvent(event) {
				events.add(event.type);
				if (event.type === 'sought') sought.push(event.atMostMs);
			},
		});
		await events.until('accepted');
		for (const socket of server.sockets) socket.terminate();
		await gone;
		await events.until('interrupted');
		await gateway.control.connect(never);
		await looks.until('look');
		assert.deepEqual(sought, [60_000]);
		timers[0]?.call();
		if (kind === undefined) {
			await looks.until('look', 2);
			stop.abort();
		}
		assert.equal((await asked).outcome.kind, kind ?? 'cancelled');
		assert.deepEqual(sought, [60_000], 'said once');
	});
}
