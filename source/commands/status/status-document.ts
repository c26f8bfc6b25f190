import {controlChats, standingWelcome} from '../../diagnosis/control-chat.js';
import type {Findings} from '../../diagnosis/diagnosis.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {canAct, nodesIn} from '../../diagnosis/execution-plane.js';
import {findLast, isIdentified} from '../../diagnosis/find.js';
import {climb} from '../../diagnosis/ladder.js';
import {judgeAccess} from '../../diagnosis/ladder-proofs.js';
import {redactTexts} from '../../diagnosis/redact.js';
import {isUnfinished} from '../../diagnosis/unfinished.js';
import {exitCodes} from '../../exit-codes.js';
import type {ClientReport} from './describe-client.js';
import type {Checked} from './status-check.js';

/** `clawtalk.status/1`, described in docs/status-json.md: stable, new keys may be added. */
export function statusDocument({evidence, findings, profile, agents, durationMs, endedBy}: Checked, client: ClientReport | null): unknown {
	const {credential, target, at, observations} = evidence;
	const {primary, alternatives, notes} = findings;
	return withoutSecrets({
		schema: 'clawtalk.status/1',
		ok: primary === undefined && endedBy === undefined,
		exitCode: endedBy ?? primary?.exitCode ?? exitCodes.ok,
		at,
		durationMs,
		client,
		target: {...target, profile: profile ?? null, proxy: target.proxy ?? null, resolved: resolvedIn(evidence)},
		auth: {credential: credential.set ? 'token' : 'none', ...credential},
		peer: peerIn(evidence),
		agents,
		layers: climb(evidence, findings),
		control: controlIn(evidence),
		nodes: nodesIn(evidence) ?? null,
		capability: capabilityIn(evidence, findings),
		diagnoses: [...(primary ? [primary] : []), ...alternatives],
		notes,
		retryAfterMs: primary?.retryAfterMs ?? null,
		observations,
	});
}

export function withoutSecrets(document: unknown): unknown {
	return redactTexts(document);
}

function resolvedIn(evidence: Evidence): readonly string[] {
	const lookup = findLast(evidence, 'name-lookup', ({resolver}) => resolver === 'system')?.observation;
	return lookup?.addresses.map(({address}) => address) ?? [];
}

function peerIn(evidence: Evidence) {
	const peer = findLast(evidence, 'peer-identified')?.observation;
	if (peer === undefined) return null;
	const version = findLast(evidence, 'gateway-facts', facts => facts.version !== undefined)?.observation.version;
	const clockSkewMs = peer.clockSkewMs ?? findLast(evidence, 'clock-reading')?.observation.skewMs;
	return {kind: peer.peer, address: peer.address ?? null, version: version ?? null, clockSkewMs: clockSkewMs ?? null};
}

/** How the control plane let us in; null when it did not, or was not asked. */
function controlIn(evidence: Evidence) {
	const welcome = standingWelcome(evidence)?.observation;
	if (welcome === undefined) return null;
	const {protocol, version, bootId, uptimeMs, scopes, missingScopes, authMethod} = welcome;
	return {
		...{protocol, version: version ?? null, bootId: bootId ?? null, uptimeMs: uptimeMs ?? null, scopes, missingScopes},
		authMethod: authMethod ?? null,
	};
}

function capabilityIn(evidence: Evidence, {primary}: Findings) {
	const {auth, chat} = judgeAccess(evidence);
	const isThere = findLast(evidence, 'peer-identified') !== undefined && isIdentified(evidence);
	return {
		reach: isThere ? 'yes' : primary === undefined || isUnfinished(primary) ? 'unknown' : 'no',
		auth: {ok: 'yes', refused: 'no', unknown: 'unknown'}[auth],
		chat: controlChats(evidence) ? 'yes' : {on: 'yes', off: 'no', unknown: 'unknown'}[chat],
		tools: canAct(nodesIn(evidence)),
	};
}
