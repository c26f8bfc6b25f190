import assert from 'node:assert/strict';
import {once} from 'node:events';
import {type TestContext, test} from 'node:test';
import {WebSocket} from 'ws';
import {generations} from '../../source/demo/options.js';
import type {Observed} from '../../source/gateway/gateway.js';
import {type Answer, ask, openPeer} from '../contract/client.js';
import type {Peer} from '../contract/peer.js';
import {startRealGateway} from './real-gateway.js';

/** How a gateway that was killed differs from one that is stopping. */
export function testEnds(): void {
	for (const generation of generations) {
		test(`${generation} killed in the middle of an answer: the answer is cut`, context => kill(context, generation));
	}
	test('2026.9.6 drained: the answer under way ends well, the next question is refused for now', drain);
	test('2026.2.9 stopped: it waits five seconds for the answer under way, then cuts it', stopOld);
}

async function kill(context: TestContext, generation: Peer['generation']): Promise<void> {
	const gateway = await startRealGateway(generation);
	context.after(gateway.stop);
	const answer = await askAndThen(gateway, 'go [[n=1000 rate=10]]', () => gateway.signal('SIGKILL'));
	assert.deepEqual(answer.outcome, {kind: 'cut'});
	assert.match(answer.text, /^tok0/);
	assert.equal(answer.exitCode, 74);
	assert.match(answer.error ?? '', /cut off: the connection broke/);
	await gateway.exited;
	await isGone(gateway);
}

async function drain(context: TestContext): Promise<void> {
	const gateway = await startRealGateway('2026.9.6');
	context.after(gateway.stop);
	const socket = new WebSocket(gateway.origin.replace('http', 'ws'));
	await once(socket, 'message');
	const closed = once(socket, 'close');

	let next: Promise<Answer> | undefined;
	let readiness: Promise<Observed<'ready' | 'not-ready'>> | undefined;
	const answer = await askAndThen(gateway, 'go [[n=40 rate=10]]', () => {
		gateway.signal('SIGTERM');
		next = untilRefused(gateway);
		readiness = next.then(() => look(gateway));
	});
	assert.deepEqual(answer.outcome, {kind: 'complete', finishReason: 'stop'});
	assert.match(answer.text, /tok39$/);

	// What `ask --wait` goes by: the health endpoint still says that the gateway is live.
	assert.equal((await readiness)?.value, 'not-ready');
	const refused = await next;
	assert.equal(refused?.outcome.kind, 'refused');
	const observed = refused.evidence.observations.find(observation => observation.kind === 'http-answer' && observation.status === 503);
	assert.ok(observed?.kind === 'http-answer');
	assert.deepEqual([observed.errorCode, observed.retryAfterMs], ['gateway_unavailable', 1000]);
	assert.equal(refused.exitCode, 75);
	assert.match(refused.error ?? '', /shutting down or restarting/);
	await gateway.exited;
	await closed;
	await isGone(gateway);
}

async function look(gateway: Peer): Promise<Observed<'ready' | 'not-ready'>> {
	const opened = openPeer(gateway);
	assert.equal((await opened.checkHealth(AbortSignal.timeout(5_000))).value, 'live');
	return opened.checkReadiness(AbortSignal.timeout(5_000));
}

async function stopOld(context: TestContext): Promise<void> {
	const gateway = await startRealGateway('2026.2.9');
	context.after(gateway.stop);
	const answer = await askAndThen(gateway, 'go [[n=1000 rate=10]]', () => gateway.signal('SIGTERM'));
	assert.deepEqual(answer.outcome, {kind: 'cut'});
	assert.match(answer.text, /tok20/);
	assert.equal(answer.exitCode, 74);
	await gateway.exited;
	await isGone(gateway);
}

async function isGone(gateway: Peer): Promise<void> {
	const {outcome, evidence, exitCode} = await ask(gateway, 'go [[n=1]]');
	assert.deepEqual(outcome, {kind: 'unreachable'});
	assert.equal(exitCode, 69);
	assert.match(JSON.stringify(evidence.observations), /ECONNREFUSED/);
}

/** Asks, and calls `then` with the first piece of the answer. */
function askAndThen(peer: Peer, text: string, then: () => void): Promise<Answer> {
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

/** The signal takes a moment to arrive: questions before that are answered. */
async function untilRefused(peer: Peer): Promise<Answer> {
	const answer = await ask(peer, 'go [[n=1 rate=0]]');
	return answer.outcome.kind === 'complete' ? untilRefused(peer) : answer;
}
