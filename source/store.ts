import type {Command} from './chat/command.js';
import type {Event} from './chat/event.js';
import type {State} from './chat/state.js';
import {update} from './chat/update.js';

export type Dispatch = (event: Event) => void;

export interface Store {
	getState(): State;
	/** Calls back after the state changed, once for all events handled in one go. Returns how to stop. */
	subscribe(listener: () => void): () => void;
	/** Handles an event. One that is dispatched while another is handled waits its turn. */
	dispatch: Dispatch;
}

/**
 * Holds the state and carries the loop: event → update → state, and each command exactly once. It is outside of React, which may run
 * a reducer twice.
 *
 * @param perform Carries out one command; it may dispatch at once.
 */
export function createStore(initial: State, perform: (command: Command, dispatch: Dispatch) => void): Store {
	let state = initial;
	let busy = false;
	const events: Event[] = [];
	const listeners = new Set<() => void>();

	const handle = (event: Event) => {
		const [next, commands] = update(state, event);
		state = next;
		for (const command of commands) perform(command, dispatch);
	};
	const drain = () => {
		busy = true;
		try {
			for (let event = events.shift(); event !== undefined; event = events.shift()) handle(event);
		} finally {
			busy = false;
		}
	};
	const dispatch: Dispatch = event => {
		events.push(event);
		if (busy) return;
		const before = state;
		drain();
		if (state !== before) for (const listener of [...listeners]) listener();
	};

	return {
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		dispatch,
	};
}
