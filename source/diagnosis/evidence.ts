import type {AddressClass} from '../network/address-class.js';
import type {ControlObservation, WebSocketClosed} from './control-evidence.js';
import type {Surrounding} from './surroundings.js';

export type * from './control-evidence.js';

/**
 * Evidence: what was observed about one gateway, in the order it was observed. Plain JSON, time-stamped, free of secrets and of
 * control characters, so that it can be stored, replayed and explained later. Observations are facts; what they mean is said by
 * the rules (`diagnosis/rules`), never here.
 */
export interface Evidence {
	readonly schema: 'clawtalk.evidence/1';
	/** When the first observation began, ISO 8601, UTC. */
	readonly at: string;
	readonly target: TargetEvidence;
	readonly credential: CredentialEvidence;
	readonly observations: readonly Observation[];
}

/** Layers of a connection, outermost first. The ids are public (`clawtalk status --json`). */
export const layers = ['config', 'dns', 'tcp', 'tls', 'identity', 'auth', 'chat', 'control'] as const;
export type Layer = (typeof layers)[number];

export interface TargetEvidence {
	/** Scheme, host and port as used, e.g. `http://127.0.0.1:18789`. */
	readonly origin: string;
	/** The prefix of a reverse proxy, e.g. `/openclaw`, put before every path; absent when there is none. */
	readonly basePath?: string;
	/** Where the URL came from, in words: `--gateway`, `CLAWTALK_GATEWAY_URL`, `config.json`, `default`. */
	readonly source: string;
	readonly addressClass: AddressClass;
	/** The proxy the requests went through, without credentials. */
	readonly proxy?: string;
}

export interface CredentialEvidence {
	readonly set: boolean;
	/** Where it came from, in words; absent when none is set. */
	readonly source?: string;
	/** Length in characters, the only property of a secret that is ever shown. */
	readonly length?: number;
	/** Whether it was sent to the target during these observations. */
	readonly sent: boolean;
	/** Why it was held back, when it was. */
	readonly withheld?: WithheldReason;
}

export type WithheldReason =
	/** The token is configured for another origin. */
	| 'other-origin'
	/** Plain http to a private address nobody has said yes to. */
	| 'plain-http-private'
	/** Plain http to a public address. */
	| 'plain-http-public'
	/** The peer has not identified itself as a gateway. */
	| 'peer-not-identified'
	/** This token was refused by this gateway before and has not changed since. */
	| 'refused-before';

export type Observation =
	| ConfigurationProblem
	| NetworkFailure
	| HttpAnswer
	| PeerIdentified
	| PinMismatch
	| StreamEnded
	| TurnError
	| WebSocketClosed
	| ControlObservation
	| CredentialWithheld
	| Surrounding;

export interface ObservationBase {
	readonly layer: Layer;
	/** Milliseconds after `Evidence.at`. */
	readonly atMs: number;
	/** How long the observed thing took, in milliseconds. */
	readonly tookMs?: number;
}

/** Something wrong that can be known before any packet (matrix §2.1). `row` is the matrix row, e.g. `C10`. */
export interface ConfigurationProblem extends ObservationBase {
	readonly kind: 'configuration-problem';
	readonly layer: 'config';
	readonly row: string;
	/** The setting it is about, e.g. `gatewayUrl`. */
	readonly setting: string;
	/** One line in plain words, without secret values. */
	readonly message: string;
	/** A value that would work, when one is certain. */
	readonly suggestion?: string;
}

