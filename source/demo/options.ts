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

/** A running demo gateway. */
export interface DemoGateway {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	readonly token: string;
	readonly generation: Generation;
	readonly port: number;
	/** Everything that arrived so far, oldest first. */
	readonly requests: readonly DemoRequest[];
	/** From the next request on; answers under way go on as they began. */
	setFault(fault: FaultName | undefined, options?: FaultOptions): void;
	/** Like SIGTERM on an idle gateway: says goodbye to WebSockets (1012), then closes everything. */
	stop(): Promise<void>;
	/** Like `kill -9`: every socket is destroyed at once. */
	kill(): Promise<void>;
}

/** What the parts of one demo gateway share. */
export interface DemoState {
	readonly generation: Generation;
	readonly token: string;
	readonly tokensPerSecond: number;
	readonly handshakeTimeoutMs: number;
	readonly startedAt: number;
	readonly now: () => number;
	fault: FaultName | undefined;
	faultOptions: FaultOptions;
}
