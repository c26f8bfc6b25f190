import type {ControlWelcomed} from '../../diagnosis/evidence.js';
import {Secret} from '../../diagnosis/redact.js';
import type {DeviceToken, Hello} from '../control-plane.js';
import {plainLine} from '../plain-text.js';
import {type Fields, fieldsOf, isAmount, lineIn} from './fields.js';

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
const wordLength = 120;

/** Reads `hello-ok` of protocols 3 and 4; whatever is not as expected is left out. */
export function readHello(payload: unknown, context: WelcomeContext): Welcome {
	const hello = fieldsOf(payload);
	const auth = fieldsOf(hello['auth']);
	// Before anything else is read: from here on it is taken out of every text.
	const secret = tokenIn(auth);
	const server = fieldsOf(hello['server']);
	const snapshot = fieldsOf(hello['snapshot']);
	const policy = fieldsOf(hello['policy']);
	const session = fieldsOf(snapshot['sessionDefaults']);
	const scopes = Array.isArray(auth['scopes']) ? wordsOf(auth['scopes'], mostScopes) : context.requestedScopes;
	const uptimeMs = uptimeIn(snapshot, context.nowMs);
	const protocol = amountIn(hello, 'protocol', 3);
	const version = lineIn(server, 'version', wordLength);
	const bootId = lineIn(server, 'bootId', wordLength);
	const method = lineIn(auth, 'method', wordLength);
	const mainSessionKey = lineIn(session, 'mainSessionKey', wordLength);
	const defaultAgent = lineIn(session, 'defaultAgentId', wordLength);
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
			methods: new Set(wordsOf(fieldsOf(hello['features'])['methods'], mostMethods)),
			tickIntervalMs: Math.min(longestTickMs, Math.max(1_000, amountIn(policy, 'tickIntervalMs', defaultTickMs))),
			maxPayloadBytes: amountIn(policy, 'maxPayload', defaultPayloadBytes),
			...(mainSessionKey === undefined ? {} : {mainSessionKey}),
			...(defaultAgent === undefined ? {} : {defaultAgent}),
			welcomed,
		},
		...(secret === undefined ? {} : {issued: {secret, scopes}}),
	};
}

/** Secrets are taken out of every text that is shown: what could be a word is none. OpenClaw's have 43 characters. */
function tokenIn({deviceToken}: Fields): Secret | undefined {
	return typeof deviceToken === 'string' && /^[!-~]{16,4096}$/.test(deviceToken) ? new Secret(deviceToken) : undefined;
}

/** Nothing runs since before the epoch. */
function uptimeIn({uptimeMs}: Fields, nowMs: number): number | undefined {
	return isAmount(uptimeMs) && uptimeMs <= nowMs ? uptimeMs : undefined;
}

function wordsOf(value: unknown, most: number): readonly string[] {
	if (!Array.isArray(value)) return [];
	return value.slice(0, most).flatMap(word => (typeof word === 'string' && word !== '' ? plainLine(word, wordLength) : []));
}

function amountIn(fields: Fields, name: string, otherwise: number): number {
	const value = fields[name];
	return isAmount(value) ? value : otherwise;
}
