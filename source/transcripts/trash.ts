import {mkdir, readdir, rm, stat} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {draftsAmong, isAlive} from './draft-name.js';
import {listConversations, listFolder} from './list-conversations.js';
import {conversationFile, conversationsDirectory, trashDirectory} from './location.js';
import {moveWithoutOverwriting} from './new-file.js';
import type {ConversationSummary} from './stored.js';

/** A conversation in the trash. */
export interface TrashedConversation extends ConversationSummary {
	/** Its name in the trash: the id, with a number behind it when another of the same id was there. */
	readonly trashId: string;
	/** Milliseconds since the epoch. */
	readonly trashedAt: number;
}

/**
 * Moves a conversation and its drafts into `conversations/trash/`; the draft of another living process stays. Nothing is overwritten.
 * Answers with its name there, which brings it back.
 *
 * @throws The system's error, `ENOENT` when there is no such conversation.
 */
export async function trashConversation(home: string, id: string): Promise<string> {
	const path = conversationFile(home, id);
	await stat(path);
	await mkdir(trashDirectory(home), {recursive: true, mode: 0o700});
	const trashId = await moveUnderFreeName(path, home, id);
	// What cannot be moved with it stays for it, should it come back.
	await moveCompanions(conversationsDirectory(home), id, trashDirectory(home), trashId).catch(systemErrors);
	return trashId;
}

async function moveUnderFreeName(path: string, home: string, id: string): Promise<string> {
	for (let count = 1; ; count++) {
		const trashId = count === 1 ? id : `${id}--${count}`;
		try {
			await moveWithoutOverwriting(path, join(trashDirectory(home), `${trashId}.jsonl`));
			return trashId;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

/**
 * Brings a conversation back from the trash, with its drafts. Answers with its id.
 *
 * @throws The system's error: `ENOENT` when it is not in the trash, `EEXIST` when a conversation of its id is there. {RangeError} For no id.
 */
export async function restoreConversation(home: string, trashId: string): Promise<string> {
	const id = idOf(trashId);
	const path = join(trashDirectory(home), basename(conversationFile(home, trashId)));
	await stat(path);
	// First what belongs to it: were it to fail afterwards, nobody would look for that again.
	await moveCompanions(trashDirectory(home), trashId, conversationsDirectory(home), id);
	await moveWithoutOverwriting(path, conversationFile(home, id));
	return id;
}

/** What is in the trash, the last one thrown away first. */
export async function listTrash(home: string): Promise<readonly TrashedConversation[]> {
	const directory = trashDirectory(home);
	const summaries = await listFolder(directory);
	const trashed = await Promise.all(
		summaries.map(async summary => {
			// A move changes the inode's own time and leaves that of the content.
			const changed = await stat(join(directory, `${summary.id}.jsonl`)).catch(() => undefined);
			return {...summary, id: idOf(summary.id), trashId: summary.id, trashedAt: changed?.ctimeMs ?? summary.updatedAt};
		}),
	);
	return trashed.sort((a, b) => b.trashedAt - a.trashedAt);
}

/** What was done to each of some conversations. */
export interface Pruned<Conversation> {
	readonly done: readonly Conversation[];
	readonly failed: ReadonlyArray<{readonly conversation: Conversation; readonly error: NodeJS.ErrnoException}>;
}

/** Moves what was not written to since `before` (milliseconds since the epoch) into the trash. One that cannot be moved does not keep the others. */
export async function pruneConversations(home: string, before: number): Promise<Pruned<ConversationSummary>> {
	const old = (await listConversations(home)).filter(({updatedAt}) => updatedAt < before);
	return attemptEach(old, ({id}) => trashConversation(home, id));
}

/** Deletes for good what is in the trash since `before` (milliseconds since the epoch) or longer, with its drafts: only when the user said so. */
export async function emptyTrash(home: string, before: number): Promise<Pruned<TrashedConversation>> {
	const old = (await listTrash(home)).filter(({trashedAt}) => trashedAt < before);
	const directory = trashDirectory(home);
	return attemptEach(old, async ({trashId}) => {
		await rm(join(directory, `${trashId}.jsonl`));
		const names = await readdir(directory);
		for (const name of [...draftsAmong(names, trashId).map(draft => draft.name), ...tornAmong(names, trashId)]) {
			await rm(join(directory, name), {force: true});
		}
	});
}

async function attemptEach<One>(ones: readonly One[], work: (one: One) => Promise<unknown>): Promise<Pruned<One>> {
	const done: One[] = [];
	const failed: Array<{conversation: One; error: NodeJS.ErrnoException}> = [];
	for (const conversation of ones) {
		try {
			await work(conversation);
			done.push(conversation);
		} catch (error) {
			failed.push({conversation, error: error as NodeJS.ErrnoException});
		}
	}
	return {done, failed};
}

/** Drafts, and copies of lines that were cut short. */
async function moveCompanions(from: string, id: string, to: string, newId: string): Promise<void> {
	const names = await readdir(from);
	const drafts = draftsAmong(names, id).filter(({pid}) => pid === undefined || pid === process.pid || !isAlive(pid));
	for (const name of [...drafts.map(draft => draft.name), ...tornAmong(names, id)]) {
		await moveWithoutOverwriting(join(from, name), join(to, `${newId}${name.slice(id.length)}`)).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	}
}

function systemErrors(error: NodeJS.ErrnoException): void {
	if (error.code === undefined) throw error;
}

function tornAmong(names: readonly string[], id: string): readonly string[] {
	return names.filter(name => name.startsWith(`${id}.torn-`));
}

function idOf(trashId: string): string {
	return trashId.replace(/--\d+$/, '');
}
