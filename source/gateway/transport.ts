import type {Evidence} from '../diagnosis/evidence.js';

/**
 * The one way to put a question to a gateway. HTTP chat completions implement it now; the WebSocket control plane is the second
 * implementation. Callers decide by capability, never by which transport it is.
 *
 * A transport never retries, never logs, and never rejects for reasons of the network: the last event says how it ended.
 */
export interface Transport {
	/** What it can do now; may grow once the gateway has identified itself. */
	readonly capabilities: Capabilities;

	/**
	 * Sends one question once and reports what comes back. Resolves after the `ended` event was emitted; `ended` is always the
	 * last event and always comes, also after an abort. Emits synchronously as bytes arrive; batching is the caller's business.
	 *
	 * @param signal Aborting it is the only way to stop. Reason `'deadline'` marks a time limit; any other means the user.
	 */
	send(question: Question, signal: AbortSignal, emit: (event: TransportEvent) => void): Promise<void>;

	/** Drops every open socket. Questions under way end as `cut`. */
	close(): void;
}

/** Which way questions go now, and what is known of the gateway by it. Plain JSON: it is part of the chat's state. */
export interface Via {
	readonly transport: 'http' | 'ws';
	/** Why it is not the control plane, where that was wanted, and what would change it: one line. */
	readonly missing?: string;
	/** The control plane is being dialled: `missing` says no more than that, and may be over in a moment. */
	readonly isDialling?: boolean;
	/** `2026.9.6`, as the control plane said. */
	readonly version?: string;
	readonly bootId?: string;
	/** When the gateway started, by our clock, milliseconds since the epoch. */
	readonly startedAt?: number;
	/** Requests for approval can be answered from here. */
	readonly approvals?: boolean;
	/** Where the token comes from that was refused; the gateway knows this device by a token of its own. */
	readonly refusedToken?: string;
}

export interface Capabilities {
	/** The gateway keeps the conversation when a session key is given: send only the new message. */
	readonly serverHistory: boolean;
	/** After a lost connection the fate of a run can be looked up by its id. */
	readonly reconcile: boolean;
	/** Tool runs, provider retries and phases are visible. */
	readonly tools: boolean;
	/** Requests for approval are visible and can be answered. */
	readonly approvals: boolean;
	/** Sessions of the gateway can be listed and opened. */
	readonly sessions: boolean;
	/** The gateway's own slash commands are executed, not read by the model. */
	readonly commands: boolean;
	readonly attachments: boolean;
	/** Closing the connection stops the run (HTTP of 2026.9.6: within ~50 ms; HTTP of 2026.2.9 and WebSocket: it does not). */
	readonly closeStopsRun: boolean;
}

/** A file that travels with a question. `dataUrl` is a complete `data:` URI. */
export interface ImageAttachment {
	readonly name: string;
	readonly mediaType: string;
	readonly dataUrl: string;
}

export interface Message {
	readonly role: 'system' | 'user' | 'assistant';
	readonly text: string;
}

export interface Question {
	/** Chosen by the caller; every event of the answer carries it. */
	readonly id: string;
	/** The same for a repeat the user asked for; transports that can use it to run a question at most once. */
	readonly idempotencyKey: string;
	readonly text: string;
	readonly images: readonly ImageAttachment[];
	/** Instructions sent as a system message, if any. */
	readonly system?: string;
	/** Earlier messages; used only where the gateway does not keep them (no session key). */
	readonly history: readonly Message[];
	/**
	 * What was said so far, for the first question of a session key that is new to the gateway: it puts these messages before the question
	 * and keeps both. Never to be sent with a key that has been used: the model would read everything twice.
	 */
	readonly seed?: readonly Message[];
	/** Gateway session key; absent = a fresh session of the gateway's own naming. */
	readonly sessionKey?: string;
	/** Agent id; absent = the gateway's default agent. */
	readonly agent?: string;
	/** Model override for this turn. */
	readonly model?: string;
	/** Not for a way on which the gateway carries out orders that stand in a text (`capabilities.commands`). */
	readonly asText?: true;
	/** How much the model shall think, in the gateway's words (`off`, `low` …); transports that cannot say so leave it out. */
	readonly thinking?: string;
	/** So long the end of a whole answer may wait for what it cost, where that has to be asked for; 0: nobody wants to know. Milliseconds. */
	readonly usageWithinMs?: number;
}

export interface Usage {
	readonly promptTokens: number;
	readonly completionTokens: number;
	readonly totalTokens: number;
}

