import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Observation} from '../../source/diagnosis/evidence.js';
import {explained} from '../../source/diagnosis/explained.js';
import {failureLines} from '../../source/diagnosis/failure-lines.js';
import {inChat} from '../../source/diagnosis/in-chat.js';
import {answer, ended, evidenceOf, failure, gateway} from './evidence-of.js';

function notBegun(message: string): Observation {
	return {kind: 'turn-error', layer: 'chat', atMs: 1, message, code: 'INVALID_REQUEST'};
}

const cases: ReadonlyArray<readonly [what: string, seen: readonly Observation[], advice: RegExp]> = [
	[
		'a model that is not allowed',
		[gateway, answer(400, {errorMessage: "Model 'p/m' is not allowed for agent 'main'."})],
		/: \/model default$/,
	],
	['an unknown agent', [gateway, answer(400, {errorMessage: "Unknown agent 'opps'."})], /: \/agent default$/],
	['a model that is not allowed, over the control plane', [gateway, notBegun('model not allowed: p/m')], /: \/model default$/],
	['a model where only administrators choose', [gateway, notBegun('missing scope: operator.admin')], /: \/model default$/],
	['an unknown agent, over the control plane', [gateway, notBegun('Agent "opps" no longer exists in configuration')], /: \/agent default$/],
	['a broken answer', [gateway, ended('broken', {textLength: 3}), failure('ECONNRESET', {phase: 'body'})], /: \/status$/],
	['a name that is not found', [failure('ENOTFOUND', {phase: 'lookup'})], /gateway URL(?:: \/status)?$/],
	['a gateway that starts', [gateway, answer(503, {errorCode: 'gateway_unavailable'})], /looks again by itself/],
];
for (const [what, seen, advice] of cases) {
	for (const source of ['config.json', '--gateway', 'profile home'])
		test(`${what}, of ${source}: the chat advises what can be done in it`, () => {
			const evidence = evidenceOf(seen, {source});
			const lines = failureLines(evidence, inChat(diagnose(evidence), evidence));
			assert.match(lines.at(-1) ?? '', advice);
			assert.doesNotMatch(lines.join('\n'), /--(?:agent|model)|clawtalk (?:status|config get|ask)/);
		});
}

test('what has to be done elsewhere stays as it is', () => {
	const evidence = evidenceOf([failure('ECONNREFUSED')], {source: 'default'});
	assert.deepEqual(inChat(diagnose(evidence), evidence), diagnose(evidence));
	assert.deepEqual(inChat(diagnose(evidenceOf([gateway])), evidence).primary, undefined);
});

test('/tunnel is named where a command line would open one', () => {
	const evidence = evidenceOf([failure('ECONNREFUSED')], {
		source: 'profile home',
		origin: 'http://192.168.1.9:18789',
		addressClass: 'private',
	});
	const commands = inChat(diagnose(evidence), evidence).primary?.fixes ?? [];
	assert.ok(
		commands.some(
			({action, command}) => action.endsWith('; then /tunnel here') && command?.startsWith('clawtalk config set --profile home ssh '),
		),
	);
	assert.doesNotMatch(JSON.stringify(commands), /clawtalk tunnel/);
});

test('in the panel a key stands for what it does', () => {
	const refused = evidenceOf([gateway, answer(401, {layer: 'auth', method: 'GET', path: '/v1/models'})]);
	const {primary} = explained(refused).findings;
	assert.ok(primary?.fixes.some(({action, command}) => action.endsWith(': press t') && command === undefined));
	assert.doesNotMatch(JSON.stringify([primary?.fixes, primary?.verify]), /clawtalk (?:config set gatewayToken|status)|\/status/);
	const cut = evidenceOf([gateway, ended('broken', {textLength: 3}), failure('ECONNRESET', {phase: 'body'})]);
	assert.doesNotMatch(JSON.stringify(explained(cut).findings.primary?.fixes), /\/status/);
});

test('u stands for the address of a gateway that answered', () => {
	const origin = 'http://127.0.0.1:19001';
	const other = {
		kind: 'sibling-look',
		layer: 'tcp',
		atMs: 1,
		relation: 'loopback',
		origin,
		addressClass: 'loopback',
		outcome: 'gateway',
	} as const;
	for (const source of ['config.json', 'profile home', '--gateway']) {
		const fixes = explained(evidenceOf([failure('ECONNREFUSED', {}, {address: '127.0.0.1', port: 18789}), other], {source})).findings
			.primary?.fixes;
		assert.ok(
			fixes?.some(({action, command}) => action.endsWith(': press u') && command === undefined),
			JSON.stringify(fixes),
		);
	}
});
