import type {Evidence} from '../diagnosis/evidence.js';
import type {Gateway, Observed} from '../gateway/gateway.js';

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
	return {evidence: joinEvidence(identity, access), peer, ...access.value, agents, identifyMs, accessMs};
}

/** Two looks at the same gateway as one, with the times of the second counted from the start of the first. */
export function joinEvidence(first: Pick<Observed<unknown>, 'evidence'>, second: Pick<Observed<unknown>, 'evidence'>): Evidence {
	const offsetMs = Math.max(0, Date.parse(second.evidence.at) - Date.parse(first.evidence.at));
	const later = second.evidence.observations.map(observation => ({...observation, atMs: observation.atMs + offsetMs}));
	return {...second.evidence, at: first.evidence.at, observations: [...first.evidence.observations, ...later]};
}
