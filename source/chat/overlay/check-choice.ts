import type {CompletionItem} from '../composer/completion.js';
import {hasControl} from '../conversation/follow-session.js';
import {takeOrder} from '../orders.js';
import type {State} from '../state.js';
import {notice, type Step, stay, without} from '../step.js';
import {askedOf, learnChoices, levelProblem, levelsFor, modelDoubt} from './known-choices.js';

/** A choice that was typed before the gateway had listed what there is. */
export interface UncheckedChoice {
	readonly orderId: number;
	readonly source: 'models' | 'thinking';
	readonly name: string;
	/** What was in force before. */
	readonly before: string | undefined;
	/** Whose list it is. */
	readonly asked: Pick<State, 'agent' | 'model'>;
}

/** Asks the gateway for its list where it is not known yet: the question that comes with a wrong name would fail. */
export function checkChoice(state: State, source: UncheckedChoice['source'], name: string, before?: string): Step {
	const isKnown = source === 'models' ? state.listed?.models !== undefined : levelsFor(state) !== undefined;
	if (isKnown || !hasControl(state)) return stay(state);
	const [ordered, orderId] = takeOrder(state);
	const asked = askedOf(state, source);
	const find = {type: 'find-completions', orderId, source, query: '', ...asked} as const;
	return [{...ordered, unchecked: {orderId, source, name, before, asked}}, [find]];
}

/** The list has come: a level that is not in it is taken back, a model that is not is called doubtful. Undefined for any other list. */
export function hearCheck(state: State, orderId: number, items: readonly CompletionItem[]): State | undefined {
	const {unchecked} = state;
	if (unchecked?.orderId !== orderId) return undefined;
	const {source, name, before, asked} = unchecked;
	const heard = without(state, 'unchecked');
	// Chosen since: the list says nothing of the levels that another agent or model has.
	if (source === 'thinking' && (asked.agent !== state.agent || asked.model !== state.model)) return heard;
	const known = learnChoices(heard, source, items);
	if (source === 'models') {
		const doubt = known.model === name ? modelDoubt(known, name).trim() : '';
		return doubt === '' ? known : notice(known, doubt);
	}
	const problem = known.thinking === name ? levelProblem(known, name) : undefined;
	if (problem === undefined) return known;
	// What was in force before may be another word that was not looked at.
	const listed = before !== undefined && levelProblem(known, before) === undefined ? before : undefined;
	const back = listed === undefined ? without(known, 'thinking') : {...known, thinking: listed};
	return notice(back, problem.replace('Nothing was changed.', `Thinking is ${listed ?? 'as the agent has it'} again.`));
}
