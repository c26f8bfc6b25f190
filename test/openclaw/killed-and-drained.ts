import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import {generations} from '../../source/demo/options.js';
import {ask} from '../contract/client.js';
import type {Peer} from '../contract/peer.js';
import {startRealGateway} from './real-gateway.js';

/** Asks, and calls `then` with the first piece of the answer. */
function askAndThen(peer: Peer, text: string, then: () => void) {
	let first = true;
	return ask(peer, text, {
		onEvent(event) {
			if (event.type === 'delta' && first) {
				first = false;
				then();
			}
		},
	});
}

/** How a gateway that was killed differs from one that is stopping. */
export function testEnds(): void {
	for (const generation of generations) {
		test(`${generation} killed in the middle of an answer: the answer is cut`, async context => {
			const gateway = await startRealGateway(generation);
			context.after(gateway.stop);
			const answer = await askAndThen(gateway, 'go [[n=1000 rate=10]]', () => gateway.signal('SIGKILL'));
			assert.deepEqual(answer.outcome, {kind: 'cut'});
			assert.match(answer.text, /^tok0/);
			await gateway.exited;
			const next = await ask(gateway, 'go [[n=1]]');
			assert.deepEqual(next.outcome, {kind: 'unreachable'});
			assert.match(JSON.stringify(next.evidence.observations), /ECONNREFUSED/);
		});
	}

	test('2026.9.6 drained: the answer under way ends well, the next question is refused for now', async context => {
		const gateway = await startRealGateway('2026.9.6');
		context.after(gateway.stop);
		const socket = new WebSocket(gateway.origin.replace('http', 'ws'));
		await once(socket, 'message');
		const closed = once(socket, 'close');

		let next: ReturnType<typeof ask> | undefined;
		const answer = await askAndThen(gateway, 'go [[n=40 rate=10]]', () => {
			gateway.signal('SIGTERM');
			next = untilRefused(gateway);
		});
		assert.deepEqual(answer.outcome, {kind: 'complete', finishReason: 'stop'});
		assert.match(answer.text, /tok39$/);

		const refused = await next;
		assert.equal(refused?.outcome.kind, 'refused');
		const observed = refused?.evidence.observations.find(observation => observation.kind === 'http-answer' && observation.status === 503);
		assert.ok(observed?.kind === 'http-answer');
		assert.equal(observed.errorCode, 'gateway_unavailable');
		assert.equal(observed.retryAfterMs, 1000);
		await gateway.exited;
		await closed;
		assert.equal((await ask(gateway, 'go [[n=1]]')).outcome.kind, 'unreachable');
	});
}

/** The signal takes a moment to arrive: questions before that are answered. */
async function untilRefused(peer: Peer): ReturnType<typeof ask> {
	const answer = await ask(peer, 'go [[n=1 rate=0]]');
	return answer.outcome.kind === 'complete' ? untilRefused(peer) : answer;
}
