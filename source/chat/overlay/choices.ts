import type {Command} from '../command.js';
import {hasControl} from '../conversation/follow-session.js';
import {takeOrder} from '../orders.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {checkChoice} from './check-choice.js';
import type {ChoiceEvent, SavedChoice} from './choice-order.js';
import {askedOf, choiceItems, defaultName, modelDoubt} from './known-choices.js';
import {openOverlay} from './overlay.js';
import {type PickerItem, type PickerPurpose, pickerOf} from './picker.js';

/** `/agent` and `/model`: for this conversation; with `--save` also in the configuration. */
export interface Choice {
	readonly name?: string;
	readonly save?: true;
}

/** `/agent`. Without a name: which one it is, and which there are to choose from. */
export function chooseAgent(state: State, {name, save}: Choice): Step {
	if (name !== undefined) {
		const chosen = setAgent(state, name);
		if (chosen === state) return stay(notice(state, boundWords(state)));
		return chosen.agent === agentOf(name)
			? then(stay(chosen), current => keep(current, 'defaultAgent', agentOf(name), save))
			: stay(chosen);
	}
	const back = state.agent === undefined ? '' : ' /agent default goes back.';
	if (state.hasScreen === undefined) {
		return [notice(state, `Agent: ${state.agent ?? 'the default of the gateway'}.${back}`), [{type: 'list-agents'}]];
	}
	const [ordered, order] = takeOrder(state);
	const title = `Agent of this conversation: ${state.agent ?? 'the default of the gateway'}`;
	return [openOverlay(ordered, {...pickerOf('agent', title, []), order}), [{type: 'list-agents'}]];
}

/** `/model`. Without a name: which one it is, and those that were used or are configured, for gateways list none. */
export function chooseModel(state: State, {name, save}: Choice): Step {
	if (name !== undefined) {
		const checked = then(stay(setModel(state, name)), current =>
			name === defaultName ? stay(current) : checkChoice(current, 'models', name),
		);
		return then(checked, current => keep(current, 'defaultModel', name === defaultName ? undefined : name, save));
	}
	if (state.hasScreen === undefined) return stay(notice(state, modelInWords(state)));
	const whose = hasControl(state) ? '' : '; over HTTP gateways list none: those used and configured';
	return openPicker(state, 'model', `Model of this conversation: ${state.model ?? 'the default of the agent'}${whose}`, 'models');
}

/** `/profile` without a name: which one it is, and which there are. */
export function chooseProfile(state: State): Step {
	const {place} = state;
	const current = `${place.profile ?? 'none'}, ${place.origin} (${place.path})`;
	if (state.hasScreen === undefined) return stay(notice(state, `Profile: ${current}. \`clawtalk profiles\` lists them.`));
	return openPicker(state, 'profile', `Profile: ${current}`, 'profiles');
}

export function openPicker(state: State, purpose: PickerPurpose, title: string, source: 'models' | 'profiles' | 'thinking'): Step {
	const [ordered, order] = takeOrder(state);
	const find = {type: 'find-completions', orderId: order, source, query: '', ...askedOf(state, source)} as const;
	return [openOverlay(ordered, {...pickerOf(purpose, title, []), order}), [find]];
}

/** Brings the items that an open picker waits for. */
export function fillPicker(state: State, order: number | undefined, items: readonly PickerItem[]): State {
	const {overlay} = state;
	if (overlay?.kind !== 'picker' || overlay.order === undefined || overlay.order !== order) return state;
	if (items.length === 0 && overlay.purpose === 'profile') {
		return notice(without(state, 'overlay'), 'There are no profiles. Make one: `clawtalk config set --profile NAME gatewayUrl URL`');
	}
	if (items.length === 0 && overlay.purpose === 'thinking') {
		return notice(without(state, 'overlay'), 'The gateway lists no thinking levels for this agent and model.');
	}
	const {order: _answered, ...picker} = overlay;
	return {...state, overlay: {...picker, ...choiceItems(state, picker.purpose, items)}};
}

