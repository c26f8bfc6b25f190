import type {Usage} from '../gateway/transport.js';

/** A question of a stored conversation and what came of it, as far as it is on disk. Times are milliseconds since the epoch. */
export interface StoredTurn {
	readonly questionId: string;
	readonly askedAt: number;
	readonly question: string;
	/** Files that travelled with the question, by name. */
	readonly attachments?: readonly string[];
	readonly agent?: string;
	readonly model?: string;
	/** The question which this one was asked in place of, by `/retry` or `/edit`. */
	readonly replaces?: string;
	/** Absent when nothing of an answer was kept. */
	readonly answer?: StoredAnswer;
}

export interface StoredAnswer {
	readonly text: string;
	/** The outcome's kind; absent when clawtalk ended before the answer did, and only what had come by then was kept. */
	readonly ended?: string;
	readonly finishReason?: string;
	readonly endedAt?: number;
	readonly model?: string;
	readonly usage?: Usage;
	readonly firstTokenMs?: number;
	readonly totalMs?: number;
}
