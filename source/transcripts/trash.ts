import {mkdir, readdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
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
	for (let count = 1; ; count++) {
		const trashId = count === 1 ? id : `${id}--${count}`;
		try {
			await moveWithoutOverwriting(path, join(trashDirectory(home), `${trashId}.jsonl`));
			await moveDrafts(conversationsDirectory(home), id, trashDirectory(home), trashId);
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
	conversationFile(home, trashId);
	await moveWithoutOverwriting(join(trashDirectory(home), `${trashId}.jsonl`), conversationFile(home, id));
	await moveDrafts(trashDirectory(home), trashId, conversationsDirectory(home), id);
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
		for (const draft of draftsAmong(await readdir(directory), trashId)) await rm(join(directory, draft.name), {force: true});
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

async function moveDrafts(from: string, id: string, to: string, newId: string): Promise<void> {
	for (const {name, pid} of draftsAmong(await readdir(from), id)) {
		if (pid !== process.pid && pid !== undefined && isAlive(pid)) continue;
		await moveWithoutOverwriting(join(from, name), join(to, `${newId}${name.slice(id.length)}`));
	}
}

function idOf(trashId: string): string {
	return trashId.replace(/--\d+$/, '');
}
