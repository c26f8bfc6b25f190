import {randomBytes} from 'node:crypto';
import {restoredDraft} from '../../chat/composer/stored-draft.js';
import {belongsTo} from '../../chat/conversation/conversation.js';
import type {OpenedConversation} from '../../chat/conversation/open-conversation.js';
import {isSameSession} from '../../chat/conversation/session-items.js';
import type {PickerItem} from '../../chat/overlay/picker.js';
import type {ConversationWork} from '../../perform/conversation-desk.js';
import {loadDraft} from '../../transcripts/draft-file.js';
import {findConversation} from '../../transcripts/find-conversation.js';
import {forkConversation} from '../../transcripts/fork-conversation.js';
import {listConversations} from '../../transcripts/list-conversations.js';
import {readConversation} from '../../transcripts/read-conversation.js';
import {restoreConversation, trashConversation} from '../../transcripts/trash.js';
import {adoptSession} from './adopt-session.js';
import {conversationItem, hitItem, sessionItem} from './conversation-item.js';

/** Questions that are read back when a conversation is opened: more than a screen shows and a fresh session is told. */
const readBack = 300;
/** More hits are not looked through by anybody. */
const mostHits = 200;

/** @param home clawtalk's own folder. @param room The terminal, as it is when it is asked. */
export function createConversationWork(home: string, room: () => OpenedConversation['room'], now: () => number): ConversationWork {
	return {
		list: async () => (await listConversations(home)).map(one => conversationItem(one, now())),
		async find(which) {
			const found = await findConversation(home, which);
			if (found.kind === 'one') return {kind: 'one', id: found.conversation.id};
			if (found.kind === 'none') return found;
			return {kind: 'several', items: found.conversations.map(one => conversationItem(one, now()))};
		},
		open: (id, at) => openStored(home, id, room(), at),
		async search(words, first) {
			const {searchConversations} = await import('../../transcripts/search-conversations.js');
			const own: PickerItem[] = [];
			const others: PickerItem[] = [];
			for await (const hit of searchConversations(home, words, {limit: mostHits})) {
				(hit.conversationId === first ? own : others).push(hitItem(hit, hit.conversationId === first, now()));
			}
			return [...own, ...others];
		},
		fork: (from, copy) => forkConversation(home, from, {...copy, at: now()}),
		trash: id => trashConversation(home, id),
		restore: trashId => restoreConversation(home, trashId),
		sessionItem: session => sessionItem(session, now()),
		async findBySession({sessionKey, ...place}) {
			const all = await listConversations(home);
			return all.find(one => isSameSession(sessionKey, one.sessionKey) && belongsTo(one, place))?.id;
		},
		adopt: (id, session) => adoptSession(home, id, session, now()),
		export: async (id, path) => (await import('./export-stored.js')).exportStored(home, id, path),
	};
}

/** A conversation with what the chat needs besides: a draft that was left behind, and ids of its own. */
export async function openStored(home: string, id: string, room: OpenedConversation['room'], at?: string): Promise<OpenedConversation> {
	const newest = await readConversation(home, id, {last: readBack});
	const isThere = at === undefined || newest.entries.some(entry => entry.kind === 'turn' && entry.questionId === at);
	const stored = isThere ? newest : await readConversation(home, id);
	// Last: it is taken over by this, and nobody would look for it again if the conversation could not be read.
	const draft = await loadDraft(home, id);
	return {
		stored,
		tag: randomBytes(3).toString('hex'),
		...(draft !== undefined && {draft: restoredDraft(draft)}),
		room,
		...(at !== undefined && {at}),
	};
}
