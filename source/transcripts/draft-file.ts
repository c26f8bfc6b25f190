import {mkdir, open, readdir, readFile, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {conversationsDirectory, draftFile} from './location.js';

/** `clawtalk.draft/1`: what stands in the composer of one conversation, so that a crash or a closed window does not lose it. */
interface StoredDraft {
	readonly schema: 'clawtalk.draft/1';
	/** The process that wrote it; while it lives the draft is its own. */
	readonly pid: number;
	/** ISO 8601. */
	readonly at: string;
	readonly text: string;
}

/**
 * Stores the draft of a conversation whole or not at all (temporary file and rename, mode 0600); an empty one removes the file.
 * Rejects with the system's error.
 */
export async function saveDraft(home: string, conversationId: string, text: string, at: number, pid = process.pid): Promise<void> {
	const path = draftFile(home, conversationId);
	if (text === '') return rm(path, {force: true});
	await mkdir(conversationsDirectory(home), {recursive: true, mode: 0o700});
	const draft: StoredDraft = {schema: 'clawtalk.draft/1', pid, at: new Date(at).toISOString(), text};
	const temporary = `${path}.${pid}.tmp`;
	try {
		await writeDurably(temporary, JSON.stringify(draft));
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, {force: true});
		throw error;
	}
}

/**
 * The newest draft that a process which is no more left behind. It is taken away: the caller's composer has it now and saves it
 * under its own conversation. Of two processes that want it one gets it.
 */
export async function claimDraft(home: string): Promise<string | undefined> {
	const directory = conversationsDirectory(home);
	const names = (await readdir(directory).catch(missing([]))).filter(name => name.endsWith('.draft.json'));
	const found = await Promise.all(names.map(name => readDraft(join(directory, name))));
	const abandoned = found.filter(draft => draft !== undefined).filter(draft => !isAlive(draft.pid));
	const newest = abandoned.sort((a, b) => b.modifiedMs - a.modifiedMs)[0];
	if (newest === undefined) return undefined;
	const claimed = `${newest.path}.${process.pid}.claimed`;
	const isOurs = await rename(newest.path, claimed).then(() => true, missing(false));
	if (!isOurs) return undefined;
	await rm(claimed, {force: true});
	return newest.text;
}

interface FoundDraft extends StoredDraft {
	readonly path: string;
	readonly modifiedMs: number;
}

async function readDraft(path: string): Promise<FoundDraft | undefined> {
	const text = await readFile(path, 'utf8').catch(missing(undefined));
	const modified = await stat(path).catch(missing(undefined));
	const draft = text === undefined ? undefined : parseDraft(text);
	return draft && modified && {...draft, path, modifiedMs: modified.mtimeMs};
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

function isAlive(pid: number): boolean {
	if (pid === process.pid) return true;
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
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
