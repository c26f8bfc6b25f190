import type {ConversationEvent} from './conversation-order.js';
import {draftOf} from './draft.js';
import {openConversation} from './open-conversation.js';
import {closeOverlay, openOverlay} from './overlay.js';
import {type PickerItem, pickerOf} from './picker.js';
import type {State} from './state.js';
import {notice, type Step, stay, then, without} from './step.js';

/** What came of an order about conversations. What was not waited for any more changes nothing. */
export function hearConversation(state: State, event: ConversationEvent): Step {
	if (event.orderId !== state.waitsForConversation) return stay(state);
	const heard: State = without(state, 'waitsForConversation');
	switch (event.type) {
		case 'conversations-listed':
			return stay(choose(heard, event.orderId, event.items, event.query));
		case 'conversations-found':
			return stay(chooseHit(heard, event.orderId, event.items));
		case 'conversation-opened':
			// An answer that began meanwhile belongs to the conversation that is open.
			if (heard.answer !== undefined) return stay(notice(heard, 'An answer has begun: this conversation stays open.'));
			return openConversation(heard, event.opened);
		case 'conversation-trashed':
			return then([{...heard, trashed: event.trashId}, [{type: 'create-conversation', after: 'delete'}]], stay);
		case 'conversation-told':
			return stay(notice(heard, event.text));
	}
}

/** Fills the list that was opened for it; of several that match a name one is to be chosen. */
function choose(state: State, orderId: number, items: readonly PickerItem[], query: string | undefined): State {
	const {overlay} = state;
	if (overlay?.kind === 'picker' && overlay.order === orderId) {
		const {order: _came, ...picker} = overlay;
		if (items.length === 0) return notice(closeOverlay(state), 'There are no conversations on disk yet.');
		return {...state, overlay: {...picker, items}};
	}
	if (query === undefined) return state;
	return openOverlay(state, {...pickerOf('conversation', 'Several match', items), query: draftOf('')});
}

function chooseHit(state: State, orderId: number, items: readonly PickerItem[]): State {
	const {overlay} = state;
	if (overlay?.kind !== 'picker' || overlay.order !== orderId) return state;
	if (items.length === 0) return notice(closeOverlay(state), 'No conversation has these words.');
	const {order: _came, ...picker} = overlay;
	return {...state, overlay: {...picker, items}};
}
