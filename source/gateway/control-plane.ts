import type {ControlRefused, ControlWelcomed, Evidence, WebSocketClosed} from '../diagnosis/evidence.js';
import type {Secret} from '../diagnosis/redact.js';
import type {Observed} from './gateway.js';

/**
 * The WebSocket control plane of one gateway: at most one connection at a time, which is never dialled again by itself. Whoever wants
 * it back calls `connect`, at a pace of their own. Protocols 3 (OpenClaw 2026.2.9) and 4 (2026.9.6).
 */
export interface ControlPlane {
	readonly state: ControlState;

	/**
	 * One attempt: identity first, then the token rules, then the handshake. While a connection stands, or an attempt is under way, its
	 * result is given; an attempt of somebody else goes on when the signal of this caller ends the waiting, and is made again when it is the
	 * other one who gives it up. Never rejects for reasons of the network: the state says what came of it, the evidence what was seen.
	 */
	connect(signal: AbortSignal, options?: ConnectOptions): Promise<Observed<ControlState>>;

	/**
	 * Calls a method of the gateway on the connection that stands. Never rejects for reasons of the network.
	 *
	 * @param timeoutMs Limit for the answer; 10 s when absent.
	 */
	call(method: string, params: JsonObject, options?: {readonly signal?: AbortSignal; readonly timeoutMs?: number}): Promise<ControlAnswer>;

	/** Hears, in order, what the gateway tells unasked and what becomes of the connection. Returns how to stop hearing. */
	hear(listener: (news: ControlNews) => void): () => void;

	/** Closes the connection; an attempt under way ends as closed by us. */
	disconnect(): void;
}

/** How an attempt is made. */
export interface ConnectOptions {
	/**
	 * False: the device is named only where this gateway has given it a token, and then with that token. A gateway writes a request for
	 * approval for a device it does not know, or pairs it at once on loopback: a look leaves no such trace. True when absent.
	 */
	readonly offersDevice?: boolean;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Exactly one of these is true. */
export type ControlState =
	/** Not tried yet, or gone: `closed` says how it ended, or how it failed to open. */
	| {readonly kind: 'closed'; readonly closed?: WebSocketClosed}
	| {readonly kind: 'connecting'}
	/** The gateway answered the handshake with no. */
	| {readonly kind: 'refused'; readonly refusal: ControlRefused}
	/** Nothing was sent: the token may not go there, or nobody identified itself as a gateway; the evidence says which. */
	| {readonly kind: 'withheld'}
	| {readonly kind: 'open'; readonly hello: Hello};

/** What the gateway said of itself and of us when it welcomed us (`hello-ok`). */
export interface Hello {
	/** 3 or 4. */
	readonly protocol: number;
	/** `2026.9.6`; 2026.2.9 says `dev`. */
	readonly version?: string;
	/** Changes with every start of the gateway; absent before protocol 4. */
	readonly bootId?: string;
	/** When the gateway started, by our clock, milliseconds since the epoch. */
	readonly startedAt?: number;
	/** What we may do; 2026.2.9 does not say, and all that was asked for counts as granted. */
	readonly scopes: readonly string[];
	readonly methods: ReadonlySet<string>;
	/** A frame comes at least that often, in milliseconds. */
	readonly tickIntervalMs: number;
	/** Longest frame the gateway takes, in bytes. */
	readonly maxPayloadBytes: number;
	/** The key of the session that the other surfaces of this gateway show first, e.g. `agent:main:main`. */
	readonly mainSessionKey?: string;
	readonly defaultAgent?: string;
	readonly welcomed: ControlWelcomed;
	/** Where the configured token comes from, which the gateway refused: it took the token that it gave this device. */
	readonly refusedToken?: string;
}

export type ControlAnswer = {readonly ok: true; readonly payload: JsonObject} | {readonly ok: false; readonly error: ControlError};

export interface ControlError {
	/** `disconnected`, `timeout` and `cancelled` are ours; any other is the gateway's `error.code`, e.g. `FORBIDDEN`. */
	readonly code: string;
	/** `error.details.code`, e.g. `MISSING_SCOPE`. */
	readonly detail?: string;
	/** One line, sanitised. */
	readonly message: string;
}

export type ControlNews =
	| {readonly kind: 'opened'; readonly hello: Hello}
	/** An event frame. Its payload is whatever the network sent: every reader checks what it reads. */
	| {readonly kind: 'event'; readonly name: string; readonly payload: JsonObject}
	/** Events are missing: what depends on them is to be read anew. */
	| {readonly kind: 'gap'; readonly missing?: number}
	/** The connection is gone. `shutdown`: the gateway had announced it. */
	| {readonly kind: 'closed'; readonly closed: WebSocketClosed; readonly evidence: Evidence};

/** What lets the gateway know this device again, kept on disk (`config/identity-file.ts`). */
export interface DeviceKeys {
	/**
	 * The key of this device; made when there is none yet.
	 *
	 * @throws With one line for the user when the file is there and cannot be used.
	 */
	identity(): Promise<DeviceIdentity>;
	/** What the gateway at this origin gave this device, with the scopes it is good for. */
	tokenFor(origin: string): Promise<DeviceToken | undefined>;
	keepToken(origin: string, token: DeviceToken): Promise<void>;
	/** This one is no good any more; one that another process was given meanwhile stays. */
	forgetToken(origin: string, refused: Secret): Promise<void>;
	/** Resolves when what was to be kept is kept, or could not be: nobody waits for it before. */
	settled?(): Promise<void>;
}

export interface DeviceIdentity {
	/** Hex SHA-256 of the raw public key. */
	readonly id: string;
	/** Raw Ed25519 key, base64url. */
	readonly publicKey: string;
	/** Ed25519 signature of a text, base64url. */
	sign(text: string): string;
}

export interface DeviceToken {
	readonly secret: Secret;
	readonly scopes: readonly string[];
}
