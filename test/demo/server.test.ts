import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DemoGateway} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';

const ask = async (gateway: DemoGateway, content: string, init: RequestInit = {}) =>
	fetch(`${gateway.origin}/v1/chat/completions`, {
		method: 'POST',
		body: JSON.stringify({stream: true, messages: [{role: 'user', content}]}),
		...init,
		headers: {Authorization: 'Bearer right-token', 'x-extra': 'seen', ...(init.headers as Record<string, string> | undefined)},
	});

test('requests are noted without the token', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	await (await ask(gateway, 'hello')).text();
	await (await ask(gateway, 'hello', {headers: {Authorization: 'Bearer other-token'}})).text();
	await (await fetch(`${gateway.origin}/healthz?x=1`)).text();
	await gateway.stop();
	assert.deepEqual(
		gateway.requests.map(({method, path, authorization}) => [method, path, authorization]),
		[
			['POST', '/v1/chat/completions', 'right'],
			['POST', '/v1/chat/completions', 'wrong'],
			['GET', '/healthz', 'absent'],
		],
	);
	assert.equal(gateway.requests[0]?.headers['x-extra'], 'seen');
	assert.doesNotMatch(JSON.stringify(gateway.requests), /(right|other)-token/);
});

test('a client that leaves is noticed, and its answer ends', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const leave = new AbortController();
	const response = await ask(gateway, 'go [[n=100 rate=100]]', {signal: leave.signal});
	await response.body?.getReader().read();
	leave.abort();
	await gateway.stop();
	assert.equal(gateway.requests[0]?.clientLeft, true);
});

test('a killed gateway breaks answers off and is gone', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const response = await ask(gateway, 'go [[n=100 rate=100]]');
	await gateway.kill();
	await assert.rejects(response.text());
	await assert.rejects(fetch(`${gateway.origin}/healthz`), (error: Error) => /ECONNREFUSED/.test(String((error.cause as Error).message)));
});

test('a port that is taken is an error', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	await assert.rejects(startDemoGateway({token: 'right-token', port: gateway.port}), {code: 'EADDRINUSE'});
	await gateway.stop();
});

test('a body over 20 MiB is refused and read to its end', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const response = await ask(gateway, 'x'.repeat(21 * 1024 * 1024));
	assert.equal(response.status, 413);
	assert.match(await response.text(), /Payload too large/);
	await gateway.stop();
});

test('faults come and go while it runs', async () => {
	const gateway = await startDemoGateway({token: 'right-token', fault: 'unauthorized'});
	assert.equal((await ask(gateway, 'hello')).status, 401);
	gateway.setFault('rate-limited', {retryAfterSeconds: 42});
	assert.equal((await ask(gateway, 'hello')).headers.get('retry-after'), '42');
	gateway.setFault(undefined);
	assert.equal((await ask(gateway, 'hello')).status, 200);
	await gateway.stop();
});
