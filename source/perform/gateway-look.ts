import type {Evidence, Observation} from '../diagnosis/evidence.js';
import type {Gateway} from '../gateway/gateway.js';
import {joinEvidence} from '../gateway/join-evidence.js';
import type {Clock} from './clock.js';

/** What one look at a gateway found. */
export type Look =
	| {readonly kind: 'usable'; readonly latencyMs: number; readonly evidence: Evidence}
	| {readonly kind: 'away'; readonly evidence: Evidence}
	/** Somebody is there, and it stays unusable until the user does something. */
	| {readonly kind: 'refused'; readonly evidence: Evidence};

/**
 * Looks at a gateway once: is it well, and with `withAccess` also: is the token accepted and the chat endpoint on? Starts no run.
 *
 * @param timeoutMs Limit of the question for its health; 10 s when absent.
 */
export async function lookOnce(
	gateway: Gateway,
	clock: Clock,
	signal: AbortSignal,
	{withAccess, timeoutMs}: {readonly withAccess: boolean; readonly timeoutMs?: number | undefined},
): Promise<Look> {
	const begunAt = clock.now();
	const {value, evidence} = await gateway.checkHealth(signal, timeoutMs === undefined ? {} : {timeoutMs});
	const latencyMs = clock.now() - begunAt;
	if (value !== 'live') return {kind: evidence.observations.some(needsTheUser) ? 'refused' : 'away', evidence};
	if (!withAccess) return {kind: 'usable', latencyMs, evidence};
	const access = await gateway.checkAccess(signal);
	const both = joinEvidence(evidence, access.evidence);
	const refused = access.value.auth === 'refused' || access.value.chat === 'off' || access.observations.some(needsTheUser);
	return refused ? {kind: 'refused', evidence: both} : {kind: 'usable', latencyMs, evidence: both};
}

/** Waiting does not change these: another kind of server, another certificate, a token that may not be sent. */
function needsTheUser(observation: Observation): boolean {
	if (observation.kind === 'peer-identified') return !['gateway', 'gateway-by-challenge', 'unknown'].includes(observation.peer);
	return ['pin-mismatch', 'credential-withheld', 'configuration-problem'].includes(observation.kind);
}
