import type {PickerItem} from '../overlay/picker.js';
import type {OpenedConversation} from './open-conversation.js';

/** Orders about conversations on disk. Answers carry the id of the order; what failed is told by `conversation-told`. */
export type ConversationOrder =
	/** Answered by `conversations-listed`. */
	| {readonly type: 'list-conversations'; readonly orderId: number}
	/** `which` is an id or a name. Answered by `conversation-opened`, or by `conversations-listed` when several match. `at` is a question to show. */
	| {readonly type: 'open-conversation'; readonly orderId: number; readonly which: string; readonly at?: string}
	/** Answered by `conversations-found`; those of `first` come first. */
	| {readonly type: 'search-conversations'; readonly orderId: number; readonly words: string; readonly first: string}
	/** Copies it under a fresh id, for the gateway of this place. Answered by `conversation-opened`. */
	| {
			readonly type: 'fork-conversation';
			readonly orderId: number;
			readonly from: string;
			readonly origin: string;
			readonly profile?: string;
			readonly name?: string;
	  }
	/** Answered by `conversation-trashed`. */
	| {readonly type: 'trash-conversation'; readonly orderId: number; readonly id: string}
	/** Answered by `conversation-opened`. */
	| {readonly type: 'restore-conversation'; readonly orderId: number; readonly trashId: string}
	/** Answered by `conversation-told`. */
	| {readonly type: 'export-conversation'; readonly orderId: number; readonly id: string; readonly path?: string};

export type ConversationEvent =
	| {readonly type: 'conversations-listed'; readonly orderId: number; readonly items: readonly PickerItem[]; readonly query?: string}
	| {readonly type: 'conversations-found'; readonly orderId: number; readonly items: readonly PickerItem[]}
	| {readonly type: 'conversation-opened'; readonly orderId: number; readonly opened: OpenedConversation}
	| {readonly type: 'conversation-trashed'; readonly orderId: number; readonly id: string; readonly trashId: string}
	/** What an order came to, in a line. */
	| {readonly type: 'conversation-told'; readonly orderId: number; readonly text: string};
