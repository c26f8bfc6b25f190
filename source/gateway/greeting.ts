import {awaitChallenge} from './challenge.js';
import type {EvidenceLog} from './evidence-log.js';
import {headersBeforeIdentity, type Relation} from './relation.js';

/**
 * Opens a WebSocket to the gateway that identified itself and waits for its greeting, `connect.challenge`. Sends nothing: what closes
 * a connection that is held open so is the gateway's own limit for the handshake (15 s, then 1000 without a reason, 2026.9.6), or
 * whatever stands in between.
 *
 * @param holdMs How long the connection is held open after the greeting.
 */
export async function greet(
	relation: Relation,
	signal: AbortSignal,
	log: EvidenceLog,
	holdMs = 0,
): Promise<'greeted' | 'closed' | 'unknown'> {
	const expected = relation.gatekeeper?.at;
	if (expected === undefined) return 'unknown';
	const atMs = log.elapsed();
	let isGreeted = false;
	const onChallenge = (gatewayClockMs: number | undefined) => {
		isGreeted = true;
		log.add({kind: 'websocket-greeted', layer: 'control', atMs, tookMs: log.elapsed() - atMs});
		if (gatewayClockMs === undefined) return;
		const skewMs = Math.round(relation.now() - gatewayClockMs);
		log.add({kind: 'clock-reading', layer: 'identity', atMs: log.elapsed(), skewMs, source: 'challenge'});
	};
	const headers = headersBeforeIdentity(relation.target);
	const end = await awaitChallenge(relation.route, {expected, headers, signal, layer: 'control', holdMs, onChallenge}, log);
	if (end.closed !== undefined) log.add(end.closed);
	return isGreeted ? 'greeted' : 'closed';
}
