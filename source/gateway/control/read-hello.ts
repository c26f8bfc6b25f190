import type {ControlWelcomed} from '../../diagnosis/evidence.js';
import {Secret} from '../../diagnosis/redact.js';
import type {DeviceToken, Hello} from '../control-plane.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

export interface Welcome {
	readonly hello: Hello;
	/** What the gateway gave this device. From then on it is taken out of every text, those of the same welcome too. */
	readonly issued?: DeviceToken;
}

/** What welcomed us, and when. */
export interface WelcomeContext {
	readonly requestedScopes: readonly string[];
	readonly atMs: number;
	readonly tookMs: number;
	/** Wall clock, milliseconds since the epoch. */
	readonly nowMs: number;
}

const defaultTickMs = 30_000;
/** Ticks that come more rarely would find a dead connection too late, and timers cannot wait for weeks. */
const longestTickMs = 600_000;
const defaultPayloadBytes = 524_288;
const mostMethods = 2_000;
const mostScopes = 50;

/** Reads `hello-ok` of protocols 3 and 4; whatever is not as expected is left out. */
export function readHello(payload: unknown, context: WelcomeContext): Welcome {
	const hello = recordOf(payload);
	const secret = tokenIn(recordOf(hello['auth']));
	const server = recordOf(hello['server']);
	const snapshot = recordOf(hello['snapshot']);
	const auth = recordOf(hello['auth']);
	const policy = recordOf(hello['policy']);
	const session = recordOf(snapshot['sessionDefaults']);
	const scopes = Array.isArray(auth['scopes']) ? wordsOf(auth['scopes'], mostScopes) : context.requestedScopes;
	const uptimeMs = uptimeOf(snapshot['uptimeMs'], context.nowMs);
	const protocol = countOf(hello['protocol']) ?? 3;
	const version = wordOf(server['version']);
	const bootId = wordOf(server['bootId']);
	const method = wordOf(auth['method']);
	const mainSessionKey = wordOf(session['mainSessionKey']);
	const defaultAgent = wordOf(session['defaultAgentId']);
	const welcomed: ControlWelcomed = {
		kind: 'control-welcomed',
		layer: 'control',
		atMs: context.atMs,
		tookMs: context.tookMs,
		protocol,
		...(version === undefined ? {} : {version}),
		...(bootId === undefined ? {} : {bootId}),
		...(uptimeMs === undefined ? {} : {uptimeMs}),
		scopes,
		missingScopes: context.requestedScopes.filter(scope => !scopes.includes(scope)),
		...(method === undefined ? {} : {authMethod: method}),
	};
	return {
		hello: {
			protocol,
			...(version === undefined ? {} : {version}),
			...(bootId === undefined ? {} : {bootId}),
			...(uptimeMs === undefined ? {} : {startedAt: context.nowMs - uptimeMs}),
			scopes,
			methods: new Set(wordsOf(recordOf(hello['features'])['methods'], mostMethods)),
			tickIntervalMs: Math.min(longestTickMs, Math.max(1_000, countOf(policy['tickIntervalMs']) ?? defaultTickMs)),
			maxPayloadBytes: countOf(policy['maxPayload']) ?? defaultPayloadBytes,
			...(mainSessionKey === undefined ? {} : {mainSessionKey}),
			...(defaultAgent === undefined ? {} : {defaultAgent}),
			welcomed,
		},
		...(secret === undefined ? {} : {issued: {secret, scopes}}),
	};
}

/** Secrets are taken out of every text that is shown: what could be a word is none. OpenClaw's have 43 characters. */
function tokenIn({deviceToken}: Readonly<Record<string, unknown>>): Secret | undefined {
	return typeof deviceToken === 'string' && /^[!-~]{16,4096}$/.test(deviceToken) ? new Secret(deviceToken) : undefined;
}

/** Nothing runs since before the epoch. */
function uptimeOf(value: unknown, nowMs: number): number | undefined {
	const uptimeMs = countOf(value);
	return uptimeMs !== undefined && uptimeMs <= nowMs ? uptimeMs : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return isRecord(value) ? value : {};
}

function wordOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? plainLine(value, 120) : undefined;
}

function wordsOf(value: unknown, most: number): readonly string[] {
	return Array.isArray(value) ? value.slice(0, most).flatMap(word => wordOf(word) ?? []) : [];
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
