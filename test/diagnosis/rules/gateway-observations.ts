import type {
	ControlRefused,
	ControlWelcomed,
	HttpAnswer,
	NodeSeen,
	Observation,
	ToolFailed,
	WebSocketClosed,
} from '../../../source/diagnosis/evidence.js';
import type {CertificateFacts, ClientFacts, GatewayFacts, LocalOpenClawLook, TlsLook} from '../../../source/diagnosis/surroundings.js';
import {answer} from '../evidence-of.js';

/** How the control plane closed; challenged and not welcomed, unless told otherwise. */
export function closed(code: number, reason = '', more: Partial<WebSocketClosed> = {}): WebSocketClosed {
	return {
		kind: 'websocket-closed',
		layer: 'control',
		atMs: 9,
		code,
		reason,
		challenged: true,
		welcomed: false,
		byUs: false,
		...more,
	};
}

/** The gateway answers the handshake with no, as 2026.9.6 does. */
export function refused(detail: string | undefined, message: string, more: Partial<ControlRefused> = {}): ControlRefused {
	const known = detail === undefined ? {} : {detail};
	return {kind: 'control-refused', layer: 'control', atMs: 8, code: 'INVALID_REQUEST', ...known, message, with: 'token', ...more};
}

/** It lets us in, and gives all that a chat asks for. */
export function welcomed(more: Partial<ControlWelcomed> = {}): ControlWelcomed {
	const scopes = ['operator.read', 'operator.write'];
	return {kind: 'control-welcomed', layer: 'control', atMs: 8, protocol: 4, version: '2026.9.6', scopes, missingScopes: [], ...more};
}

export function nodes(...listed: ReadonlyArray<Partial<NodeSeen>>): Observation {
	const node: NodeSeen = {id: 'a1b2', name: 'desk', platform: 'linux', connected: true, approval: 'approved', commands: ['system.run']};
	return {kind: 'nodes-listed', layer: 'control', atMs: 20, nodes: listed.map(one => ({...node, ...one}))};
}

export function toolFailed(message: string, more: Partial<ToolFailed> = {}): ToolFailed {
	return {kind: 'tool-failed', layer: 'control', atMs: 30, tool: 'exec', message, ...more};
}

/** The look at the WebSocket without `connect` was answered by its challenge. */
export const greeted: Observation = {kind: 'websocket-greeted', layer: 'control', atMs: 8};

/** A certificate of `gw.example` that is good for the year 2026 and nobody vouches for. */
export const certificate: CertificateFacts = {
	subject: 'gw.example',
	issuer: 'gw.example',
	names: ['gw.example'],
	validFrom: '2026-01-01T00:00:00.000Z',
	validTo: '2026-12-31T00:00:00.000Z',
	fingerprint: 'AA:BB',
	selfSigned: true,
};

export function tlsLook(more: Partial<TlsLook> = {}): TlsLook {
	return {kind: 'tls-look', layer: 'tls', atMs: 3, spoken: true, certificate, trusted: false, ...more};
}

export function facts(more: Partial<GatewayFacts>): GatewayFacts {
	return {kind: 'gateway-facts', layer: 'identity', atMs: 4, ...more};
}

export function clock(skewMs: number): Observation {
	return {kind: 'clock-reading', layer: 'identity', atMs: 5, skewMs, source: 'challenge'};
}

/** The `openclaw.json` of the gateway that was asked: it is on this machine and has the port of the target. */
export function local(more: Partial<LocalOpenClawLook>): LocalOpenClawLook {
	return {kind: 'local-openclaw', layer: 'config', atMs: 1, state: 'read', port: 18_789, ...more};
}

export function client(more: Partial<ClientFacts>): ClientFacts {
	return {
		kind: 'client-facts',
		layer: 'config',
		atMs: 0,
		version: '0.3.0',
		node: '24.16.0',
		undici: '8.12.4',
		platform: 'linux x64',
		hostname: 'laptop',
		overSsh: false,
		sshOverTailnet: false,
		proxyVariables: [],
		nodeFlags: [],
		...more,
	};
}

/** The chat endpoint says that it is on: 405 with `Allow: POST` to a GET. */
export const endpointOn: HttpAnswer = answer(405, {method: 'GET', body: 'text', excerpt: 'Method Not Allowed', headers: {allow: 'POST'}});

/** The token was refused, or taken, at `/v1/models`. */
export function models(status: number, more: Partial<HttpAnswer> = {}): HttpAnswer {
	return answer(status, {method: 'GET', path: '/v1/models', layer: 'auth', ...more});
}

export const unauthorized: HttpAnswer = models(401, {errorType: 'unauthorized', errorMessage: 'Unauthorized'});
