import {takeOrder} from '../orders.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import type {ConversationOrder} from './conversation-order.js';
import type {SessionOrder} from './session-order.js';

type Ordered = ConversationOrder | Extract<SessionOrder, {readonly orderId: number}>;
type WithoutId<Order> = Order extends Ordered ? Omit<Order, 'orderId'> : never;

/** Orders something of the disk; an answer to an earlier order is not waited for any more. */
export function order(state: State, wanted: WithoutId<Ordered>): Step {
	const [ordered, orderId] = takeOrder(state);
	return [{...ordered, waitsForConversation: orderId}, [{...wanted, orderId} as Ordered]];
}