/** One system-level failure: one link of an error's cause chain, or one address of an AggregateError. */
export interface FailedAttempt {
	/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET` …; absent for errors without one. */
	readonly code?: string;
	readonly syscall?: string;
	readonly address?: string;
	readonly port?: number;
	/** Error name when it is not plain `Error`, e.g. `HTTPParserError` (which has no code in undici 7 and 8). */
	readonly name?: string;
	readonly message: string;
}

/** A request that got no HTTP answer, or whose body broke off. */
export interface NetworkFailure extends ObservationBase {
	readonly kind: 'network-failure';
	readonly method: string;
	readonly path: string;
	/** The phase that failed, as far as the error tells. */
	readonly phase: 'lookup' | 'connect' | 'tls' | 'request' | 'body';
	readonly attempts: readonly FailedAttempt[];
	/** Set when our own time limit ended it. */
	readonly timeoutMs?: number;
	/** Bytes received on that socket; 0 = the peer never answered. */
	readonly bytesRead?: number;
}

export type BodyShape = 'json' | 'html' | 'text' | 'event-stream' | 'empty' | 'other';

/** An HTTP answer, whatever its status. */
export interface HttpAnswer extends ObservationBase {
	readonly kind: 'http-answer';
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly contentType?: string;
	readonly body: BodyShape;
	/** `error.type` / `error.message` / `error.code` of a JSON error body, bounded and sanitised. */
	readonly errorType?: string;
	readonly errorMessage?: string;
	readonly errorCode?: string;
	/** `<title>` of an HTML body. */
	readonly title?: string;
	/** First characters of a body that is neither of these, bounded and sanitised. */
	readonly excerpt?: string;
	/** Response headers from an allow-list: allow, server, via, location (origin and path only), www-authenticate, cf-ray … */
	readonly headers: Readonly<Record<string, string>>;
	/** `Retry-After` as milliseconds from the moment of the answer. */
	readonly retryAfterMs?: number;
}

/** OpenClaw 2026.2.9 and 2026.9.6 lock an address out with the type `rate_limited`; a gateway that knows no token says that otherwise. */
export function isLockout({status, errorType, errorMessage}: HttpAnswer): boolean {
	return status === 429 && errorType === 'rate_limited' && /authentication/i.test(errorMessage ?? 'authentication');
}

/** What answered at the target. Only `gateway` and `gateway-by-challenge` are ever given a token. */
export type PeerKind =
	/** JSON `{"ok":true,…}` at /healthz: OpenClaw 2026.3 or later. */
	| 'gateway'
	/** The WebSocket `connect.challenge`: any OpenClaw, the only proof of one before 2026.3. */
	| 'gateway-by-challenge'
	/** The pass-through proxy of the ClawTalk plugin (Anthropic-shaped answers). */
	| 'plugin-proxy'
	/** HTML or anything else that speaks HTTP. */
	| 'other-web-server'
	/** A redirect, not followed. */
	| 'redirect'
	/** An HTTP answer that proves nothing, e.g. 502 of a proxy. */
	| 'unknown';

export interface PeerIdentified extends ObservationBase {
	readonly kind: 'peer-identified';
	readonly layer: 'identity';
	readonly peer: PeerKind;
	/** The address the proof came from, when known. */
	readonly address?: string;
	/** Local clock minus the gateway's clock, in milliseconds, when a challenge told it. */
	readonly clockSkewMs?: number;
}

/** The certificate is not the one that was pinned for this origin. Fingerprints are SHA-256, colon-separated hex. */
export interface PinMismatch extends ObservationBase {
	readonly kind: 'pin-mismatch';
	readonly layer: 'tls';
	readonly pinned: string;
	readonly presented: string;
}

/** How the stream of an answer ended, in terms of the wire only. */
export interface StreamEnded extends ObservationBase {
	readonly kind: 'stream-ended';
	readonly layer: 'chat';
	readonly ending: /** The protocol's own end mark (`[DONE]`, or a whole JSON answer). */
		| 'end-mark'
		/** The connection closed cleanly without an end mark. */
		| 'closed-early'
		/** The connection broke (see the network failure before it). */
		| 'broken'
		/** We closed it: the user's wish. */
		| 'cancelled'
		/** We closed it: the caller's deadline. */
		| 'deadline'
		/** We closed it: silence, and the gateway failed its health checks. */
		| 'abandoned'
		/** A line, event or body went over its limit. */
		| 'too-large'
		/** 200, but not a stream and not a completion. */
		| 'not-a-stream';
	readonly finishReason?: string;
	/** Characters of answer text received. */
	readonly textLength: number;
	/** Server-sent events received. */
	readonly events: number;
	/** Events whose data was not the JSON we understand. */
	readonly malformed: number;
	readonly firstTokenMs?: number;
	/** Silence before the end, in milliseconds. */
	readonly silentMs: number;
}

/** The gateway said that the turn failed (an error object in the stream, or an error event of the control plane). */
export interface TurnError extends ObservationBase {
	readonly kind: 'turn-error';
	readonly layer: 'chat';
	readonly type?: string;
	readonly code?: string;
	readonly message: string;
}

export interface CredentialWithheld extends ObservationBase {
	readonly kind: 'credential-withheld';
	readonly layer: 'auth';
	readonly reason: WithheldReason;
	/** The origin the token belongs to, for `other-origin`. */
	readonly belongsTo?: string;
	/** When the same token was refused, ISO 8601, and with which HTTP status, for `refused-before`. */
	readonly refusedAt?: string;
	readonly refusedStatus?: number;
	/** Whether the 429 was about wrong tokens from this address, not about too many requests. */
	readonly refusedAsLockout?: boolean;
	/** When trying again is allowed by the gateway's own Retry-After, ISO 8601. */
	readonly retryAt?: string;
}
