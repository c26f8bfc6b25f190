import {sendNext} from '../composer/queue.js';
import {closeOverlay, openOverlay} from '../overlay/overlay.js';
import {type PickerItem, pickerOf, withItems} from '../overlay/picker.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {nameOf} from './conversation.js';
import type {ConversationEvent} from './conversation-order.js';
import {keepDraft, openConversation} from './open-conversation.js';
import {markOpen, mergeSessions} from './session-items.js';

/** What came of an order about conversations. A list or a conversation that is not waited for any more changes nothing on the screen. */
export function hearConversation(state: State, event: ConversationEvent): Step {
	const isAwaited = event.orderId === state.waitsForConversation;
	const heard: State = isAwaited ? without(state, 'waitsForConversation') : state;
	switch (event.type) {
		case 'conversations-listed':
			return stay(isAwaited ? choose(heard, event.orderId, event.items, event.query) : state);
		case 'conversations-found':
			return stay(isAwaited ? chooseHit(heard, event.orderId, event.items) : state);
		case 'conversation-opened':
			if (!isAwaited) return stay(keepDraft(state, event.opened));
			// An answer that began meanwhile belongs to the conversation that is open.
			if (heard.answer !== undefined)
				return stay(notice(keepDraft(heard, event.opened), 'An answer has begun: this conversation stays open.'));
			return openConversation(heard, event.opened);
		case 'conversation-trashed':
			return hearTrashed(heard, event);
		case 'conversation-told':
			return then(stay(hearTold(heard, event)), sendNext);
	}
}

/** Whatever was ordered since: a conversation that is in the trash does not stay open. */
function hearTrashed(state: State, {orderId, id, trashId}: Extract<ConversationEvent, {type: 'conversation-trashed'}>): Step {
	const trashed: State = {...notDeleting(state, orderId), trashed: trashId};
	if (id === state.conversation.id) return [trashed, [{type: 'create-conversation', after: 'delete'}]];
	return stay(notice(trashed, `The conversation ${nameOf({id})} is in the trash; /undo brings it back.`));
}

function hearTold(state: State, {orderId, text}: Extract<ConversationEvent, {type: 'conversation-told'}>): State {
	if (state.overlay?.kind === 'picker' && state.overlay.sessionsOrder === orderId) {
		const {sessionsOrder: _failed, ...picker} = state.overlay;
		return notice({...state, overlay: picker}, `The sessions of the gateway are not listed: ${text}`);
	}
	const waiting = state.overlay?.kind === 'picker' && state.overlay.order === orderId;
	return notice(notDeleting(waiting ? closeOverlay(state) : state, orderId), text);
}

function notDeleting(state: State, orderId: number): State {
	return state.deleting?.orderId === orderId ? without(state, 'deleting') : state;
}

/** Fills the list that was opened for it; of several that match a name one is to be chosen. */
function choose(state: State, orderId: number, items: readonly PickerItem[], query: string | undefined): State {
	const {overlay} = state;
	if (overlay?.kind === 'picker' && overlay.order === orderId) {
		const {order: _came, ...picker} = overlay;
		const all = picker.sessionsOrder === undefined ? mergeSessions(items, picker.sessions ?? [], state.place) : items;
		if (all.length > 0 || picker.sessionsOrder !== undefined)
			return {...state, overlay: withItems(picker, markOpen(all, state.conversation))};
		return notice(closeOverlay(state), 'There are no conversations on disk yet.');
	}
	return query === undefined ? state : openOverlay(state, pickerOf('conversation', 'Several match', markOpen(items, state.conversation)));
}

function chooseHit(state: State, orderId: number, items: readonly PickerItem[]): State {
	const {overlay} = state;
	if (overlay?.kind !== 'picker' || overlay.order !== orderId) return state;
	if (items.length === 0) return notice(closeOverlay(state), 'No conversation has these words.');
	const {order: _came, ...picker} = overlay;
	return {...state, overlay: {...picker, items}};
}
