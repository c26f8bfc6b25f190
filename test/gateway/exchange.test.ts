import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {type TestContext, test} from 'node:test';
import {createEvidenceLog} from '../../source/gateway/evidence-log.js';
import {acceptPeer, exchange} from '../../source/gateway/exchange.js';
import type {ConnectedPeer} from '../../source/network/connector.js';
import {certificate, otherCertificate} from './recorded/certificates.js';
import {connectTo, sendJson, serve} from './test-gateway.js';

const fingerprint = new X509Certificate(certificate.cert).fingerprint256;
const otherFingerprint = new X509Certificate(otherCertificate.cert).fingerprint256;

async function ask(t: TestContext, origin: string, expected: ConnectedPeer, pin?: string) {
	const {target} = connectTo(t, origin);
	const request = {method: 'GET', path: '/x', layer: 'chat', signal: new AbortController().signal, expected} as const;
	return await exchange({origin, basePath: '', pin, open: new Set()}, request, createEvidenceLog(target, undefined, Date.now));
}

const peers: ReadonlyArray<readonly [expected: ConnectedPeer, met: ConnectedPeer, accepted: boolean]> = [
	[{address: '10.0.0.1'}, {address: '10.0.0.1'}, true],
	[{address: '10.0.0.1'}, {address: '10.0.0.2'}, false],
	[{address: '10.0.0.1', fingerprint}, {address: '10.0.0.1', fingerprint}, true],
	[{address: '10.0.0.1', fingerprint}, {address: '10.0.0.1', fingerprint: otherFingerprint}, false],
	[{address: '10.0.0.1', fingerprint}, {address: '10.0.0.1'}, false],
	[{fingerprint}, {fingerprint: otherFingerprint}, false],
];
for (const [expected, met, accepted] of peers) {
	test(`identified ${JSON.stringify(expected)}, met ${JSON.stringify(met)}: ${accepted ? 'spoken to' : 'not spoken to'}`, () => {
		assert.equal(acceptPeer(undefined, expected)(met) === undefined, accepted);
		assert.equal(acceptPeer(undefined, undefined)(met), undefined);
	});
}

test('the address that identified itself is dialled, whatever the name leads to now', async t => {
	const server = await serve(t, (_seen, response) => sendJson(response, 200, {}));
	const answer = await ask(t, `http://gateway.invalid:${server.port}`, {address: '127.0.0.1'});
	assert.ok(answer.answered && answer.peer.address === '127.0.0.1');
	answer.finish();
});

test('another certificate than that of the identification: the request is not sent', async t => {
	const server = await serve(t, (_seen, response) => sendJson(response, 200, {}), certificate);
	const answer = await ask(t, server.origin, {address: '127.0.0.1', fingerprint: otherFingerprint}, fingerprint);
	assert.ok(!answer.answered && answer.peerChanged && !answer.sent);
	assert.equal(server.seen.length, 0);
});
