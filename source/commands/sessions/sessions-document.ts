import {sanitizeLine} from '../../terminal/sanitize.js';
import type {ConversationSummary, Unreadable} from '../../transcripts/stored.js';
import type {TrashedConversation} from '../../transcripts/trash.js';

/** A conversation in the documents of `sessions … --json` (docs/sessions-json.md). */
export function summaryDocument(conversation: ConversationSummary | TrashedConversation): object {
	const {id, name, title, preview, createdAt, updatedAt, asked, bytes, origin, profile, sessionKey, forkedFrom, unreadable} = conversation;
	return {
		id,
		name: name ?? null,
		title,
		preview,
		createdAt: moment(createdAt),
		updatedAt: moment(updatedAt),
		questions: asked,
		bytes,
		origin: origin ?? null,
		profile: profile ?? null,
		sessionKey,
		forkedFrom: forkedFrom ?? null,
		unreadable,
		...('trashId' in conversation && {trashId: conversation.trashId, trashedAt: moment(conversation.trashedAt)}),
	};
}

/** Milliseconds since the epoch as ISO 8601, UTC; `null` for what no calendar has. */
export function moment(ms: number): string | null {
	return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}

/** A title for one line of a terminal. */
export function titleOf({title}: Pick<ConversationSummary, 'title'>): string {
	return sanitizeLine(title) || '(no question yet)';
}

/** What could not be read, in words; undefined when all could. */
export function unreadableWords({tornBytes, brokenLines}: Unreadable): string | undefined {
	const broken = brokenLines === 0 ? [] : [brokenLines === 1 ? 'one line that is no record' : `${brokenLines} lines that are no records`];
	const torn = tornBytes === 0 ? [] : ['a last line that was cut short'];
	return broken.length + torn.length === 0
		? undefined
		: `Left out: ${[...broken, ...torn].join(' and ')}. The conversation's own file keeps it.`;
}
