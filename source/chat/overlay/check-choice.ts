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
}

/** Asks the gateway for its list where it is not known yet: the question that comes with a wrong name would fail. */
export function checkChoice(state: State, source: UncheckedChoice['source'], name: string, before?: string): Step {
	const isKnown = source === 'models' ? state.listed?.models !== undefined : levelsFor(state) !== undefined;
	if (isKnown || !hasControl(state)) return stay(state);
	const [ordered, orderId] = takeOrder(state);
	const find = {type: 'find-completions', orderId, source, query: '', ...askedOf(state, source)} as const;
	return [{...ordered, unchecked: {orderId, source, name, before}}, [find]];
}

/** The list has come: a level that is not in it is taken back, a model that is not is called doubtful. Undefined for any other list. */
export function hearCheck(state: State, orderId: number, items: readonly CompletionItem[]): State | undefined {
	const {unchecked} = state;
	if (unchecked?.orderId !== orderId) return undefined;
	const {source, name, before} = unchecked;
	const known = learnChoices(without(state, 'unchecked'), source, items);
	if (source === 'models') {
		const doubt = known.model === name ? modelDoubt(known, name).trim() : '';
		return doubt === '' ? known : notice(known, doubt);
	}
	const problem = known.thinking === name ? levelProblem(known, name) : undefined;
	if (problem === undefined) return known;
	const back = before === undefined ? without(known, 'thinking') : {...known, thinking: before};
	return notice(back, problem.replace('Nothing was changed.', `Thinking is ${before ?? 'as the agent has it'} again.`));
}
