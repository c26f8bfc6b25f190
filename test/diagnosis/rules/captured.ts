import type {Observation} from '../../../source/diagnosis/evidence.js';

/**
 * Evidence as real gateways gave it, on loopback with a token: OpenClaw 2026.9.6 and 2026.2.9, November 2026. Only the dates are left out.
 */

const identified = {kind: 'peer-identified', layer: 'identity', atMs: 180, tookMs: 43, peer: 'gateway', address: '127.0.0.1'} as const;
const facts = {
	kind: 'gateway-facts',
	layer: 'identity',
	atMs: 183,
	tookMs: 15,
	version: '2026.9.6',
	uptimeMs: 418_269,
	failing: [],
} as const;
const greeted = {kind: 'websocket-greeted', layer: 'control', atMs: 200, tookMs: 40} as const;
const clock = {kind: 'clock-reading', layer: 'identity', atMs: 240, skewMs: 2, source: 'challenge'} as const;
const chat = {kind: 'http-answer', layer: 'chat', atMs: 240, tookMs: 87, method: 'GET', path: '/v1/chat/completions'} as const;
const models = {kind: 'http-answer', layer: 'auth', atMs: 328, tookMs: 104, method: 'GET', path: '/v1/models'} as const;
const text = {contentType: 'text/plain; charset=utf-8', body: 'text'} as const;
const json = {contentType: 'application/json; charset=utf-8', body: 'json', headers: {}} as const;
const page = {contentType: 'text/html; charset=utf-8', body: 'html', title: 'OpenClaw Control', headers: {}} as const;

const on = {...chat, ...text, status: 405, excerpt: 'Method Not Allowed', headers: {allow: 'POST'}} as const;
const off = {...chat, ...text, status: 404, excerpt: 'Not Found', headers: {}} as const;
const around = [identified, facts, greeted, clock] as const;

/** 2026.9.6, all well. */
export const healthy: readonly Observation[] = [...around, on, {...models, ...json, status: 200}];

/** 2026.9.6, held open for 18 s without `connect`: the gateway ends that itself. */
export const healthyHeld: readonly Observation[] = [
	...around,
	{
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 268,
		tookMs: 15_028,
		code: 1000,
		reason: '',
		openMs: 15_003,
		challenged: true,
		welcomed: false,
		withoutConnect: true,
		byUs: false,
	},
	on,
	{...models, ...json, status: 200},
];

/** 2026.9.6, `chatCompletions` off and `responses` on: the list of models is there all the same. */
export const chatOffResponsesOn: readonly Observation[] = [...around, off, {...models, ...json, status: 200}];

/** 2026.9.6, both off. */
export const allOff: readonly Observation[] = [...around, off, {...models, ...text, status: 404, excerpt: 'Not Found', headers: {}}];

/** 2026.9.6 with `gateway.auth.rateLimit`, after three wrong tokens. */
export const lockedOut: readonly Observation[] = [
	...around,
	on,
	{
		...models,
		...json,
		status: 429,
		errorType: 'rate_limited',
		errorMessage: 'Too many failed authentication attempts. Please try again later.',
		headers: {'retry-after': '15'},
		retryAfterMs: 15_000,
	},
];

/** 2026.9.6, another token than the gateway's, or none. */
export const refused: readonly Observation[] = [
	...around,
	on,
	{...models, ...json, status: 401, errorType: 'unauthorized', errorMessage: 'Unauthorized'},
];

const unavailable = {
	...json,
	status: 503,
	errorType: 'service_unavailable',
	errorMessage: 'Gateway is temporarily unavailable while suspending or restarting',
	errorCode: 'gateway_unavailable',
	headers: {'retry-after': '1'},
	retryAfterMs: 1000,
} as const;

/** 2026.9.6 after SIGTERM, while an answer is under way. */
export const stopping: readonly Observation[] = [
	identified,
	{kind: 'http-answer', layer: 'identity', atMs: 882, tookMs: 36, method: 'GET', path: '/readyz', ...json, status: 503},
	{...facts, failing: ['gateway-draining']},
	{
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 1061,
		tookMs: 40,
		code: 1006,
		reason: '',
		challenged: false,
		welcomed: false,
		withoutConnect: true,
		upgradeStatus: 503,
		byUs: false,
	},
	{...chat, ...unavailable},
	{...models, ...unavailable},
];

const old: readonly Observation[] = [
	{kind: 'http-answer', layer: 'identity', atMs: 222, tookMs: 116, method: 'GET', path: '/healthz', status: 200, ...page},
	{kind: 'peer-identified', layer: 'identity', atMs: 446, tookMs: 224, peer: 'gateway-by-challenge', address: '127.0.0.1', clockSkewMs: 40},
	greeted,
	clock,
];

/** 2026.2.9, all well: what it says about the token is nothing. */
export const oldHealthy: readonly Observation[] = [...old, on, {...models, ...page, status: 200}];

/** 2026.2.9, held open: it leaves 10 s. */
export const oldHeld: readonly Observation[] = [
	...old,
	{
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 232,
		tookMs: 10_021,
		code: 1000,
		reason: '',
		openMs: 10_016,
		challenged: true,
		welcomed: false,
		withoutConnect: true,
		byUs: false,
	},
	on,
	{...models, ...page, status: 200},
];

/** 2026.2.9, `chatCompletions` off. */
export const oldChatOff: readonly Observation[] = [...old, {...chat, ...page, status: 200}, {...models, ...page, status: 200}];

/** The same, asked: `POST` is refused for every path. */
export const oldChatOffAsked: readonly Observation[] = [
	...old,
	{...chat, ...text, method: 'POST', status: 405, excerpt: 'Method Not Allowed', headers: {}},
];
