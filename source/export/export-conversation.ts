import {readConversation} from '../transcripts/read-conversation.js';
import type {Unreadable} from '../transcripts/stored.js';
import {writeExport, writeNumberedExport} from './export-file.js';
import {type ExportFormat, exportFileName} from './export-format.js';
import {type ExportedConversation, exported} from './exported-conversation.js';

/** An export as text, ready for a terminal or a file. */
export interface RenderedExport {
	readonly title: string;
	readonly text: string;
	/** What stands in the conversation's file and could not be read: it is not in the text. */
	readonly unreadable: Unreadable;
}

/** Where an export goes: a file, or a folder in which a name is made from the title, with a number when there is such a file. */
export type ExportTarget = {readonly file: string; readonly replaces?: boolean} | {readonly folder: string};

export interface WrittenExport {
	readonly path: string;
	readonly bytes: number;
	readonly unreadable: Unreadable;
}

/**
 * A conversation in a format; what each needs is loaded when it is asked for.
 *
 * @throws The system's error, `ENOENT` when there is no such conversation.
 */
export async function renderConversation(home: string, id: string, format: ExportFormat): Promise<RenderedExport> {
	const stored = await readConversation(home, id);
	const {title, unreadable} = stored;
	if (format === 'jsonl') return {title, ...(await (await import('./jsonl-export.js')).jsonlExport(home, id))};
	const render = await renderers[format]();
	return {title, text: render(exported(stored)), unreadable};
}

const renderers: Readonly<Record<Exclude<ExportFormat, 'jsonl'>, () => Promise<(conversation: ExportedConversation) => string>>> = {
	md: async () => (await import('./markdown-export.js')).markdownExport,
	html: async () => (await import('./html-export.js')).htmlExport,
	json: async () => (await import('./json-export.js')).jsonExport,
	txt: async () => (await import('./text-export.js')).textExport,
};

/**
 * Writes a conversation into a file (mode 0600, whole or not at all).
 *
 * @throws The system's error: `ENOENT` when there is no such conversation or folder, `EEXIST` when the file is there and is not to be replaced.
 */
export async function exportConversation(home: string, id: string, format: ExportFormat, target: ExportTarget): Promise<WrittenExport> {
	const {title, text, unreadable} = await renderConversation(home, id, format);
	const path = 'file' in target ? target.file : await writeNumberedExport(target.folder, exportFileName({title, id}, format), text);
	if ('file' in target) await writeExport(path, text, {replaces: target.replaces ?? false});
	return {path, bytes: Buffer.byteLength(text), unreadable};
}
