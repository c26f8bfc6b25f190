import type {CompletionItem, CompletionSource} from '../composer/completion.js';
import {hasControl} from '../conversation/follow-session.js';
import type {State} from '../state.js';
import type {PickerItem, PickerPurpose} from './picker.js';

/** What the gateway listed to choose from, as far as it was asked. */
export interface KnownChoices {
	readonly models?: readonly string[];
	/** Thinking levels of this agent and model. */
	readonly levels?: {readonly agent: string | undefined; readonly model: string | undefined; readonly names: readonly string[]};
}

/** Takes back what was chosen. */
export const defaultName = 'default';

/** Keeps what a gateway lists; what the configuration names is no such list. */
export function learnChoices(state: State, source: CompletionSource | PickerPurpose, items: readonly CompletionItem[]): State {
	if (!hasControl(state) || items.length === 0) return state;
	const names = items.map(({text}) => text);
	const {agent, model} = state;
	switch (source) {
		case 'model':
		case 'models':
			return {...state, listed: {...state.listed, models: names}};
		case 'thinking':
			return {...state, listed: {...state.listed, levels: {agent, model, names}}};
		default:
			return state;
	}
}

/** What the lists of models and levels depend on. */
export function askedOf({agent, model}: State, source: CompletionSource): Pick<State, 'agent' | 'model'> {
	if (source !== 'thinking') return {};
	return {...(agent !== undefined && {agent}), ...(model !== undefined && {model})};
}

/** Thinking levels of this agent and model, where the gateway has listed them. */
export function levelsFor({listed, agent, model}: State): readonly string[] | undefined {
	const levels = listed?.levels;
	return levels !== undefined && levels.agent === agent && levels.model === model ? levels.names : undefined;
}

/** Why a thinking level is not taken: a gateway swallows the question that comes with one that it does not have (2026.9.6). */
export function levelProblem(state: State, name: string): string | undefined {
	const levels = levelsFor(state);
	if (levels === undefined || levels.includes(name)) return undefined;
	return `For this agent and model the gateway lists no thinking level ${name}, only ${levels.join(', ')}. Nothing was changed.`;
}

/** A model that is not listed may be another name of one that is: it is taken, and that is said. */
export function modelDoubt({listed}: State, name: string): string {
	if (listed?.models === undefined || listed.models.includes(name)) return '';
	return ' The gateway lists no model of this name and may refuse it: /model without a name shows those that it lists.';
}

/** The way back stands in every list of a choice, and the list opens on what is in force: Enter changes nothing. */
export function choiceItems(
	{agent, model, thinking, place}: State,
	purpose: PickerPurpose,
	items: readonly PickerItem[],
): {readonly items: readonly PickerItem[]; readonly selected: number} {
	const current = purpose === 'profile' ? place.profile : ({agent, model, thinking}[purpose as string] ?? defaultName);
	const hasBack = items.some(({id}) => id === defaultName);
	const lacksBack = (purpose === 'model' || purpose === 'thinking') && items.length > 0 && !hasBack;
	const all = lacksBack ? [...items, {id: defaultName, title: defaultName, detail: 'as the agent has it'}] : items;
	return {
		items: all,
		selected: Math.max(
			0,
			all.findIndex(({id}) => id === current),
		),
	};
}
