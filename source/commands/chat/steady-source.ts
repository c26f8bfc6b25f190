import type {State} from '../../chat/state.js';
import type {StateSource} from './lent-terminal.js';

/**
 * The state with a time that stands still while nothing but time passes: waiting is said when something changes. What the clock does in
 * the chat itself (saving, looking again) goes on.
 */
export function steadySource(source: StateSource): StateSource {
	let last: State | undefined;
	let shown: State | undefined;
	let moment: readonly unknown[] = [];
	let now = 0;
	return {
		subscribe: source.subscribe,
		getState() {
			const state = source.getState();
			if (state === last && shown !== undefined) return shown;
			last = state;
			const next = momentOf(state);
			if (next.some((part, index) => part !== moment[index])) now = state.now;
			moment = next;
			shown = {...state, now};
			return shown;
		},
	};
}

/** Something else is waited for when one of these changes. */
function momentOf({answer, connection, panel, quitArmedUntil}: State): readonly unknown[] {
	return [
		answer?.questionId,
		answer?.phase,
		answer?.progress,
		answer?.tools,
		answer?.thinking?.since,
		connection,
		panel?.wait,
		quitArmedUntil ?? 'never',
	];
}
