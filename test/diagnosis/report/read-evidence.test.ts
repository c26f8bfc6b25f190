import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readEvidence} from '../../../source/diagnosis/report/read-evidence.js';
import {evidenceOf, failure} from '../evidence-of.js';

const good = evidenceOf([failure('ECONNREFUSED')]);

test('evidence is read back as it is', () => {
	assert.deepEqual(readEvidence(JSON.stringify(good)), {ok: true, evidence: good});
	assert.deepEqual(readEvidence(`\ufeff${JSON.stringify({schema: 'clawtalk.report/1', evidence: good})}`), {ok: true, evidence: good});
});

test('what is not known is dropped; texts lose what a terminal would obey', () => {
	const read = readEvidence(
		JSON.stringify({
			...good,
			extra: 1,
			observations: [
				{...good.observations[0], evil: '\u001B[2J'},
				{kind: 'of the future', layer: 'tcp', atMs: 0},
				{kind: 'turn-error', layer: 'chat', atMs: 1, message: 'a\u001B[2Jb\u0007\u202Ec\nd Bearer abcdefgh'},
			],
		}),
	);
	assert.ok(read.ok);
	assert.deepEqual(read.evidence, {
		...good,
		observations: [good.observations[0], {kind: 'turn-error', layer: 'chat', atMs: 1, message: 'abc d Bearer [secret]'}],
	});
});

const wrong: ReadonlyArray<readonly [name: string, value: unknown, message: RegExp]> = [
	['no object', 7, /schema is not clawtalk\.evidence\/1/],
	['another schema', {...good, schema: 'x'}, /schema is not/],
	['no time', {...good, at: 'yesterday\u001B[2J'}, /at is not a time/],
	['no list', {...good, observations: {}}, /observations is not a list/],
	[
		'too many',
		{...good, observations: Array.from({length: 2001}, () => good.observations[0])},
		/observations is not a list of at most 2000/,
	],
	['a number as text', {...good, observations: [{...good.observations[0], path: 7}]}, /observations\[0\]\.path is not text/],
	['a text as number', {...good, observations: [{...good.observations[0], atMs: '1'}]}, /observations\[0\]\.atMs is not a number/],
	['no number', {...good, observations: [{...good.observations[0], atMs: null}]}, /atMs is not a number/],
	['another word', {...good, observations: [{...good.observations[0], phase: 'x'}]}, /phase is not one of lookup/],
	['a missing field', {...good, target: {origin: 'http://a'}}, /target\.source is not text/],
	['no origin', {...good, target: {...good.target, origin: 'javascript:alert(1)'}}, /origin is not an http/],
	[
		'a prototype',
		{...good, observations: [{kind: '__proto__'}, {kind: 'constructor', x: 1}, null]},
		/observations\[2\] is not an observation/,
	],
];
for (const [name, value, message] of wrong) {
	test(`refused in one clear line: ${name}`, () => {
		const read = readEvidence(JSON.stringify(value));
		assert.ok(!read.ok);
		assert.match(read.message, message);
		assert.doesNotMatch(read.message, /[\u0000-\u001f]/);
	});
}

test('not JSON', () => {
	assert.deepEqual(readEvidence('{'), {ok: false, message: 'is not JSON'});
});
