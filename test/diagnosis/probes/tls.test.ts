import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {test} from 'node:test';
import {certificate, otherCertificate} from '../../gateway/recorded/certificates.js';
import {connectTo, gatewayAnswering, sendJson, serve} from '../../gateway/test-gateway.js';
import {lookAt, seen} from './look-at.js';

const answer = gatewayAnswering((_seen, response) => sendJson(response, 404, {}));
const fingerprint = new X509Certificate(certificate.cert).fingerprint256;

for (const [what, pin, trusted, problem] of [
	['without a pin', undefined, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['with its pin', fingerprint, true, undefined],
	['with the pin of another', new X509Certificate(otherCertificate.cert).fingerprint256, false, 'ERR_PIN_MISMATCH'],
] as const) {
	test(`a self-signed certificate ${what}`, async t => {
		const server = await serve(t, answer, certificate);
		const client = connectTo(t, server.origin, pin === undefined ? {} : {pin});
		const [look] = seen(await lookAt(client, {only: 'tls'}), 'tls-look');
		assert.deepEqual([look?.spoken, look?.trusted, look?.problem], [true, trusted, problem]);
		assert.equal(look?.certificate?.fingerprint, fingerprint);
		assert.equal(look?.certificate?.selfSigned, true);
		assert.match(look?.certificate?.validTo ?? '', /^\d{4}-\d\d-\d\dT/);
		assert.deepEqual(server.seen, []);
	});
}

test('asked by http, a port that speaks TLS is recognised', async t => {
	const server = await serve(t, answer, certificate);
	const evidence = await lookAt(connectTo(t, server.origin.replace('https', 'http')));
	assert.equal(seen(evidence, 'tls-look')[0]?.spoken, true);
	assert.equal(evidence.credential.sent, false);
});

test('asked by https, a port that does not speak TLS is recognised', async t => {
	const server = await serve(t, answer);
	const evidence = await lookAt(connectTo(t, server.origin.replace('http', 'https')), {only: 'tls'});
	const [look] = seen(evidence, 'tls-look');
	assert.deepEqual([look?.spoken, look?.failure?.code?.startsWith('ERR_SSL_')], [false, true]);
});
