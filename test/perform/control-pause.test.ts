import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ControlState} from '../../source/gateway/control-plane.js';
import {createBreakPause, pauseAfter, pauseAfterShutdown} from '../../source/perform/backoff.js';
import {controlPause} from '../../source/perform/control-pause.js';
import {missingControl} from '../../source/perform/missing-control.js';
import {closedWith, opened, pairing, refusedWith} from './scripted-control.js';

const minute = 60_000;

test('a gateway that is away is looked at within two seconds for two minutes, then within ten', () => {
	const outages = [0, 1_999, 2_000, 119_999, 120_000, 8 * 60 * minute];
	assert.deepEqual(
		outages.map(outageMs => [pauseAfter(outageMs, 0), pauseAfter(outageMs, 0.999)]),
		[
			[500, 375],
			[500, 375],
			[1_000, 750],
			[1_000, 750],
			[10_000, 7_503],
			[10_000, 7_503],
		],
	);
});

test('a gateway that said it would go is looked at after a moment', () => {
	assert.deepEqual([undefined, 0, 900, 60_000].map(pauseAfterShutdown), [500, 500, 900, 1_500]);
});

test('a gateway that takes us in and drops us again is left alone for longer and longer', () => {
	const pause = createBreakPause(() => 0);
	assert.deepEqual([20, 20, 20, 20, 20, 20, 20, 20, 20].map(pause), [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
	assert.deepEqual([pause(10_000), pause(20)], [0, 0], 'one that lasted makes up for it');
});

const pauses: ReadonlyArray<readonly [what: string, state: ControlState, attempts: number, sinceMs: number, pause: number | undefined]> = [
	['approval, somebody at the gateway', pairing, 1, 0, 5_000],
	['approval, a while later', pairing, 20, 2 * minute, 15_000],
	['approval, nobody came', pairing, 99, 10 * minute, 60_000],
	['approval, with a wish', refusedWith({detail: 'PAIRING_REQUIRED', retryAfterMs: 7_000}), 1, 0, 7_000],
	['approval on 2026.2.9', refusedWith({code: 'NOT_PAIRED', requestId: 'x'}), 1, 0, 5_000],
	['a pause that the gateway names', refusedWith({detail: 'AUTH_RATE_LIMITED', retryAfterMs: 19_995}), 1, 0, 19_995],
	['a pause that is none', refusedWith({retryAfterMs: 1}), 1, 0, 2_000],
	['a pause without a length', refusedWith({nextStep: 'wait_then_retry'}), 1, 0, 30_000],
	['a start', refusedWith({code: 'UNAVAILABLE'}), 1, 0, 500],
	['a start, with a wish', refusedWith({code: 'UNAVAILABLE', retryAfterMs: 2_000}), 9, 119_999, 500],
	['a start that does not end', refusedWith({code: 'UNAVAILABLE', retryAfterMs: 500}), 200, 2 * minute, 5_000],
	['a start that wants time', refusedWith({code: 'UNAVAILABLE', retryAfterMs: 60_000}), 200, 2 * minute, 60_000],
	['a wrong token', refusedWith({detail: 'AUTH_TOKEN_MISMATCH', nextStep: 'update_auth_credentials'}), 1, 0, undefined],
	['another protocol', refusedWith({detail: 'PROTOCOL_MISMATCH'}), 1, 0, undefined],
	['no scopes', opened({scopes: []}), 1, 0, undefined],
	['nothing may be sent', {kind: 'withheld'}, 1, 0, undefined],
	['a connection that failed', {kind: 'closed', closed: closedWith()}, 1, 0, 10_000],
	['one that failed again', {kind: 'closed', closed: closedWith()}, 3, 0, 40_000],
	['one that always fails', {kind: 'closed', closed: closedWith()}, 99, 0, 300_000],
	['one that has not ended', {kind: 'connecting'}, 1, 0, 10_000],
];
for (const [what, state, attempts, sinceMs, pause] of pauses) {
	test(`until the control plane is dialled again: ${what}`, () => {
		assert.equal(controlPause(state, {attempts, sinceMs}, 0), pause);
		assert.equal(controlPause(state, {attempts, sinceMs}, 1), pause && Math.round(pause * 1.25), 'never sooner than it was asked for');
	});
}

const words: ReadonlyArray<readonly [state: ControlState, missing: string | undefined]> = [
	[opened(), undefined],
	[opened({scopes: []}), 'the gateway grants no scopes to this address'],
	[opened({scopes: ['operator.read']}), 'the gateway does not grant operator.write to this device'],
	[pairing, 'this device waits for approval: openclaw devices approve req-1'],
	[refusedWith({requestId: 'r;rm -rf /'}), 'this device waits for approval: openclaw devices list'],
	[refusedWith({requestId: '--latest'}), 'this device waits for approval: openclaw devices list'],
	[
		refusedWith({detail: 'PAIRING_REQUIRED', reason: 'scope-upgrade', requestId: 'r2'}),
		'more rights of this device wait for approval: openclaw devices approve r2',
	],
	[
		refusedWith({detail: 'PAIRING_REQUIRED', reason: 'metadata-upgrade', requestId: 'r3'}),
		'this device has changed and waits for approval: openclaw devices approve r3',
	],
	[refusedWith({detail: 'AUTH_RATE_LIMITED'}), 'the gateway wants a pause after too many failed attempts'],
	[refusedWith({detail: 'PROTOCOL_MISMATCH', expectedProtocol: 5}), 'the gateway speaks protocol 5, clawtalk 3 and 4'],
	[refusedWith({detail: 'PROTOCOL_MISMATCH'}), 'clawtalk and the gateway speak different protocols'],
	[refusedWith({detail: 'AUTH_TOKEN_MISMATCH'}), 'the control plane refuses the token'],
	[refusedWith({detail: 'AUTH_PASSWORD_MISMATCH', with: 'password'}), 'the control plane refuses the password'],
	[
		refusedWith({message: 'unauthorized: device token mismatch', with: 'device-token'}),
		'the control plane refuses the token of this device',
	],
	[refusedWith({message: 'origin not allowed'}), 'the control plane refuses: origin not allowed'],
	[{kind: 'connecting'}, 'the control plane has not answered yet'],
	[{kind: 'closed'}, 'the control plane was not reached'],
	[
		{kind: 'closed', closed: closedWith({upgradeStatus: 502, welcomed: false, challenged: false})},
		'the way to the control plane is closed (HTTP 502 instead of a WebSocket)',
	],
	[
		{kind: 'closed', closed: closedWith({code: 1000, welcomed: false, challenged: false})},
		'the control plane did not greet (closed with 1000)',
	],
	[
		{kind: 'closed', closed: closedWith({code: 1008, reason: 'invalid role', welcomed: false})},
		'the control plane did not let us in (closed with 1008 invalid role)',
	],
];
for (const [state, missing] of words) {
	test(`why questions go over HTTP: ${missing ?? 'they do not'}`, () => {
		assert.equal(missingControl(state), missing);
	});
}
