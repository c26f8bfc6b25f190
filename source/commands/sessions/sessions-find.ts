import {sanitizeLine} from '../../terminal/sanitize.js';
import {findConversation} from '../../transcripts/find-conversation.js';
import type {ConversationSummary} from '../../transcripts/stored.js';
import {SessionsRefusal} from './sessions-guard.js';

/** How many candidates are named when a word means more than one conversation. */
const maxNamed = 5;

/**
 * The conversation that an argument means. @param exactly Only an id, the beginning of one, or a whole name will do: for what changes something.
 * Otherwise letters of the title are enough, if one conversation alone has them.
 *
 * @throws {SessionsRefusal} When none, or more than one, is meant.
 */
export async function conversationOf(home: string, wanted: string, exactly = false): Promise<ConversationSummary> {
	const found = await findConversation(home, wanted);
	const candidates = found.kind === 'none' ? [] : found.kind === 'one' ? [found.conversation] : found.conversations;
	const [first] = candidates;
	if (first !== undefined && candidates.length === 1 && (!exactly || isMeantBy(wanted, first))) return first;
	throw new SessionsRefusal(refusalFor(wanted, candidates));
}

function isMeantBy(wanted: string, {id, name}: ConversationSummary): boolean {
	const lower = wanted.trim().toLowerCase();
	return id.toLowerCase().startsWith(lower) || name?.toLowerCase() === lower;
}

function refusalFor(wanted: string, candidates: readonly ConversationSummary[]): string {
	const said = sanitizeLine(wanted).slice(0, 60);
	if (candidates.length === 0) return `No conversation is called ${said || '""'}. clawtalk sessions list shows all.`;
	const named = candidates.slice(0, maxNamed).map(({id, title}) => `${id} (${sanitizeLine(title)})`);
	const more = candidates.length > maxNamed ? `, and ${candidates.length - maxNamed} more` : '';
	if (candidates.length === 1) return `No id begins with ${said} and no name is that. Near: ${named.join('')}. Give its id.`;
	return `${said} can mean ${candidates.length} conversations: ${named.join(', ')}${more}. Give more of the id.`;
}

/** The beginnings of ids, at least 8 characters, long enough to tell these conversations apart. */
export function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
	const sorted = [...new Set(ids)].sort();
	const shared = (a = '', b = '') => {
		let length = 0;
		while (length < a.length && a[length] === b[length]) length += 1;
		return length;
	};
	return new Map(
		sorted.map((id, index) => {
			const length = 1 + Math.max(shared(id, sorted[index - 1]), shared(id, sorted[index + 1]));
			return [id, id.slice(0, Math.max(8, length))];
		}),
	);
}
