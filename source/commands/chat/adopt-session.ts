import {recordsOfTurn} from '../../chat/conversation/hear-session.js';
import {makeFolder} from '../../config/make-folder.js';
import type {AdoptedSession} from '../../perform/conversation-desk.js';
import {conversationFile, conversationsDirectory} from '../../transcripts/location.js';
import {writeNewFile} from '../../transcripts/new-file.js';
import type {ConversationRecord} from '../../transcripts/record.js';

/**
 * Begins a conversation on disk that goes on in a session of the gateway: what the gateway keeps of it is written down, whole or not at all.
 *
 * @throws The system's error: `EEXIST` when the id is taken.
 */
export async function adoptSession(home: string, id: string, session: AdoptedSession, now: number): Promise<void> {
	await makeFolder(conversationsDirectory(home));
	const lines = recordsOf(id, session, new Date(now).toISOString()).map(record => `${JSON.stringify(record)}\n`);
	await writeNewFile(conversationFile(home, id), append => append(lines.join('')));
}

function recordsOf(id: string, {sessionKey, origin, profile, name, history}: AdoptedSession, at: string): readonly ConversationRecord[] {
	const {turns, older} = history;
	return [
		{
			schema: 'clawtalk.conversation/1',
			kind: 'conversation',
			id,
			at,
			sessionKey,
			origin,
			...(profile !== undefined && {profile}),
		},
		...(name === undefined ? [] : [{kind: 'renamed', at, name} as const]),
		{kind: 'session', at, sessionKey, why: 'elsewhere', ...(older > 0 && {older})},
		...turns.flatMap(turn => recordsOfTurn(turn)),
	];
}
