import {open, readdir, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {makeFolder} from '../config/make-folder.js';
import {readRegularFile} from '../config/regular-file.js';
import {type DraftName, draftsAmong, isAlive, parseDraftName} from './draft-name.js';
import {conversationFile, conversationsDirectory, draftFile, trashDirectory} from './location.js';

/** `clawtalk.draft/1`: what stands in the composer of one conversation, so that a crash or a closed window does not lose it. */
interface StoredDraft {
	readonly schema: 'clawtalk.draft/1';
	/** The process that wrote it first. */
	readonly pid: number;
	/** ISO 8601. */
	readonly at: string;
	readonly text: string;
	/** What labels in the text stand for; the chat knows their form. */
	readonly pieces?: readonly unknown[];
}

/** What this process has written or taken over. A draft with its id that is not among these is of an earlier process of the same id: in a container each clawtalk has the same. */
const ours = new Set<string>();

/** A draft that was left behind. */
export interface LeftDraft {
	readonly conversationId: string;
	readonly text: string;
	readonly pieces?: readonly unknown[];
	/** When it was saved, milliseconds since the epoch. */
	readonly savedAt: number;
	/** Where it is now: taken over by this process, and removed by the caller once it is saved elsewhere. */
	readonly path: string;
}

/**
 * Stores the draft of a conversation whole or not at all (temporary file and rename, mode 0600); an empty one removes the file.
 * Other processes' drafts of the same conversation stay. Rejects with the system's error.
 */
export async function saveDraft(
	home: string,
	conversationId: string,
	draft: {readonly text: string; readonly pieces?: readonly unknown[]},
	at: number,
	pid = process.pid,
): Promise<void> {
	const path = draftFile(home, conversationId, pid);
	if (pid === process.pid) ours.add(path);
	if (draft.text === '') return rm(path, {force: true});
	await makeFolder(conversationsDirectory(home));
	const stored: StoredDraft = {
		schema: 'clawtalk.draft/1',
		pid,
		at: new Date(at).toISOString(),
		text: draft.text,
		...(draft.pieces !== undefined && draft.pieces.length > 0 && {pieces: draft.pieces}),
	};
	const temporary = `${path}.tmp`;
	try {
		await writeDurably(temporary, JSON.stringify(stored));
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, {force: true});
		throw error;
	}
}

/**
 * For a fresh start: the newest draft of a process that is no more, of a conversation that was never begun. One that belongs to a stored
 * conversation waits for that to be opened. Of two processes that want it one gets it.
 */
export async function claimDraft(home: string): Promise<LeftDraft | undefined> {
	const left = await leftDrafts(home);
	for (const draft of left) {
		if (await isStored(home, draft.conversationId)) continue;
		const taken = await takeOver(home, draft);
		if (taken !== undefined) return taken;
	}
	return undefined;
}

/** For a conversation that is opened: the newest of its drafts whose process is no more. A living process keeps its own. */
export async function loadDraft(home: string, conversationId: string): Promise<LeftDraft | undefined> {
	const left = await leftDrafts(home, conversationId);
	for (const draft of left) {
		const taken = await takeOver(home, draft);
		if (taken !== undefined) return taken;
	}
	return undefined;
}

/** Drafts that a fresh start leaves alone: each waits for its conversation to be opened. Newest first; none is taken over. */
export async function waitingDrafts(home: string): Promise<readonly LeftDraft[]> {
	const left = await leftDrafts(home);
	const stored = await Promise.all(left.map(({conversationId}) => isThere(conversationFile(home, conversationId))));
	return left.filter((_, index) => stored[index]);
}

/** Drafts whose process is no more, of one conversation or of all, newest first. */
async function leftDrafts(home: string, conversationId?: string): Promise<readonly LeftDraft[]> {
	const directory = conversationsDirectory(home);
	const names = await readdir(directory).catch(missing([]));
	const drafts = conversationId === undefined ? names.flatMap(name => parseDraftName(name) ?? []) : draftsAmong(names, conversationId);
	const abandoned = drafts.filter(
		({name, pid}) => pid === undefined || (pid === process.pid ? !ours.has(join(directory, name)) : !isAlive(pid)),
	);
	const found = await Promise.all(abandoned.map(draft => readDraft(directory, draft)));
	return found.filter(draft => draft !== undefined).sort((a, b) => b.savedAt - a.savedAt);
}

async function readDraft(directory: string, {name, conversationId, pid}: DraftName): Promise<LeftDraft | undefined> {
	const path = join(directory, name);
	const text = await readRegularFile(path).catch(missing(undefined));
	const modified = await stat(path).catch(missing(undefined));
	const draft = text === undefined ? undefined : parseDraft(text);
	if (draft === undefined || modified === undefined || (pid === undefined && draft.pid !== process.pid && isAlive(draft.pid)))
		return undefined;
	return {
		conversationId,
		text: draft.text,
		...(Array.isArray(draft.pieces) && {pieces: draft.pieces}),
		savedAt: modified.mtimeMs,
		path,
	};
}

/** By renaming, which one of several processes can do. What stands under the new name is not written over: this one waits then. */
async function takeOver(home: string, draft: LeftDraft): Promise<LeftDraft | undefined> {
	const path = draftFile(home, draft.conversationId);
	if (draft.path === path) {
		if (ours.has(path)) return undefined;
		ours.add(path);
		return draft;
	}
	if (await isThere(path)) return undefined;
	const isTaken = await rename(draft.path, path).then(() => true, missing(false));
	if (isTaken) ours.add(path);
	return isTaken ? {...draft, path} : undefined;
}

async function isThere(path: string): Promise<boolean> {
	return stat(path).then(() => true, missing(false));
}

async function isStored(home: string, conversationId: string): Promise<boolean> {
	const places = [conversationFile(home, conversationId), join(trashDirectory(home), `${conversationId}.jsonl`)];
	const found = await Promise.all(places.map(isThere));
	return found.includes(true);
}

/** Undefined for what is no draft of ours: such a file is left alone. */
function parseDraft(text: string): StoredDraft | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isDraft(value) ? value : undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function isDraft(value: unknown): value is StoredDraft {
	const draft = value as Partial<StoredDraft> | null;
	return draft?.schema === 'clawtalk.draft/1' && typeof draft.text === 'string' && Number.isSafeInteger(draft.pid);
}

async function writeDurably(path: string, text: string): Promise<void> {
	const file = await open(path, 'w', 0o600);
	try {
		await file.writeFile(text);
		await file.datasync();
	} finally {
		await file.close();
	}
}

/** Takes a file or folder that is not there for `value`; other errors go on. */
function missing<T>(value: T): (error: NodeJS.ErrnoException) => T {
	return error => {
		if (error.code === 'ENOENT') return value;
		throw error;
	};
}
