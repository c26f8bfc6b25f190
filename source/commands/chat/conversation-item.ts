import {sessionItemMark} from '../../chat/conversation/session-items.js';
import type {PickerItem} from '../../chat/overlay/picker.js';
import type {GatewaySession} from '../../gateway/session.js';
import type {SearchHit} from '../../transcripts/search-conversations.js';
import type {ConversationSummary} from '../../transcripts/stored.js';

/** A conversation as a list shows it. */
export function conversationItem(conversation: ConversationSummary, now: number): PickerItem {
	const {id, title, asked, bytes, updatedAt, profile, preview, origin, sessionKey} = conversation;
	const detail = [when(updatedAt, now), `${asked} ${asked === 1 ? 'question' : 'questions'}`, size(bytes), ...(profile ? [profile] : [])];
	const home = {...(origin !== undefined && {origin}), ...(profile !== undefined && {profile})};
	return {id, title: title === '' ? id : title, detail: detail.join(' · '), preview, at: updatedAt, sessionKey, home};
}

/** A session of the gateway as the same list shows it: agent, age, where it is from. */
export function sessionItem(session: GatewaySession, now: number): PickerItem {
	const {key, agent, title, lastMessage, updatedAt, isUnread, isRunning, from} = session;
	return {
		id: `${sessionItemMark}${key}`,
		title,
		detail: [...(updatedAt > 0 ? [when(updatedAt, now)] : []), `agent ${agent}`, `from ${from}`].join(' · '),
		preview: [key, ...(lastMessage === undefined ? [] : [lastMessage])],
		at: updatedAt,
		sessionKey: key,
		...(isUnread && {isUnread}),
		...(isRunning && {isRunning}),
	};
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