/** What the gateway said when it was asked for its agents: for a picker, a list below the composer, or in a line. */
export function hearAgentList(state: State, agents: readonly string[]): State {
	const known = {...state, agents};
	const {overlay} = state;
	if (overlay?.kind === 'picker' && overlay.purpose === 'agent') {
		const items = [...agents.map(agentItem), {id: defaultName, title: defaultName, detail: 'the gateway chooses'}];
		if (agents.length > 0) return fillPicker(known, overlay.order, items);
		return notice(without(known, 'overlay'), 'The gateway lists no agents. /agent NAME talks to one all the same.');
	}
	if (state.completion?.source === 'agents') return known;
	return notice(known, agents.length === 0 ? 'The gateway lists no agents.' : `Agents of this gateway: ${agents.join(', ')}.`);
}

function agentItem(name: string): PickerItem {
	return {id: name, title: name};
}

/** `/profile NAME`: asks, when it is known where that leads. One at a time: the one that is opened last would win. */
export function askForProfile(state: State, name: string): Step {
	if (state.switchingProfile) return stay(notice(state, 'Another profile is being opened. /profile again when that is done.'));
	const [ordered, orderId] = takeOrder(state);
	return [{...ordered, profileOrder: orderId}, [{type: 'describe-profile', orderId, name}]];
}

/** What came of the orders of this file. */
export function hearChoice(state: State, event: ChoiceEvent): State {
	if (event.type === 'choice-told') {
		return notice(event.orderId === undefined ? state : without(state, 'profileOrder'), event.text);
	}
	if (state.profileOrder !== event.orderId || state.switchingProfile || state.answer !== undefined) return state;
	const {name, gateway} = event;
	// What is typed there would be the answer.
	if (state.overlay !== undefined) return notice(without(state, 'profileOrder'), `Nothing was switched: /profile ${name} asks again.`);
	return openOverlay(without(state, 'profileOrder'), {
		kind: 'confirmation',
		question: `Switch to profile ${name}?`,
		details: [`It talks to ${gateway}.`, 'A new conversation begins there. This one stays here, with its draft and its queue.'],
		act: {type: 'switch-profile', name},
	});
}

/** `--save`: writes the setting beside the gateway in use; `value` absent takes it out. */
export function keep(state: State, setting: SavedChoice, value: string | undefined, save: true | undefined): Step {
	if (save === undefined) return stay(state);
	const {profile} = state.place;
	const order: Command = {type: 'save-choice', setting, ...(value !== undefined && {value}), ...(profile !== undefined && {profile})};
	return [state, [order]];
}

function agentOf(name: string): string | undefined {
	return name === defaultName ? undefined : name;
}

/** A session of the gateway is one of its agent's. */
function isBound({conversation}: State): boolean {
	return conversation.sessionKey.startsWith('agent:');
}

function boundWords({conversation}: State): string {
	const [, agent = ''] = conversation.sessionKey.split(':');
	return `This session of the gateway belongs to its agent ${agent}. /new begins a conversation, in which you can choose another one.`;
}

function setAgent(state: State, name: string): State {
	if (isBound(state)) return state;
	if (name === defaultName) return notice(without(state, 'agent'), 'Agent: the default of the gateway, with a memory of its own.');
	const known = state.agents ?? [];
	if (known.length > 0 && !known.includes(name)) {
		return notice(state, `This gateway lists no agent ${name}, only ${known.join(', ')}. Nothing was changed.`);
	}
	return notice(
		{...state, agent: name},
		`Agent: ${name}. Each agent has its own memory: it does not know what was said to others. /agent default goes back.`,
	);
}

function setModel(state: State, name: string): State {
	if (name === defaultName) return notice(without(state, 'model'), 'Model: the default of the agent, from the next message on.');
	const words = `Model: ${name}, from the next message of this conversation on. /model default goes back.`;
	return notice({...state, model: name}, `${words}${modelDoubt(state, name)}`);
}

function modelInWords({model}: State): string {
	const back = model === undefined ? '' : ' /model default goes back.';
	return `Model: ${model ?? 'the default of the agent'}.${back} Gateways name models provider/name and do not list them.`;
}
