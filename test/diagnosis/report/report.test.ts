import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../../source/diagnosis/catalogue/catalogue.js';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Evidence} from '../../../source/diagnosis/evidence.js';
import {observationFields} from '../../../source/diagnosis/report/evidence-fields.js';
import type {Field, Fields} from '../../../source/diagnosis/report/field.js';
import {readEvidence} from '../../../source/diagnosis/report/read-evidence.js';
import {reportOf} from '../../../source/diagnosis/report/report.js';
import {evidenceOf} from '../evidence-of.js';

/** Forms a private thing may have: plain, like a code, a host, an address, a user, a path, a long number, two words. */
const canaries = [
	'canaryword',
	'CANARY_CODE',
	'ERR_CANARY_CODE',
	'ECANARY',
	'canaryhost.example.org',
	'canaryhost.tailcanary.ts.net',
	'198.18.77.66',
	'10.77.66.55',
	'100.99.88.77',
	'2a02:77:66::55',
	'fd7a:115c:a1e0::77',
	'canaryuser@canaryhost',
	'/home/canaryuser/secret',
	'777666555444',
	'canary-7f3a-secret',
	'Канарейка canaryword',
	'1.2.3-canary',
	'*.canaryhost.example.org',
];

/** Nothing of these may be in a report, in any case. */
const traces = /canary|канарейка|198\.18|77\.66|66\.55|88\.77|2a02|::77|777666|7f3a|secret/i;

function filled(field: Field, canary: string): unknown {
	switch (field.type) {
		case 'number':
			return 7;
		case 'boolean':
			return true;
		case 'word':
			return field.values[0];
		case 'list':
			return [filled(field.of, canary), filled(field.of, canary)];
		case 'object':
			return filledFields(field.fields, canary);
		case 'headers':
			return {server: canary, location: `https://${canary}/${canary}`, via: canary, 'cf-ray': canary, [canary]: canary, allow: canary};
		case 'origin':
			return `http://${canary.includes(':') ? `[${canary}]` : canary.replace(/[^\w.-]/g, '')}:18789`;
		case 'time':
			return '2026-01-02T12:00:00.000Z';
		default:
			return canary;
	}
}

function filledFields(fields: Fields, canary: string): Record<string, unknown> {
	const known = Object.entries(fields).map(([name, field]) => [name, filled(field, canary)]);
	return {...Object.fromEntries(known), [canary]: canary, unknownField: canary};
}

for (const canary of canaries) {
	test(`a canary in every field of every observation is in no report: ${canary}`, () => {
		const observations = Object.entries(observationFields).map(([kind, fields]) => ({kind, ...filledFields(fields, canary)}));
		const evidence = {
			...evidenceOf([...observations, {kind: canary, layer: 'tcp', atMs: 0, text: canary}] as unknown as Evidence['observations']),
			target: {origin: filled({type: 'origin'}, canary), source: canary, addressClass: 'private', proxy: filled({type: 'origin'}, canary)},
			credential: {set: true, source: canary, length: 34, sent: true, [canary]: canary},
			[canary]: canary,
		} as unknown as Evidence;
		const report = reportOf(evidence);
		assert.equal(report.evidence.observations.length, Object.keys(observationFields).length);
		assert.doesNotMatch(JSON.stringify(report), traces);
	});
}

for (const entry of catalogue) {
	if (entry.kind !== 'rule') continue;
	test(`${entry.id} is explained the same from its report`, () => {
		const real = diagnose(entry.example);
		const text = JSON.stringify(reportOf(entry.example));
		const read = readEvidence(text);
		assert.ok(read.ok, read.ok ? '' : read.message);
		const replayed = diagnose(read.evidence);
		const ids = ({primary, alternatives, notes}: typeof real) => [primary, ...alternatives, ...notes].map(one => one?.id);
		assert.deepEqual(ids(replayed), ids(real), text);
	});
}

test('a moment in a header stays one; what is not installed is told', () => {
	const report = reportOf(
		evidenceOf([
			{
				...{kind: 'http-answer', layer: 'identity', atMs: 0, method: 'GET', path: '/healthz', status: 404, body: 'html'},
				headers: {date: 'Sat, 21 Nov 2026 12:34:56 GMT', via: '1.1 at 12:34:56 of fe80::1:2:3'},
			},
			{kind: 'tailscale-look', layer: 'dns', atMs: 1, state: 'not-installed', onlinePeers: []},
		]),
	);
	assert.match(JSON.stringify(report.evidence), /"via":"1\.1 at 12:34:56 of fe80::1","date":"Sat, 21 Nov 2026 12:34:56 GMT"/);
	assert.match(JSON.stringify(report.evidence), /"state":"not-installed"/);
	assert.deepEqual(Object.keys(report.names), ['link-1']);
});

test('the same name has the same pseudonym everywhere, and addresses keep their family and class', () => {
	const report = reportOf(
		evidenceOf(
			[
				{
					...{kind: 'name-lookup', layer: 'dns', atMs: 0, name: 'box.tail99.ts.net', resolver: 'system'},
					addresses: [
						{address: '100.90.80.70', addressClass: 'cgnat'},
						{address: 'fd7a:115c:a1e0::9', addressClass: 'tailscale-v6'},
					],
				},
				{
					...{kind: 'network-failure', layer: 'tcp', atMs: 1, method: 'GET', path: '/healthz', phase: 'connect'},
					attempts: [{code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 100.90.80.70:18789 of box.tail99.ts.net'}],
				},
			],
			{origin: 'http://box.tail99.ts.net:18789', addressClass: 'tailnet-name'},
		),
	);
	assert.equal(report.evidence.target.origin, 'http://tailnet-1.example.ts.net:18789');
	const text = JSON.stringify(report.evidence.observations);
	assert.match(text, /"name":"tailnet-1\.example\.ts\.net"/);
	assert.match(text, /connect ECONNREFUSED 100\.64\.0\.1:18789 of tailnet-1\.example\.ts\.net/);
	assert.match(text, /"address":"fd7a:115c:a1e0::1"/);
	assert.equal(report.names['tailnet-1'], '100.64.0.1');
});
