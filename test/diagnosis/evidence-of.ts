import type {
	CredentialEvidence,
	Evidence,
	FailedAttempt,
	HttpAnswer,
	NetworkFailure,
	Observation,
	StreamEnded,
	TargetEvidence,
} from '../../source/diagnosis/evidence.js';

/** Evidence about a gateway on loopback with a token, unless told otherwise. */
export function evidenceOf(
	observations: readonly Observation[],
	target: Partial<TargetEvidence> = {},
	credential: Partial<CredentialEvidence> = {},
): Evidence {
	return {
		schema: 'clawtalk.evidence/1',
		at: '2026-11-20T12:00:00.000Z',
		target: {origin: 'http://127.0.0.1:18789', source: 'config.json', addressClass: 'loopback', ...target},
		credential: {set: true, source: 'config.json', length: 34, sent: true, ...credential},
		observations,
	};
}

export function failure(code: string, more: Partial<NetworkFailure> = {}, attempt: Partial<FailedAttempt> = {}): NetworkFailure {
	return {
		kind: 'network-failure',
		layer: 'tcp',
		atMs: 0,
		method: 'GET',
		path: '/healthz',
		phase: 'connect',
		attempts: [{code, message: code, ...attempt}],
		...more,
	};
}

export function answer(status: number, more: Partial<HttpAnswer> = {}): HttpAnswer {
	return {
		kind: 'http-answer',
		layer: 'chat',
		atMs: 0,
		method: 'POST',
		path: '/v1/chat/completions',
		status,
		body: 'json',
		headers: {},
		...more,
	};
}

export const gateway: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'gateway'};

export function peer(kind: 'plugin-proxy' | 'other-web-server' | 'redirect' | 'unknown'): Observation {
	return {kind: 'peer-identified', layer: 'identity', atMs: 1, peer: kind};
}

export function ended(ending: StreamEnded['ending'], more: Partial<StreamEnded> = {}): StreamEnded {
	return {kind: 'stream-ended', layer: 'chat', atMs: 5, ending, textLength: 0, events: 2, malformed: 0, silentMs: 0, ...more};
}
