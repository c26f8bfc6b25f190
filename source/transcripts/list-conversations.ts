import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {open, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {describeConversation} from './describe.js';
import {conversationsDirectory} from './location.js';
import {eachLine} from './read-conversation.js';
import {splitLines} from './split-lines.js';
import type {ConversationSummary} from './stored.js';
import {startTally} from './tally.js';

/** Files up to this size are read in one go. */
const smallBytes = 256 * 1024;
/** So many small files are read before others get their turn: about two milliseconds. */
const filesInARow = 32;

/** The conversations of this user, the one that was written last first. A file that cannot be opened is left out. Rejects when the folder cannot be read. */
export async function listConversations(home: string): Promise<readonly ConversationSummary[]> {
	return listFolder(conversationsDirectory(home));
}

/** As `listConversations`, of any folder of conversation files; a missing folder is empty. */
export async function listFolder(directory: string): Promise<readonly ConversationSummary[]> {
	const ids = await conversationIds(directory);
	const buffer = Buffer.allocUnsafe(ids.length === 0 ? 0 : smallBytes);
	const summaries: ConversationSummary[] = [];
	for (const [index, id] of ids.entries()) {
		if (index % filesInARow === filesInARow - 1) await nextTurn();
		const path = join(directory, `${id}.jsonl`);
		const summary = summariseSmall(path, id, buffer) ?? (await summarise(path, id));
		if (summary !== undefined) summaries.push(summary);
	}
	return summaries.sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
}

/** @throws The system's error, but none for a missing folder. */
export async function conversationIds(directory: string): Promise<readonly string[]> {
	const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
	return names.flatMap(name => /^([\w-]{1,128})\.jsonl$/.exec(name)?.[1] ?? []);
}

/** What a list shows of one conversation file; undefined when it cannot be opened. */
export async function summarise(path: string, id: string): Promise<ConversationSummary | undefined> {
	const file = await open(path, 'r').catch(() => undefined);
	if (file === undefined) return undefined;
	try {
		const stats = await file.stat();
		const tally = startTally();
		await eachLine(file, 0, stats.size, tally.visit);
		return stats.isFile() ? describeConversation(id, stats, tally.result()) : undefined;
	} finally {
		await file.close();
	}
}

/** A thousand small files cost a tenth of the time without promises. Undefined for a large one. */
function summariseSmall(path: string, id: string, buffer: Buffer): ConversationSummary | undefined {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'r');
	} catch {
		return undefined; // The caller finds out that it cannot be opened.
	}
	try {
		const stats = fstatSync(descriptor);
		if (!stats.isFile() || stats.size > buffer.length) return undefined;
		const length = readSync(descriptor, buffer, 0, stats.size, 0);
		const tally = startTally();
		const splitter = splitLines(tally.visit);
		splitter.push(buffer.subarray(0, length));
		splitter.end();
		return describeConversation(id, stats, tally.result());
	} finally {
		closeSync(descriptor);
	}
}
