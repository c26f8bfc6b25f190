import type {ObservationBase} from './evidence.js';

/** What was observed on the control plane of a gateway, beside how its WebSocket ended. */
export type ControlObservation = ControlRefused | ControlWelcomed | SequenceGap | NodesListed | ToolFailed;

/** How a WebSocket at the gateway ended. */
export interface WebSocketClosed extends ObservationBase {
	readonly kind: 'websocket-closed';
	readonly layer: 'identity' | 'control';
	readonly code: number;
	readonly reason: string;
	/** Milliseconds between open and close; absent when it never opened. */
	readonly openMs?: number;
	readonly challenged: boolean;
	readonly welcomed: boolean;
	/** HTTP status when the upgrade was refused. */
	readonly upgradeStatus?: number;
	/** True when we closed it. */
	readonly byUs: boolean;
	/** We only looked and sent no `connect`: the gateway ends that by itself after 15 s (2026.9.6) or 10 s (2026.2.9), with 1000 and no reason. */
	readonly withoutConnect?: boolean;
	/** The gateway announced it just before (`shutdown`); `restartExpectedMs` when it said that it comes back. */
	readonly shutdown?: {readonly reason: string; readonly restartExpectedMs?: number};
	/** No frame had come for so long, in milliseconds: set where we closed it for its silence (code 4000). */
	readonly silentMs?: number;
}

/** The gateway answered `connect` with an error (`res.error`), after which it closes. */
export interface ControlRefused extends ObservationBase {
	readonly kind: 'control-refused';
	readonly layer: 'control';
	/** `error.code`, e.g. `NOT_PAIRED`. */
	readonly code: string;
	/** `error.details.code`, e.g. `PAIRING_REQUIRED`; 2026.2.9 sends none. */
	readonly detail?: string;
	/** One line, sanitised. */
	readonly message: string;
	/** `error.details.reason`, e.g. `not-paired`, `scope-upgrade`, `metadata-upgrade`. */
	readonly reason?: string;
	/** Of the pairing request that waits for approval. */
	readonly requestId?: string;
	/** `error.details.recommendedNextStep`. */
	readonly nextStep?: string;
	readonly retryAfterMs?: number;
	/** Protocol version that the gateway wants, for a mismatch. */
	readonly expectedProtocol?: number;
	/** Id of this device, as the gateway lists it. */
	readonly deviceId?: string;
	readonly requestedScopes?: readonly string[];
	/** Which credential went with it. */
	readonly with: 'token' | 'password' | 'device-token' | 'nothing';
}

/** The gateway welcomed us on its control plane (`hello-ok`). */
export interface ControlWelcomed extends ObservationBase {
	readonly kind: 'control-welcomed';
	readonly layer: 'control';
	readonly protocol: number;
	readonly version?: string;
	readonly bootId?: string;
	readonly uptimeMs?: number;
	/** Scopes granted, and those that were asked for and not granted. */
	readonly scopes: readonly string[];
	readonly missingScopes: readonly string[];
	/** `token`, `device-token`, `password` …: how we were recognised. */
	readonly authMethod?: string;
}

/** Events of the gateway are missing (W25). */
export interface SequenceGap extends ObservationBase {
	readonly kind: 'sequence-gap';
	readonly layer: 'control';
	readonly missing: number;
}

/** The nodes that run commands for the agent, as the gateway lists them (`node.list`). */
export interface NodesListed extends ObservationBase {
	readonly kind: 'nodes-listed';
	readonly layer: 'control';
	readonly nodes: readonly NodeSeen[];
}

export interface NodeSeen {
	readonly id: string;
	readonly name?: string;
	readonly platform?: string;
	/** Its session with the gateway stands. */
	readonly connected: boolean;
	/** It is paired: the gateway lets it in. */
	readonly paired?: boolean;
	/** Whether the owner of the gateway allowed what it offers; absent where the gateway does not say (2026.2.9). */
	readonly approval?: 'approved' | 'pending' | 'unapproved';
	/** Of the request that waits for that. */
	readonly requestId?: string;
	/** Commands it offers, e.g. `system.run`. */
	readonly commands: readonly string[];
	/** What its operating system allows, by name; absent where the node does not say. */
	readonly permissions?: Readonly<Record<string, boolean>>;
	/** Milliseconds since the epoch. */
	readonly lastSeenAt?: number;
}

/** A tool of the agent failed, in the gateway's words. */
export interface ToolFailed extends ObservationBase {
	readonly kind: 'tool-failed';
	readonly layer: 'control';
	readonly tool: string;
	/** One line, sanitised. */
	readonly message: string;
	/** The node it was to run on, where one is named. */
	readonly node?: string;
}
