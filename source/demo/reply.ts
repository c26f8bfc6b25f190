import type {Oddity} from './oddity.js';

/** What an agent answers, and how the answer comes and ends. The gateway's generation decides how that looks on the wire. */
export interface Reply {
	/** Text in the pieces in which the model produces it. */
	readonly pieces: readonly string[];
	/** Pieces per second; 0 is as fast as possible, absent is the gateway's own pace. */
	readonly tokensPerSecond?: number;
	/** Silence before the first piece, in milliseconds. */
	readonly firstTokenMs?: number;
	readonly promptTokens: number;
	/** What the agent does before it answers. HTTP shows nothing of it: the stream is silent meanwhile. */
	readonly steps?: readonly Step[];
	readonly ending: Ending;
	/** What goes wrong with its events on the control plane, and at which piece. */
	readonly oddity?: {readonly kind: Oddity; readonly at: number};
	/** What the gateway does once the answer is out. */
	readonly afterwards?: 'restart';
}

export type Step = Thinking | ProviderRetry | ToolStep;

interface Thinking {
	readonly kind: 'thinking';
	readonly pieces: readonly string[];
}

/** The gateway waits and asks its model provider again. */
interface ProviderRetry {
	readonly kind: 'retry';
	/** From 1. */
	readonly attempt: number;
	readonly maxRetries: number;
	readonly delayMs: number;
	readonly reason: 'server_error' | 'rate_limit';
}

export interface ToolStep {
	readonly kind: 'tool';
	readonly name: string;
	readonly arguments: Readonly<Record<string, unknown>>;
	/** It may run only when somebody approves of it. */
	readonly needsApproval: boolean;
}

export type Ending =
	| {readonly kind: 'finished'; readonly finishReason: 'stop' | 'length'}
	| Failure
	/** The connection is destroyed. */
	| {readonly kind: 'cut'}
	/** The stream ends in order, but nothing says that the answer did. */
	| {readonly kind: 'closed-early'}
	/** Nothing more, until the client leaves. */
	| {readonly kind: 'stalled'}
	/** `[DONE]` at once. */
	| {readonly kind: 'empty'}
	/** Everything but `[DONE]`. */
	| {readonly kind: 'without-mark'}
	| {readonly kind: 'garbage'}
	| {readonly kind: 'too-large-line'; readonly bytes: number};

/** The model provider failed. */
export interface Failure {
	readonly kind: 'failed';
	readonly message: string;
	readonly type: string;
	/** HTTP status of an answer that is not streamed. */
	readonly status: number;
	/** Only after the gateway's own retries. */
	readonly slowly: boolean;
}

/** A provider that keeps failing, in the words of 2026.9.6. */
export const upstreamError: Failure = {
	kind: 'failed',
	message: 'upstream provider error',
	type: 'api_error',
	status: 502,
	slowly: true,
};

/** Pieces of a text as a model streams it: words with the white space that follows them. */
export function wordsOf(text: string): string[] {
	return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** A complete answer at the gateway's own pace. Tokens are estimated at four characters each. */
export function completeReply(text: string, prompt: string): Reply {
	return {pieces: wordsOf(text), promptTokens: Math.ceil(prompt.length / 4), ending: {kind: 'finished', finishReason: 'stop'}};
}
