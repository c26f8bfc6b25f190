import type {PickerItem} from '../chat/picker.js';
import type {SearchHit} from '../transcripts/search-conversations.js';
import type {ConversationSummary} from '../transcripts/stored.js';

/** A conversation as a list shows it. */
export function conversationItem(conversation: ConversationSummary, now: number): PickerItem {
	const {id, title, asked, bytes, updatedAt, profile, preview} = conversation;
	const detail = [when(updatedAt, now), `${asked} ${asked === 1 ? 'question' : 'questions'}`, size(bytes), ...(profile ? [profile] : [])];
	return {id, title: title === '' ? id : title, detail: detail.join(' · '), preview};
}

/** A hit as a list shows it. Its id leads to the place (`openAt`). */
export function hitItem(hit: SearchHit, isOwn: boolean, now: number): PickerItem {
	const {conversationId, questionId, before, match, after, where, at, title} = hit;
	return {
		id: questionId === undefined ? conversationId : `${conversationId}#${questionId}`,
		title: `${before}${match}${after}`,
		detail: `${isOwn ? 'here' : title.slice(0, 24)} · ${when(at, now)}`,
		preview: [`${where} ${hit.turn} of “${title}”`, `${before}${match}${after}`],
	};
}

/** `14:03` today, else `2026-11-21`; local time. */
function when(at: number, now: number): string {
	const date = new Date(at);
	const two = (part: number) => String(part).padStart(2, '0');
	if (date.toDateString() === new Date(now).toDateString()) return `${two(date.getHours())}:${two(date.getMinutes())}`;
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function size(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`;
	return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
