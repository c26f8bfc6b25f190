import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NetworkFailure} from '../../source/diagnosis/evidence.js';
import {Secret} from '../../source/diagnosis/redact.js';
import {causesOf, type FailureContext, observeFailure} from '../../source/gateway/observe.js';

const context: FailureContext = {method: 'POST', path: '/v1/chat/completions', layer: 'chat', atMs: 1, tookMs: 2};

function coded(code: string, more: object = {}, message = 'any text'): Error {
	return Object.assign(new Error(message), {code, ...more});
}

function named(name: string): Error {
	return Object.assign(new Error('any text'), {name});
}

function observe(error: unknown, more: Partial<FailureContext> = {}): NetworkFailure {
	const observed = observeFailure(error, {...context, ...more});
	assert.ok(observed.kind === 'network-failure');
	return observed;
}

const refused = {syscall: 'connect', address: '127.0.0.1', port: 7};

const table: ReadonlyArray<
	readonly [name: string, error: unknown, more: Partial<FailureContext>, phase: NetworkFailure['phase'], layer: NetworkFailure['layer']]
> = [
	['a name not found', coded('ENOTFOUND', {syscall: 'getaddrinfo', hostname: 'x'}), {stage: 'lookup'}, 'lookup', 'dns'],
	['no resolver', coded('EAI_AGAIN', {syscall: 'getaddrinfo'}), {}, 'lookup', 'dns'],
	['refused', coded('ECONNREFUSED', refused), {stage: 'connect'}, 'connect', 'tcp'],
	[
		'refused on two addresses',
		new AggregateError([coded('ECONNREFUSED', refused), coded('ECONNREFUSED', refused)], ''),
		{},
		'connect',
		'tcp',
	],
	['no answer to connect', coded('UND_ERR_CONNECT_TIMEOUT'), {stage: 'connect'}, 'connect', 'tcp'],
	['no answer in the handshake', coded('UND_ERR_CONNECT_TIMEOUT'), {stage: 'tls'}, 'tls', 'tls'],
	['reset in the handshake', coded('ECONNRESET', {syscall: 'read'}), {stage: 'tls'}, 'tls', 'tls'],
	['plain http behind TLS, Node 24', coded('ERR_SSL_WRONG_VERSION_NUMBER'), {}, 'tls', 'tls'],
	['plain http behind TLS, Node 25.2', coded('ERR_SSL_PACKET_LENGTH_TOO_LONG'), {}, 'tls', 'tls'],
	['plain http behind TLS, ws', coded('EPROTO', {syscall: 'write'}), {}, 'tls', 'tls'],
	['self-signed', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), {}, 'tls', 'tls'],
	['another name', coded('ERR_TLS_CERT_ALTNAME_INVALID'), {}, 'tls', 'tls'],
	['expired', coded('CERT_HAS_EXPIRED'), {}, 'tls', 'tls'],
	['unknown issuer', coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), {}, 'tls', 'tls'],
	['closed before an answer', coded('UND_ERR_SOCKET'), {stage: 'open'}, 'request', 'chat'],
	['another protocol', named('HTTPParserError'), {stage: 'open'}, 'request', 'chat'],
	['closed in the body', coded('UND_ERR_SOCKET'), {stage: 'open', answered: true}, 'body', 'chat'],
	['reset in the body', new TypeError('terminated', {cause: coded('ECONNRESET', {syscall: 'read'})}), {answered: true}, 'body', 'chat'],
	['something thrown that is no error', 'user-stop', {stage: 'open'}, 'request', 'chat'],
];

for (const [name, error, more, phase, layer] of table) {
	test(`${name}: phase ${phase}, layer ${layer}`, () => {
		const observed = observe(error, more);
		assert.deepEqual([observed.phase, observed.layer], [phase, layer]);
		assert.ok(observed.attempts.length > 0);
	});
}

test('every address of an AggregateError is told, in the order tried', () => {
	const error = new TypeError('fetch failed', {
		cause: new AggregateError([
			coded('ECONNREFUSED', {...refused, address: '::1'}, 'connect ECONNREFUSED ::1:7'),
			coded('ETIMEDOUT', refused, 'connect ETIMEDOUT 127.0.0.1:7'),
		]),
	});
	assert.deepEqual(observe(error).attempts, [
		{code: 'ECONNREFUSED', syscall: 'connect', address: '::1', port: 7, message: 'connect ECONNREFUSED ::1:7'},
		{code: 'ETIMEDOUT', syscall: 'connect', address: '127.0.0.1', port: 7, message: 'connect ETIMEDOUT 127.0.0.1:7'},
	]);
});

test('an HTTPParserError is known by its name: it has no code in undici 7 and 8', () => {
	assert.deepEqual(observe(named('HTTPParserError')).attempts, [{name: 'HTTPParserError', message: 'any text'}]);
});

test('causes are followed five deep, and a circle ends', () => {
	const circle = new Error('round');
	circle.cause = circle;
	assert.equal(causesOf(circle).length, 6);
	const wide = new AggregateError(Array.from({length: 99}, () => coded('ECONNREFUSED')));
	assert.equal(causesOf(wide).length, 16);
});

test('messages carry no secret, no control sequence and no book', () => {
	const secret = new Secret('geheim-geheim');
	const error = coded('X\u001B[2J', {}, `invalid header Bearer ${secret.reveal()} \u001B]52;c;AAAA\u0007${'é'.repeat(5_000)}`);
	const [attempt] = observe(error, {path: `/x?token=${secret.reveal()}`}).attempts;
	assert.equal(attempt?.code, 'X');
	assert.ok(attempt.message.length <= 300);
	const everything = JSON.stringify(observe(error, {path: `/x?token=${secret.reveal()}`}));
	assert.ok(!everything.includes('geheim') && !everything.includes('\\u001b'));
});
