import type {ControlRefused, CredentialWithheld, Evidence} from '../evidence.js';
import type {LocalOpenClawLook} from '../surroundings.js';
import {exampleOf} from './entry.js';
import {closed, identified, localOpenClaw, loopback, modelsAnswer, refused, served, welcomed} from './example-observations.js';

const unauthorized = {errorType: 'unauthorized', errorMessage: 'Unauthorized'};
/** The handshake is answered with no, and the close repeats its words. */
const policy = (detail: string, words: string, more: Partial<ControlRefused> = {}) =>
	exampleOf([identified, refused(detail, words, more), closed(1008, words)]);

function withheld(more: Omit<CredentialWithheld, 'kind' | 'layer' | 'atMs'>): CredentialWithheld {
	return {kind: 'credential-withheld', layer: 'auth', atMs: 6, ...more};
}

/** The gateway of this machine refuses the token, and what its configuration says. */
function refusedHere(more: Partial<LocalOpenClawLook>): Evidence {
	return exampleOf([localOpenClaw(more), identified, modelsAnswer(401, unauthorized)], loopback);
}

/** Tokens, devices, clock, versions. */
export const authExamples: Readonly<Record<string, Evidence>> = {
	A01: exampleOf([identified, modelsAnswer(401, unauthorized)], loopback, {set: false, sent: false}),
	A02: exampleOf([identified, modelsAnswer(401, unauthorized)]),
	A03: refusedHere({tokenMatches: true}),
	A04: refusedHere({token: 'variable'}),
	A05: refusedHere({authMode: 'password'}),
	A06: exampleOf([identified, modelsAnswer(401, unauthorized)], served, {set: false, sent: false}),
	A07: refusedHere({authMode: 'trusted-proxy'}),
	A08: exampleOf([identified, closed(1006, '', {upgradeStatus: 401, challenged: false})]),
	A10: policy('AUTH_TOKEN_MISSING', 'unauthorized: gateway token missing (provide gateway auth token)', {with: 'nothing'}),
	A11: policy('AUTH_TOKEN_MISMATCH', "unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)", {
		nextStep: 'update_auth_credentials',
	}),
	A12: policy('AUTH_DEVICE_TOKEN_MISMATCH', 'unauthorized: device token mismatch (rotate/reissue device token)', {with: 'device-token'}),
	A13: policy('AUTH_SCOPE_MISMATCH', 'unauthorized: device token scope mismatch (re-pair or approve scope upgrade)', {
		with: 'device-token',
	}),
	A14: policy('DEVICE_AUTH_SIGNATURE_EXPIRED', 'device signature expired'),
	A15: policy('DEVICE_AUTH_SIGNATURE_INVALID', 'device signature invalid', {reason: 'device-signature'}),
	A16: policy('PAIRING_REQUIRED', 'pairing required: device is not approved yet', {
		code: 'NOT_PAIRED',
		reason: 'not-paired',
		requestId: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
		requestedScopes: ['operator.read', 'operator.write'],
	}),
	A18: exampleOf([identified, welcomed({scopes: [], missingScopes: ['operator.read', 'operator.write'], authMethod: 'token'})]),
	A19: policy(
		'CONTROL_UI_ORIGIN_NOT_ALLOWED',
		'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)',
	),
	A20: policy('AUTH_RATE_LIMITED', 'unauthorized: too many failed authentication attempts (retry later)', {
		retryAfterMs: 19_995,
		nextStep: 'wait_then_retry',
	}),
	A21: policy('AUTH_TAILSCALE_IDENTITY_MISSING', 'unauthorized: tailscale identity missing', {with: 'nothing'}),
	A22: policy('AUTH_TOKEN_NOT_CONFIGURED', 'unauthorized: token not configured on gateway (set gateway.auth.token)'),
	A23: policy('AUTH_PASSWORD_MISMATCH', 'unauthorized: gateway password mismatch', {with: 'password'}),
	A24: exampleOf([identified, modelsAnswer(200)]),
	A25: exampleOf(
		[identified, withheld({reason: 'other-origin', belongsTo: 'https://other.example'})],
		{source: '--gateway'},
		{sent: false},
	),
	A26: exampleOf([identified, withheld({reason: 'plain-http-private'})], {}, {sent: false}),
	A27: exampleOf(
		[identified, withheld({reason: 'refused-before', refusedStatus: 401, refusedAt: '2026-01-02T11:00:00.000Z'})],
		{},
		{sent: false},
	),
	V01: exampleOf([{kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'gateway-by-challenge'}]),
	V03: exampleOf([
		{kind: 'last-known-good', layer: 'config', atMs: 0, lastGoodAt: '2026-01-01T08:00:00.000Z', version: '2026.9.4'},
		identified,
		{kind: 'gateway-facts', layer: 'identity', atMs: 5, version: '2026.9.6'},
	]),
	V04: exampleOf(
		[localOpenClaw({touchedBy: '2026.9.6'}), identified, {kind: 'gateway-facts', layer: 'identity', atMs: 5, version: '2026.2.9'}],
		loopback,
	),
};
