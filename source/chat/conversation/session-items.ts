import type {PickerItem} from '../overlay/picker.js';
import type {Place} from '../state.js';
import {belongsTo} from './conversation.js';

/** What the id of a session's item begins with; a conversation's id has no space. */
export const sessionItemMark = 'session ';

/**
 * Conversations on disk and sessions of the gateway in one list, the newest first. A session that a conversation goes on in, or went on in
 * before, is not listed beside it: the conversation shows what the gateway says of it.
 */
export function mergeSessions(
	locals: readonly PickerItem[],
	sessions: readonly PickerItem[],
	place: Pick<Place, 'origin' | 'profile'>,
): readonly PickerItem[] {
	const homes = homesOf(locals, place);
	const told = new Map<string, PickerItem>();
	const foreign: PickerItem[] = [];
	for (const session of sessions) {
		const home = homes.find(({owns}) => owns(session.sessionKey ?? ''));
		if (home === undefined) foreign.push(session);
		else if (home.isCurrent(session.sessionKey ?? '')) told.set(home.id, session);
	}
	const known = locals.map(local => withNews(local, told.get(local.id)));
	return [...known, ...foreign].sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
}

interface Home {
	readonly id: string;
	owns(key: string): boolean;
	isCurrent(key: string): boolean;
}

function homesOf(locals: readonly PickerItem[], place: Pick<Place, 'origin' | 'profile'>): readonly Home[] {
	return locals.flatMap(({id, sessionKey, at: _at, home}) => {
		if (sessionKey === undefined || home === undefined || !belongsTo(home, place)) return [];
		const own = `clawtalk:${id.toLowerCase()}`;
		const isCurrent = (key: string) => isSameSession(key, sessionKey);
		const owns = (key: string) => isCurrent(key) || tailOf(key) === own || tailOf(key).startsWith(`${own}:`);
		return [{id, owns, isCurrent}];
	});
}

/** The gateway names the agent in every key; a conversation may leave that to it. */
export function isSameSession(key: string, other: string): boolean {
	const [one, two] = [key.toLowerCase(), other.toLowerCase()];
	return one === two || (tailOf(one) === tailOf(two) && (one === tailOf(one) || two === tailOf(two)));
}

function tailOf(key: string): string {
	return key.toLowerCase().replace(/^agent:[^:]+:/, '');
}

/** The item of the conversation that is open; one that was named on the command line is a session alone before its first question. */
export function markOpen(items: readonly PickerItem[], open: {readonly id: string; readonly sessionKey: string}): readonly PickerItem[] {
	const isOpen = ({id, sessionKey = ''}: PickerItem) =>
		id === open.id || (id.startsWith(sessionItemMark) && isSameSession(sessionKey, open.sessionKey));
	return items.map(item => (isOpen(item) ? {...item, isOpen: true} : item));
}

/** What was said in its session since it was written here is unread. */
function withNews(local: PickerItem, session: PickerItem | undefined): PickerItem {
	if (session === undefined) return local;
	const isNewer = (session.at ?? 0) > (local.at ?? 0) + clockSlackMs;
	const isUnread = session.isUnread === true && isNewer;
	return {...local, at: Math.max(local.at ?? 0, session.at ?? 0), ...(isUnread && {isUnread}), ...(session.isRunning && {isRunning: true})};
}

/** The gateway's clock and ours, milliseconds. */
const clockSlackMs = 10_000;
