import type {Evidence} from '../../diagnosis/evidence.js';
import type {Command, PanelOrder} from '../command.js';
import type {Entry, State} from '../state.js';
import {type Step, stay, tell, without} from '../step.js';

/** The connection panel: what is known of the connection, explained while drawing, and what the user does with it. */
export interface Panel {
	/** One that opened by itself takes no keys before Ctrl+T. */
	readonly openedBy: 'failure' | 'user';
	/** Keys go to the panel; else to the composer. */
	readonly focused: boolean;
	readonly view: PanelView;
	/** The order that the view waits for: its answer alone changes the view. */
	readonly order?: number;
	/** Lines scrolled past, in a view that is longer than its room; below zero from its end, which is -1. */
	readonly scroll: number;
	/** What is explained: the failure that opened the panel, or the last look that is complete. */
	readonly evidence?: Evidence;
	/** The failure that opened the panel, while its line is not in the scrollback: that says what the first look finds behind it. */
	readonly untold?: Evidence;
	/** The failure of an answer: what a later look cannot see any more. */
	readonly cause?: Evidence;
	/** A look under way. Observations of others are late news. */
	readonly look?: PanelLook;
	/** What is explained may pass by itself. */
	readonly wait?: PanelWait;
	/** What came of the last key, in a line. */
	readonly said?: string;
}

export interface PanelLook {
	/** Of its order. */
	readonly id: number;
	/** The user asked for it. */
	readonly manual: boolean;
	/** What was observed so far. */
	readonly evidence?: Evidence;
}

export interface PanelWait {
	/** Of its order. */
	readonly id: number;
	readonly since: number;
	/** Looks whether it has passed so far. */
	readonly looks: number;
	/** The next one; absent while that is being found out. */
	readonly retryAt?: number;
}

export type PanelView =
	| {readonly kind: 'summary'}
	/** Every observation and every fix. */
	| {readonly kind: 'details'}
	/** The text of the rule. */
	| {readonly kind: 'explain'}
	/** The report as it would be written; absent while it is made. */
	| {readonly kind: 'report'; readonly text?: string}
	/** Another address at which a gateway answered: to be confirmed, being opened, in use and offered to be saved. */
	| {readonly kind: 'address'; readonly origin: string; readonly step: 'confirm' | 'opening' | 'save'}
	/** A new token: the configuration is read anew, a hidden text is typed (only its length is known here), tried, offered to be saved. */
	| {
			readonly kind: 'token';
			readonly step: 'rereading' | 'typing' | 'trying' | 'save';
			readonly length: number;
			readonly why?: string;
			readonly savedIn?: string;
	  };

const summary: PanelView = {kind: 'summary'};

/** Opens the panel over what is known now and looks once; one that is open begins anew. */
export function openPanel(state: State, openedBy: Panel['openedBy'], failure?: Evidence): Step {
	const {connection} = state;
	const last = 'evidence' in connection ? undefined : lastFailure(state);
	const cause = failure ?? (last && isUnseenLater(last) ? last.evidence : undefined);
	const known = failure ?? ('evidence' in connection ? connection.evidence : last?.evidence);
	const panel: Panel = {
		openedBy,
		focused: openedBy === 'user',
		view: summary,
		scroll: 0,
		...(known !== undefined && {evidence: known}),
		...(cause !== undefined && {cause}),
	};
	const [looking, orders] = look({...tellUntold(state), panel}, openedBy === 'user');
	return [looking, [...ending(state.panel), ...orders]];
}

/** The first contact failed. Its line in the scrollback waits for the panel's own look, so that both say the same. */
export function openByFirstContact(state: State, evidence: Evidence): Step {
	const [opened, orders] = openByFailure(state, evidence);
	const isNew = opened.panel !== undefined && opened.panel.look?.id !== state.panel?.look?.id;
	return [isNew ? withPanel(opened, {untold: evidence}) : tell(opened, {kind: 'failure', evidence, isBrief: true}), orders];
}

/** The line of a failure that opened the panel, if it is still to be said. */
export function tellUntold(state: State, better?: Evidence): State {
	if (state.panel?.untold === undefined) return state;
	const {untold, ...panel} = state.panel;
	return tell({...state, panel}, {kind: 'failure', evidence: better ?? untold, isBrief: true});
}

/** A failure that opens the panel; where it stands open already, with the keys, only what is explained changes. */
export function openByFailure(state: State, evidence: Evidence): Step {
	if (!state.hasPanel) return stay(state);
	if (state.panel === undefined || (state.panel.openedBy === 'failure' && !state.panel.focused))
		return openPanel(state, 'failure', evidence);
	return stay(withPanel(state, {evidence, cause: evidence}));
}

export function closePanel(state: State): Step {
	return [without(tellUntold(state), 'panel'), ending(state.panel)];
}

