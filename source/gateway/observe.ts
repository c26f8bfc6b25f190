import type {FailedAttempt, Layer, NetworkFailure, PinMismatch} from '../diagnosis/evidence.js';
import type {ConnectionStage} from '../network/connector.js';
import {PinMismatchError} from './certificate-pin.js';
import {plainLine} from './plain-text.js';

/** What is known about a request that failed, beside the error. */
export interface FailureContext {
	readonly method: string;
	readonly path: string;
	/** Layer the request serves, for failures after the connection stood. */
	readonly layer: Layer;
	readonly atMs: number;
	readonly tookMs: number;
	/** How far the connection had come; decides the phase where the error does not tell. */
	readonly stage?: ConnectionStage;
	/** Whether response headers had arrived. */
	readonly answered?: boolean;
	readonly timeoutMs?: number;
	readonly bytesRead?: number;
}

/**
 * Turns anything thrown by a request into an observation. Reads codes, names and places, never message texts: those differ
 * between Node versions (measured on Node 22 to 26).
 */
export function observeFailure(error: unknown, context: FailureContext): NetworkFailure | PinMismatch {
	const mismatch = causesOf(error).find(cause => cause instanceof PinMismatchError);
	const {atMs, tookMs, method, path} = context;
	if (mismatch instanceof PinMismatchError) {
		return {kind: 'pin-mismatch', layer: 'tls', atMs, tookMs, pinned: mismatch.pinned, presented: mismatch.presented};
	}
	const attempts = attemptsOf(error);
	const phase = phaseOf(attempts, context);
	return {
		kind: 'network-failure',
		layer: layerOf(phase, context.layer),
		atMs,
		tookMs,
		method,
		path: plainLine(path),
		phase,
		attempts,
		...(context.timeoutMs === undefined ? {} : {timeoutMs: context.timeoutMs}),
		...(context.bytesRead === undefined ? {} : {bytesRead: context.bytesRead}),
	};
}

const deepestCause = 5;
const mostAttempts = 16;

/** The error and its causes, at most five deep, with the members of an AggregateError in the order they were tried. */
export function causesOf(error: unknown, depth = 0): readonly unknown[] {
	if (depth > deepestCause || error === undefined || error === null) return [];
	if (error instanceof AggregateError) return error.errors.flatMap(member => causesOf(member, depth + 1)).slice(0, mostAttempts);
	const cause = error instanceof Error ? causesOf(error.cause, depth + 1) : [];
	return [error, ...cause].slice(0, mostAttempts);
}

/** Every link that says something: those with a code, a name of their own, or nothing better behind them. */
export function attemptsOf(error: unknown): readonly FailedAttempt[] {
	const causes = causesOf(error);
	const telling = causes.filter(cause => stringOf(cause, 'code') !== undefined || isNamed(cause));
	return (telling.length > 0 ? telling : causes.slice(-1)).map(readAttempt);
}

function isNamed(cause: unknown): boolean {
	return cause instanceof Error && !['Error', 'TypeError', 'AggregateError'].includes(cause.name);
}

function readAttempt(cause: unknown): FailedAttempt {
	const code = stringOf(cause, 'code');
	const syscall = stringOf(cause, 'syscall');
	const address = stringOf(cause, 'address') ?? stringOf(cause, 'hostname');
	const port = numberOf(cause, 'port');
	return {
		...(code === undefined ? {} : {code}),
		...(syscall === undefined ? {} : {syscall}),
		...(address === undefined ? {} : {address}),
		...(port === undefined ? {} : {port}),
		...(isNamed(cause) && cause instanceof Error ? {name: plainLine(cause.name, 60)} : {}),
		message: plainLine(cause instanceof Error ? cause.message : String(cause)),
	};
}

function stringOf(value: unknown, key: string): string | undefined {
	const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof found === 'string' && found !== '' ? plainLine(found, 120) : undefined;
}

function numberOf(value: unknown, key: string): number | undefined {
	const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof found === 'number' ? found : undefined;
}

function phaseOf(attempts: readonly FailedAttempt[], context: FailureContext): NetworkFailure['phase'] {
	if (context.answered === true) return 'body';
	if (attempts.some(({syscall, code}) => syscall === 'getaddrinfo' || code?.startsWith('EAI_') === true || code === 'ENOTFOUND'))
		return 'lookup';
	if (attempts.some(({code}) => code !== undefined && isTlsCode(code))) return 'tls';
	if (context.stage !== undefined && context.stage !== 'open') return context.stage;
	return attempts.some(({syscall, code}) => syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT') ? 'connect' : 'request';
}

function layerOf(phase: NetworkFailure['phase'], layer: Layer): Layer {
	if (phase === 'lookup') return 'dns';
	if (phase === 'connect') return 'tcp';
	return phase === 'tls' ? 'tls' : layer;
}

/** OpenSSL and certificate verification codes of Node (`doc/api/tls.md`, X509 certificate error codes). */
function isTlsCode(code: string): boolean {
	return (
		/^(ERR_SSL_|ERR_TLS_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_C)/.test(code) ||
		['EPROTO', 'HOSTNAME_MISMATCH', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'].includes(code)
	);
}
