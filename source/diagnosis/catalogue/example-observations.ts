import type {
	ConfigurationProblem,
	ControlRefused,
	ControlWelcomed,
	HttpAnswer,
	NetworkFailure,
	Observation,
	StreamEnded,
	TargetEvidence,
	ToolFailed,
	WebSocketClosed,
} from '../evidence.js';
import type {ClientFacts, LocalOpenClawLook, SiblingLook, TailscaleLook, TcpAttempt} from '../surroundings.js';

/** Pieces of the examples. Addresses are those for documentation (RFC 5737) or a tailnet's; nothing of them exists. */
export const address = '192.0.2.7';
export const tailnetAddress = '100.64.0.7';
export const port = 18789;

export const loopback: Partial<TargetEvidence> = {origin: `http://127.0.0.1:${port}`, addressClass: 'loopback'};
export const tailnet: Partial<TargetEvidence> = {origin: `http://${tailnetAddress}:${port}`, addressClass: 'cgnat'};
export const tailnetName: Partial<TargetEvidence> = {origin: `http://box.tail1234.ts.net:${port}`, addressClass: 'tailnet-name'};
export const served: Partial<TargetEvidence> = {origin: 'https://box.tail1234.ts.net', addressClass: 'tailnet-name'};
export const overTls: Partial<TargetEvidence> = {origin: `https://gateway.example:${port}`, addressClass: 'private'};
export const byPublicName: Partial<TargetEvidence> = {origin: 'https://gateway.example', addressClass: 'public'};

export const identified: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'gateway'};
export const stranger: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'other-web-server'};
export const nobody: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'unknown'};

/** A refused, unanswered or unreachable connection to an address. */
export function connectFailure(code: string, to: string = address, at: number = port): NetworkFailure {
	return {
		...{kind: 'network-failure', layer: 'tcp', atMs: 2, tookMs: 3, method: 'GET', path: '/healthz', phase: 'connect'},
		attempts: [{code, syscall: 'connect', address: to, port: at, message: `connect ${code} ${to}:${at}`}],
	};
}

export function failure(phase: NetworkFailure['phase'], code: string, more: Partial<NetworkFailure> = {}): NetworkFailure {
	const layer = ({lookup: 'dns', connect: 'tcp', tls: 'tls', request: 'identity', body: 'chat'} as const)[phase];
	return {
		...{kind: 'network-failure', layer, atMs: 2, tookMs: 4, method: 'GET', path: '/healthz', phase},
		attempts: [{code, message: code}],
		...more,
	};
}

export function lookupFailure(code: string, name = 'gateway.example'): NetworkFailure {
	return failure('lookup', code, {attempts: [{code, syscall: 'getaddrinfo', message: `getaddrinfo ${code} ${name}`}]});
}

/** An answer to a question with the token, unless told otherwise. */
export function answer(status: number, more: Partial<HttpAnswer> = {}): HttpAnswer {
	return {
		...{kind: 'http-answer', layer: 'chat', atMs: 5, tookMs: 6, method: 'POST', path: '/v1/chat/completions', status},
		body: 'json',
		headers: {},
		...more,
	};
}

/** An answer to the first question, which is asked without the token. */
export function healthAnswer(status: number, more: Partial<HttpAnswer> = {}): HttpAnswer {
	return answer(status, {layer: 'identity', method: 'GET', path: '/healthz', body: 'text', ...more});
}

export function modelsAnswer(status: number, more: Partial<HttpAnswer> = {}): HttpAnswer {
	return answer(status, {layer: 'auth', method: 'GET', path: '/v1/models', ...more});
}

export function ended(ending: StreamEnded['ending'], more: Partial<StreamEnded> = {}): StreamEnded {
	return {
		...{kind: 'stream-ended', layer: 'chat', atMs: 9000, ending, textLength: 0, events: 2, malformed: 0, silentMs: 200},
		...more,
	};
}

export function closed(code: number, reason: string, more: Partial<WebSocketClosed> = {}): WebSocketClosed {
	return {
		...{kind: 'websocket-closed', layer: 'control', atMs: 40, code, reason, openMs: 30, challenged: true, welcomed: false, byUs: false},
		...more,
	};
}

/** The gateway answers the handshake with no. */
export function refused(detail: string, message: string, more: Partial<ControlRefused> = {}): ControlRefused {
	return {kind: 'control-refused', layer: 'control', atMs: 30, code: 'INVALID_REQUEST', detail, message, with: 'token', ...more};
}

export function welcomed(more: Partial<ControlWelcomed> = {}): ControlWelcomed {
	const scopes = ['operator.read', 'operator.write'];
	return {kind: 'control-welcomed', layer: 'control', atMs: 30, protocol: 4, version: '2026.9.6', scopes, missingScopes: [], ...more};
}

export function toolFailed(message: string, more: Partial<ToolFailed> = {}): ToolFailed {
	return {kind: 'tool-failed', layer: 'control', atMs: 900, tool: 'exec', message, ...more};
}

export function problem(row: string, setting: string, message: string, suggestion?: string): ConfigurationProblem {
	return {
		kind: 'configuration-problem',
		layer: 'config',
		atMs: 0,
		row,
		setting,
		message,
		...(suggestion === undefined ? {} : {suggestion}),
	};
}

/** A bare connection; `outcome` is `connected`, `no-answer`, or the code of its failure. */
export function attempt(outcome: string, to: string = address, round = 1, more: Partial<TcpAttempt> = {}): TcpAttempt {
	const failed = outcome !== 'connected' && outcome !== 'no-answer';
	return {
		...{kind: 'tcp-attempt', layer: 'tcp', atMs: 4 * round, tookMs: 2, address: to, addressClass: 'private', port, round},
		outcome: failed ? 'failed' : outcome,
		...(failed ? {failure: {code: outcome, syscall: 'connect', address: to, port, message: `connect ${outcome} ${to}:${port}`}} : {}),
		...more,
	};
}

export function sibling(relation: SiblingLook['relation'], origin: string, more: Partial<SiblingLook> = {}): SiblingLook {
	return {kind: 'sibling-look', layer: 'tcp', atMs: 20, tookMs: 8, relation, origin, addressClass: 'loopback', outcome: 'gateway', ...more};
}

export function tailscale(state: string, more: Partial<TailscaleLook> = {}): TailscaleLook {
	return {kind: 'tailscale-look', layer: 'dns', atMs: 30, tookMs: 40, state, onlinePeers: ['box.tail1234.ts.net'], ...more};
}

export function localOpenClaw(more: Partial<LocalOpenClawLook>): LocalOpenClawLook {
	return {
		kind: 'local-openclaw',
		layer: 'config',
		atMs: 1,
		state: 'read',
		port,
		bind: 'loopback',
		mode: 'local',
		token: 'literal',
		...more,
	};
}

export function client(more: Partial<ClientFacts> = {}): ClientFacts {
	return {
		...{kind: 'client-facts', layer: 'config', atMs: 0, version: '0.1.0', node: '24.16.0', undici: '8.12.4', platform: 'linux x64'},
		...{hostname: 'laptop', overSsh: false, sshOverTailnet: false, proxyVariables: [], nodeFlags: []},
		...more,
	};
}
