import type {Diagnosis} from './diagnosis.js';
import type {Evidence, Layer, NetworkFailure, Observation, WebSocketClosed} from './evidence.js';
import {findLast, isIdentified} from './find.js';
import {judgeAccess} from './ladder-proofs.js';
import type {ProbeEnded} from './surroundings.js';

/** What a look wanted to know of a layer and did not learn within its own time. */
export interface Unfinished {
	/** Place in `Evidence.observations`. */
	readonly index: number;
	/** How long it was waited, in milliseconds; absent where no time was left to wait. */
	readonly waitedMs?: number;
}

/** The id of the diagnosis that says so (`rules/unfinished.ts`). */
export const unfinishedId = 'X01';

/** Whether a diagnosis says only that something is not known: then nothing was seen to fail. */
export function isUnfinished(diagnosis: Pick<Diagnosis, 'id'> | undefined): boolean {
	return diagnosis?.id === unfinishedId;
}

/** A peer that was given less time than this was not seen to be silent, in milliseconds. */
const fairMs = 1_000;

/** A gateway's greeting is waited for so long at least before its absence means something (2 s, less what a timer may be early), in milliseconds. */
const greetingPatienceMs = 1_900;

/** The probe that tells of each layer. What others find out (versions, neighbours) is not needed for a chat. */
const probes: Readonly<Partial<Record<Layer, string>>> = {
	dns: 'dns',
	tcp: 'tcp',
	identity: 'identity',
	auth: 'access',
	chat: 'access',
	control: 'control',
};

/** Why nothing is known of a layer that was looked at: our own limit. Undefined where something is known, or it was not looked at. */
export function unfinishedAt(id: Layer, evidence: Evidence): Unfinished | undefined {
	if (isKnown(id, evidence)) return undefined;
	const index = evidence.observations.findLastIndex(
		seen => (seen.kind === 'probe-ended' && isLimitOf(id, seen)) || (seen.kind === 'network-failure' && isOurPatience(id, seen)),
	);
	const seen = evidence.observations[index];
	return seen && {index, ...waited(seen)};
}

/** Whether a request failed only because we gave it up: that is no failure of the gateway's, where it identified itself or had no time. */
export function isOnlyOurLimit(seen: Observation): boolean {
	return seen.kind === 'network-failure' && seen.timeoutMs !== undefined && (isInner(seen) || seen.timeoutMs < fairMs);
}

function isLimitOf(id: Layer, {probe, reason}: ProbeEnded): boolean {
	return reason === 'time-limit' && probes[id] === probe;
}

function isOurPatience(id: Layer, failure: NetworkFailure): boolean {
	return failure.layer === id && isOnlyOurLimit(failure);
}

function isInner({layer, phase}: NetworkFailure): boolean {
	return phase !== 'lookup' && phase !== 'connect' && (layer === 'auth' || layer === 'chat' || layer === 'control');
}

function waited(seen: Observation): {readonly waitedMs?: number} {
	const waitedMs = seen.kind === 'network-failure' ? seen.timeoutMs : seen.tookMs;
	return waitedMs === undefined || waitedMs < fairMs ? {} : {waitedMs};
}

function isKnown(id: Layer, evidence: Evidence): boolean {
	switch (id) {
		case 'config':
		case 'tls':
			return true;
		case 'dns':
		case 'tcp':
			return isIdentified(evidence) || findLast(evidence, 'tcp-attempt', ({outcome}) => outcome === 'connected') !== undefined;
		case 'identity':
			return isIdentified(evidence);
		case 'auth':
			return judgeAccess(evidence).auth !== 'unknown' || findLast(evidence, 'http-answer', ({layer}) => layer === 'auth') !== undefined;
		case 'chat':
			return judgeAccess(evidence).chat !== 'unknown' || findLast(evidence, 'http-answer', ({layer}) => layer === 'chat') !== undefined;
		case 'control':
			return (
				findLast(evidence, 'websocket-greeted') !== undefined ||
				findLast(evidence, 'websocket-closed', closed => closed.layer === 'control' && tells(closed)) !== undefined
			);
	}
}

/** What we closed ourselves tells something only when the greeting was waited for as long as one may take. */
function tells({byUs, openMs = 0}: WebSocketClosed): boolean {
	return !byUs || openMs >= greetingPatienceMs;
}
