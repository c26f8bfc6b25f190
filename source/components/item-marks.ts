import type {PickerItem} from '../chat/overlay/picker.js';

/** What a list says of a conversation or a session before its details. */
export function marksOf({isOpen, isUnread, isRunning}: PickerItem): readonly string[] {
	return [...(isOpen ? ['open now'] : []), ...(isUnread ? ['unread'] : []), ...(isRunning ? ['at work'] : [])];
}
