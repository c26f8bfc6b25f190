import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import type {Generation} from '../../source/demo/options.js';
import type {Observed} from '../../source/gateway/gateway.js';
import {type Answer, ask, openPeer} from '../contract/client.js';
import type {Peer} from '../contract/peer.js';
import type {RealGateway} from './real-gateway.js';

/** How a gateway that is stopping differs from one that was killed. It is gone afterwards. */
export function testEnds(generation: Generation, started: () => RealGateway): void {
	if (generation === '2026.2.9') test('stopped: it waits five seconds for the answer under way, then cuts it', () => stopOld(started()));
	else test('drained: the answer under way ends well, the next question is refused for now', () => drain(started()));
	test('killed in the middle of an answer: the answer is cut', async () => {
		await started().restart();
		await kill(started());
	});
}

async function kill(gateway: RealGateway): Promise<void> {
	const answer = await askAndThen(gateway, 'go [[n=1000 rate=10]]', () => gateway.signal('SIGKILL'));
	assert.deepEqual(answer.outcome, {kind: 'cut'});
	assert.match(answer.text, /^tok0/);
	assert.equal(answer.exitCode, 74);
	assert.match(answer.error ?? '', /cut off: the connection broke/);
	await gateway.exited;
	await isGone(gateway);
}

async function drain(gateway: RealGateway): Promise<void> {
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

async function stopOld(gateway: RealGateway): Promise<void> {
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
