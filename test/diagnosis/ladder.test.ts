import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Observation, TargetEvidence} from '../../source/diagnosis/evidence.js';
import {climb} from '../../source/diagnosis/ladder.js';
import {answer, evidenceOf, failure, gateway, peer} from './evidence-of.js';

const byName: Partial<TargetEvidence> = {origin: 'https://gw.example:443', addressClass: 'public'};
const lookup: Observation = {
	...{kind: 'name-lookup', layer: 'dns', atMs: 0, tookMs: 12.4, name: 'gw.example', resolver: 'system'},
	addresses: [{address: '203.0.113.7', addressClass: 'public'}],
};
const connect = (outcome: 'connected' | 'failed' | 'no-answer', tookMs = 5): Observation => ({
	...{kind: 'tcp-attempt', layer: 'tcp', atMs: 1, tookMs, address: '127.0.0.1', addressClass: 'loopback', port: 18789, round: 1, outcome},
	...(outcome === 'failed' ? {failure: {code: 'ECONNREFUSED', syscall: 'connect', message: 'refused'}} : {}),
});
const models = answer(200, {method: 'GET', path: '/v1/models', layer: 'auth', tookMs: 9});
const endpointOn = answer(405, {method: 'GET', layer: 'chat', headers: {allow: 'POST'}, tookMs: 3});

const cases: ReadonlyArray<
	readonly [
		name: string,
		observations: readonly Observation[],
		target: Partial<TargetEvidence>,
		states: string,
		more?: {at: number; is: object},
	]
> = [
	['nothing yet', [], {}, 'ok skipped not-run skipped not-run not-run not-run not-run'],
	['all is well', [connect('connected'), gateway, models, endpointOn], {}, 'ok skipped ok skipped ok ok ok not-run'],
	['health only', [gateway], {}, 'ok skipped ok skipped ok not-run not-run not-run'],
	[
		'a name that was found',
		[lookup],
		byName,
		'ok ok not-run not-run not-run not-run not-run not-run',
		{at: 1, is: {ms: 12, note: '203.0.113.7'}},
	],
	[
		'three times no answer: no code that nobody observed',
		[connect('no-answer'), connect('no-answer'), connect('no-answer')],
		{},
		'ok skipped fail not-run not-run not-run not-run not-run',
		{at: 2, is: {ms: 5, note: 'no answer from 127.0.0.1:18789, 3 of 3'}},
	],
	[
		'refused three times',
		[failure('ECONNREFUSED'), connect('failed', 2), connect('failed'), connect('failed')],
		{},
		'ok skipped fail not-run not-run not-run not-run not-run',
		{at: 2, is: {ms: 2, error: {code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 18789, count: 3, of: 3}}},
	],
	['a stranger', [connect('connected'), peer('other-web-server')], {}, 'ok skipped ok skipped fail not-run not-run not-run'],
	[
		'a wrong token, and the endpoint is on',
		[gateway, answer(401, {method: 'GET', path: '/v1/models', layer: 'auth', errorType: 'unauthorized'}), endpointOn],
		{},
		'ok skipped ok skipped ok fail ok not-run',
	],
	[
		'a gateway that lists no models leaves the token open',
		[gateway, answer(200, {method: 'GET', path: '/v1/models', layer: 'auth', body: 'html'}), endpointOn],
		{},
		'ok skipped ok skipped ok warn ok not-run',
	],
];
for (const [name, observations, target, states, more] of cases) {
	test(`the ladder: ${name}`, () => {
		const evidence = evidenceOf(observations, target);
		const rungs = climb(evidence, diagnose(evidence));
		assert.equal(rungs.map(({state}) => state).join(' '), states);
		if (more) assert.deepEqual({...rungs[more.at], id: undefined, state: undefined}, {id: undefined, state: undefined, ...more.is});
	});
}

test('while it is looked at, the first rung that is not known is under way', () => {
	const evidence = evidenceOf([connect('connected')]);
	const pending = climb(evidence, diagnose(evidence), {pending: true});
	assert.deepEqual(
		pending.filter(({underWay}) => underWay).map(({id}) => id),
		['identity'],
	);
});

test('a warning says what it is about, and a sign-in that did not go with the token says so', () => {
	const welcomed: Observation = {
		...{kind: 'control-welcomed', layer: 'control', atMs: 3, protocol: 4, missingScopes: [], authMethod: 'device-token'},
		scopes: ['operator.read', 'operator.write'],
	};
	const noteOf = (id: string, ...observations: readonly Observation[]) => {
		const evidence = evidenceOf(observations);
		return climb(evidence, diagnose(evidence)).find(rung => rung.id === id)?.note;
	};
	const wrong = answer(401, {method: 'GET', path: '/v1/models', layer: 'auth'});
	assert.equal(noteOf('control', gateway, wrong, welcomed), "signed in with this device's own token, protocol 4");
	assert.equal(noteOf('control', gateway, models, welcomed), 'signed in, protocol 4');
	const conflict: Observation = {
		...{kind: 'value-conflict', layer: 'config', atMs: 0, setting: 'gatewayUrl'},
		...{used: 'http://127.0.0.1:1', ignored: 'http://127.0.0.1:2'},
	};
	assert.notEqual(noteOf('config', conflict, gateway, models), undefined);
});
