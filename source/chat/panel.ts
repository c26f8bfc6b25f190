import type {Evidence} from '../diagnosis/evidence.js';
import type {Command} from './command.js';
import type {State} from './state.js';
import {type Step, stay, without} from './step.js';

/** The connection panel: what is known of the connection, explained while drawing, and what the user does with it. */
export interface Panel {
	/** One that opened by itself takes no keys before Ctrl+T. */
	readonly openedBy: 'failure' | 'user';
	/** Keys go to the panel; else to the composer. */
	readonly focused: boolean;
	readonly view: PanelView;
	/** Lines scrolled past, in a view that is longer than its room. */
	readonly scroll: number;
	/** What is explained: the failure that opened the panel, or the last look that is complete. */
	readonly evidence?: Evidence;
	/** The failure of an answer: what a later look cannot see any more. */
	readonly cause?: Evidence;
	/** A look under way. Observations of others are late news. */
	readonly look?: PanelLook;
	/** When it is looked again whether a cause that passes by itself has passed. */
	readonly retryAt?: number;
	/** What came of the last key, in a line. */
	readonly said?: string;
}

export interface PanelLook {
	readonly id: number;
	/** The user asked for it. */
	readonly manual: boolean;
	/** What was observed so far. */
	readonly evidence?: Evidence;
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
	| {readonly kind: 'token'; readonly step: 'rereading' | 'typing' | 'trying' | 'save'; readonly length: number; readonly why?: string};

const summary: PanelView = {kind: 'summary'};

/** Opens the panel over what is known now and looks once, or gives an open one what is new. */
export function openPanel(state: State, openedBy: Panel['openedBy'], cause?: Evidence): Step {
	const known = cause ?? knownEvidence(state);
	const panel: Panel = {
		openedBy,
		focused: openedBy === 'user',
		view: summary,
		scroll: 0,
		...(known !== undefined && {evidence: known}),
		...(cause !== undefined && {cause}),
	};
	return look({...state, panel}, openedBy === 'user');
}

/** A failure that opens the panel; where it stands open already, with the keys, only what is explained changes. */
export function openByFailure(state: State, evidence: Evidence): Step {
	if (!state.hasPanel) return stay(state);
	if (state.panel === undefined || (state.panel.openedBy === 'failure' && !state.panel.focused))
		return openPanel(state, 'failure', evidence);
	return stay(withPanel(state, {evidence, cause: evidence}));
}

export function closePanel(state: State): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	const orders: Command[] = [...(panel.look ? [{type: 'stop-looking'} as const] : []), ...forgetting(panel)];
	return [without(state, 'panel'), orders];
}

/** Looks closer at the connection; one look at a time, the newest counts. */
export function look(state: State, manual: boolean): Step {
	const id = state.looks + 1;
	const looking = withPanel({...state, looks: id}, {look: {id, manual}});
	return [looking, [{type: 'look-closely', lookId: id, manual}]];
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

/** Back to the summary; a token that was typed is forgotten. */
export function backToSummary(state: State): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	return [withPanel(state, {view: summary, scroll: 0}), forgetting(panel)];
}

/** The first address at which another look found a gateway. */
export function answeringOrigin(evidence: Evidence | undefined): string | undefined {
	const found = evidence?.observations.find(seen => seen.kind === 'sibling-look' && seen.outcome === 'gateway');
	return found?.kind === 'sibling-look' ? found.origin : undefined;
}

function forgetting({view}: Panel): readonly Command[] {
	return view.kind === 'token' ? [{type: 'forget-typed-token'}] : [];
}

/** What is known without a new look. */
function knownEvidence({connection, entries}: State): Evidence | undefined {
	if ('evidence' in connection) return connection.evidence;
	const last = entries.findLast(entry => entry.kind === 'answer-end');
	return last?.kind === 'answer-end' && !['complete', 'cancelled'].includes(last.outcome.kind) ? last.evidence : undefined;
}
