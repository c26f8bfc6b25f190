import type {FaultName, FaultOptions} from './faults.js';

/** The OpenClaw releases whose behaviour the demo gateway plays. */
export const generations = ['2026.9.6', '2026.2.9'] as const;
export type Generation = (typeof generations)[number];

export interface DemoGatewayOptions {
	/** Which release to play; the newest by default. */
	readonly generation?: Generation;
	/** Port on 127.0.0.1; 0 (the default) takes a free one. */
	readonly port?: number;
	/** The one token that is accepted. */
	readonly token: string;
	readonly fault?: FaultName;
	readonly faultOptions?: FaultOptions;
	/** Pace of the demo agent; 0 (the default) is as fast as possible. Orders in the prompt set their own. */
	readonly tokensPerSecond?: number;
	/** How long a WebSocket may take to connect, in milliseconds; 15,000 by default, as observed on both releases. */
	readonly handshakeTimeoutMs?: number;
	/** How often the control plane says that it is there, in milliseconds; 30,000 by default, as observed on both releases. */
	readonly tickIntervalMs?: number;
	/** Where WebSockets seem to come from: on `loopback` (the default) a new device is let in at once, from a `lan` it must be approved. */
	readonly seenFrom?: 'loopback' | 'lan';
	/** How long a tool waits for its approval, in milliseconds; half an hour by default, as observed on 2026.9.6. */
	readonly approvalTimeoutMs?: number;
	/** Nodes that `node.list` shows beside those that are connected. */
	readonly nodes?: readonly object[];
	/** Clock for the times in answers, milliseconds since the epoch. */
	readonly now?: () => number;
}

/** One request as it arrived, without any secret. */
export interface DemoRequest {
	readonly method: string;
	readonly path: string;
	/** Whether the right token came with it. A WebSocket's is known only after its connect frame. */
	authorization: 'right' | 'wrong' | 'absent';
	/** Request headers, without the credentials. */
	readonly headers: Readonly<Record<string, string>>;
	/** Counts TCP connections from 1: equal numbers mean that a connection was used again. */
	readonly connection: number;
	/** The JSON body of a chat request. */
	body?: unknown;
	/** The client closed the connection before the answer ended. */
	clientLeft: boolean;
}

/** One request on the control plane after its handshake. */
export interface DemoCall {
	readonly method: string;
	readonly params: Readonly<Record<string, unknown>>;
}

/** A running demo gateway. */
export interface DemoGateway {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	readonly token: string;
	readonly generation: Generation;
	readonly port: number;
	/** Everything that arrived so far, oldest first. */
	readonly requests: readonly DemoRequest[];
	/** Everything that was asked on the control plane so far, oldest first. */
	readonly calls: readonly DemoCall[];
	/** From the next request on; answers under way go on as they began. */
	setFault(fault: FaultName | undefined, options?: FaultOptions): void;
	/** The same gateway again, on the same port: clients are sent away with 1012 or dropped, runs are gone, sessions and devices stay. */
	restart(how?: 'drain' | 'kill'): Promise<void>;
	/** What happens on the control plane, and what to do there as somebody else would. */
	readonly control: DemoControl;
	/** Like SIGTERM on an idle gateway: says goodbye to WebSockets (1012), then closes everything. */
	stop(): Promise<void>;
	/** Like `kill -9`: every socket is destroyed at once. */
	kill(): Promise<void>;
}

/** The control plane of a demo gateway, from outside. */
export interface DemoControl {
	/** Changes with every restart. */
	readonly bootId: string;
	/** Clients after their handshake. */
	readonly connected: number;
	/** Sends an event to every client as if it were the gateway's. */
	broadcast(event: string, payload: unknown): void;
	/** Closes every connection; 4001 `gateway auth changed` is what a changed token does. */
	closeAll(code: number, reason?: string): void;
	/** Drops every connection without a close frame. */
	dropAll(): void;
	/** Leaves out so many events to every client: the numbers go on. */
	skipEvents(count: number): void;
	/** Ids of the pairing requests that wait. */
	readonly pairingRequests: readonly string[];
	approvePairing(requestId: string): void;
	/** Forgets every device: their tokens are worth nothing. */
	forgetDevices(): void;
	/** Ids of the tools that wait for an approval. */
	readonly pendingApprovals: readonly string[];
	/** Decides as another surface would; says whether there was something to decide. */
	resolveApproval(id: string, decision: 'allow-once' | 'allow-always' | 'deny'): boolean;
	/** A run in a session that somebody else began. */
	askAsOther(sessionKey: string, message: string): void;
}

/** What the parts of one demo gateway share. */
export interface DemoState {
	readonly generation: Generation;
	readonly token: string;
	readonly tokensPerSecond: number;
	readonly handshakeTimeoutMs: number;
	readonly tickIntervalMs: number;
	readonly seenFrom: 'loopback' | 'lan';
	readonly approvalTimeoutMs: number;
	readonly nodes: readonly object[];
	startedAt: number;
	bootId: string;
	port: number;
	readonly now: () => number;
	fault: FaultName | undefined;
	faultOptions: FaultOptions;
	/** Begins a restart; answers under way end first. */
	restartSoon: () => void;
}
