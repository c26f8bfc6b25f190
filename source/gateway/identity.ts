import type {HttpAnswer, PeerKind} from '../diagnosis/evidence.js';
import type {ClockReading} from '../diagnosis/surroundings.js';
import type {AddressClass} from '../network/address-class.js';
import type {ConnectedPeer} from '../network/connector.js';
import {type BodyStart, observeAnswer, readBodyStart} from './answer-observation.js';
import {awaitChallenge} from './challenge.js';
import type {EvidenceLog} from './evidence-log.js';
import {exchange, type Route} from './exchange.js';
import {isRecord, parseJson} from './json.js';

/** A peer that proved to be a gateway, and where it is. */
export interface Gatekeeper {
	readonly kind: 'gateway' | 'gateway-by-challenge';
	readonly at: ConnectedPeer;
}

export interface Probe {
	/** Absent when nobody answered. */
	readonly kind?: PeerKind;
	readonly at: ConnectedPeer;
	/** The `status` word of a gateway's /healthz: `live`, `starting`, `draining`. */
	readonly status?: string;
}

export interface ProbeOptions {
	readonly addressClass: AddressClass;
	/** Sent along: headers of the profile on https, none on http. Never the token. */
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** Who was there before: an old gateway at the same place is not challenged anew. */
	readonly known?: Gatekeeper | undefined;
	/** Limit of the request, milliseconds. */
	readonly timeoutMs?: number | undefined;
	/** Whether to observe the clock of whoever answers. */
	readonly withClock?: boolean | undefined;
}

const probe = {method: 'GET', path: '/healthz', layer: 'identity'} as const;
const probeTimeoutMs = 10_000;
const mostBodyBytes = 4_096;

/**
 * Asks who is there: `GET /healthz` without the token, redirects not followed. JSON `{"ok":true}` is a gateway of 2026.3 or later.
 * Older ones answer every GET with the HTML of their Control UI (2026.2.9), or 404 where that is off: there a WebSocket is opened
 * and must be challenged.
 */
export async function probePeer(route: Route, options: ProbeOptions, log: EvidenceLog, now: () => number): Promise<Probe> {
	const {timeoutMs = probeTimeoutMs} = options;
	const answer = await exchange(route, {...probe, headers: options.headers, signal: options.signal, timeoutMs}, log);
	if (!answer.answered) {
		log.add(answer.observation);
		return {at: {}};
	}
	const body = await readBodyStart(answer, mostBodyBytes, log);
	const observed = observeAnswer(answer, probe, body, log, now);
	const {peer} = answer;
	if (options.withClock === true) log.add(...readDate(observed, now()));
	const kind = judge(observed, body, options.addressClass);
	if (kind !== 'maybe-old-gateway') {
		log.add(...(kind === 'gateway' ? [] : [observed]), identified(kind, peer, answer.atMs, log));
		const status = kind === 'gateway' ? wordOf(body) : undefined;
		return {kind, at: peer, ...(status === undefined ? {} : {status})};
	}
	if (options.known?.kind === 'gateway-by-challenge' && isSamePlace(options.known.at, peer)) {
		log.add(identified('gateway-by-challenge', peer, answer.atMs, log));
		return {kind: 'gateway-by-challenge', at: peer};
	}
	return await challengePeer(route, options, observed, peer, log, now);
}

async function challengePeer(
	route: Route,
	options: ProbeOptions,
	observed: HttpAnswer,
	peer: ConnectedPeer,
	log: EvidenceLog,
	now: () => number,
): Promise<Probe> {
	const challenge = await awaitChallenge(route, {expected: peer, headers: options.headers, signal: options.signal}, log);
	if (!challenge.challenged && options.signal.aborted) {
		// Ended before a greeting could be missed: then it is not known who that is.
		log.add(observed, challenge.closed);
		return {at: {}};
	}
	if (!challenge.challenged) {
		log.add(observed, challenge.closed, identified('other-web-server', peer, observed.atMs, log));
		return {kind: 'other-web-server', at: peer};
	}
	const {gatewayClockMs} = challenge;
	const clockSkewMs = gatewayClockMs === undefined ? undefined : now() - gatewayClockMs;
	log.add(observed, {...identified('gateway-by-challenge', peer, observed.atMs, log), ...(clockSkewMs === undefined ? {} : {clockSkewMs})});
	return {kind: 'gateway-by-challenge', at: peer};
}

export function isSamePlace(one: ConnectedPeer, other: ConnectedPeer): boolean {
	return one.address === other.address && one.fingerprint === other.fingerprint;
}

/** @param askedAtMs When the first question about the peer went out. */
function identified(kind: PeerKind, peer: ConnectedPeer, askedAtMs: number, log: EvidenceLog) {
	return {
		kind: 'peer-identified',
		layer: 'identity',
		atMs: log.elapsed(),
		tookMs: log.elapsed() - askedAtMs,
		peer: kind,
		...(peer.address === undefined ? {} : {address: peer.address}),
	} as const;
}

/** The clock of the peer from its `Date` header (RFC 9110 §6.6.1), which has whole seconds. */
function readDate({headers, atMs}: HttpAnswer, nowMs: number): readonly ClockReading[] {
	const gatewayMs = Date.parse(headers['date'] ?? '');
	if (Number.isNaN(gatewayMs)) return [];
	return [{kind: 'clock-reading', layer: 'identity', atMs, skewMs: Math.round(nowMs - gatewayMs), source: 'date-header'}];
}

/** What an answer to `GET /healthz` proves. */
export function judge(answer: HttpAnswer, body: BodyStart, addressClass: AddressClass): PeerKind | 'maybe-old-gateway' {
	if (answer.status >= 300 && answer.status < 400) return 'redirect';
	const json = answer.body === 'json' ? parseJson(body.text) : undefined;
	if (isRecord(json) && !Array.isArray(json)) {
		if (answer.status === 200 && json['ok'] === true) return 'gateway';
		if (json['type'] === 'error' && isRecord(json['error'])) return 'plugin-proxy';
	}
	// The pass-through proxy of the ClawTalk plugin answers so when its upstream fails.
	const isBadGateway = answer.status === 502 && body.text.trim() === 'Bad Gateway' && addressClass === 'loopback';
	if (isBadGateway && answer.headers['server'] === undefined) return 'plugin-proxy';
	if (answer.status === 200 || answer.status === 404) return answer.body === 'json' ? 'other-web-server' : 'maybe-old-gateway';
	return [403, 407, 429].includes(answer.status) || answer.status >= 500 ? 'unknown' : 'other-web-server';
}

function wordOf(body: BodyStart): string | undefined {
	const json = parseJson(body.text);
	return isRecord(json) && typeof json['status'] === 'string' ? json['status'] : undefined;
}
