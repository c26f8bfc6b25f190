import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeError, observeAnswer, parseRetryAfter, readBodyStart, shapeOf} from '../../source/gateway/answer-observation.js';
import {createEvidenceLog} from '../../source/gateway/evidence-log.js';
import {exchange} from '../../source/gateway/exchange.js';
import {serve} from './test-gateway.js';

const noon = Date.parse('2026-11-20T12:00:00Z');

for (const [value, expected] of [
	['20', 20_000],
	[' 0 ', 0],
	['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
	['Fri, 20 Nov 2026 11:00:00 GMT', 0],
	['99999999', 86_400_000],
	['soon', undefined],
	['-5', undefined],
	[undefined, undefined],
] as const) {
	test(`Retry-After ${value}: ${expected} ms`, () => assert.equal(parseRetryAfter(value, noon), expected));
}

for (const [contentType, text, shape] of [
	['application/json', '{"ok":true}', 'json'],
	['text/html', '{"ok":true}', 'html'],
	['application/json', ' <!DOCTYPE html>', 'html'],
	['application/json', '{"ok":', 'text'],
	['text/plain', 'Not Found', 'text'],
	['text/event-stream', 'data: 1', 'event-stream'],
	['application/octet-stream', '\u0000\u0001', 'other'],
	[undefined, '  ', 'empty'],
	[undefined, 'hello', 'text'],
] as const) {
	test(`${contentType} ${JSON.stringify(text)} is ${shape}`, () => assert.equal(shapeOf(contentType, text), shape));
}

test('an error body is read in every shape', () => {
	assert.deepEqual(describeError({error: {type: 't', message: 'm', code: 'c'}}), {errorType: 't', errorMessage: 'm', errorCode: 'c'});
	assert.deepEqual(describeError({error: 'plain'}), {errorMessage: 'plain'});
	assert.deepEqual(describeError({ok: true}), {});
	assert.deepEqual(describeError('text'), {});
});

const request = {method: 'GET', path: '/healthz', layer: 'identity'} as const;

function openLog() {
	const credential = {kind: 'none'} as const;
	return createEvidenceLog(
		{origin: 'http://127.0.0.1', basePath: '', source: 'test', addressClass: 'loopback', credential, headers: {}},
		undefined,
		Date.now,
	);
}

test('only allow-listed headers are kept, a redirect without its query', async t => {
	const server = await serve(t, (_seen, response) => {
		response
			.writeHead(302, {location: 'https://login.example/a?ticket=1#x', server: 'nginx', 'set-cookie': 'session=1', 'x-more': '1'})
			.end();
	});
	const log = openLog();
	const route = {origin: server.origin, basePath: '', open: new Set<never>()};
	const answer = await exchange(route, {...request, signal: new AbortController().signal}, log);
	assert.ok(answer.answered);
	const observed = observeAnswer(answer, request, await readBodyStart(answer, 100, log), log, () => noon);
	const {date, ...headers} = observed.headers;
	assert.ok(date !== undefined);
	assert.deepEqual(headers, {location: 'https://login.example/a', server: 'nginx'});
	assert.equal(observed.body, 'empty');
});

test('a body that never ends is left at the time limit, with what came', async t => {
	const server = await serve(t, (_seen, response) => {
		response.writeHead(401, {'content-type': 'text/plain'});
		response.write('Unauthorized');
	});
	const log = openLog();
	const route = {origin: server.origin, basePath: '', open: new Set<never>()};
	const answer = await exchange(route, {...request, signal: new AbortController().signal}, log);
	assert.ok(answer.answered);
	assert.deepEqual(await readBodyStart(answer, 100, log, 50), {text: 'Unauthorized', whole: false});
	assert.equal(log.observations.at(-1)?.kind, 'network-failure');
});

test('a body is read up to the limit', async t => {
	const server = await serve(t, (_seen, response) => void response.end('x'.repeat(500)));
	const log = openLog();
	const route = {origin: server.origin, basePath: '', open: new Set<never>()};
	const answer = await exchange(route, {...request, signal: new AbortController().signal}, log);
	assert.ok(answer.answered);
	assert.deepEqual(await readBodyStart(answer, 100, log), {text: 'x'.repeat(100), whole: false});
});
