import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectTo, gatewayAnswering, sendJson, serve} from './test-gateway.js';

const signal = new AbortController().signal;
type Answer = readonly [status: number, body: unknown];

const started: Answer = [200, {ok: true, status: 'started', version: '2026.9.6', uptimeMs: 5_000.4}];
const webPage: Answer = [200, '<html>'];

const table: ReadonlyArray<readonly [what: string, ready: Answer, startup: Answer, answers: readonly string[], facts: object | undefined]> =
	[
		['ready', [200, {ready: true, failing: [], uptimeMs: 1}], started, [], {version: '2026.9.6', uptimeMs: 5_000, failing: []}],
		[
			'draining',
			[503, {ready: false, failing: ['gateway-draining']}],
			started,
			['/readyz 503'],
			{version: '2026.9.6', uptimeMs: 5_000, failing: ['gateway-draining']},
		],
		[
			'a channel that is down is only a fact',
			[503, {ready: false, failing: ['telegram', 7, 'x\u001B[2J']}],
			started,
			[],
			{version: '2026.9.6', uptimeMs: 5_000, failing: ['telegram', 'x']},
		],
		['starting', [503, {ready: false, failing: []}], [503, {ok: false, status: 'starting'}], ['/startupz 503'], {failing: []}],
		['not told to everybody', [403, 'Forbidden'], [403, 'Forbidden'], ['/readyz 403', '/startupz 403'], undefined],
		['web pages', webPage, webPage, [], undefined],
	];

for (const [what, ready, startup, answers, facts] of table) {
	test(`what the gateway tells about itself: ${what}`, async t => {
		const server = await serve(
			t,
			gatewayAnswering(({path}, response) => {
				const [status, body] = path === '/readyz' ? ready : startup;
				if (typeof body === 'string') response.writeHead(status, {'content-type': 'text/html'}).end(body);
				else sendJson(response, status, body);
			}),
		);
		const gateway = connectTo(t, server.origin);
		assert.deepEqual((await gateway.askFacts(signal)).observations, []);
		await gateway.identify(signal);
		const {observations} = await gateway.askFacts(signal);
		assert.deepEqual(
			observations.flatMap(one => (one.kind === 'http-answer' ? [`${one.path} ${one.status}`] : [])),
			answers,
		);
		const told = observations.find(({kind}) => kind === 'gateway-facts');
		const {kind: _kind, layer: _layer, atMs: _at, tookMs: _took, ...rest} = told ?? {};
		assert.deepEqual(told === undefined ? undefined : rest, facts);
		assert.deepEqual(
			server.seen.filter(({authorization}) => authorization !== undefined),
			[],
		);
	});
}
