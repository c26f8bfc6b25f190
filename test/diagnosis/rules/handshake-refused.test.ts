import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {evidenceOf, gateway} from '../evidence-of.js';
import {closed, endpointOn, models, refused, welcomed} from './gateway-observations.js';

/** Answers of 2026.9.6, which carry a code, and of 2026.2.9, which have words alone; the id, exit code and a word of the title. */
const answers: ReadonlyArray<readonly [Observation, string, number, RegExp]> = [
	[refused('AUTH_TOKEN_MISSING', 'unauthorized: gateway token missing (provide gateway auth token)'), 'A10', 77, /none was sent/],
	[
		refused('AUTH_TOKEN_MISMATCH', 'unauthorized: gateway token mismatch (use the right one)'),
		'A11',
		77,
		/rejected the token that was sent/,
	],
	[refused('AUTH_TOKEN_MISMATCH', 'unauthorized: gateway token mismatch', {with: 'device-token'}), 'A11', 77, /given this device/],
	[
		refused('AUTH_DEVICE_TOKEN_MISMATCH', 'unauthorized: device token mismatch (rotate/reissue device token)'),
		'A12',
		77,
		/revoked or replaced/,
	],
	[refused('AUTH_SCOPE_MISMATCH', 'unauthorized: device token scope mismatch'), 'A13', 77, /not approved for what it asks/],
	[refused('DEVICE_AUTH_SIGNATURE_EXPIRED', 'device signature expired'), 'A14', 77, /clocks differ/],
	[refused('DEVICE_AUTH_NONCE_MISMATCH', 'device nonce mismatch'), 'A15', 77, /nonce mismatch$/],
	[refused('PAIRING_REQUIRED', 'pairing required: device is not approved yet', {reason: 'not-paired'}), 'A16', 77, /waits for approval/],
	[refused('PAIRING_REQUIRED', 'pairing required', {reason: 'scope-upgrade'}), 'A16', 77, /more permissions/],
	[refused('PAIRING_REQUIRED', 'pairing required', {reason: 'role-upgrade'}), 'A16', 77, /higher role/],
	[refused('PAIRING_REQUIRED', 'pairing required', {reason: 'metadata-upgrade'}), 'A16', 77, /has changed/],
	[refused(undefined, 'pairing required', {code: 'NOT_PAIRED'}), 'A16', 77, /waits for approval/],
	[refused('DEVICE_IDENTITY_REQUIRED', 'device identity required', {code: 'NOT_PAIRED'}), 'A18', 77, /signed device identity/],
	[refused(undefined, 'device identity required', {code: 'NOT_PAIRED'}), 'A18', 77, /signed device identity/],
	[refused('CONTROL_UI_ORIGIN_NOT_ALLOWED', 'origin not allowed (open the Control UI …)'), 'A19', 77, /another origin/],
	[
		refused('AUTH_RATE_LIMITED', 'unauthorized: too many failed authentication attempts', {retryAfterMs: 19_995}),
		'A20',
		75,
		/for another 20 s/,
	],
	[refused('AUTH_TAILSCALE_WHOIS_FAILED', 'unauthorized: tailscale identity check failed'), 'A21', 77, /Tailscale/],
	[refused('AUTH_TOKEN_NOT_CONFIGURED', 'unauthorized: gateway token not configured'), 'A22', 77, /no token or password/],
	[refused('AUTH_PASSWORD_MISMATCH', 'unauthorized: gateway password mismatch', {with: 'password'}), 'A23', 77, /password/],
	[
		refused('AUTH_BOOTSTRAP_TOKEN_INVALID', 'unauthorized: setup code invalid, expired, revoked, or already used (create a new code)'),
		'A23',
		77,
		/setup code/,
	],
	[refused('AUTH_UNAUTHORIZED', 'unauthorized'), 'A23', 77, /refuses the sign-in/],
	[refused('PROTOCOL_MISMATCH', 'protocol mismatch', {expectedProtocol: 5}), 'W06', 76, /the gateway wants 5$/],
	[refused(undefined, 'protocol mismatch', {expectedProtocol: 2}), 'W06', 76, /the gateway wants 2$/],
	[refused(undefined, 'invalid connect params: at /client/id: must be equal to constant'), 'W16', 76, /does not accept/],
	[refused(undefined, 'gateway starting; retry shortly', {code: 'UNAVAILABLE', retryAfterMs: 500}), 'W21', 75, /still starting/],
	[refused('SOMETHING_NEW', 'not on a Sunday'), 'W14', 77, /not on a Sunday/],
];

