import type {Evidence} from '../diagnosis/evidence.js';
import type {Message, Outcome, ToolCall, Usage} from '../gateway/transport.js';
import type {Draft} from './draft.js';

/** All that the chat knows. Serialisable; changed only by `update`. Times are milliseconds since the epoch, given by events. */
export interface State {
	readonly conversation: Conversation;
	/** How the gateway is named in the status line. */
	readonly place: Place;
	readonly agent?: string;
	readonly model?: string;
	readonly connection: Connection;
	/** What has been said, oldest first, append-only: each entry goes to the terminal's scrollback once. */
	readonly entries: readonly Entry[];
	/** The answer under way. */
	readonly answer?: Answer;
	/** A question typed while an answer is under way, or before the connection is ready; sent in order. */
	readonly queue: readonly Message['text'][];
	readonly draft: Draft;
	readonly inputHistory: InputHistory;
	/** Earlier turns, for transports without a server-side history. */
	readonly turns: readonly Message[];
	/** Set by the first Ctrl+C on an empty prompt; the next one quits. */
	readonly quitArmed: boolean;
	/** `quitting` makes the shell unmount. */
	readonly phase: 'open' | 'quitting';
	/** Last moment an event told; the view shows waiting times relative to it. */
	readonly now: number;
}

export interface Conversation {
	readonly id: string;
	readonly sessionKey: string;
	/** Nothing is written to disk. */
	readonly ephemeral: boolean;
}

export interface Place {
	readonly profile?: string;
	readonly origin: string;
	/** `loopback`, `LAN`, `tailnet`, `public`: the path in words. */
	readonly path: string;
}

/** Exactly one of these is true of the gateway. */
export type Connection =
	| {readonly state: 'connecting'; readonly since: number}
	| {readonly state: 'online'; readonly since: number; readonly latencyMs: number}
	/** Down; the next look is at `retryAt`. */
	| {readonly state: 'waiting'; readonly since: number; readonly retryAt: number; readonly evidence: Evidence}
	/** Reached, but it cannot be used before the user does something (wrong token, endpoint off, not a gateway). */
	| {readonly state: 'refused'; readonly since: number; readonly evidence: Evidence};

export type Entry =
	| {readonly kind: 'banner'; readonly id: string; readonly text: string}
	| {readonly kind: 'question'; readonly id: string; readonly text: string}
	/** One finished block of markdown of an answer. `first` draws the speaker's mark. */
	| {readonly kind: 'block'; readonly id: string; readonly markdown: string; readonly first: boolean}
	| {
			readonly kind: 'answer-end';
			readonly id: string;
			readonly outcome: Outcome;
			readonly evidence: Evidence;
			readonly totalMs: number;
			readonly usage?: Usage;
			readonly hadText: boolean;
	  }
	| {readonly kind: 'notice'; readonly id: string; readonly text: string}
	/** A failure outside an answer, explained by the rules while drawing. */
	| {readonly kind: 'failure'; readonly id: string; readonly evidence: Evidence};

export interface Answer {
	readonly questionId: string;
	readonly question: string;
	readonly askedAt: number;
	readonly phase: 'sending' | 'accepted' | 'streaming' | 'cancelling';
	readonly runId?: string;
	/** Whole text so far, for the transcript. */
	readonly text: string;
	/** Length of `text` that has become entries. */
	readonly settledLength: number;
	readonly firstTokenAt?: number;
	readonly lastByteAt: number;
	readonly progress?: string;
	readonly tools: readonly ToolCall[];
	readonly usage?: Usage;
}

/** Lines sent before; `position` walks them with ↑ and ↓, `stash` keeps what was typed. */
export interface InputHistory {
	readonly lines: readonly string[];
	readonly position?: number;
	readonly stash?: string;
}
