import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {type LineFile, type LineFileOptions, lineFile} from './append.js';
import {claimDraft, type LeftDraft, saveDraft, waitingDrafts} from './draft-file.js';
import {readHistory} from './input-history.js';
import {conversationFile, conversationsDirectory, historyFile} from './location.js';
import type {ConversationRecord} from './record.js';
import type {ConversationSummary} from './stored.js';

/** What a chat keeps on disk. Everything rejects with the system's error when it cannot be done; nothing is lost in memory by that. */
export interface Transcripts {
	/** Adds a record to a conversation's file, after all records before it; the end of a turn is on the disk when this resolves. */
	append(conversationId: string, record: ConversationRecord): Promise<void>;
	/** Keeps what stands in the composer; the empty text removes it. Of calls that overlap the last one counts. */
	saveDraft(conversationId: string, text: string, at: number, pieces?: readonly unknown[]): Promise<void>;
	/** For a fresh start: the newest draft of a process that is no more, of a conversation that was never begun; once. */
	claimDraft(): Promise<RestoredDraft | undefined>;
	/** Stored conversations that a draft waits in, left by processes that are no more; the newest draft first. */
	conversationsWithDraft(): Promise<readonly ConversationSummary[]>;
	remember(line: string, at: number): Promise<void>;
	/** Lines of earlier chats, oldest first. */
	readHistory(): Promise<readonly string[]>;
	/** Writes what could not be written before; what was written is on the disk when this resolves. */
	flush(): Promise<void>;
}

/** A draft as it was saved. */
export type RestoredDraft = Pick<LeftDraft, 'text' | 'pieces'>;

/**
 * @param home clawtalk's own folder, `~/.clawtalk`; it is created with the first thing that is kept.
 * @param notice Told, in a line for the user, when the end of a conversation's file was found cut short.
 */
export function openTranscripts(home: string, notice: (line: string) => void = () => undefined): Transcripts {
	const files = new Map<string, LineFile>();
	const fileAt = (path: string, options?: LineFileOptions) => {
		const file = files.get(path) ?? lineFile(path, options);
		files.set(path, file);
		return file;
	};
	const onTorn = (copy: string) =>
		notice(`The last line of this conversation's file was cut short; it is kept in ${copy}, and the rest is whole.`);
	const conversation = (id: string) =>
		fileAt(conversationFile(home, id), {tornCopy: offset => join(conversationsDirectory(home), `${id}.torn-${offset}`), onTorn});
	let lastDraft: Promise<void> = Promise.resolve();
	/** Files that hold what this chat took over, until it has saved a draft of its own. */
	const takenOver = new Set<string>();
	/** @param superseded Of the files that were taken over, those whose text was known when this draft came. */
	const save = async ([id, text, at, pieces = []]: Parameters<Transcripts['saveDraft']>, superseded: readonly string[]) => {
		await saveDraft(home, id, {text, pieces}, at);
		for (const path of superseded) {
			await rm(path, {force: true});
			takenOver.delete(path);
		}
	};
	return {
		append: (id, record) => conversation(id).append(JSON.stringify(record), record.kind === 'answer'),
		saveDraft(...draft) {
			const superseded = [...takenOver];
			const saved = lastDraft.then(() => save(draft, superseded));
			lastDraft = saved.catch(() => undefined); // The caller is told; the next draft is tried anyway.
			return saved;
		},
		async claimDraft() {
			const draft = await claimDraft(home);
			if (draft === undefined) return undefined;
			const {text, pieces, path} = draft;
			takenOver.add(path);
			return {text, ...(pieces !== undefined && {pieces})};
		},
		async conversationsWithDraft() {
			const ids = [...new Set((await waitingDrafts(home)).map(({conversationId}) => conversationId))];
			if (ids.length === 0) return [];
			const {summarise} = await import('./list-conversations.js');
			const found = await Promise.all(ids.map(id => summarise(conversationFile(home, id), id)));
			return found.filter(summary => summary !== undefined);
		},
		remember: (text, at) => fileAt(historyFile(home)).append(JSON.stringify({at: new Date(at).toISOString(), text})),
		readHistory: () => readHistory(home),
		flush: async () => void (await Promise.all([...files.values()].map(file => file.flush()))),
	};
}
