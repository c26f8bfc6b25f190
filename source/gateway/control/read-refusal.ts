import type {ControlRefused} from '../../diagnosis/evidence.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

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
	const details = isRecord(error.details) ? error.details : {};
	const detail = wordOf(details['code']);
	const reason = wordOf(details['reason']);
	const requestId = wordOf(details['requestId']) ?? /\(requestId: ([\w-]{1,80})\)/.exec(error.message)?.[1];
	const nextStep = wordOf(details['recommendedNextStep']);
	const retryAfterMs = countOf(error.retryAfterMs) ?? countOf(details['retryAfterMs']);
	const expectedProtocol = countOf(details['expectedProtocol']);
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
		...(expectedProtocol === undefined ? {} : {expectedProtocol}),
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

function wordOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? plainLine(value, 120) : undefined;
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
