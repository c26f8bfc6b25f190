import type {Usage} from '../gateway/transport.js';
import type {ToolRun} from './record.js';

/**
 * What is read back from disk. Times are milliseconds since the epoch. Texts are as they were written: whoever shows them makes them safe
 * for a terminal first.
 */

/** A question and what came of it, as far as it is on disk. */
export interface StoredTurn {
	readonly questionId: string;
	readonly askedAt: number;
	readonly question: string;
	/** Files that travelled with the question, by name. */
	readonly attachments?: readonly string[];
	readonly agent?: string;
	readonly model?: string;
	/** The question which this one was asked in place of, by retry or edit. */
	readonly replaces?: string;
	/** It was asked on another surface of the gateway. */
	readonly elsewhere?: true;
	/** Absent when nothing of an answer was kept. */
	readonly answer?: StoredAnswer;
}

export interface StoredAnswer {
	/** The whole text, or what its parts come to when its end was not written. */
	readonly text: string;
	/** The outcome's kind; absent when clawtalk ended before the answer did, or the answer is still coming to another process. */
	readonly ended?: string;
	readonly finishReason?: string;
	readonly runId?: string;
	readonly endedAt?: number;
	readonly model?: string;
	readonly usage?: Usage;
	readonly firstTokenMs?: number;
	readonly totalMs?: number;
	/** Tool runs that it had, in their order. */
	readonly tools?: readonly StoredTool[];
}

/** A tool run of an answer; `from` is where in its text it stands. */
export interface StoredTool extends ToolRun {
	readonly from: number;
}

/** What stands in a conversation, in the order of the file. */
export type StoredEntry =
	| ({readonly kind: 'turn'} & StoredTurn)
	| {readonly kind: 'notice'; readonly at: number; readonly text: string}
	| {readonly kind: 'renamed'; readonly at: number; readonly name: string}
	| {readonly kind: 'session'; readonly at: number; readonly sessionKey: string; readonly why: string; readonly older?: number}
	| {readonly kind: 'forked'; readonly at: number; readonly from: string};

/** What could not be read and stays in the file as it is. */
export interface Unreadable {
	/** Length of a last line that was cut short, bytes. */
	readonly tornBytes: number;
	/** Lines that are no records. */
	readonly brokenLines: number;
	/** Records of a kind that a later clawtalk writes. */
	readonly unknownRecords: number;
}

interface StoredFile {
	readonly id: string;
	/** Given by the user. */
	readonly name?: string;
	/** The gateway session that the next question goes to. */
	readonly sessionKey: string;
	/** Absent when the first line is not readable. */
	readonly origin?: string;
	readonly profile?: string;
	readonly forkedFrom?: string;
	readonly createdAt: number;
	/** When the file was last written. */
	readonly updatedAt: number;
	readonly bytes: number;
	/** Questions in the file. */
	readonly asked: number;
	readonly unreadable: Unreadable;
}

/** A conversation for a list. */
export interface ConversationSummary extends StoredFile {
	/** The name, or the first words of the first question; one line. */
	readonly title: string;
	/** Beginnings of the last question and of the last answer, a line each. */
	readonly preview: readonly string[];
}

/** A conversation that was opened. */
export interface StoredConversation extends StoredFile {
	readonly title: string;
	/** Of the last question. */
	readonly agent?: string;
	readonly model?: string;
	/** All, or those from the n-th last question on. */
	readonly entries: readonly StoredEntry[];
	/** Questions before `entries`. */
	readonly earlierTurns: number;
}

/** The turns among the entries. */
export function turnsOf({entries}: Pick<StoredConversation, 'entries'>): readonly StoredTurn[] {
	return entries.filter(entry => entry.kind === 'turn');
}
