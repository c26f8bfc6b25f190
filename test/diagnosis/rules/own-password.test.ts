import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {CredentialWithheld, Evidence, Observation} from '../../../source/diagnosis/evidence.js';
import {failureLine} from '../../../source/diagnosis/failure-lines.js';
import {answer, evidenceOf, gateway} from '../evidence-of.js';
import {local, refused, welcomed} from './gateway-observations.js';

const variable = 'OPENCLAW_GATEWAY_PASSWORD';
const unauthorized = answer(401, {errorType: 'unauthorized', errorMessage: 'Unauthorized'});
const lockedOut = answer(429, {errorType: 'rate_limited', retryAfterMs: 20_000});
const refusedAt = '2026-11-20T11:56:00.000Z';

function withheld(more: Partial<CredentialWithheld>): CredentialWithheld {
	return {kind: 'credential-withheld', layer: 'auth', atMs: 1, reason: 'refused-before', refusedAt, ...more};
}

/** Told of a secret whose variable says that it is a password. */
const rows: ReadonlyArray<readonly [string, readonly Observation[], RegExp]> = [
	['A02', [gateway, unauthorized], /^The gateway rejected the password \(34 characters, from OPENCLAW_GATEWAY_PASSWORD\)$/],
	['A02', [local({authMode: 'password'}), gateway, unauthorized], /^The gateway rejected the password/],
	['H18', [gateway, lockedOut], /after wrong passwords, for another 20 s$/],
	['A27', [gateway, withheld({refusedStatus: 401})], /^The gateway refused this password 4 min ago/],
	['A27', [gateway, withheld({refusedStatus: 429, refusedAsLockout: true})], /locked this address out after wrong passwords/],
	['A26', [gateway, withheld({reason: 'plain-http-private'})], /^The password was not sent unencrypted/],
	['C19', [gateway, withheld({reason: 'plain-http-public'})], /^The password would cross the internet/],
	['A25', [gateway, withheld({reason: 'other-origin'})], /^The password belongs to another gateway/],
	['A23', [gateway, refused('AUTH_PASSWORD_MISMATCH', 'unauthorized: gateway password mismatch', {with: 'password'})], /password/],
	['A20', [gateway, refused('AUTH_RATE_LIMITED', 'unauthorized: too many failed authentication attempts')], /after wrong passwords$/],
];

function told(observations: readonly Observation[], source: string): Evidence {
	return evidenceOf(observations, {}, {source});
}

for (const [id, observations, title] of rows) {
	test(`${id}: a password is called one`, () => {
		const {primary} = diagnose(told(observations, variable));
		assert.equal(primary?.id, id);
		assert.match(primary.title, title);
		const words = [primary.title, primary.explanation, ...primary.fixes.map(({action}) => action)].join('\n');
		assert.doesNotMatch(words.replace('takes the place of the token', ''), /\btokens?\b/);
	});
}

test('what is configured does not help where the variable goes before it', () => {
	for (const [id, observations] of rows.filter(([id]) => ['A02', 'A23', 'H18'].includes(id))) {
		const {primary} = diagnose(told(observations, variable));
		const commands = primary?.fixes.map(({command}) => command ?? '') ?? [];
		assert.ok(!commands.some(command => /gatewayToken|auth-token/.test(command)), `${id}: ${commands.join(', ')}`);
		assert.ok(
			primary?.fixes.some(({action}) => action.includes(variable)),
			id,
		);
	}
});

test('a secret that is configured is a password where the control plane has said so', () => {
	for (const said of [
		refused('AUTH_PASSWORD_MISMATCH', 'unauthorized: gateway password mismatch', {with: 'password'}),
		welcomed({authMethod: 'password'}),
	]) {
		const found = diagnose(told([gateway, said, unauthorized], 'config.json'));
		const rejected = [found.primary, ...found.notes].find(one => one?.id === 'A02');
		assert.match(rejected?.title ?? '', /rejected the password/);
		assert.ok(rejected?.fixes.some(({command}) => command === 'clawtalk config set gatewayToken'));
	}
});

test('the line of a question says password', () => {
	assert.equal(
		failureLine(told([gateway, unauthorized], variable)),
		'The gateway rejected the password (34 characters, from OPENCLAW_GATEWAY_PASSWORD; HTTP 401). To look closer: clawtalk status',
	);
});

test('a token stays one', () => {
	assert.match(diagnose(told([gateway, unauthorized], 'OPENCLAW_GATEWAY_TOKEN')).primary?.title ?? '', /rejected the token/);
});
