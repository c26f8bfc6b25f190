import type {HttpAnswer, Layer} from '../diagnosis/evidence.js';
import {observeAnswer, readBodyStart} from './answer-observation.js';
import {askGateway, recordRefusal} from './authenticated-exchange.js';
import type {EvidenceLog} from './evidence-log.js';
import {type Exchange, exchange, type NoExchange} from './exchange.js';
import {isRecord, parseJson} from './json.js';
import {headersBeforeIdentity, type Relation} from './relation.js';
import {chatPath} from './request-body.js';

const requestTimeoutMs = 10_000;
const mostBodyBytes = 262_144;

/** The answer to `GET /v1/models` with the token. */
export interface ModelsAnswer {
	/** Agent ids, when it was a list. */
	readonly agents?: readonly string[];
	/** Absent when nothing was asked, or nobody answered. */
	readonly answer?: HttpAnswer;
}

/**
 * Asks for the models, which on OpenClaw are its agents. 2026.2.9 answers with the HTML of its Control UI, with or without a token:
 * then nothing is known.
 */
export async function askModels(
	relation: Relation,
	signal: AbortSignal,
	log: EvidenceLog,
	timeoutMs = requestTimeoutMs,
): Promise<ModelsAnswer> {
	const request = {method: 'GET', path: '/v1/models', layer: 'auth'} as const;
	const answer = await askGateway(relation, {...request, signal, timeoutMs}, log);
	if (!answer.answered) return {};
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const observed = observeAnswer(answer, request, body, log, relation.now);
	log.add(observed);
	await recordRefusal(relation, observed);
	const agents = answer.status === 200 ? readAgents(parseJson(body.text)) : undefined;
	return {answer: observed, ...(agents === undefined ? {} : {agents})};
}

/** Whether the answer to `GET /v1/models` leaves open if the token is good: gateways before 2026.7 have no such list, or a web page there. */
export function saysNothing({status, body}: HttpAnswer): boolean {
	return status === 404 || (status === 200 && body === 'html');
}

/**
 * Whether the token is good, by a question without content: 400 says yes and starts no run, 401 says no (2026.2.9 and 2026.9.6 alike).
 * Only for a chat endpoint that is on, where `GET /v1/models` says nothing.
 */
export async function askEmptyChat(
	relation: Relation,
	signal: AbortSignal,
	log: EvidenceLog,
	timeoutMs = requestTimeoutMs,
): Promise<'ok' | 'refused' | 'unknown'> {
	const request = {method: 'POST', path: chatPath, layer: 'auth'} as const;
	const headers = {'content-type': 'application/json'};
	const answer = await askGateway(relation, {...request, headers, body: '{}', signal, timeoutMs}, log);
	if (!answer.answered) return 'unknown';
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const observed = observeAnswer(answer, request, body, log, relation.now);
	log.add(observed);
	await recordRefusal(relation, observed);
	if (observed.status === 401) return 'refused';
	return observed.status === 400 && observed.errorType !== undefined ? 'ok' : 'unknown';
}

/** Agent ids out of `{"data":[{"id":"openclaw/main"}]}`; `openclaw` and `openclaw/default` name no agent of their own. */
export function readAgents(json: unknown): readonly string[] | undefined {
	const data = isRecord(json) ? json['data'] : undefined;
	if (!Array.isArray(data)) return undefined;
	return data
		.map((model: unknown) => (isRecord(model) && typeof model['id'] === 'string' ? model['id'] : ''))
		.filter(id => /^openclaw\/[\w.-]{1,64}$/.test(id) && id !== 'openclaw/default')
		.map(id => id.slice('openclaw/'.length));
}

/**
 * Whether the chat endpoint is on, without the token and without a run: `GET` gives 405 with `Allow: POST` when it is
 * (2026.9.6 and 2026.2.9 alike, before the token is looked at), and 404 or the Control UI's HTML when it is off.
 */
export async function askChatEndpoint(
	relation: Relation,
	signal: AbortSignal,
	log: EvidenceLog,
	timeoutMs = requestTimeoutMs,
): Promise<'on' | 'off' | 'unknown'> {
	const request = {method: 'GET', path: chatPath, layer: 'chat'} as const;
	const answer = await askWithoutToken(relation, request, signal, log, timeoutMs);
	if (!answer.answered) {
		log.add(answer.observation);
		return 'unknown';
	}
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const observed = observeAnswer(answer, request, body, log, relation.now);
	log.add(observed);
	return judgeChatEndpoint(observed);
}

/** Whether the gateway says that it is starting or stopping. Whatever else it answers, or nobody, is no such word. */
export async function askReadiness(relation: Relation, signal: AbortSignal, log: EvidenceLog): Promise<'ready' | 'not-ready'> {
	const request = {method: 'GET', path: '/readyz', layer: 'identity'} as const;
	const answer = await askWithoutToken(relation, request, signal, log);
	if (!answer.answered) return 'ready';
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const json = answer.status === 503 ? parseJson(body.text) : undefined;
	const failing = isRecord(json) && Array.isArray(json['failing']) ? json['failing'] : [];
	if (!failing.some(part => typeof part === 'string' && /drain|start/i.test(part))) return 'ready';
	log.add(observeAnswer(answer, request, body, log, relation.now));
	return 'not-ready';
}

/** One request without the token to the peer that identified itself. */
export function askWithoutToken(
	relation: Relation,
	request: {readonly method: 'GET'; readonly path: string; readonly layer: Layer},
	signal: AbortSignal,
	log: EvidenceLog,
	timeoutMs = requestTimeoutMs,
): Promise<Exchange | NoExchange> {
	const expected = relation.gatekeeper?.at;
	const headers = headersBeforeIdentity(relation.target);
	const more = expected === undefined ? {} : {expected};
	return exchange(relation.route, {...request, headers, signal, timeoutMs, ...more}, log);
}

/** What the answer to `GET` on the chat endpoint says; see `askChatEndpoint`. */
export function judgeChatEndpoint({status, headers, body}: Pick<HttpAnswer, 'status' | 'headers' | 'body'>): 'on' | 'off' | 'unknown' {
	if (status === 405) return /\bPOST\b/i.test(headers['allow'] ?? '') ? 'on' : 'unknown';
	return status === 404 || (status === 200 && body === 'html') ? 'off' : 'unknown';
}
