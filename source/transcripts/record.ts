import type {Usage} from '../gateway/transport.js';

/**
 * `clawtalk.conversation/1`: one conversation is one append-only JSONL file, `~/.clawtalk/conversations/<id>.jsonl`, mode 0600.
 * Each line is one record, complete before the next; the first is a `conversation` record. Times are ISO 8601 UTC. Readers keep
 * records of a kind they do not know.
 */
export type ConversationRecord = ConversationStarted | QuestionAsked | AnswerPart | AnswerReceived | NoticeShown;

export interface ConversationStarted {
	readonly schema: 'clawtalk.conversation/1';
	readonly kind: 'conversation';
	readonly id: string;
	readonly at: string;
	/** Gateway session key, `clawtalk:<id>` unless the user chose one. */
	readonly sessionKey: string;
	readonly origin: string;
	readonly profile?: string;
}

export interface QuestionAsked {
	readonly kind: 'question';
	readonly id: string;
	readonly at: string;
	readonly text: string;
	readonly agent?: string;
	readonly model?: string;
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

export interface NoticeShown {
	readonly kind: 'notice';
	readonly at: string;
	readonly text: string;
}
