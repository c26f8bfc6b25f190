import type {HttpAnswer} from '../diagnosis/evidence.js';
import type {GatewayFacts} from '../diagnosis/surroundings.js';
import {askWithoutToken} from './access.js';
import {observeAnswer, readBodyStart} from './answer-observation.js';
import type {EvidenceLog} from './evidence-log.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';
import type {Relation} from './relation.js';

const factsTimeoutMs = 2_000;
const mostBodyBytes = 16_384;
const mostFailing = 16;

/** One answer and what its JSON says; undefined when nobody answered. */
interface Said {
	readonly answer: HttpAnswer;
	readonly json: Readonly<Record<string, unknown>>;
}

/**
 * Asks `/readyz` and `/startupz` without the token: version, uptime and what is failing (2026.9.6, open on loopback; elsewhere they may
 * answer 403 or less, openclaw/openclaw#134735). Gateways that show their web page there tell nothing.
 */
export async function askFacts(relation: Relation, signal: AbortSignal, log: EvidenceLog, timeoutMs = factsTimeoutMs): Promise<undefined> {
	if (relation.gatekeeper?.kind !== 'gateway') return;
	const atMs = log.elapsed();
	const [ready, started] = await Promise.all([
		askOne(relation, '/readyz', signal, log, timeoutMs),
		askOne(relation, '/startupz', signal, log, timeoutMs),
	]);
	log.add(...[ready, started].flatMap(said => (said !== undefined && meansSomething(said) ? [said.answer] : [])));
	const facts = factsIn(ready?.json ?? {}, started?.json ?? {});
	if (Object.keys(facts).length > 0) {
		log.add({kind: 'gateway-facts', layer: 'identity', atMs, tookMs: log.elapsed() - atMs, ...facts});
	}
}

async function askOne(
	relation: Relation,
	path: '/readyz' | '/startupz',
	signal: AbortSignal,
	log: EvidenceLog,
	timeoutMs: number,
): Promise<Said | undefined> {
	const request = {method: 'GET', path, layer: 'identity'} as const;
	const answer = await askWithoutToken(relation, request, signal, log, timeoutMs);
	// That nobody answers here says less than the answers to identity and access do.
	if (!answer.answered) return undefined;
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const observed = observeAnswer(answer, request, body, log, relation.now);
	const json = observed.body === 'json' ? parseJson(body.text) : undefined;
	return {answer: observed, json: isRecord(json) ? json : {}};
}

/** Starting, draining and 403 are observations of their own; a channel that is down (any other `failing`) is only a fact. */
function meansSomething({answer: {status}, json}: Said): boolean {
	if (status === 403) return true;
	return status === 503 && (json['status'] === 'starting' || failingIn(json).some(part => /drain|start/i.test(part)));
}

function factsIn(ready: Said['json'], started: Said['json']): Pick<GatewayFacts, 'version' | 'uptimeMs' | 'failing'> {
	const version = started['version'];
	const uptimeMs = started['uptimeMs'] ?? ready['uptimeMs'];
	return {
		...(typeof version === 'string' && version !== '' ? {version: plainLine(version, 40)} : {}),
		...(typeof uptimeMs === 'number' && Number.isFinite(uptimeMs) ? {uptimeMs: Math.round(uptimeMs)} : {}),
		...(Array.isArray(ready['failing']) ? {failing: failingIn(ready)} : {}),
	};
}

function failingIn({failing}: Said['json']): readonly string[] {
	if (!Array.isArray(failing)) return [];
	return failing.flatMap(part => (typeof part === 'string' ? [plainLine(part, 80)] : [])).slice(0, mostFailing);
}
