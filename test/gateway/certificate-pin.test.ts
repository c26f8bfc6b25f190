import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {normalizeFingerprint, readFingerprint} from '../../source/gateway/certificate-pin.js';
import {certificate, otherCertificate} from './recorded/certificates.js';
import {newCjk} from './recorded/openclaw-2026-9-6.js';
import {ask, challengeOn, connectTo, gatewayAnswering, sendStream, serve} from './test-gateway.js';

const signal = new AbortController().signal;
const pin = new X509Certificate(certificate.cert).fingerprint256;
const otherPin = new X509Certificate(otherCertificate.cert).fingerprint256;
const answer = gatewayAnswering((_seen, response) => sendStream(response, newCjk));

test('a self-signed certificate is refused without a pin', async t => {
	const server = await serve(t, answer, certificate);
	const asked = await ask(connectTo(t, server.origin));
	assert.deepEqual(asked.outcome, {kind: 'unreachable'});
	const [failure] = asked.evidence.observations;
	assert.ok(failure?.kind === 'network-failure' && failure.layer === 'tls');
	assert.equal(failure.attempts[0]?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
	assert.equal(server.seen.length, 0);
});

test('the pinned certificate is trusted, in whatever way its fingerprint is written', async t => {
	const server = await serve(t, answer, certificate);
	for (const written of [pin, pin.toLowerCase(), `sha256:${pin.replaceAll(':', '')}`]) {
		assert.equal((await ask(connectTo(t, server.origin, {pin: written}))).outcome.kind, 'complete');
	}
	assert.equal(normalizeFingerprint(`SHA256=${pin}`), pin);
});

for (const [name, wrong] of [
	['another', otherPin],
	['an empty', ''],
	['a shortened', pin.slice(0, 32)],
] as const) {
	test(`${name} pin: nothing is sent`, async t => {
		const server = await serve(t, answer, certificate);
		const asked = await ask(connectTo(t, server.origin, {pin: wrong}));
		assert.deepEqual(asked.outcome, {kind: 'unreachable'});
		const [mismatch] = asked.evidence.observations;
		assert.ok(mismatch?.kind === 'pin-mismatch' && mismatch.presented === pin);
		assert.equal(server.seen.length, 0);
	});
}

test('the fingerprint that a server shows is read without a request', async t => {
	const server = await serve(t, answer, certificate);
	assert.equal(await readFingerprint(server.origin), pin);
	assert.equal(server.seen.length, 0);
});

test('a certificate that changes after the identification stops the next question before it is sent', async t => {
	const server = await serve(t, answer, certificate);
	const gateway = connectTo(t, server.origin, {pin});
	assert.equal((await ask(gateway)).outcome.kind, 'complete');
	const {server: listener} = server;
	assert.ok('setSecureContext' in listener && typeof listener.setSecureContext === 'function');
	listener.setSecureContext(otherCertificate);
	const before = server.seen.length;
	const asked = await ask(gateway);
	assert.deepEqual(asked.kinds, ['pin-mismatch']);
	assert.equal(server.seen.length, before);
});

test('the WebSocket challenge keeps to the pin, too', async t => {
	const server = await serve(t, (_seen, response) => void response.writeHead(200, {'content-type': 'text/html'}).end('<p>'), certificate);
	challengeOn(server.server, {type: 'event', event: 'connect.challenge', payload: {nonce: 'n', ts: 1}});
	assert.equal((await connectTo(t, server.origin, {pin}).identify(signal)).value, 'gateway-by-challenge');
});

test('NODE_EXTRA_CA_CERTS is honoured', async t => {
	const server = await serve(t, answer, certificate);
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-ca-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'ca.pem');
	writeFileSync(file, certificate.cert);
	const script = `
		const {openGateway} = await import(process.argv[1]);
		const target = {origin: process.argv[2], basePath: '', source: '', addressClass: 'loopback', credential: {kind: 'none'}, headers: {}};
		const {value} = await openGateway(target, {ledger: {}, env: {}, now: Date.now}).identify(new AbortController().signal);
		console.log(value);
	`;
	const openGateway = new URL('../../source/gateway/open-gateway.js', import.meta.url).href;
	const run = (env: NodeJS.ProcessEnv) =>
		promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, openGateway, server.origin], {env});
	assert.equal((await run({...process.env, NODE_EXTRA_CA_CERTS: file})).stdout.trim(), 'gateway');
	assert.equal((await run({...process.env, NODE_EXTRA_CA_CERTS: ''})).stdout.trim(), 'undefined');
});
