import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {describeConversation} from './describe.js';
import {conversationsDirectory} from './location.js';
import {eachLine, type OpenFile, openForReading, readPlace} from './scan-file.js';
import {splitLines} from './split-lines.js';
import type {ConversationSummary} from './stored.js';
import {startTally} from './tally.js';

/** Files up to this size are read in one go. */
const smallBytes = 256 * 1024;
/** So many files are read before others get their turn: some milliseconds. */
const filesInARow = 32;

/** The conversations of this user, the one that was written last first. A file that cannot be read is left out. Rejects when the folder cannot be read. */
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
		const summary = await summarise(join(directory, `${id}.jsonl`), id, buffer);
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

/** What a list shows of one conversation file; undefined when it cannot be read. */
export async function summarise(path: string, id: string, buffer = Buffer.alloc(0)): Promise<ConversationSummary | undefined> {
	let file: OpenFile | undefined;
	try {
		file = openForReading(path);
		const small = file.stats.size <= buffer.length;
		return small ? summariseSmall(file, id, buffer) : await summariseLarge(file, id);
	} catch (error) {
		// Not there, not ours to read, a bad disk: the list is of what can be opened.
		if ((error as NodeJS.ErrnoException).code === undefined) throw error;
		return undefined;
	} finally {
		file?.close();
	}
}

async function summariseLarge(file: OpenFile, id: string): Promise<ConversationSummary> {
	const tally = startTally();
	await eachLine(file, 0, file.stats.size, tally.visit);
	const found = tally.result((offset, length) => readPlace(file, offset, length));
	return describeConversation(id, file.stats, found);
}

function summariseSmall(file: OpenFile, id: string, buffer: Buffer): ConversationSummary {
	const content = buffer.subarray(0, file.read(buffer.subarray(0, file.stats.size), 0));
	const tally = startTally();
	const splitter = splitLines(tally.visit);
	splitter.push(content);
	splitter.end();
	const found = tally.result((offset, length) => content.subarray(offset, offset + length));
	return describeConversation(id, file.stats, found);
}