/** Another gateway, or another way to it: nothing that was seen or ordered before is about it. It is looked at anew. */
export function lookElsewhere(state: State, {view = summary, manual}: {readonly view?: PanelView; readonly manual: boolean}): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	const {openedBy, focused} = panel;
	const [looking, orders] = look({...tellUntold(state), panel: {openedBy, focused, view, scroll: 0}}, manual);
	return [looking, [...ending(panel), ...orders]];
}

/** Looks closer at the connection; one look at a time, the newest counts. */
export function look(state: State, manual: boolean): Step {
	const before = state.panel?.look;
	return order(
		state,
		id => ({look: {id, manual}}),
		orderId => ({type: 'look-closely', orderId, manual}),
		before === undefined ? [] : [before.id],
	);
}

/**
 * Gives an order, with the number that its answer will carry.
 *
 * @param changes What the panel is from then on.
 * @param dropped Orders that it takes the place of.
 */
export function order(
	state: State,
	changes: (orderId: number) => Partial<Panel>,
	command: (orderId: number) => PanelOrder,
	dropped: readonly number[] = [],
): Step {
	const orderId = state.panelOrders + 1;
	return [withPanel({...state, panelOrders: orderId}, changes(orderId)), [...dropped.map(drop), command(orderId)]];
}

/** Another view. What the one before waited for is not wanted any more; a token that was typed is forgotten. */
export function show(state: State, view: PanelView): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	return [turnTo(state, view), endingOfView(panel)];
}

export function backToSummary(state: State): Step {
	return show(state, summary);
}

/** The view that comes of an answer, or goes on from one: nothing is dropped or forgotten. */
export function turnTo(state: State, view: PanelView): State {
	if (state.panel === undefined) return state;
	const {order: _answered, ...panel} = state.panel;
	return withPanel({...state, panel}, {view, scroll: 0});
}

/** Somebody else waits for the gateway from now on. */
export function endWait(state: State): Step {
	if (state.panel?.wait === undefined) return stay(state);
	const {wait, ...panel} = state.panel;
	return [{...state, panel}, [drop(wait.id)]];
}

/** The panel with these changes; what was said before goes unless the changes say something. */
export function withPanel(state: State, changes: Partial<Panel>): State {
	if (state.panel === undefined) return state;
	const {said: _before, ...panel} = state.panel;
	return {...state, panel: {...panel, ...changes}};
}

/** Says what came of a key. */
export function tellPanel(state: State, said: string): State {
	return withPanel(state, {said});
}

/** The order in which the diagnosis names neighbours that answer. From loopback, loopback and the other own addresses are alike. */
const nearest = ['own-address', 'serve-name', 'default-port', 'loopback'] as const;

/** The address at which another look found a gateway: the one that the diagnosis names, of the family that was asked where both answer. */
export function answeringOrigin(evidence: Evidence | undefined): string | undefined {
	if (evidence === undefined) return undefined;
	const {target, observations} = evidence;
	const isSixth = (origin: string) => origin.includes('[');
	const rankOf = (relation: (typeof nearest)[number]) =>
		relation === 'loopback' && target.addressClass === 'loopback' ? 0 : nearest.indexOf(relation);
	const found = observations.flatMap(seen =>
		seen.kind !== 'sibling-look' || seen.outcome !== 'gateway'
			? []
			: [{origin: seen.origin, cost: 2 * rankOf(seen.relation) + (isSixth(seen.origin) === isSixth(target.origin) ? 0 : 1)}],
	);
	return found.toSorted((one, other) => one.cost - other.cost)[0]?.origin;
}

function ending(panel: Panel | undefined): readonly Command[] {
	if (panel === undefined) return [];
	const ids = [panel.look?.id, panel.wait?.id].filter(id => id !== undefined);
	return [...ids.map(drop), ...endingOfView(panel)];
}

function endingOfView({view, order: waitedFor}: Panel): readonly Command[] {
	return [...(waitedFor === undefined ? [] : [drop(waitedFor)]), ...(view.kind === 'token' ? [{type: 'forget-typed-token'} as const] : [])];
}

function drop(orderId: number): Command {
	return {type: 'drop-order', orderId};
}

type AnswerEnd = Extract<Entry, {kind: 'answer-end'}>;

function lastFailure({entries}: State): AnswerEnd | undefined {
	const last = entries.findLast(entry => entry.kind === 'answer-end');
	return last?.kind === 'answer-end' && !['complete', 'cancelled'].includes(last.outcome.kind) ? last : undefined;
}

/** A refusal is met again by a look, if it lasts; how an answer broke off is not. */
function isUnseenLater({outcome}: AnswerEnd): boolean {
	return outcome.kind !== 'refused' && outcome.kind !== 'unreachable';
}
