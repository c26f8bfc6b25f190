import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {HttpAnswer} from '../../source/diagnosis/evidence.js';
import {judgeChatEndpoint, readAgents} from '../../source/gateway/access.js';
import {type Answerer, connectTo, gatewayAnswering, sendJson, serve, token} from './test-gateway.js';

const signal = new AbortController().signal;
const models = {object: 'list', data: [{id: 'openclaw'}, {id: 'openclaw/default'}, {id: 'openclaw/main'}, {id: 'openclaw/ops'}, {id: 7}]};

test('agents are the models with a name of their own', () => {
	assert.deepEqual(readAgents(models), ['main', 'ops']);
	assert.equal(readAgents({data: 'x'}), undefined);
	assert.equal(readAgents('<html>'), undefined);
	assert.deepEqual(readAgents({data: [{id: 'openclaw/\u001B[2J'}, {id: 'gpt-4'}]}), []);
});

const endpoint: ReadonlyArray<readonly [Pick<HttpAnswer, 'status' | 'headers' | 'body'>, 'on' | 'off' | 'unknown']> = [
	[{status: 405, headers: {allow: 'POST'}, body: 'text'}, 'on'],
	[{status: 405, headers: {}, body: 'text'}, 'unknown'],
	[{status: 404, headers: {}, body: 'text'}, 'off'],
	[{status: 404, headers: {}, body: 'html'}, 'off'],
	[{status: 200, headers: {}, body: 'html'}, 'off'],
	[{status: 200, headers: {}, body: 'json'}, 'unknown'],
	[{status: 502, headers: {}, body: 'html'}, 'unknown'],
];

for (const [answer, expected] of endpoint) {
	test(`GET answered with ${answer.status} ${answer.body} ${answer.headers['allow'] ?? ''}: the chat endpoint is ${expected}`, () => {
		assert.equal(judgeChatEndpoint(answer), expected);
	});
}

function answering(modelsStatus: number): Answerer {
	return gatewayAnswering((seen, response) => {
		if (seen.path === '/v1/models') sendJson(response, modelsStatus, modelsStatus === 200 ? models : {error: {message: 'Unauthorized'}});
		else response.writeHead(405, {allow: 'POST'}).end('Method Not Allowed');
	});
}

for (const [status, auth] of [
	[200, 'ok'],
	[401, 'refused'],
	[404, 'unknown'],
] as const) {
	test(`models answered with ${status}: the token is ${auth}`, async t => {
		const server = await serve(t, answering(status));
		const {value} = await connectTo(t, server.origin).checkAccess(signal);
		assert.deepEqual(value, {auth, chat: 'on'});
		assert.deepEqual(
			server.seen.map(({method, path, authorization}) => [method, path, authorization]),
			[
				['GET', '/healthz', undefined],
				['GET', '/v1/chat/completions', undefined],
				['GET', '/v1/models', `Bearer ${token}`],
			],
		);
	});
}

test('agents are listed with the token', async t => {
	const server = await serve(t, answering(200));
	assert.deepEqual((await connectTo(t, server.origin).listAgents(signal)).value, ['main', 'ops']);
});

test('with a withheld token the endpoint is looked at all the same', async t => {
	const server = await serve(t, answering(200));
	const credential = {kind: 'withheld', reason: 'plain-http-private', length: 5, source: 'file'} as const;
	const {value, evidence} = await connectTo(t, server.origin, {credential}).checkAccess(signal);
	assert.deepEqual(value, {auth: 'unknown', chat: 'on'});
	assert.equal(evidence.credential.withheld, 'plain-http-private');
	assert.ok(server.seen.every(({authorization}) => authorization === undefined));
});

for (const [models, empty, auth] of [
	[404, 400, 'ok'],
	[404, 401, 'refused'],
	[404, 502, 'unknown'],
	[200, 400, 'ok'],
	[401, 400, 'refused'],
	[403, 400, 'unknown'],
] as const) {
	test(`models answered with ${models}, an empty question with ${empty}: the token is ${auth}`, async t => {
		const server = await serve(
			t,
			gatewayAnswering(({path, method}, response) => {
				if (path === '/v1/models') response.writeHead(models, {'content-type': 'text/html'}).end('<html>');
				else if (method === 'GET') response.writeHead(405, {allow: 'POST'}).end('Method Not Allowed');
				else sendJson(response, empty, {error: {message: 'Missing user message', type: 'invalid_request_error'}});
			}),
		);
		const {value} = await connectTo(t, server.origin).checkAccess(signal, {withEmptyQuestion: true});
		assert.deepEqual(value, {auth, chat: 'on'});
		const posts = server.seen.filter(({method}) => method === 'POST').map(({authorization, body}) => [authorization, body]);
		assert.deepEqual(posts, models === 404 || models === 200 ? [[`Bearer ${token}`, '{}']] : []);
	});
}

test('where the chat endpoint is off no empty question is asked', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => void response.writeHead(404).end('Not Found')),
	);
	const {value} = await connectTo(t, server.origin).checkAccess(signal, {withEmptyQuestion: true});
	assert.deepEqual(value, {auth: 'unknown', chat: 'off'});
	assert.deepEqual(
		server.seen.filter(({method}) => method === 'POST'),
		[],
	);
});
