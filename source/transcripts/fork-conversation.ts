import {makeFolder} from '../config/make-folder.js';
import {isProfile} from './describe.js';
import {conversationFile, conversationsDirectory} from './location.js';
import {writeNewFile} from './new-file.js';
import {parseRecord} from './parse-record.js';
import type {ConversationForked, ConversationRecord, ConversationStarted} from './record.js';
import {eachLine, openForReading} from './scan-file.js';
import {textOfLine} from './split-lines.js';

/** How the copy is to be. */
export interface Fork {
	/** Id of the new conversation, fresh and unique. */
	readonly newId: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** The last question that is copied, with its answer; absent = all. An id that is not there copies all. */
	readonly upTo?: string;
	/** Session of the gateway for what comes; `clawtalk:<newId>` when absent: a fresh one, whose agent knows nothing of what was copied. */
	readonly sessionKey?: string;
	/** `origin` and `profile` when they differ from those of the original. */
	readonly origin?: string;
	readonly profile?: string;
	readonly name?: string;
}

/**
 * Copies a conversation under a new id, whole or not at all. The original is not changed. Records of unknown kinds are copied too; lines that
 * are no records are not.
 *
 * @throws The system's error: `ENOENT` when there is no such conversation, `EEXIST` when the new id is taken.
 */
export async function forkConversation(home: string, id: string, fork: Fork): Promise<void> {
	await makeFolder(conversationsDirectory(home));
	const source = openForReading(conversationFile(home, id));
	try {
		let header: ConversationStarted | undefined;
		const lines: string[] = [];
		const choose = chooser(fork.upTo);
		await eachLine(source, 0, source.stats.size, line => {
			const text = textOfLine(line);
			const parsed = parseRecord(text);
			if (parsed.kind === 'record' && parsed.record.kind === 'conversation') header ??= parsed.record;
			else if (parsed.kind === 'unknown' || parsed.kind === 'record') {
				if (choose(parsed.kind === 'record' ? parsed.record : undefined)) lines.push(text);
			}
		});
		const own = [headerOf(fork, id, header), forkedRecord(fork, id), ...nameRecord(fork)].map(record => JSON.stringify(record));
		await writeNewFile(conversationFile(home, fork.newId), async append => {
			for (const line of [own[0], ...lines, ...own.slice(1)]) await append(`${line}\n`);
		});
	} finally {
		source.close();
	}
}

/** Says of each record whether it is copied: those up to the chosen question, and what answers the questions that were copied. */
function chooser(upTo: string | undefined): (record: ConversationRecord | undefined) => boolean {
	const copied = new Set<string>();
	let isPast = false;
	return record => {
		// The copy has a session and a name of its own.
		if (record?.kind === 'session' || record?.kind === 'renamed') return false;
		if (record?.kind === 'answer' || record?.kind === 'answer-part' || record?.kind === 'tool') return copied.has(record.questionId);
		if (isPast) return false;
		if (record?.kind !== 'question') return true;
		copied.add(record.id);
		isPast = record.id === upTo;
		return true;
	};
}

function headerOf(
	{newId, at, sessionKey, origin, profile}: Fork,
	id: string,
	header: ConversationStarted | undefined,
): ConversationStarted {
	const known = isProfile(header?.profile) ? header.profile : undefined;
	const itsProfile = origin === undefined ? (profile ?? known) : profile;
	return {
		schema: 'clawtalk.conversation/1',
		kind: 'conversation',
		id: newId,
		at: new Date(at).toISOString(),
		sessionKey: sessionKey ?? `clawtalk:${newId}`,
		origin: origin ?? header?.origin ?? '',
		...(itsProfile !== undefined && {profile: itsProfile}),
		forkedFrom: id,
	};
}

function forkedRecord({at, upTo}: Fork, from: string): ConversationForked {
	return {kind: 'forked', at: new Date(at).toISOString(), from, ...(upTo !== undefined && {upTo})};
}

function nameRecord({name, at}: Fork): readonly ConversationRecord[] {
	return name === undefined ? [] : [{kind: 'renamed', at: new Date(at).toISOString(), name}];
}