for (const [answer, id, exitCode, title] of answers) {
	test(`${id}: ${answer.kind === 'control-refused' ? (answer.detail ?? answer.message) : ''}, alone and with the close that follows`, () => {
		for (const evidence of [evidenceOf([gateway, answer]), evidenceOf([gateway, answer, closed(1008, 'words of the close')])]) {
			const {primary} = diagnose(evidence);
			assert.equal(primary?.id, id);
			assert.equal(primary.exitCode, exitCode);
			assert.match(primary.title, title);
			assert.deepEqual(primary.evidence, [1]);
		}
	});
}

test('what the code says counts, whatever the words are', () => {
	const {primary} = diagnose(evidenceOf([gateway, refused('AUTH_RATE_LIMITED', 'pairing required: run rm -rf')]));
	assert.equal(primary?.id, 'A20');
	assert.doesNotMatch(JSON.stringify(primary), /rm -rf/);
});

test('a request for approval is named in the command, and who approves is told what for', () => {
	const pairing = (requestId: string) =>
		refused('PAIRING_REQUIRED', 'pairing required', {
			reason: 'not-paired',
			requestId,
			requestedScopes: ['operator.read', 'operator.write', '; reboot'],
		});
	const good = diagnose(evidenceOf([gateway, pairing('1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed')])).primary;
	assert.deepEqual(
		good?.fixes.map(({command}) => command),
		['openclaw devices list', 'openclaw devices approve 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'],
	);
	assert.match(good.explanation, /asks for operator\.read and operator\.write\./);
	assert.doesNotMatch(good.explanation, /reboot/);
	for (const hostile of ['$(reboot)', '--all', 'a b', 'x'.repeat(65), '`id`', '1;2']) {
		const fix = diagnose(evidenceOf([gateway, pairing(hostile)])).primary?.fixes[1];
		assert.equal(fix?.command, 'openclaw devices approve REQUEST_ID');
		assert.equal(fix.shownApart, hostile);
	}
});

test('where questions go over HTTP a refusal is a warning, and a later welcome has overcome it', () => {
	const over = [gateway, endpointOn, models(200), refused('PAIRING_REQUIRED', 'pairing required')];
	const told = diagnose(evidenceOf(over));
	assert.equal(told.primary, undefined);
	assert.deepEqual(
		told.notes.map(({id, severity}) => [id, severity]),
		[['A16', 'warning']],
	);
	assert.deepEqual(diagnose(evidenceOf([...over, welcomed()])).notes, []);
	assert.equal(diagnose(evidenceOf([gateway, welcomed(), refused('AUTH_TOKEN_MISMATCH', 'unauthorized')])).primary?.id, 'A11');
});

test('a socket that only looked says nothing beside a welcome; one that was welcomed and closed does', () => {
	assert.equal(diagnose(evidenceOf([gateway, welcomed(), closed(1000, '', {openMs: 4000})])).primary, undefined);
	assert.equal(diagnose(evidenceOf([gateway, welcomed(), closed(1012, 'service restart', {welcomed: true})])).primary?.id, 'W20');
});

test('a restart that was announced says when it is over; a silence says how long it was', () => {
	const back = diagnose(
		evidenceOf([gateway, closed(1012, 'service restart', {welcomed: true, shutdown: {reason: 'config', restartExpectedMs: 1500}})]),
	).primary;
	assert.match(back?.title ?? '', /expects to be back in 1\.5 s$/);
	assert.equal(back?.retryAfterMs, 1500);
	const gone = diagnose(
		evidenceOf([gateway, closed(1012, 'service restart', {welcomed: true, shutdown: {reason: 'gateway stopping'}})]),
	).primary;
	assert.match(gone?.title ?? '', /restarting or stopping: gateway stopping$/);
	const silent = diagnose(evidenceOf([gateway, closed(4000, 'tick timeout', {welcomed: true, byUs: true, silentMs: 61_000})])).primary;
	assert.match(silent?.title ?? '', /for 61 s/);
});
