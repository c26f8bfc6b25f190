import assert from 'node:assert/strict';
import {test} from 'node:test';
import {newCjk, newErrorAfterText, newWhole} from './recorded/openclaw-2026-9-6.js';
import {ask, connectTo, gatewayAnswering, sendJson, sendStream, serve, token} from './test-gateway.js';

const part = 'data: {"id":"r1","choices":[{"delta":{"content":"part"}}]}\n\n';

test('an answer is streamed and its end is told', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'complete', finishReason: 'stop'});
	assert.deepEqual(asked.kinds, ['peer-identified', 'stream-ended']);
	assert.deepEqual(asked.evidence.credential, {
		set: true,
		source: 'test',
		length: token.length,
		sent: true,
	});
	assert.equal(asked.events[0]?.type, 'accepted');
	assert.ok(asked.events.every(event => event.questionId === 'q1'));
});

test('the token goes with the question, and not with the identification', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	await ask(connectTo(t, server.origin), {question: {sessionKey: 'clawtalk:1'}});
	assert.deepEqual(
		server.seen.map(({method, path, authorization}) => [method, path, authorization]),
		[
			['GET', '/healthz', undefined],
			['POST', '/v1/chat/completions', `Bearer ${token}`],
		],
	);
	assert.equal(server.seen.at(-1)?.headers['x-openclaw-session-key'], 'clawtalk:1');
	assert.equal(server.seen.at(-1)?.headers.origin, undefined);
});

test('the prefix of a reverse proxy stands before every path', async t => {
	const server = await serve(t, (seen, response) => {
		if (seen.path === '/claw/healthz') sendJson(response, 200, {ok: true});
		else sendStream(response, newCjk);
	});
	assert.equal((await ask(connectTo(t, server.origin, {basePath: '/claw'}))).outcome.kind, 'complete');
	assert.deepEqual(
		server.seen.map(({path}) => path),
		['/claw/healthz', '/claw/v1/chat/completions'],
	);
});

test('each question has a connection of its own, and none is lost to a server that closes idle ones', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	server.server.keepAliveTimeout = 1;
	const gateway = connectTo(t, server.origin);
	for (let count = 0; count < 40; count += 1) assert.equal((await ask(gateway)).outcome.kind, 'complete');
	assert.equal(server.seen.filter(({method}) => method === 'POST').length, 40);
	assert.equal(server.connections(), 41);
});

for (const [name, answer] of [
	['421, which browsers repeat', 421],
	['401', 401],
	['503', 503],
	['307 to the same path', 307],
] as const) {
	test(`a question answered with ${name} is not repeated`, async t => {
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => sendJson(response, answer, {}, {location: '/v1/chat/completions'})),
		);
		const asked = await ask(connectTo(t, server.origin));
		assert.deepEqual(asked.outcome, {kind: 'refused'});
		assert.equal(server.seen.filter(({method}) => method === 'POST').length, 1);
	});
}

test('a question whose connection dies before the answer is not repeated', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => response.destroy()),
	);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'unreachable'});
	assert.equal(server.seen.filter(({method}) => method === 'POST').length, 1);
	const failure = asked.evidence.observations.at(-1);
	assert.ok(failure?.kind === 'network-failure' && failure.phase === 'request' && failure.layer === 'chat' && failure.bytesRead === 0);
});

test('a cut answer keeps its text and says that it broke', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => {
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write(part, () => response.destroy());
		}),
	);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'cut'});
	assert.equal(asked.text, 'part');
	assert.deepEqual(asked.kinds, ['peer-identified', 'network-failure', 'stream-ended']);
	const [, failure, end] = asked.evidence.observations;
	assert.ok(failure?.kind === 'network-failure' && failure.phase === 'body');
	assert.ok(end?.kind === 'stream-ended' && end.ending === 'broken' && end.textLength === 4);
});

test('an error after text fails the turn, with the reason', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newErrorAfterText)),
	);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'failed'});
	assert.equal(asked.text, 'tok0 tok1 tok2');
	const error = asked.evidence.observations.find(({kind}) => kind === 'turn-error');
	assert.ok(error?.kind === 'turn-error' && error.message === 'upstream provider error' && error.type === 'api_error');
});

test('a whole JSON answer is an answer', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendJson(response, 200, JSON.parse(newWhole))),
	);
	assert.equal((await ask(connectTo(t, server.origin))).text, 'tok0 tok1 tok2 tok3');
});

test('HTML with 200 is no answer; its title is evidence', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => response.writeHead(200, {'content-type': 'text/html'}).end('<title>Sign in\u001B[2J</title>')),
	);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'unreachable'});
	const answer = asked.evidence.observations.find(({kind}) => kind === 'http-answer');
	assert.ok(answer?.kind === 'http-answer' && answer.title === 'Sign in' && answer.body === 'html');
});

test('a refusal says what the gateway said', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) =>
			sendJson(
				response,
				503,
				{
					error: {
						message: 'restarting',
						type: 'service_unavailable',
						code: 'gateway_unavailable',
					},
				},
				{'retry-after': '1'},
			),
		),
	);
	const {evidence} = await ask(connectTo(t, server.origin));
	const answer = evidence.observations.at(-1);
	assert.ok(answer?.kind === 'http-answer');
	const {status, layer, errorType, errorMessage, errorCode, retryAfterMs} = answer;
	assert.deepEqual(
		{status, layer, errorType, errorMessage, errorCode, retryAfterMs},
		{
			status: 503,
			layer: 'chat',
			errorType: 'service_unavailable',
			errorMessage: 'restarting',
			errorCode: 'gateway_unavailable',
			retryAfterMs: 1_000,
		},
	);
});
