import type {State} from './state.js';

/** A number for an order whose answer is awaited. */
export function takeOrder(state: State): readonly [state: State, order: number] {
	const order = (state.orders ?? 0) + 1;
	return [{...state, orders: order}, order];
}
