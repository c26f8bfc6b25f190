import type {Command} from './command.js';
import type {Entry, NewEntry, State} from './state.js';

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

/** Appends entries; ids count up. */
export function append(state: State, ...entries: readonly NewEntry[]): State {
	if (entries.length === 0) return state;
	const numbered = entries.map((entry, index): Entry => ({...entry, id: `e${state.forgotten + state.entries.length + index + 1}`}));
	return {...state, entries: [...state.entries, ...numbered]};
}

/** How many entries are kept after they were printed. */
const keptEntries = 200;

/** Lets entries go that are in the scrollback, now and then. @param printed All that were printed so far. */
export function forgetPrinted(state: State, printed: number): State {
	const {entries, forgotten} = state;
	const forgettable = Math.min(printed - forgotten, entries.length) - keptEntries;
	return forgettable < keptEntries ? state : {...state, entries: entries.slice(forgettable), forgotten: forgotten + forgettable};
}

/** Says something that is no part of an answer: now, or when the answer under way has ended. */
export function tell(state: State, entry: NewEntry): State {
	return state.answer === undefined ? append(state, entry) : {...state, asides: [...state.asides, entry]};
}

export function notice(state: State, text: string): State {
	return tell(state, {kind: 'notice', text});
}

/** The answer is over: what was said meanwhile follows it. */
export function closeAnswer(state: State): State {
	const {asides, heardMeanwhile = []} = state;
	return {...without(append(state, ...asides, ...heardMeanwhile), 'answer', 'heardMeanwhile'), asides: []};
}

/** A copy without the optional fields named; the same where it has none of them. */
export function without<Whole extends object, Field extends keyof Whole>(whole: Whole, ...fields: readonly Field[]): Omit<Whole, Field> {
	if (fields.every(field => !(field in whole))) return whole;
	const rest = {...whole};
	for (const field of fields) delete rest[field];
	return rest;
}
