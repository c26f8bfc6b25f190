import type {Usage} from '../gateway/transport.js';
import type {StoredConversation, StoredEntry, StoredTool, StoredTurn} from '../transcripts/stored.js';

/**
 * `clawtalk.export/1`: a conversation as `sessions export --format json` writes it, and what the readable formats are made of. Times are
 * ISO 8601 UTC. Keys may be added; none is renamed or given another meaning (docs/sessions-json.md).
 */
export interface ExportedConversation {
	readonly schema: 'clawtalk.export/1';
	readonly id: string;
	readonly title: string;
	/** Given by the user. */
	readonly name?: string;
	readonly createdAt: string;
	/** Of the last entry; a new name does not count. */
	readonly updatedAt: string;
	readonly origin?: string;
	readonly profile?: string;
	readonly sessionKey: string;
	readonly forkedFrom?: string;
	readonly entries: readonly ExportedEntry[];
	/** Only when something in the file could not be read; it is not in the export then. */
	readonly unreadable?: {readonly tornBytes: number; readonly brokenLines: number; readonly unknownRecords: number};
}

export type ExportedEntry = ExportedTurn | ExportedNotice | ExportedChange;

export interface ExportedTurn {
	readonly kind: 'turn';
	readonly id: string;
	readonly at: string;
	readonly question: string;
	/** Names of files that travelled with the question. */
	readonly attachments?: readonly string[];
	readonly agent?: string;
	readonly model?: string;
	/** The question in whose place this one was asked. */
	readonly replaces?: string;
	readonly answer?: ExportedAnswer;
}

export interface ExportedAnswer {
	readonly text: string;
	/** `complete`, or how it broke off; `unrecorded` when clawtalk ended before the answer did. */
	readonly ended: string;
	readonly finishReason?: string;
	readonly endedAt?: string;
	readonly model?: string;
	readonly usage?: Usage;
	readonly firstTokenMs?: number;
	readonly totalMs?: number;
	readonly runId?: string;
	/** Tool runs that it had, in their order; `from` is where in `text` (UTF-16 code units) each stands. */
	readonly tools?: readonly StoredTool[];
}

export interface ExportedNotice {
	readonly kind: 'notice';
	readonly at: string;
	readonly text: string;
}

/** Something about the conversation changed: its name, its session at the gateway, or it began as a copy of another one. */
export interface ExportedChange {
	readonly kind: 'renamed' | 'session' | 'forked';
	readonly at: string;
	/** The name, the session key, or the id of the other conversation. */
	readonly value: string;
}

/** What is exported of a stored conversation. */
export function exported(stored: StoredConversation): ExportedConversation {
	const {id, title, name, origin, profile, sessionKey, forkedFrom, unreadable, entries} = stored;
	const last = entries.reduce((latest, entry) => Math.max(latest, lastMoment(entry)), stored.createdAt);
	return {
		schema: 'clawtalk.export/1',
		id,
		title,
		...given({name}),
		createdAt: iso(stored.createdAt),
		updatedAt: iso(last),
		...given({origin, profile}),
		sessionKey,
		...given({forkedFrom}),
		entries: entries.map(exportedEntry),
		...(Object.values(unreadable).some(count => count > 0) && {unreadable}),
	};
}

function exportedEntry(entry: StoredEntry): ExportedEntry {
	const {kind} = entry;
	switch (kind) {
		case 'turn':
			return exportedTurn(entry);
		case 'notice':
			return {kind, at: iso(entry.at), text: entry.text};
		case 'renamed':
			return {kind, at: iso(entry.at), value: entry.name};
		case 'session':
			return {kind, at: iso(entry.at), value: entry.sessionKey};
		case 'forked':
			return {kind, at: iso(entry.at), value: entry.from};
	}
}

function exportedTurn({questionId, askedAt, question, attachments, agent, model, replaces, answer}: StoredTurn): ExportedTurn {
	return {
		kind: 'turn',
		id: questionId,
		at: iso(askedAt),
		question,
		...given({attachments, agent, model, replaces}),
		...(answer !== undefined && {answer: exportedAnswer(answer)}),
	};
}

function exportedAnswer(answer: NonNullable<StoredTurn['answer']>): ExportedAnswer {
	const {text, ended = 'unrecorded', endedAt, finishReason, model, usage, firstTokenMs, totalMs, runId, tools} = answer;
	const at = endedAt === undefined ? undefined : iso(endedAt);
	return {text, ended, ...given({finishReason, endedAt: at, model, usage, firstTokenMs, totalMs, runId, tools})};
}

function lastMoment(entry: StoredEntry): number {
	if (entry.kind === 'turn') return entry.answer?.endedAt ?? entry.askedAt;
	return entry.kind === 'renamed' ? 0 : entry.at;
}

/** Files are edited and come from elsewhere: a time beyond what Date can hold is the first one. */
function iso(ms: number): string {
	return new Date(Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString();
}

/** The fields that have a value. */
function given<Fields extends Readonly<Record<string, unknown>>>(
	fields: Fields,
): {readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>} {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>;
	};
}
