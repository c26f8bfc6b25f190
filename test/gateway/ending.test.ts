import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {oldCjk} from './recorded/openclaw-2026-2-9.js';
import {newCjk} from './recorded/openclaw-2026-9-6.js';
import {ask, challengeOn, connectTo, gatewayAnswering, sendStream, serve} from './test-gateway.js';

const part = 'data: {"id":"r1","choices":[{"delta":{"content":"part"}}]}\n\n';
/** Begins an answer and says no more. */
const stalling = gatewayAnswering((_seen, response) => {
	response.writeHead(200, {'content-type': 'text/event-stream'});
	response.write(part);
});

/** Limits of a watch whose checks wait until the test lets them begin, and then follow each other at once. */
function watchOnDemand() {
	let hasBegun = false;
	const waiting: Array<() => void> = [];
	return {
		failedChecks: 3,
		schedule(_delayMs: number, callback: () => void): () => void {
			let isCancelled = false;
			const look = () => {
				if (!isCancelled) callback();
			};
			if (hasBegun) setImmediate(look);
			else waiting.push(look);
			return () => {
				isCancelled = true;
			};
		},
		begin() {
			hasBegun = true;
			for (const look of waiting.splice(0)) setImmediate(look);
		},
	};
}

for (const [reason, by] of [
	[undefined, 'user'],
	['deadline', 'deadline'],
] as const) {
	test(`cancelled by the ${by}: the connection is closed and the text kept`, async t => {
		let closed: Promise<unknown> | undefined;
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => {
				closed = once(response, 'close');
				response.writeHead(200, {'content-type': 'text/event-stream'});
				response.write(part);
			}),
		);
		const controller = new AbortController();
		const asked = await ask(connectTo(t, server.origin), {
			signal: controller.signal,
			onEvent: event => event.type === 'delta' && controller.abort(reason),
		});
		assert.deepEqual(asked.outcome, {kind: 'cancelled', by});
		assert.equal(asked.text, 'part');
		await closed;
	});
}

test('a question cancelled before it was sent is not sent', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const asked = await ask(connectTo(t, server.origin), {
		signal: AbortSignal.abort(),
	});
	assert.deepEqual(asked.outcome, {kind: 'cancelled', by: 'user'});
	assert.equal(server.seen.filter(({method}) => method === 'POST').length, 0);
});

for (const how of ['close', 'forgetPeer'] as const) {
	test(`${how} ends the question under way as cut`, async t => {
		const server = await serve(t, stalling);
		const gateway = connectTo(t, server.origin);
		const asked = await ask(gateway, {
			onEvent: event => event.type === 'delta' && gateway[how](),
		});
		assert.deepEqual(asked.outcome, {kind: 'cut'});
		const failure = asked.evidence.observations.find(({kind}) => kind === 'network-failure');
		assert.ok(failure?.kind === 'network-failure' && failure.attempts[0]?.code === 'ERR_CONNECTION_DROPPED');
	});
}

test('silence and a gateway that is gone end the answer as abandoned, with the failed checks as evidence', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => {
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write(part);
			// Nobody new is let in: the health checks are refused while the answer stays open.
			server.server.close();
		}),
	);
	const silence = watchOnDemand();
	const asked = await ask(connectTo(t, server.origin, {silence}), {
		onEvent: event => event.type === 'delta' && silence.begin(),
	});
	assert.deepEqual(asked.outcome, {kind: 'abandoned'});
	assert.equal(asked.text, 'part');
	const failures = asked.evidence.observations.filter(({kind}) => kind === 'network-failure');
	assert.equal(failures.length, 3);
});

test('a gateway that takes the question, never answers and is gone ends as abandoned', async t => {
	let isGone = false;
	const silence = watchOnDemand();
	const server = await serve(t, (seen, response, request) => {
		if (seen.method === 'POST') {
			isGone = true;
			silence.begin();
		} else if (isGone) response.destroy();
		else gatewayAnswering(() => undefined)(seen, response, request);
	});
	const asked = await ask(connectTo(t, server.origin, {silence}));
	assert.deepEqual(asked.outcome, {kind: 'abandoned'});
	const end = asked.evidence.observations.at(-1);
	assert.ok(end?.kind === 'stream-ended' && end.ending === 'abandoned' && end.events === 0);
	assert.equal(server.seen.filter(({method}) => method === 'POST').length, 1);
});

test('a bug in a listener is not taken for a failure of the network', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const gateway = connectTo(t, server.origin);
	const sending = ask(gateway, {
		onEvent() {
			throw new RangeError('a bug');
		},
	});
	await assert.rejects(sending, RangeError);
});

test('closing stops the run on a gateway that answers /healthz, and is not claimed of an older one', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const gateway = connectTo(t, server.origin);
	assert.equal(gateway.transport.capabilities.closeStopsRun, false);
	await ask(gateway);
	assert.equal(gateway.transport.capabilities.closeStopsRun, true);
	const old = await serve(t, (seen, response) => {
		if (seen.method === 'POST') sendStream(response, oldCjk);
		else response.writeHead(200, {'content-type': 'text/html'}).end('<p>');
	});
	challengeOn(old.server, {type: 'event', event: 'connect.challenge', payload: {nonce: 'n'}});
	const oldGateway = connectTo(t, old.origin);
	await ask(oldGateway);
	assert.equal(oldGateway.transport.capabilities.closeStopsRun, false);
});