interface EventBase {
	readonly questionId: string;
}

/** `taken-up`: the gateway has started anew meanwhile, and has its agent answer again (2026.9.6): what tools did may be done twice. */
export type FoundRun = 'running' | 'taken-up' | 'finished';

export type TransportEvent =
	/** The gateway took the question. Not a sign of life from the model (HTTP sends it before calling the model). */
	| (EventBase & {readonly type: 'accepted'; readonly runId?: string; readonly model?: string; readonly transport?: 'http' | 'ws'})
	/** What the run is doing, when the transport can see it. `phase` is the gateway's word, e.g. `starting_model`; `message` is for people. */
	| (EventBase & {readonly type: 'progress'; readonly phase: string; readonly message: string; readonly retry?: ProviderRetry})
	/** More of what the model thinks, where it is offered. */
	| (EventBase & {readonly type: 'thinking'; readonly text: string})
	/** The connection is gone and the run may go on: it is looked up when the connection is back. Evidence of the loss. */
	| (EventBase & {readonly type: 'interrupted'; readonly evidence: Evidence})
	/** The connection is back, and nothing is known of the run yet: it is looked for, for so long at most. */
	| (EventBase & {readonly type: 'sought'; readonly atMostMs: number})
	/** The connection is back and the run was found: what came meanwhile follows. */
	| (EventBase & {readonly type: 'resumed'; readonly run: FoundRun})
	| (EventBase & {readonly type: 'delta'; readonly text: string})
	/** The text so far is replaced. */
	| (EventBase & {readonly type: 'replace'; readonly text: string})
	| (EventBase & {readonly type: 'tool'; readonly call: ToolCall})
	| (EventBase & {readonly type: 'usage'; readonly usage: Usage})
	| (EventBase & {readonly type: 'ended'; readonly outcome: Outcome; readonly evidence: Evidence});

/** The gateway tries its model provider again. */
export interface ProviderRetry {
	/** From 1. */
	readonly attempt: number;
	readonly maxAttempts: number;
	/** Until the next attempt begins. */
	readonly delayMs?: number;
	/** `rate_limit`, `server_error` … */
	readonly reason?: string;
}

/** One tool run of the agent. Texts are sanitised and bounded. */
export interface ToolCall {
	readonly id: string;
	readonly name: string;
	readonly phase: 'started' | 'updated' | 'finished' | 'failed';
	/** Its arguments on one line, short. */
	readonly summary?: string;
	/** Its arguments, whole as far as they are kept. */
	readonly arguments?: string;
	/** Where it is to run, as its arguments say: `gateway`, `node`, `sandbox` … */
	readonly host?: string;
	/** The node that its arguments name, by id or name. */
	readonly node?: string;
	/** What it printed or gave back, the end of it. */
	readonly output?: string;
	/** Size of the result in characters. */
	readonly resultLength?: number;
	/** Milliseconds since the epoch, by the gateway's clock. */
	readonly startedAt?: number;
	readonly durationMs?: number;
	/** Why it failed, one line. */
	readonly error?: string;
}

/** How an answer ended. Exactly one is true; the evidence beside it says what was observed. */
export type Outcome =
	/** The gateway said it is finished. `finishReason` is its word (`stop`, `length`); `unstated` on gateways that send none. */
	| {readonly kind: 'complete'; readonly finishReason: string}
	/** An orderly end without any text: the turn failed and the gateway did not say why. */
	| {readonly kind: 'empty'}
	/** The gateway reported that the turn failed. Text may have come before. */
	| {readonly kind: 'failed'}
	/** The gateway, or something before it, refused the request (401, 404, 429, 503 …). No run started. */
	| {readonly kind: 'refused'}
	/** No answer to the request, or the peer is no gateway: nothing was accepted as far as can be seen. */
	| {readonly kind: 'unreachable'}
	/** The connection ended before the answer did. The run may have finished, and acted, without us. */
	| {readonly kind: 'cut'}
	/** The connection ended before the answer did; it came back, and the gateway does not know how the run ended. */
	| {readonly kind: 'lost'}
	/** We gave up after silence and failed health checks. The run may still be going on. */
	| {readonly kind: 'abandoned'}
	/** `runMayGoOn`: it was sent, and nothing says that the gateway has stopped the run. */
	| {readonly kind: 'cancelled'; readonly by: 'user' | 'deadline'; readonly runMayGoOn?: true};
