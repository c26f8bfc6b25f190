import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeObservation} from '../../source/diagnosis/describe.js';
import {failureLine, failureLines} from '../../source/diagnosis/failure-lines.js';
import {answer, ended, evidenceOf, failure, gateway} from './evidence-of.js';

const refused = failure('ECONNREFUSED', {tookMs: 2}, {syscall: 'connect', address: '127.0.0.1', port: 18789});

test('one line says what was observed and the command to look closer', () => {
	assert.equal(
		failureLine(evidenceOf([refused])),
		'Nothing listens on 127.0.0.1:18789 (connection refused). To look closer: clawtalk status',
	);
	assert.equal(
		failureLine(evidenceOf([gateway, answer(401)], {source: '--gateway'})),
		'The gateway rejected the token (34 characters, from config.json; HTTP 401). To look closer: clawtalk status --gateway http://127.0.0.1:18789',
	);
	const busy = (status: number) => failureLine(evidenceOf([gateway, answer(status, {retryAfterMs: 3_200})])) ?? '';
	assert.match(busy(503), /\(HTTP 503, wait 4 s\)\. To look closer/);
	assert.match(busy(429), /to wait 4 s \(HTTP 429\)\. To look closer/);
	assert.match(failureLine(evidenceOf([refused], {source: 'profile home'})) ?? '', /clawtalk status --profile home$/);
	assert.match(failureLine(evidenceOf([refused], {source: 'profile x; y'})) ?? '', /clawtalk status$/);
	assert.equal(failureLine(evidenceOf([gateway, ended('end-mark', {textLength: 1})])), undefined);
});

test('where a closer look would find everything in order, the line says what helps', () => {
	const off = answer(404, {body: 'text'});
	assert.match(
		failureLine(evidenceOf([gateway, off])) ?? '',
		/switched off \(HTTP 404\)\. Leave --transport http .* out, .*: clawtalk explain H11$/,
	);
	const unknown = answer(400, {errorMessage: "Unknown agent 'nope'."});
	assert.match(failureLine(evidenceOf([gateway, unknown])) ?? '', /Leave --agent and --model away, or see the agents: clawtalk status$/);
});

test('with nothing configured the line says so, and how to change it', () => {
	assert.equal(
		failureLine(evidenceOf([refused], {source: 'default'})),
		'Nothing listens on 127.0.0.1:18789 (connection refused). No gateway is configured: clawtalk without arguments asks for one, or name it with: clawtalk config set gatewayUrl URL',
	);
});

test('three lines say what was seen, what it means and what to do first', () => {
	const lines = failureLines(evidenceOf([refused]));
	assert.equal(lines.length, 3);
	assert.match(lines[0] ?? '', /^Nothing listens/);
	assert.match(lines[2] ?? '', /^On the gateway host: .*: openclaw gateway status$/);
	assert.deepEqual(failureLines(evidenceOf([gateway])), []);
});

test('an observation is described by its facts', () => {
	assert.equal(describeObservation(refused), 'GET /healthz: connect ECONNREFUSED 127.0.0.1:18789 (2 ms)');
	assert.equal(
		describeObservation(answer(401, {contentType: 'application/json', errorType: 'unauthorized', errorMessage: 'Unauthorized', tookMs: 5})),
		'POST /v1/chat/completions → 401 application/json (unauthorized: Unauthorized) (5 ms)',
	);
	assert.equal(
		describeObservation(ended('broken', {textLength: 9, silentMs: 2000})),
		'stream ended: broken, 9 characters, 2 events, silent for 2 s before',
	);
});

test('the proof in parentheses is of the address that the title is about', () => {
	const attempts = [
		{code: 'ENETUNREACH', address: 'fd00::9', port: 18789, message: 'x'},
		{code: 'ECONNREFUSED', address: '192.168.1.9', port: 18789, message: 'x'},
	];
	const lan = {origin: 'http://gw.local:18789', addressClass: 'local-name'} as const;
	assert.match(
		failureLine(evidenceOf([failure('', {attempts})], lan)) ?? '',
		/^The host answers, but nothing listens on 192\.168\.1\.9:18789 \(connection refused\)\. /,
	);
});
