import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {TransportEvent} from '../../../source/gateway/transport.js';
import {connectTo, question} from '../test-gateway.js';
import {controlServer, type Reply} from './control-server.js';

const sessionKey = 'agent:main:clawtalk:usage';
const runId = question.idempotencyKey;

/** Puts a question to a gateway that answers it whole and its history as `history` says. */
async function askTo(t: TestContext, history: (reply: Reply) => void, usageWithinMs?: number) {
	const methods: string[] = [];
	const said = {role: 'assistant', content: [{type: 'text', text: 'There.'}]};
	const server = await controlServer(t, {
		onCall(method, reply) {
			methods.push(method);
			if (method === 'chat.history') return history(reply);
			reply.ok({runId, status: 'started'});
			if (method !== 'chat.send') return;
			server.broadcast({
				type: 'event',
				event: 'chat',
				payload: {runId, sessionKey, seq: 1, state: 'status', phase: 'starting_model'},
			});
			server.broadcast({
				type: 'event',
				event: 'chat',
				payload: {runId, sessionKey, seq: 2, state: 'final', stopReason: 'stop', message: said},
			});
		},
	});
	const gateway = connectTo(t, server.origin);
	await gateway.control.connect(new AbortController().signal);
	const events: TransportEvent[] = [];
	const asked = {...question, sessionKey, ...(usageWithinMs === undefined ? {} : {usageWithinMs})};
	await gateway.transport.send(asked, new AbortController().signal, event => events.push(event));
	const ended = events.at(-1);
	return {
		methods,
		usage: events.find(event => event.type === 'usage')?.usage,
		outcome: ended?.type === 'ended' ? ended.outcome : undefined,
	};
}

const counted = (reply: Reply) =>
	reply.ok({
		messages: [
			{role: 'user', content: question.text, idempotencyKey: `${runId}:user`},
			{role: 'assistant', content: [{type: 'text', text: 'There.'}], stopReason: 'stop', usage: {input: 5, output: 1, totalTokens: 6}},
		],
	});
const silent = () => undefined;
const whole = {kind: 'complete', finishReason: 'stop'};

test('what a whole answer cost is asked for', async t => {
	const {usage, outcome} = await askTo(t, counted, 30_000);
	assert.deepEqual([usage, outcome], [{promptTokens: 5, completionTokens: 1, totalTokens: 6}, whole]);
});

test('a gateway that is too busy to say it keeps no answer from its end', async t => {
	const {usage, outcome, methods} = await askTo(t, silent);
	assert.deepEqual([usage, outcome], [undefined, whole]);
	assert.equal(methods.at(-1), 'chat.history');
});

test('where nobody wants to know, nothing is asked', async t => {
	const {usage, outcome, methods} = await askTo(t, counted, 0);
	assert.deepEqual([usage, outcome, methods], [undefined, whole, ['chat.send']]);
});
