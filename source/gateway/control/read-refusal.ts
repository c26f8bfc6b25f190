import type {ControlRefused} from '../../diagnosis/evidence.js';
import {plainLine} from '../plain-text.js';
import {fieldsOf, isAmount, lineIn} from './fields.js';

/** `res.error` as the library gives it. */
export interface GatewayError {
	readonly gatewayCode: string;
	readonly message: string;
	readonly details?: unknown;
	readonly retryAfterMs?: number | undefined;
}

/** What was tried. */
export interface RefusedAttempt {
	readonly atMs: number;
	readonly tookMs: number;
	readonly with: ControlRefused['with'];
	readonly scopes: readonly string[];
	readonly deviceId?: string | undefined;
}

/** Whoever says to wait longer is asked again after a day, as over HTTP. */
const longestWaitMs = 86_400_000;

/** Reads the error that `connect` was answered with. */
export function readRefusal(error: GatewayError, attempt: RefusedAttempt): ControlRefused {
	const details = fieldsOf(error.details);
	const detail = lineIn(details, 'code', 120);
	const reason = lineIn(details, 'reason', 120);
	const requestId = lineIn(details, 'requestId', 120) ?? /\(requestId: ([\w-]{1,80})\)/.exec(error.message)?.[1];
	const nextStep = lineIn(details, 'recommendedNextStep', 120);
	const retryAfterMs = [error.retryAfterMs, details['retryAfterMs']].find(isAmount);
	const {expectedProtocol} = details;
	return {
		kind: 'control-refused',
		layer: 'control',
		atMs: attempt.atMs,
		tookMs: attempt.tookMs,
		code: plainLine(error.gatewayCode, 80),
		...(detail === undefined ? {} : {detail}),
		message: plainLine(error.message),
		...(reason === undefined ? {} : {reason}),
		...(requestId === undefined ? {} : {requestId}),
		...(nextStep === undefined ? {} : {nextStep}),
		...(retryAfterMs === undefined ? {} : {retryAfterMs: Math.min(retryAfterMs, longestWaitMs)}),
		...(isAmount(expectedProtocol) ? {expectedProtocol} : {}),
		...(attempt.deviceId === undefined ? {} : {deviceId: attempt.deviceId}),
		requestedScopes: attempt.scopes,
		with: isAboutPassword(detail, error.message) && attempt.with === 'token' ? 'password' : attempt.with,
	};
}

function isAboutPassword(detail: string | undefined, message: string): boolean {
	return detail?.startsWith('AUTH_PASSWORD_') ?? /gateway password/i.test(message);
}

/** 2026.2.9 sends no `details.code`, only sentences. */
export function isWrongSecret({detail, message}: ControlRefused): boolean {
	if (detail !== undefined) return detail === 'AUTH_TOKEN_MISMATCH' || detail === 'AUTH_PASSWORD_MISMATCH';
	return /gateway (?:token|password) mismatch/i.test(message);
}

/** Too many wrong tokens came from this address. */
export function isRateLimited({detail, message}: ControlRefused): boolean {
	return detail === 'AUTH_RATE_LIMITED' || (detail === undefined && /too many failed authentication attempts/i.test(message));
}

/**
 * The gateway does not know the device token any more (rotated, revoked, or another gateway). Of a device token only: 2026.2.9 says of it what
 * it says of the gateway's own.
 */
export function isUnknownDeviceToken({detail, message}: ControlRefused): boolean {
	return detail === 'AUTH_DEVICE_TOKEN_MISMATCH' || (detail === undefined && /token mismatch/i.test(message));
}
