import {statSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {conversationIds, summarise} from './list-conversations.js';
import {conversationFile, conversationsDirectory} from './location.js';
import {parseRecord} from './parse-record.js';
import type {AnswerPart, ConversationRecord} from './record.js';
import {chunksOfLines, type OpenFile, openForReading} from './scan-file.js';
import {textOfLine} from './split-lines.js';
import {type Match, matchIn, wordsOf} from './text-match.js';

/** A question, answer or notice that holds all words, with what stands around the first place where one of them is. */
export interface SearchHit extends Match {
	readonly conversationId: string;
	/** Of the conversation; one line. */
	readonly title: string;
	readonly where: 'question' | 'answer' | 'notice';
	/** Of the question that was asked, or answered. */
	readonly questionId?: string;
	/** The number of the question in its conversation, from 1; 0 before the first. */
	readonly turn: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

export interface SearchOptions {
	/** Only this conversation. */
	readonly id?: string;
	/** Most hits, 100 when absent. */
	readonly limit?: number;
	readonly signal?: AbortSignal;
}

/**
 * Hits as they are found: conversations that were written last come first, and in each the order of the file. Case and accents make no
 * difference. Memory is bounded by the longest line. A file that cannot be read is passed over, but one that was named is an error.
 *
 * @throws The system's error, the signal's reason.
 */
export async function* searchConversations(
	home: string,
	query: string,
	options: SearchOptions = {},
): AsyncGenerator<SearchHit, void, void> {
	const {id, limit = 100, signal} = options;
	const words = wordsOf(query);
	if (words.length === 0) return;
	let left = limit;
	const places = id === undefined ? await newestFirst(conversationsDirectory(home)) : [{id, path: conversationFile(home, id)}];
	for (const {id: conversationId, path} of places) {
		await nextTurn();
		const title = once(async () => (await summarise(path, conversationId))?.title ?? '');
		for await (const hit of searchFile(path, words, signal, id !== undefined)) {
			if (left-- <= 0) return;
			yield {...hit, conversationId, title: await title()};
		}
	}
}

async function newestFirst(directory: string): Promise<ReadonlyArray<{readonly id: string; readonly path: string}>> {
	const files = (await conversationIds(directory)).map(id => {
		const path = join(directory, `${id}.jsonl`);
		return {id, path, writtenAt: statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0};
	});
	return files.sort((a, b) => b.writtenAt - a.writtenAt);
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
	let result: Promise<Result> | undefined;
	return () => (result ??= work());
}

type FoundInFile = Omit<SearchHit, 'conversationId' | 'title'>;

async function* searchFile(path: string, words: readonly string[], signal: AbortSignal | undefined, isNamed: boolean) {
	let file: OpenFile | undefined;
	const found: FoundInFile[] = [];
	const look = lookThrough(words, hit => found.push(hit));
	try {
		file = openForReading(path);
		for (const _chunk of chunksOfLines(file, 0, file.stats.size, line => look.line(textOfLine(line)))) {
			yield* found.splice(0);
			await nextTurn();
			signal?.throwIfAborted();
		}
	} catch (error) {
		// Not there any more, not ours to read, a bad disk.
		if (isNamed || signal?.aborted || (error as NodeJS.ErrnoException).code === undefined) throw error;
	} finally {
		file?.close();
	}
	look.end();
	signal?.throwIfAborted();
	yield* found;
}

/** Parts of an answer count only when its end was never written. */
function lookThrough(words: readonly string[], tell: (hit: FoundInFile) => void): {line(text: string): void; end(): void} {
	const turns = new Map<string, number>();
	const answered = new Set<string>();
	const unfinished = new Map<string, {readonly part: AnswerPart; readonly text: string}>();
	const told = new Set<string>();
	const check = (where: SearchHit['where'], text: string, at: string, questionId?: string) => {
		const match = matchIn(text, words);
		// Two chats that had the conversation open may both have written it.
		if (match === undefined || (questionId !== undefined && told.has(`${where} ${questionId}`))) return;
		if (questionId !== undefined) told.add(`${where} ${questionId}`);
		const turn = questionId === undefined ? turns.size : (turns.get(questionId) ?? turns.size);
		tell({...match, where, turn, at: Date.parse(at) || 0, ...(questionId !== undefined && {questionId})});
	};
	const record = (one: ConversationRecord) => {
		if (one.kind === 'question') {
			if (!turns.has(one.id)) turns.set(one.id, turns.size + 1);
			check('question', one.text, one.at, one.id);
		} else if (one.kind === 'answer') {
			unfinished.delete(one.questionId);
			answered.add(one.questionId);
			check('answer', one.text, one.at, one.questionId);
		} else if (one.kind === 'answer-part' && !answered.has(one.questionId)) {
			const before = unfinished.get(one.questionId)?.text ?? '';
			unfinished.set(one.questionId, {part: one, text: before.slice(0, one.from) + one.text});
		} else if (one.kind === 'notice') {
			check('notice', one.text, one.at);
		}
	};
	return {
		line(text) {
			const parsed = parseRecord(text);
			if (parsed.kind === 'record') record(parsed.record);
		},
		end() {
			for (const {part, text} of unfinished.values()) check('answer', text, part.at, part.questionId);
		},
	};
}
