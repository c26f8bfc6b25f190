import type {Evidence} from '../diagnosis/evidence.js';
import type {Gateway} from '../gateway/gateway.js';
import {joinEvidence} from '../gateway/join-evidence.js';

/** What a look at a gateway brought to light. */
export interface Look {
	readonly evidence: Evidence;
	readonly peer: 'gateway' | 'gateway-by-challenge' | undefined;
	readonly auth: 'ok' | 'refused' | 'unknown';
	readonly chat: 'on' | 'off' | 'unknown';
	readonly agents: readonly string[];
	/** Milliseconds; absent when that part was not reached. */
	readonly identifyMs: number;
	readonly accessMs?: number;
}

/**
 * Looks from the outside in: who is there, is the token taken, is the chat endpoint on. Starts no run. The user asked for it, so a
 * token that was refused before is tried once more.
 */
export async function lookAtGateway(gateway: Gateway, signal: AbortSignal, now: () => number = () => performance.now()): Promise<Look> {
	await gateway.forgetRefusal();
	const startedAt = now();
	const identity = await gateway.identify(signal);
	const identifyMs = Math.round(now() - startedAt);
	const {value: peer, evidence} = identity;
	if (peer === undefined) return {evidence, peer, auth: 'unknown', chat: 'unknown', agents: [], identifyMs};
	const access = await gateway.checkAccess(signal);
	const accessMs = Math.round(now() - startedAt) - identifyMs;
	const agents = access.value.auth === 'ok' ? (await gateway.listAgents(signal)).value : [];
	return {evidence: joinEvidence(evidence, access.evidence), peer, ...access.value, agents, identifyMs, accessMs};
}
