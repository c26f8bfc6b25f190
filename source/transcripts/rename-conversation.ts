import {stat} from 'node:fs/promises';
import {lineFile} from './append.js';
import {conversationFile} from './location.js';
import type {ConversationRenamed} from './record.js';

/**
 * Gives a conversation a name; the empty one takes it back. Written down as a record, durably. @param at Milliseconds since the epoch.
 *
 * @throws The system's error, `ENOENT` when there is no such conversation.
 */
export async function renameConversation(home: string, id: string, name: string, at: number): Promise<void> {
	const path = conversationFile(home, id);
	await stat(path);
	const record: ConversationRenamed = {kind: 'renamed', at: new Date(at).toISOString(), name: name.replace(/\s+/g, ' ').trim()};
	await lineFile(path).append(JSON.stringify(record), true);
}
