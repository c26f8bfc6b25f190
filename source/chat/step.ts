import type {Command} from './command.js';
import type {Entry, State} from './state.js';

/** What one event leads to: the next state, and orders to the outside world in the order they are to be carried out. */
export type Step = readonly [State, readonly Command[]];

/** Nothing but a new state. */
export function stay(state: State): Step {
	return [state, []];
}

/** Goes on from a step, gathering the commands. */
export function then([state, commands]: Step, next: (state: State) => Step): Step {
	const [after, more] = next(state);
	return [after, more.length === 0 ? commands : [...commands, ...more]];
}

/** An entry without its id; `Omit` keeps the kinds apart. */
export type NewEntry = Entry extends infer Kind ? (Kind extends Entry ? Omit<Kind, 'id'> : never) : never;

/** Appends entries; ids count up, as entries are never taken away. */
export function append(state: State, ...entries: readonly NewEntry[]): State {
	if (entries.length === 0) return state;
	const numbered = entries.map((entry, index): Entry => ({...entry, id: `e${state.entries.length + index + 1}`}));
	return {...state, entries: [...state.entries, ...numbered]};
}

export function notice(state: State, text: string): State {
	return append(state, {kind: 'notice', text});
}

/** The state without the optional fields named. */
export function without<Field extends keyof State>(state: State, ...fields: readonly Field[]): Omit<State, Field> {
	const rest = {...state};
	for (const field of fields) delete rest[field];
	return rest;
}
