import {type LineFile, lineFile} from './append.js';
import {claimDraft, saveDraft} from './draft-file.js';
import {readHistory} from './input-history.js';
import {conversationFile, historyFile} from './location.js';
import type {ConversationRecord} from './record.js';

/** What a chat keeps on disk. Everything rejects with the system's error when it cannot be done; nothing is lost in memory by that. */
export interface Transcripts {
	/** Adds a record to a conversation's file, after all records before it; the end of a turn is on the disk when this resolves. */
	append(conversationId: string, record: ConversationRecord): Promise<void>;
	/** Keeps what stands in the composer; the empty text removes it. Of calls that overlap the last one counts. */
	saveDraft(conversationId: string, text: string, at: number): Promise<void>;
	/** The newest draft of a process that is no more, once. */
	claimDraft(): Promise<string | undefined>;
	remember(line: string, at: number): Promise<void>;
	/** Lines of earlier chats, oldest first. */
	readHistory(): Promise<readonly string[]>;
}

/** @param home clawtalk's own folder, `~/.clawtalk`; it is created with the first thing that is kept. */
export function openTranscripts(home: string): Transcripts {
	const files = new Map<string, LineFile>();
	const fileAt = (path: string) => {
		const file = files.get(path) ?? lineFile(path);
		files.set(path, file);
		return file;
	};
	let lastDraft: Promise<void> = Promise.resolve();
	return {
		append: (id, record) => fileAt(conversationFile(home, id)).append(JSON.stringify(record), record.kind === 'answer'),
		saveDraft(id, text, at) {
			const saved = lastDraft.then(() => saveDraft(home, id, text, at));
			lastDraft = saved.catch(() => undefined); // The caller is told; the next draft is tried anyway.
			return saved;
		},
		claimDraft: () => claimDraft(home),
		remember: (text, at) => fileAt(historyFile(home)).append(JSON.stringify({at: new Date(at).toISOString(), text})),
		readHistory: () => readHistory(home),
	};
}
