import assert from 'node:assert/strict';
import {test} from 'node:test';
import {recognise} from '../../../source/diagnosis/catalogue/recognise.js';

const closed = (code: number, reason = 'no close reason') => `gateway closed (${code}): ${reason}`;
const unauthorized = (reason: string) => closed(1008, `unauthorized: ${reason}`);

/** As OpenClaw prints to its clients and into its log what clawtalk itself sees on its control plane. */
const samples: Readonly<Record<string, string>> = {
	A10: unauthorized('gateway token missing (provide gateway auth token)'),
	A11: unauthorized("gateway token mismatch (use this gateway's gateway.auth.token or pair the device)"),
	A12: unauthorized('device token mismatch (rotate/reissue device token)'),
	A13: unauthorized('device token scope mismatch (re-pair or approve scope upgrade)'),
	A15: closed(1008, 'device signature invalid'),
	A16: closed(1008, 'pairing required: device is not approved yet (requestId: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed)'),
	A18: closed(1008, 'device identity required'),
	A19: closed(1008, 'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)'),
	A20: unauthorized('too many failed authentication attempts (retry later)'),
	A21: unauthorized('tailscale identity missing'),
	A22: unauthorized('token not configured on gateway (set gateway.auth.token)'),
	A23: unauthorized('gateway password mismatch'),
	W04: closed(1000, 'bye'),
	W08: closed(1003, 'unsupported data'),
	W09: closed(1005),
	W13: closed(1007, 'invalid UTF-8'),
	W15: closed(1008, 'slow consumer'),
	W16: closed(1008, 'invalid connect params: at /client/id: must be equal to one of the allowed values'),
	W18: closed(1009),
	W23: closed(4000, 'tick timeout'),
	W26: closed(4001, 'gateway auth changed'),
	E01: 'node is not connected: mac-mini',
	E02: 'NODE_BACKGROUND_UNAVAILABLE: the node command needs the app in front',
	E03: 'SYSTEM_RUN_DENIED: approval required',
	E04: 'SYSTEM_RUN_DENIED: allowlist miss',
	E05: 'CAMERA_PERMISSION_REQUIRED',
	E06: 'TIMEOUT: node invoke timed out',
	E07: 'exec host=node requires a node id when multiple nodes are available',
};

for (const [id, sample] of Object.entries(samples)) {
	test(`${id} is recognised in: ${sample}`, () => assert.equal(recognise(sample)[0]?.diagnosis.id, id));
}

test('what a node tool of 2026.9.6 says is recognised, too', () => {
	assert.equal(recognise('exec host=node requires a node when multiple executable nodes are connected: a1, b2.')[0]?.diagnosis.id, 'E07');
	assert.equal(recognise('exec host=node requires a connected node that supports system.run (none available).')[0]?.diagnosis.id, 'E01');
	assert.equal(recognise('exec denied: host=node allowlist miss (ask=off)')[0]?.diagnosis.id, 'E04');
});
