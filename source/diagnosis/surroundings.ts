import type {AddressClass} from '../network/address-class.js';
import type {FailedAttempt, ObservationBase} from './evidence.js';
import type {ClientFacts, ListenerLook, LocalOpenClawLook, ServiceLook, TailscaleLook} from './this-machine.js';

export type {ClientFacts, ListenerLook, LocalOpenClawLook, ServiceLook, TailnetMachine, TailscaleLook} from './this-machine.js';

/**
 * Observations around a connection: the name, the bare connection, TLS, the neighbours of the address, this machine, its gateway and
 * its tailnet. Gathered by `diagnosis/probes`, never with the token. Texts are bounded and free of control characters.
 */
export type Surrounding =
	| NameLookup
	| TcpAttempt
	| TlsLook
	| GatewayFacts
	| ClockReading
	| WebSocketGreeted
	| SiblingLook
	| StackComparison
	| ListenerLook
	| LocalOpenClawLook
	| TailscaleLook
	| ServiceLook
	| ClientFacts
	| ValueConflict
	| LastKnownGood
	| ProbeEnded;

export interface KnownAddress {
	readonly address: string;
	readonly addressClass: AddressClass;
	/** True when an interface of this very machine has it; loopback goes without saying. */
	readonly own?: boolean;
}

/** What a resolver said about the target's name. `public` is asked with `--deep` only. */
export interface NameLookup extends ObservationBase {
	readonly kind: 'name-lookup';
	readonly layer: 'dns';
	readonly name: string;
	readonly resolver: 'system' | 'tailscale' | 'public';
	/** In the order the resolver gave them; empty when it failed. */
	readonly addresses: readonly KnownAddress[];
	readonly failure?: FailedAttempt;
}

/** One bare connection to one address of the target; nothing is sent on it. */
export interface TcpAttempt extends ObservationBase, KnownAddress {
	readonly kind: 'tcp-attempt';
	readonly layer: 'tcp';
	readonly port: number;
	/** 1, or 2 and 3 after an answer faster than 200 ms. */
	readonly round: number;
	readonly outcome: 'connected' | 'failed' | /** Nothing came back within the limit. */ 'no-answer';
	readonly failure?: FailedAttempt;
}

/** A TLS handshake without trust, to see what is there. `spoken` is false when the peer does not speak TLS. */
export interface TlsLook extends ObservationBase {
	readonly kind: 'tls-look';
	readonly layer: 'tls';
	readonly spoken: boolean;
	readonly certificate?: CertificateFacts;
	/** Whether Node would trust it for this host; the error code when not, e.g. `CERT_HAS_EXPIRED`. */
	readonly trusted?: boolean;
	readonly problem?: string;
	readonly failure?: FailedAttempt;
}

export interface CertificateFacts {
	/** Common names. */
	readonly subject: string;
	readonly issuer: string;
	/** Organisation of the issuer: names TLS inspectors. */
	readonly issuerOrganisation?: string;
	/** DNS names and addresses it is for. */
	readonly names: readonly string[];
	/** ISO 8601. */
	readonly validFrom: string;
	readonly validTo: string;
	/** SHA-256, colon-separated upper-case hex. */
	readonly fingerprint: string;
	readonly selfSigned: boolean;
}

/** What a gateway tells about itself without the token, or with it where its answers carry more. */
export interface GatewayFacts extends ObservationBase {
	readonly kind: 'gateway-facts';
	readonly layer: 'identity';
	/** e.g. `2026.9.6`. */
	readonly version?: string;
	readonly uptimeMs?: number;
	/** What `/readyz` names as failing. `gateway-draining`: it stops (2026.9.6). */
	readonly failing?: readonly string[];
}

/** The clock here minus the gateway's clock, in milliseconds. A `Date` header has whole seconds. */
export interface ClockReading extends ObservationBase {
	readonly kind: 'clock-reading';
	readonly layer: 'identity';
	readonly skewMs: number;
	readonly source: 'challenge' | 'date-header';
}

/** The WebSocket greeted with `connect.challenge`: the control plane can be reached. */
export interface WebSocketGreeted extends ObservationBase {
	readonly kind: 'websocket-greeted';
	readonly layer: 'control';
}

/** A neighbour of the address asked for: the same port on another address, or a usual port. */
export interface SiblingLook extends ObservationBase {
	readonly kind: 'sibling-look';
	readonly layer: 'tcp';
	readonly relation: 'loopback' | 'own-address' | 'serve-name' | 'default-port';
	/** Scheme, host and port that would be used instead. */
	readonly origin: string;
	readonly addressClass: AddressClass;
	readonly outcome: /** Proved to be a gateway. */
		| 'gateway'
		/** Speaks HTTP and is no gateway. */
		| 'other-server'
		/** Takes the connection and says nothing useful. */
		| 'silent'
		| 'refused'
		| 'no-answer'
		| 'unreachable';
}

/** `ok`, or the code of the failure. */
export type StackResult = string;

/** The same address asked by four ways, in interleaved rounds: whether the network or a client library is at fault. */
export interface StackComparison extends ObservationBase {
	readonly kind: 'stack-comparison';
	readonly layer: 'tcp';
	readonly rounds: readonly {
		/** A bare socket. */
		readonly raw: StackResult;
		/** node:http. */
		readonly http: StackResult;
		/** npm undici, which clawtalk uses. */
		readonly undici: StackResult;
		/** The fetch built into Node. */
		readonly fetch: StackResult;
	}[];
}

/** Two sources give different values; the values themselves are not kept. */
export interface ValueConflict extends ObservationBase {
	readonly kind: 'value-conflict';
	readonly layer: 'config';
	readonly setting: 'gatewayUrl' | 'gatewayToken';
	readonly used: string;
	readonly ignored: string;
}

/** When this gateway could last be used, from the connection log. */
export interface LastKnownGood extends ObservationBase {
	readonly kind: 'last-known-good';
	readonly layer: 'config';
	/** ISO 8601. */
	readonly lastGoodAt: string;
	readonly version?: string;
}

/** A probe that told nothing, and why: what was not looked at must not look like a fact. */
export interface ProbeEnded extends ObservationBase {
	readonly kind: 'probe-ended';
	readonly probe: string;
	readonly reason: 'time-limit' | 'cancelled' | 'not-allowed' | 'not-possible';
	readonly message?: string;
}
