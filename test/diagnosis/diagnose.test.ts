import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import {answer, ended, evidenceOf, failure, gateway, peer} from './evidence-of.js';

const remote = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const https = {origin: 'https://gw.example', addressClass: 'public'} as const;
const tailnet = {origin: 'http://gw.tail1234.ts.net:18789', addressClass: 'tailnet-name'} as const;
const lookup = {phase: 'lookup', layer: 'dns'} as const;
const tls = {phase: 'tls', layer: 'tls'} as const;
const request = {phase: 'request', layer: 'identity'} as const;
const health = {method: 'GET', path: '/healthz', layer: 'identity'} as const;
const models = {method: 'GET', path: '/v1/models', layer: 'auth'} as const;
const unauthorized = {errorType: 'unauthorized', errorMessage: 'Unauthorized'};
const withheld = (reason: 'other-origin' | 'plain-http-private' | 'plain-http-public' | 'refused-before', more = {}): Observation => ({
	kind: 'credential-withheld',
	layer: 'auth',
	atMs: 2,
	reason,
	...more,
});
const problem: Observation = {
	kind: 'configuration-problem',
	layer: 'config',
	atMs: 0,
	row: 'C10',
	setting: 'gatewayUrl',
	message: 'brackets',
};

/** Row of the matrix, exit code, evidence. `-` = nothing is wrong. */
const cases: ReadonlyArray<readonly [id: string, exitCode: number, evidence: Evidence]> = [
	['-', 0, evidenceOf([gateway, answer(200), ended('end-mark', {textLength: 5, finishReason: 'stop'})])],
	['-', 0, evidenceOf([gateway, answer(405, {method: 'GET', body: 'text', headers: {allow: 'POST'}}), answer(200, models)])],
	['C10', 78, evidenceOf([problem])],
	['D01', 68, evidenceOf([failure('ENOTFOUND', lookup)], https)],
	['D01', 68, evidenceOf([failure('ENOTFOUND', lookup)], tailnet)],
	['D02', 75, evidenceOf([failure('EAI_AGAIN', lookup)], https)],
	['N01', 69, evidenceOf([failure('ECONNREFUSED', {}, {address: '127.0.0.1', port: 18789})])],
	['N04', 69, evidenceOf([failure('ECONNREFUSED', {}, {address: '192.168.1.9', port: 18789})], remote)],
	['N11', 69, evidenceOf([failure('UND_ERR_CONNECT_TIMEOUT')], remote)],
	['N11', 69, evidenceOf([failure('ETIMEDOUT')], tailnet)],
	['N13', 69, evidenceOf([failure('ECONNREFUSED', {}, {address: '10.0.0.1', port: 3128})], {...https, proxy: 'http://10.0.0.1:3128'})],
	['N13', 69, evidenceOf([failure('ECONNREFUSED', {}, {address: '127.0.0.1', port: 3128})])],
	['N16', 69, evidenceOf([failure('ENETUNREACH')], remote)],
	['N17', 69, evidenceOf([failure('EACCES')], remote)],
	['N18', 75, evidenceOf([failure('EADDRNOTAVAIL')], remote)],
	['N19', 69, evidenceOf([failure('UND_ERR_SOCKET', request)])],
	['N22', 69, evidenceOf([failure('ECONNRESET', request)], remote)],
	['O02', 69, evidenceOf([answer(404, health), peer('plugin-proxy')])],
	['O04', 69, evidenceOf([{...failure('', request), attempts: [{name: 'HTTPParserError', message: 'x'}]}])],
	[
		'L01',
		76,
		evidenceOf([answer(400, {...health, body: 'html', title: 'The plain HTTP request was sent to HTTPS port'}), peer('other-web-server')]),
	],
	['L02', 76, evidenceOf([failure('ERR_SSL_WRONG_VERSION_NUMBER', tls)], https)],
	['L02', 76, evidenceOf([failure('ERR_SSL_PACKET_LENGTH_TOO_LONG', tls)], https)],
	['L03', 76, evidenceOf([failure('DEPTH_ZERO_SELF_SIGNED_CERT', tls)], https)],
	['L04', 76, evidenceOf([failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE', tls)], https)],
	['L05', 76, evidenceOf([failure('ERR_TLS_CERT_ALTNAME_INVALID', tls)], https)],
	['L06', 76, evidenceOf([failure('CERT_HAS_EXPIRED', tls)], https)],
	['L09', 76, evidenceOf([{kind: 'pin-mismatch', layer: 'tls', atMs: 0, pinned: 'AA', presented: 'BB'}], https)],
	['L00', 76, evidenceOf([failure('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', tls)], https)],
	['H01', 69, evidenceOf([answer(200, {...health, body: 'html', title: 'OpenClaw Control'}), peer('other-web-server')])],
	['H02', 69, evidenceOf([answer(200, {...health, body: 'html', title: 'Welcome to nginx!'}), peer('other-web-server')])],
	['H03', 69, evidenceOf([answer(301, {...health, headers: {location: 'https://127.0.0.1:18789/healthz'}}), peer('redirect')])],
	['H03', 69, evidenceOf([answer(302, {...health, headers: {location: 'http://login.hotel.example/'}}), peer('redirect')])],
	['H04', 77, evidenceOf([answer(302, {...health, headers: {location: 'https://team.cloudflareaccess.com/x'}}), peer('redirect')], https)],
	[
		'H05',
		70,
		evidenceOf([gateway, answer(400, {errorType: 'invalid_request_error', errorMessage: 'Missing user message in `messages`.'})]),
	],
	['H08', 77, evidenceOf([gateway, answer(403, {errorType: 'proxy_attribution_required'})])],
	['H09', 77, evidenceOf([gateway, answer(403, {errorCode: 'MISSING_SCOPE', errorMessage: 'missing scope: operator.write'})])],
	['H10', 70, evidenceOf([gateway, answer(413, {errorMessage: 'Payload too large'})])],
	['H11', 79, evidenceOf([gateway, answer(404, {body: 'text', excerpt: 'Not Found'})])],
	['H14', 69, evidenceOf([gateway, answer(404, {body: 'html', title: '404 Not Found', headers: {server: 'nginx'}})])],
	['H12', 79, evidenceOf([gateway, answer(405, {body: 'text', headers: {allow: 'GET, HEAD'}})])],
	['H13', 79, evidenceOf([gateway, answer(200, {body: 'html', title: 'OpenClaw Control'}), ended('not-a-stream', {events: 0})])],
	['H14', 69, evidenceOf([answer(404, {...health, body: 'text', headers: {server: 'caddy'}}), peer('other-web-server')])],
	[
		'H18',
		75,
		evidenceOf([
			gateway,
			answer(429, {errorType: 'rate_limited', errorMessage: 'Too many failed authentication attempts.', retryAfterMs: 20_000}),
		]),
	],
	['H19', 75, evidenceOf([gateway, answer(429, {errorType: 'rate_limit_error', errorMessage: 'slow down'})])],
	['H20', 70, evidenceOf([gateway, answer(500, {errorMessage: 'internal error'})])],
	['H21', 69, evidenceOf([answer(502, {...health, body: 'text'}), peer('unknown')], tailnet)],
	['H22', 69, evidenceOf([answer(504, {...health, headers: {server: 'nginx'}}), peer('unknown')])],
	['H23', 75, evidenceOf([answer(503, {...health, excerpt: '{"ok":false,"status":"starting"}'}), peer('unknown')])],
	['H24', 75, evidenceOf([gateway, answer(503, {errorCode: 'gateway_unavailable', retryAfterMs: 1000})])],
	['H29', 77, evidenceOf([gateway, answer(401, {headers: {'www-authenticate': 'Basic realm="x"'}})])],
	['H30', 77, evidenceOf([answer(407, health), peer('unknown')], https)],
	['H31', 70, evidenceOf([gateway, answer(400, {errorMessage: "Unknown agent 'nope'."})])],
	['A01', 77, evidenceOf([gateway, answer(401, unauthorized)], {}, {set: false, sent: false})],
	['A02', 77, evidenceOf([gateway, answer(401, unauthorized)])],
	['A02', 77, evidenceOf([gateway, answer(405, {method: 'GET', headers: {allow: 'POST'}}), answer(401, {...models, ...unauthorized})])],
	['A16', 77, evidenceOf([gateway, answer(403, {errorCode: 'PAIRING_REQUIRED'})])],
	['A25', 78, evidenceOf([gateway, withheld('other-origin', {belongsTo: 'https://gw.example'})], {}, {sent: false})],
	['A26', 78, evidenceOf([gateway, withheld('plain-http-private')], remote, {sent: false})],
	['C19', 78, evidenceOf([gateway, withheld('plain-http-public')], {origin: 'http://gw.example', addressClass: 'public'}, {sent: false})],
	['A27', 77, evidenceOf([gateway, withheld('refused-before', {refusedStatus: 401, refusedAt: '2026-11-20T11:00:00.000Z'})])],
	['A27', 75, evidenceOf([gateway, withheld('refused-before', {refusedStatus: 429, retryAt: '2026-11-20T12:00:30.000Z'})])],
	['H03', 69, evidenceOf([gateway, answer(307, {body: 'empty', headers: {location: 'https://other.example/v1/chat/completions'}})])],
	[
		'N13',
		69,
		evidenceOf([answer(502, {method: 'CONNECT', path: 'gw.example:443', body: 'other'})], {...https, proxy: 'http://10.0.0.1:3128'}),
	],
	[
		'N13',
		69,
		evidenceOf([answer(403, {method: 'CONNECT', path: 'gw.example:443', body: 'other'})], {...https, proxy: 'http://10.0.0.1:3128'}),
	],
	[
		'H30',
		77,
		evidenceOf([answer(407, {method: 'CONNECT', path: 'gw.example:443', body: 'other'})], {...https, proxy: 'http://10.0.0.1:3128'}),
	],
	['S01', 76, evidenceOf([gateway, answer(200), ended('not-a-stream', {events: 0})])],
	['S02', 70, evidenceOf([gateway, ended('end-mark')])],
	['S03', 70, evidenceOf([gateway, ended('closed-early', {events: 0})])],
	[
		'S03',
		70,
		evidenceOf([gateway, failure('UND_ERR_SOCKET', {method: 'POST', path: '/v1/chat/completions', phase: 'request', layer: 'chat'})]),
	],
	['S04', 74, evidenceOf([gateway, failure('ECONNRESET', {phase: 'body', layer: 'chat'}), ended('broken', {textLength: 9})])],
	['S05', 74, evidenceOf([gateway, ended('abandoned', {textLength: 9, silentMs: 61_000})])],
	['S06', 75, evidenceOf([gateway, failure('UND_ERR_HEADERS_TIMEOUT', {method: 'POST', phase: 'request', layer: 'chat'})])],
	['S09', 76, evidenceOf([gateway, ended('end-mark', {malformed: 2})])],
	['S09', 76, evidenceOf([gateway, ended('closed-early', {malformed: 1})])],
	['S10', 70, evidenceOf([gateway, {kind: 'turn-error', layer: 'chat', atMs: 1, message: 'boom'}, ended('end-mark')])],
	['S13', 75, evidenceOf([gateway, ended('deadline')])],
	['S14', 74, evidenceOf([gateway, ended('too-large', {textLength: 3})])],
	['N28', 69, evidenceOf([failure('', {layer: 'identity', phase: 'request', timeoutMs: 10_000, bytesRead: 0})])],
	['X00', 69, evidenceOf([failure('EWEIRD')])],
	['X00', 70, evidenceOf([gateway, answer(418)])],
];

test('each kind of evidence has its diagnosis and exit code', () => {
	for (const [id, exitCode, evidence] of cases) {
		const {primary} = diagnose(evidence);
		assert.equal(primary?.id ?? '-', id, JSON.stringify(evidence.observations));
		assert.equal(primary?.exitCode ?? 0, exitCode, id);
	}
});

test('a diagnosis is complete, points at its evidence, and its commands are one line and safe to paste', () => {
	for (const [, , evidence] of cases) {
		const {primary, alternatives, notes} = diagnose(evidence);
		for (const found of [...(primary ? [primary] : []), ...alternatives, ...notes]) {
			assert.ok(found.title.length > 10 && !/[.!]$/.test(found.title), found.title);
			assert.ok(found.explanation.length > 5 || found.id.startsWith('C'), found.id);
			assert.ok(
				found.evidence.every(index => evidence.observations[index] !== undefined),
				found.id,
			);
			assert.equal(found.severity === 'error', found.exitCode !== 0, found.id);
			for (const {command} of found.fixes) assert.doesNotMatch(command ?? '', /[\n\r`]|\$\(/, found.id);
		}
	}
});

test('host names that a shell could take amiss never reach a command', () => {
	for (const host of ['a$(reboot).example', '-oProxyCommand=x', 'x;y', "o'brien"]) {
		const evidence = evidenceOf([failure('ECONNREFUSED')], {origin: `http://${host}:1`, addressClass: 'public'});
		const commands = diagnose(evidence).primary?.fixes.map(({command}) => command ?? '') ?? [];
		assert.ok(commands.length > 0 && commands.every(command => !command.includes(host)), commands.join('\n'));
	}
});

test('what only looks alike gets another diagnosis', () => {
	const id = (evidence: Evidence) => diagnose(evidence).primary?.id;
	// A break of the body is no refusal to connect, even when a later health check was refused.
	assert.equal(id(evidenceOf([gateway, failure('ECONNRESET', {phase: 'body'}), ended('broken', {textLength: 1})])), 'S04');
	// 405 on GET is how an endpoint that is on answers.
	assert.notEqual(id(evidenceOf([gateway, answer(405, {method: 'GET'})])), 'H12');
	// 401 to our question without the token is no rejected token, whoever stands before the gateway.
	assert.equal(id(evidenceOf([gateway, answer(401, {method: 'GET', ...unauthorized})])), undefined);
	// HTML from a stranger is no switched-off endpoint.
	assert.equal(id(evidenceOf([answer(200, {...health, body: 'html'}), peer('other-web-server')])), 'H02');
	// 404 for an unknown model is no switched-off endpoint.
	assert.equal(id(evidenceOf([gateway, answer(404, {errorMessage: "Model 'openclaw/nope' not found."})])), 'H31');
	// An end mark after text is an answer.
	assert.equal(id(evidenceOf([gateway, ended('end-mark', {textLength: 1})])), undefined);
	// The user's own cancelling is no failure.
	assert.equal(id(evidenceOf([gateway, ended('cancelled', {textLength: 1})])), undefined);
	// Carrier NAT without Tailscale: the address is the only fact, so nothing certain is said about Tailscale.
	const carrier = diagnose(evidenceOf([failure('ETIMEDOUT')], {origin: 'http://100.64.0.9:18789', addressClass: 'cgnat'})).primary;
	assert.equal(carrier?.confidence, 'likely');
	assert.doesNotMatch(carrier?.title ?? '', /Tailscale/);
});

test('nothing configured is a note beside the failure, not the failure', () => {
	const {primary, notes} = diagnose(evidenceOf([failure('ECONNREFUSED')], {source: 'default'}));
	assert.equal(primary?.id, 'N01');
	assert.deepEqual(
		notes.map(note => note.id),
		['C01'],
	);
});

test('a wait that the gateway asked for is passed on', () => {
	assert.equal(
		diagnose(evidenceOf([gateway, answer(503, {errorCode: 'gateway_unavailable', retryAfterMs: 1000})])).primary?.retryAfterMs,
		1000,
	);
	assert.equal(
		diagnose(evidenceOf([withheld('refused-before', {refusedStatus: 429, retryAt: '2026-11-20T12:00:30.000Z'})])).primary?.retryAfterMs,
		30_000,
	);
});

test('a 429 of before is told as what it was: too many requests, or wrong tokens', () => {
	const before = (more: object) =>
		diagnose(evidenceOf([gateway, withheld('refused-before', {refusedStatus: 429, retryAt: '2026-11-20T12:00:07.000Z', ...more})])).primary;
	const limited = before({});
	assert.match(limited?.title ?? '', /^There were too many requests before \(HTTP 429\), so nothing is sent for another 7 s$/);
	assert.equal(limited?.fixes[0]?.command, 'clawtalk ask --wait 10s QUESTION');
	const locked = before({refusedAsLockout: true});
	assert.match(locked?.title ?? '', /wrong tokens/);
});

test('what became of the run at a time limit is said for the gateway at hand', () => {
	const older: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'gateway-by-challenge'};
	const explain = (peer: Observation) => diagnose(evidenceOf([peer, ended('deadline')])).primary?.explanation ?? '';
	assert.match(explain(gateway), /stops the run/);
	assert.match(explain(older), /the run goes on/);
});

test('a proxy that opens no tunnel is not taken for one before the gateway as well', () => {
	for (const status of [502, 503]) {
		const findings = diagnose(evidenceOf([answer(status, {method: 'CONNECT', path: 'gw.example:443', body: 'other'})], https));
		assert.deepEqual([findings.primary?.id, findings.alternatives], ['N13', []]);
	}
});
