import type {ControlAnswer, ControlNews, ControlPlane, Hello, JsonObject} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import type {Relation} from '../relation.js';
import type {TransportEvent} from '../transport.js';
import type {Inbox} from './inbox.js';
import type {QueuedRun} from './queued-run.js';
import type {RunReader} from './run-reader.js';
import type {WsQuestion} from './ws-question.js';

/** What a question needs on its way over the control plane. */
export interface TurnOptions {
	readonly relation: Relation;
	readonly control: ControlPlane;
	readonly questionId: string;
	readonly asked: WsQuestion;
	/** Of the connection that it is sent on. */
	readonly hello: Hello;
	/** The user's wish, or the deadline. */
	readonly signal: AbortSignal;
	/** The transport is being closed. */
	readonly closing: AbortSignal;
	readonly emit: (event: TransportEvent) => void;
	readonly log: EvidenceLog;
	readonly returnWithinMs?: number | undefined;
	/** As in `Question`. */
	readonly usageWithinMs?: number | undefined;
}

/** One question under way, as far as is known. */
export interface Turn extends TurnOptions {
	readonly inbox: Inbox<Happening>;
	readonly reader: RunReader;
	readonly queued: QueuedRun;
	/** Ways to call off what `later` promised. */
	readonly timers: Set<() => void>;
	/** Milliseconds since the epoch, and of the log's clock. */
	readonly sentAt: number;
	readonly sentAtMs: number;
	heardAtMs: number;
	firstTextMs?: number;
	/** The gateway said that it took the question, or something of its run came. */
	accepted: boolean;
	/** The connection is away. */
	isAway: boolean;
	/** How often it went. */
	absences: number;
	/** The connection is back, and what became of the run was not told yet. */
	isResuming: boolean;
	/** False once a connection led to a gateway that had started anew. */
	isSameStart: boolean;
	/** After a return: until when the run is looked for, milliseconds of the log's clock. */
	soughtUntilMs?: number | undefined;
	/** Gaps so far. */
	gaps: number;
	/** It waits to be looked up because of one: more of them are no more reason. */
	hasGap: boolean;
	/** The user's wish was told to the gateway. */
	isStopping: boolean;
	/** The gateway said that it has stopped the run. */
	isStopHeard: boolean;
	accept(): void;
	/** Tells, once after each return, that the run was found. */
	resume(run: 'running' | 'finished'): void;
	submit(): void;
	later(delayMs: number, happening: Happening): void;
}

/** What can happen to a question, in order. */
export type Happening =
	| {readonly kind: 'answered'; readonly answer: ControlAnswer}
	/** The reader has read an end. */
	| {readonly kind: 'ended'}
	/** The run was found that answers a question which had to wait; what came of it so far. */
	| {readonly kind: 'found'; readonly runId: string; readonly frames: readonly (readonly [string, JsonObject])[]}
	| {readonly kind: 'closed'; readonly news: ControlNews & {kind: 'closed'}}
	| {readonly kind: 'opened'; readonly hello: Hello}
	/** The run is to be looked up. `isReturn`: after a connection that was away. */
	| {readonly kind: 'look'; readonly isReturn: boolean; readonly tries: number}
	| {readonly kind: 'stop'}
	/** The gateway knows no such run any more, or did not say so in time. */
	| {readonly kind: 'stopped'}
	/** The connection stayed away too long, counted from the start of that absence; or, without one, the transport is being closed. */
	| {readonly kind: 'given-up'; readonly absence?: number};
