import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Layer, Observation, WebSocketClosed} from '../../../source/diagnosis/evidence.js';
import {climb} from '../../../source/diagnosis/ladder.js';
import {answer, evidenceOf, failure, gateway} from '../evidence-of.js';

const models = answer(200, {method: 'GET', path: '/v1/models', layer: 'auth'});
const endpointOn = answer(405, {method: 'GET', layer: 'chat', headers: {allow: 'POST'}});
const greeted: Observation = {kind: 'websocket-greeted', layer: 'control', atMs: 5};
const over = (probe: string, layer: Layer, tookMs = 2500, reason: 'time-limit' | 'cancelled' = 'time-limit'): Observation => ({
	...{kind: 'probe-ended', layer, atMs: 2, tookMs, probe, reason},
});
const silent = (layer: Layer, path: string, timeoutMs: number) =>
	failure('', {layer, path, phase: 'request', timeoutMs, attempts: [], bytesRead: 0});
const closed = (more: Partial<WebSocketClosed>): Observation => ({
	...{kind: 'websocket-closed', layer: 'control', atMs: 3, code: 1006, reason: '', challenged: false, welcomed: false, byUs: true},
	...more,
});

const took = (time: string, what: string) => `It took longer than ${time}: it is not known ${what}`;
const ofToken = 'whether the gateway takes the token';

const open: ReadonlyArray<readonly [name: string, observations: readonly Observation[], layer: Layer, title: string]> = [
	['access', [gateway, over('access', 'auth'), greeted], 'auth', took('2.5 s', ofToken)],
	['the list of models', [gateway, endpointOn, silent('auth', '/v1/models', 2000), greeted], 'auth', took('2 s', ofToken)],
	[
		'the chat endpoint',
		[gateway, silent('chat', '/v1/chat/completions', 2000), models, greeted],
		'chat',
		took('2 s', 'whether the chat endpoint is on'),
	],
	[
		'the WebSocket, where the chat endpoint is not known either',
		[gateway, models, over('control', 'control')],
		'control',
		took('2.5 s', 'whether the gateway greets on its WebSocket'),
	],
	['identity', [over('identity', 'identity', 3900)], 'identity', took('3.9 s', 'whether a gateway answers')],
	[
		'identity, in no time at all',
		[silent('identity', '/healthz', 1)],
		'identity',
		'The time of the look was over: it is not known whether a gateway answers',
	],
	['the connection', [over('tcp', 'tcp', 3900)], 'tcp', took('3.9 s', 'whether a connection can be made')],
];

for (const [name, observations, layer, title] of open) {
	test(`our own limit came before an answer: ${name}`, () => {
		const evidence = evidenceOf(observations);
		const findings = diagnose(evidence);
		const {primary, notes} = findings;
		assert.deepEqual([primary?.id, primary?.layer, primary?.title, primary?.exitCode], ['X01', layer, title, 75]);
		assert.ok(primary?.evidence.every(index => ['probe-ended', 'network-failure'].includes(observations[index]?.kind ?? '')));
		assert.deepEqual(
			notes.map(({id}) => id),
			[],
		);
		const rung = climb(evidence, findings).find(({id}) => id === layer);
		assert.equal(rung?.state, 'warn');
		assert.match(rung?.note ?? '', /^not known: (?:took longer than [\d.]+ s|no time was left)$/);
	});
}

const other: ReadonlyArray<readonly [name: string, observations: readonly Observation[], ids: string]> = [
	['all was seen', [gateway, models, endpointOn, greeted], '-'],
	['what does not stop a chat took too long', [gateway, models, endpointOn, greeted, over('facts', 'identity')], '-'],
	['it was seen before the limit', [gateway, models, endpointOn, greeted, over('access', 'auth')], '-'],
	['an address was silent, and another one led to the gateway', [over('tcp', 'tcp'), gateway, models, endpointOn, greeted], '-'],
	['the user ended the look', [gateway, over('access', 'auth', 300, 'cancelled')], '-'],
	['something failed', [gateway, answer(401, {method: 'GET', path: '/v1/models', layer: 'auth'}), over('control', 'control')], 'A02'],
	['a silence of seconds before it identified itself', [silent('identity', '/healthz', 3000), over('tcp', 'tcp')], 'N28'],
	['a failure that nobody knows', [gateway, failure('EWEIRD', {layer: 'auth', phase: 'request'}), over('control', 'control')], 'X00'],
	['a greeting that was waited for long enough', [gateway, models, endpointOn, closed({openMs: 2000})], 'W24'],
	['frames of somebody else', [gateway, models, endpointOn, closed({openMs: 4})], 'W24'],
];

for (const [name, observations, id] of other) {
	test(`not a matter of our limit: ${name}`, () => {
		const {primary, notes} = diagnose(evidenceOf(observations));
		assert.equal(primary?.id ?? notes[0]?.id ?? '-', id);
	});
}

test('a token that nobody saw taken is not taken for good because a layer further in failed', () => {
	const off = answer(404, {method: 'GET', layer: 'chat', body: 'text'});
	const evidence = evidenceOf([gateway, off, over('access', 'auth', 2500)]);
	const findings = diagnose(evidence);
	assert.equal(findings.primary?.layer, 'chat');
	assert.deepEqual(climb(evidence, findings)[5], {id: 'auth', state: 'warn', note: 'not known: took longer than 2.5 s'});
});

test('a WebSocket that nothing is known of is a warning where questions go through', () => {
	const {primary, notes} = diagnose(evidenceOf([gateway, models, endpointOn, over('control', 'control'), closed({openMs: 300})]));
	assert.equal(primary, undefined);
	assert.deepEqual(
		notes.map(({id, severity, exitCode}) => [id, severity, exitCode]),
		[['X01', 'warning', 0]],
	);
});
