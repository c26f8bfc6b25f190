import {setTimeout as delay} from 'node:timers/promises';
import {diagnose} from '../../diagnosis/diagnose.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {exitCodes} from '../../exit-codes.js';
import type {Gateway} from '../../gateway/gateway.js';
import {joinEvidence} from '../../gateway/join-evidence.js';

export type Waited =
	| {readonly there: true}
	/** Not there in time, or never to be there as long as nobody acts. */
	| {readonly there: false; readonly evidence: Evidence};

export interface WaitOptions {
	readonly waitMs: number;
	readonly signal: AbortSignal;
	/** Called once, when the gateway was not there, or not ready, at the first look. */
	readonly onWaiting: (evidence: Evidence) => void;
	/** Called when the time that an answer before said to wait is waited out. */
	readonly onRetryLater: (retryInMs: number) => void;
	/** Milliseconds, monotonic. */
	readonly now?: () => number;
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

type Waitable = Pick<Gateway, 'checkHealth' | 'checkReadiness' | 'retryInMs'>;

const firstPauseMs = 250;
const longestPauseMs = 3000;

/**
 * Looks for a gateway by its health and readiness endpoints, without the token and without asking anything, until one takes questions. Looks never overlap.
 * Ends early when waiting cannot help: the wrong certificate, a wrong configuration.
 */
export async function waitForGateway(gateway: Waitable, options: WaitOptions): Promise<Waited> {
	const {signal, now = () => performance.now(), sleep = pause} = options;
	const endsAt = now() + options.waitMs;
	await waitOutLimit(gateway, options, endsAt - now(), sleep);
	let pauseMs = firstPauseMs;
	for (let looks = 0; ; looks++) {
		const {isReady, evidence} = await look(gateway, signal);
		if (isReady) return {there: true};
		const leftMs = endsAt - now();
		if (signal.aborted || leftMs <= 0 || isHopeless(evidence)) return {there: false, evidence};
		if (looks === 0) options.onWaiting(evidence);
		await sleep(Math.min(pauseMs, leftMs), signal);
		pauseMs = Math.min(pauseMs * 2, longestPauseMs);
	}
}

/** An earlier answer's Retry-After that fits into the wait is kept; of a longer one the question itself will tell. */
async function waitOutLimit(gateway: Waitable, {signal, onRetryLater}: WaitOptions, leftMs: number, sleep: typeof pause): Promise<void> {
	const retryInMs = await gateway.retryInMs();
	if (retryInMs === undefined || retryInMs > leftMs) return;
	onRetryLater(retryInMs);
	// A timer may fire a millisecond early.
	await sleep(retryInMs + 1, signal);
}

async function look(gateway: Waitable, signal: AbortSignal) {
	const health = await gateway.checkHealth(signal);
	if (health.value !== 'live') return {isReady: false, evidence: health.evidence};
	const {value, evidence} = await gateway.checkReadiness(signal);
	return {isReady: value === 'ready', evidence: joinEvidence(health.evidence, evidence)};
}

function isHopeless(evidence: Evidence): boolean {
	const code = diagnose(evidence).primary?.exitCode;
	return code === exitCodes.protocol || code === exitCodes.configuration;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await delay(ms, undefined, {signal});
	} catch {
		// Aborted: the caller looks at the signal.
		return;
	}
}
