import {fuzzyMatches} from '../chat/fuzzy.js';
import {listConversations, summarise} from './list-conversations.js';
import {conversationFile} from './location.js';
import {openForReading} from './scan-file.js';
import type {ConversationSummary} from './stored.js';

/** What an id or a name stands for. */
export type FoundConversation =
	| {readonly kind: 'one'; readonly conversation: ConversationSummary}
	/** Best or newest first. */
	| {readonly kind: 'several'; readonly conversations: readonly ConversationSummary[]}
	| {readonly kind: 'none'};

/**
 * Looks for, in this order: the id, the only id that begins so, the name (case aside), letters in name, title and preview. Rejects when the
 * folder cannot be read.
 */
export async function findConversation(home: string, idOrName: string): Promise<FoundConversation> {
	const wanted = idOrName.trim();
	if (wanted === '') return {kind: 'none'};
	const exact = /^[\w-]{1,128}$/.test(wanted) ? await summarise(conversationFile(home, wanted), wanted) : undefined;
	return exact === undefined ? findAmong(await listConversations(home), wanted) : {kind: 'one', conversation: exact};
}

/** Whether this is the whole id of a conversation that can be opened: its file need not be read through to know. */
export function isConversation(home: string, id: string): boolean {
	if (!/^[\w-]{1,128}$/.test(id)) return false;
	try {
		openForReading(conversationFile(home, id)).close();
		return true;
	} catch (error) {
		// Not there, not ours to read, no file: it may be the name of another one.
		if ((error as NodeJS.ErrnoException).code === undefined) throw error;
		return false;
	}
}

/** As `findConversation`, in a list that is at hand. */
function findAmong(conversations: readonly ConversationSummary[], idOrName: string): FoundConversation {
	const wanted = idOrName.trim();
	const lower = wanted.toLowerCase();
	const looks: ReadonlyArray<() => readonly ConversationSummary[]> = [
		() => conversations.filter(({id}) => id === wanted),
		() => conversations.filter(({name}) => name?.toLowerCase() === lower),
		() => conversations.filter(({id}) => id.startsWith(lower)),
		() => fuzzyMatches(wanted, conversations, ({name, title}) => `${name ?? ''} ${title}`),
		() => fuzzyMatches(wanted, conversations, ({preview}) => preview.join(' ')),
	];
	for (const look of wanted === '' ? [] : looks) {
		const [first, ...others] = look();
		if (first !== undefined)
			return others.length === 0 ? {kind: 'one', conversation: first} : {kind: 'several', conversations: [first, ...others]};
	}
	return {kind: 'none'};
}
