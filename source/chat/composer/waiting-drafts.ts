import {belongsTo, type Conversation} from '../conversation/conversation.js';
import {isBegun} from '../conversation/leave-conversation.js';
import type {Place, State} from '../state.js';
import {notice} from '../step.js';

/** A stored conversation in which text waits that was not sent. */
export interface ConversationWithDraft extends Pick<Conversation, 'id'>, Partial<Pick<Place, 'origin' | 'profile'>> {
	/** Its name, or how it began. */
	readonly title: string;
}

/** So many are named; a line is no list. */
const mostNamed = 3;

/** In a chat that begins anew: which conversations with this gateway have text of earlier runs. Whoever goes on with one sees its own. */
export function sayDraftsWait(state: State, conversations: readonly ConversationWithDraft[]): State {
	const told = isBegun(state.conversation) ? [] : conversations.filter(stored => belongsTo(stored, state.place));
	const [first] = told;
	if (first === undefined) return state;
	if (told.length === 1) return notice(state, `Unsent text waits in “${first.title}”: ${resume(first)} brings it back.`);
	const named = told.slice(0, mostNamed).map(stored => `${resume(stored)} (“${stored.title}”)`);
	const more = told.length > mostNamed ? ` and ${told.length - mostNamed} more` : '';
	return notice(state, `Unsent text waits in ${told.length} conversations: ${named.join(', ')}${more}.`);
}

function resume({id}: ConversationWithDraft): string {
	return `/resume ${id.slice(0, 8)}`;
}
