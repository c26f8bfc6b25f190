import type {Evidence, Observation, WithheldReason} from '../diagnosis/evidence.js';
import type {Secret} from '../diagnosis/redact.js';
import type {AddressClass} from '../network/address-class.js';
import type {TransportName} from '../transport-names.js';
import type {ControlPlane} from './control-plane.js';
import type {Transport} from './transport.js';

/** One gateway as a command wants to reach it. Everything is decided before: nothing here is read from files or flags. */
export interface GatewayTarget {
	/** `http(s)://host:port`, no trailing slash. */
	readonly origin: string;
	/** Path prefix of a reverse proxy, `''` or `/prefix`. */
	readonly basePath: string;
	/** Where the URL came from, in words, for evidence. */
	readonly source: string;
	readonly addressClass: AddressClass;
	readonly credential: Credential;
	/** Extra request headers of the profile; sent to this origin only. */
	readonly headers: Readonly<Record<string, Secret>>;
	/** Proxy URL that the profile names; used for public hosts only, http and https. */
	readonly proxy?: string;
	/** SHA-256 fingerprint of the pinned certificate, colon-separated upper-case hex. */
	readonly pin?: string;
	/** A chat asks this gateway for the right to answer requests for approval; what nobody sits at does not. */
	readonly approvals?: true;
	/** Which way questions go; `auto` when absent. */
	readonly transport?: TransportName;
}

export type Credential =
	| {readonly kind: 'none'}
	| {readonly kind: 'token'; readonly secret: Secret; readonly source: string}
	| {
			readonly kind: 'withheld';
			readonly reason: WithheldReason;
			readonly length: number;
			readonly source: string;
			readonly belongsTo?: string;
	  };

/** Remembers which token was refused by which origin, across processes (see `config/refusals.ts`). */
export interface RefusalLedger {
	find(origin: string, token: Secret): Promise<Refusal | undefined>;
	record(origin: string, token: Secret, refusal: Refusal): Promise<void>;
	/** Forgets the refusal of this token; those of other tokens stay. */
	clear(origin: string, token: Secret): Promise<void>;
}

export interface Refusal {
	/** ISO 8601. */
	readonly at: string;
	/** HTTP status: 401, 403 or 429. */
	readonly status: number;
	/** True for a 429 about wrong tokens from this address; any other 429 is about too many requests. */
	readonly isLockout?: boolean;
	/** ISO 8601; absent when only a new token or the user's wish ends it. */
	readonly until?: string;
}

/** An open relation to one gateway: identity, health, and the transport that carries questions. */
export interface Gateway {
	readonly target: GatewayTarget;
	readonly transport: Transport;
	/** The WebSocket side; nothing of it is loaded before it is connected. */
	readonly control: ControlPlane;

	/** Target and credential as they are before any packet: evidence without observations. */
	describe(): Evidence;

	/** Who is there? Never sends the token. Remembers a positive answer until `forget` or a network change. */
	identify(signal: AbortSignal, look?: IdentityLook): Promise<Observed<'gateway' | 'gateway-by-challenge' | undefined>>;

	/**
	 * What it tells about itself: `/readyz` and `/startupz`, without the token. Of answers that mean something by themselves (starting,
	 * draining, 403) there is the answer, too. Tells nothing before the peer identified itself, nor on gateways before 2026.3.
	 */
	askFacts(signal: AbortSignal, timeoutMs?: number): Promise<Observed<undefined>>;

	/**
	 * Does the control plane greet? Opens a WebSocket, without the token, waits for the challenge and closes; with `holdMs` it stays
	 * open for so long, to see who closes it and how. Only for a peer that identified itself.
	 */
	greet(signal: AbortSignal, holdMs?: number): Promise<Observed<'greeted' | 'closed' | 'unknown'>>;

	/** One `GET /healthz`, without the token; never repeated by itself. */
	checkHealth(signal: AbortSignal, look?: Pick<IdentityLook, 'timeoutMs'>): Promise<Observed<'live' | 'starting' | 'draining' | 'down'>>;

	/**
	 * Does it take questions? One `GET /readyz`, without the token: a gateway that stops stays live until its last answer is finished
	 * (OpenClaw 2026.9.6). Only its own word for that counts as no: a channel that is down does not concern questions.
	 */
	checkReadiness(signal: AbortSignal): Promise<Observed<'ready' | 'not-ready'>>;

	/** Agent ids from `GET /v1/models` (with the token, after identity). Empty when the gateway does not list them. */
	listAgents(signal: AbortSignal): Promise<Observed<readonly string[]>>;

	/** Is the token accepted, is the chat endpoint on? Asks without starting a run. */
	checkAccess(
		signal: AbortSignal,
		look?: AccessLook,
	): Promise<Observed<{auth: 'ok' | 'refused' | 'unknown'; chat: 'on' | 'off' | 'unknown'}>>;

	/** Milliseconds until the token may be sent again, after an answer that said to wait; undefined when it may go now, or never by itself. */
	retryInMs(): Promise<number | undefined>;

	/** The user asks for another try with the same token: forgets the refusal. */
	forgetRefusal(): Promise<void>;

	/** After sleep or a change of interfaces: drops sockets and the remembered identity. */
	forgetPeer(): void;

	/** Ends every socket. */
	close(): Promise<void>;
}

/** How closely it is looked at who is there. */
export interface IdentityLook {
	/** Ask also where the answer is remembered. */
	readonly anew?: boolean;
	/** Limit of the request, milliseconds; 10 s when absent. */
	readonly timeoutMs?: number;
	/** Also read the clock of whoever answers, from its `Date` header. */
	readonly withClock?: boolean;
}

/** How closely access is looked at. */
export interface AccessLook {
	/** Limit of each request, milliseconds; 10 s when absent. */
	readonly timeoutMs?: number;
	/** Ask an empty question where the list of models says nothing about the token (gateways before 2026.7); it starts no run. */
	readonly withEmptyQuestion?: boolean;
}

export interface Observed<T> {
	readonly value: T;
	readonly observations: readonly Observation[];
	readonly evidence: Evidence;
}
