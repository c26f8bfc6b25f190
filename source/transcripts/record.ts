import type {Usage} from '../gateway/transport.js';

/**
 * `clawtalk.conversation/1`: one conversation is one append-only JSONL file, `~/.clawtalk/conversations/<id>.jsonl`, mode 0600.
 * Each line is one record, complete before the next; the first is a `conversation` record. Times are ISO 8601 UTC. Readers keep
 * records of a kind they do not know.
 */
export type ConversationRecord =
	| ConversationStarted
	| QuestionAsked
	| AnswerPart
	| AnswerReceived
	| ToolEnded
	| NoticeShown
	| ApprovalEnded
	| ConversationRenamed
	| SessionBegun
	| ConversationForked;

export interface ConversationStarted {
	readonly schema: 'clawtalk.conversation/1';
	readonly kind: 'conversation';
	readonly id: string;
	readonly at: string;
	/** Gateway session key, `clawtalk:<id>` unless the user chose one. */
	readonly sessionKey: string;
	readonly origin: string;
	readonly profile?: string;
	/** The conversation that the records before the `forked` record were copied from. */
	readonly forkedFrom?: string;
}

export interface QuestionAsked {
	readonly kind: 'question';
	readonly id: string;
	readonly at: string;
	readonly text: string;
	readonly agent?: string;
	readonly model?: string;
	/** Files that travelled with it; their contents are not kept here. */
	readonly attachments?: readonly AttachedFile[];
	/** The question in whose place this one was asked (retry, edit). That one stays in the file. */
	readonly replaces?: string;
	/** It was asked on another surface of the gateway; an empty text: nobody asked, the agent spoke by itself. */
	readonly elsewhere?: true;
}

export interface AttachedFile {
	readonly name: string;
	readonly mediaType?: string;
	readonly bytes?: number;
}

/**
 * Text of an answer under way, written at most once a second, so that a crash loses no more than that. `text` stands at offset
 * `from` (UTF-16 code units) of the answer and replaces what parts before it said from there on. Once the `answer` record of the
 * same question is there it holds the whole text and the parts are of no more use; without one, the parts are the answer and it
 * was cut off by our own end.
 */
export interface AnswerPart {
	readonly kind: 'answer-part';
	readonly questionId: string;
	readonly at: string;
	readonly from: number;
	readonly text: string;
	readonly runId?: string;
}

/** An answer, whole or partial; written once, when it ended. */
export interface AnswerReceived {
	readonly kind: 'answer';
	readonly questionId: string;
	readonly at: string;
	readonly text: string;
	/** How it ended: the outcome's kind, e.g. `complete`, `cut`, `cancelled`. */
	readonly ended: string;
	readonly finishReason?: string;
	readonly runId?: string;
	readonly model?: string;
	readonly usage?: Usage;
	readonly firstTokenMs?: number;
	readonly totalMs?: number;
}

/** A tool run of the agent that has ended, written when it did. */
export interface ToolEnded extends ToolRun {
	readonly kind: 'tool';
	readonly questionId: string;
	/** The gateway's id of the run. */
	readonly callId: string;
	readonly at: string;
	/** Offset in the answer's text (UTF-16 code units) of what was written after it. */
	readonly from: number;
}

/** What is kept of a tool run. Texts are bounded: of arguments the beginning, of outputs the end. */
export interface ToolRun {
	readonly name: string;
	/** `unseen`: the answer was over, or broke off, and the end of the tool was not seen; `held-back`: it waited for approval then. */
	readonly ended: 'finished' | 'failed' | 'unseen' | 'held-back';
	/** Its arguments on one line, short. */
	readonly summary?: string;
	readonly arguments?: string;
	readonly output?: string;
	/** Size of the result in characters. */
	readonly resultLength?: number;
	readonly durationMs?: number;
	/** Why it failed, one line. */
	readonly error?: string;
}

/** A request for approval that is over: what was asked, and what came of it. Texts are escaped as they were shown. */
export interface ApprovalEnded {
	readonly kind: 'approval';
	readonly at: string;
	/** The gateway's id of the request. */
	readonly approvalId: string;
	readonly command: string;
	readonly outcome: ApprovalOutcome;
	/** Who answered, where it was not this chat. */
	readonly by?: string;
	readonly agent?: string;
	readonly sessionKey?: string;
	readonly host?: string;
	readonly node?: string;
	readonly cwd?: string;
	/** Which rule was stored: `exact`, `program`, `automation`. */
	readonly rule?: string;
}

/**
 * The decision; `expired` and `withdrawn` by the gateway; `over`: it waits no more, and why was not told; `answered-before`: another
 * answer came before ours; `unknown`: whether our answer arrived is not known.
 */
export type ApprovalOutcome = 'allow-once' | 'allow-always' | 'deny' | 'expired' | 'withdrawn' | 'over' | 'answered-before' | 'unknown';

export interface NoticeShown {
	readonly kind: 'notice';
	readonly at: string;
	readonly text: string;
}

/** The conversation has this name from here on; the empty name takes it back. */
export interface ConversationRenamed {
	readonly kind: 'renamed';
	readonly at: string;
	readonly name: string;
}

/** From here on questions go to this session of the gateway. */
export interface SessionBegun {
	readonly kind: 'session';
	readonly at: string;
	readonly sessionKey: string;
	/** In a word: `retry`, `edit`, `chosen`, `elsewhere`: it was begun on another surface of the gateway, and what was said there follows. */
	readonly why: string;
	/** About so many messages of the session are older than what follows. */
	readonly older?: number;
}

/** The records before this one were copied from another conversation. */
export interface ConversationForked {
	readonly kind: 'forked';
	readonly at: string;
	/** Id of the other conversation. */
	readonly from: string;
	/** The last question that was copied; absent = all. */
	readonly upTo?: string;
}
