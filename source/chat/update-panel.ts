import type {Evidence} from '../diagnosis/evidence.js';
import type {Edit, Event} from './event.js';
import {answeringOrigin, backToSummary, closePanel, look, openPanel, type Panel, tellPanel, withPanel} from './panel.js';
import {blocksUse} from './refusal.js';
import type {State} from './state.js';
import {notice, type Step, stay, without} from './step.js';

/** Ctrl+T: opens the panel; then moves the keys there and back. */
export function togglePanel(state: State): Step {
	const {panel} = state;
	if (!state.hasPanel) return stay(state);
	if (panel === undefined) return openPanel(state, 'user');
	return stay(withPanel(state, {focused: !panel.focused}));
}

/** Whether keys go to the panel. */
export function panelHasKeys({panel}: State): boolean {
	return panel?.focused === true;
}

/** Longer than keys are struck: a text that was meant for the composer, or pasted. */
const mostKeysAtOnce = 3;

/** Letters and digits while the panel has the keys. */
export function pressPanelKeys(state: State, text: string): Step {
	if ([...text].length > mostKeysAtOnce) return stay(tellPanel(state, 'The panel has the keys. Ctrl+T gives them back to the message.'));
	return [...text].reduce<Step>(
		([current, orders], key) => {
			const [next, more] = pressKey(current, key);
			return [next, [...orders, ...more]];
		},
		[state, []],
	);
}

function pressKey(state: State, key: string): Step {
	const {panel} = state;
	if (panel === undefined || !panel.focused || panel.view.kind === 'token') return stay(state);
	if (/^[1-9]$/.test(key)) return copyFix(state, panel, Number(key));
	switch (key) {
		case 'r':
			return look(withPanel(state, {}), true);
		case 'd':
			return stay(showView(state, 'details'));
		case 'e':
			return stay(showView(state, 'explain'));
		case 'x':
			return prepareReport(state, panel);
		case 'u':
			return proposeAddress(state, panel);
		case 't':
			return renewToken(state, panel);
		case 'j':
			return stay(scrollBy(state, 1));
		case 'k':
			return stay(scrollBy(state, -1));
		case ' ':
			return stay(scrollBy(state, 10));
		default:
			return stay(tellPanel(state, `${key} is no key of the panel. Ctrl+T gives the keys back to the message.`));
	}
}

/** The same key shows and leaves a view. */
function showView(state: State, kind: 'details' | 'explain'): State {
	const isShown = state.panel?.view.kind === kind;
	return withPanel(state, {view: {kind: isShown ? 'summary' : kind}, scroll: 0});
}

function scrollBy(state: State, lines: number): State {
	return state.panel === undefined ? state : withPanel(state, {scroll: Math.max(0, state.panel.scroll + lines)});
}

function copyFix(state: State, {evidence, cause}: Panel, number: number): Step {
	if (evidence === undefined) return stay(tellPanel(state, 'There is nothing to copy.'));
	return [state, [{type: 'copy-fix', evidence, ...(cause !== undefined && {cause}), number}]];
}

function prepareReport(state: State, {evidence, cause}: Panel): Step {
	if (evidence === undefined) return stay(tellPanel(state, 'Nothing was observed yet. r looks now.'));
	return [withPanel(state, {view: {kind: 'report'}, scroll: 0}), [{type: 'prepare-report', evidence, ...(cause && {cause})}]];
}

function proposeAddress(state: State, {evidence}: Panel): Step {
	const origin = answeringOrigin(evidence);
	if (origin === undefined) return stay(tellPanel(state, 'No gateway answered at another address.'));
	if (state.answer !== undefined) return stay(tellPanel(state, 'An answer is under way: Ctrl+C stops it, then u works.'));
	return stay(withPanel(state, {view: {kind: 'address', origin, step: 'confirm'}, scroll: 0}));
}

function renewToken(state: State, {evidence, cause}: Panel): Step {
	if (state.answer !== undefined) return stay(tellPanel(state, 'An answer is under way: Ctrl+C stops it, then t works.'));
	if (evidence === undefined) return stay(tellPanel(state, 'Nothing was observed yet. r looks now.'));
	return [
		withPanel(state, {view: {kind: 'token', step: 'rereading', length: 0}, scroll: 0}),
		[{type: 'renew-token', evidence, ...(cause && {cause})}],
	];
}

/** Enter while the panel has the keys: the second one that `u` and `x` want, and the end of a typed token. */
export function confirmInPanel(state: State): Step {
	const view = state.panel?.view;
	if (view?.kind === 'report' && view.text !== undefined) return [state, [{type: 'write-report', text: view.text}]];
	if (view?.kind === 'address') return confirmAddress(state, view.origin, view.step);
	if (view?.kind === 'token') return confirmToken(state, view.step, view.length);
	return stay(state);
}

function confirmAddress(state: State, origin: string, step: 'confirm' | 'opening' | 'save'): Step {
	if (step === 'opening') return stay(state);
	if (step === 'save') return [withPanel(state, {view: {kind: 'summary'}}), [{type: 'save-address', origin}]];
	return [withPanel(state, {view: {kind: 'address', origin, step: 'opening'}}), [{type: 'use-address', origin}]];
}

function confirmToken(state: State, step: 'rereading' | 'typing' | 'trying' | 'save', length: number): Step {
	if (step === 'typing' && length > 0)
		return [withPanel(state, {view: {kind: 'token', step: 'trying', length}}), [{type: 'try-typed-token'}]];
	if (step === 'save') return [withPanel(state, {view: {kind: 'summary'}}), [{type: 'save-token'}]];
	return stay(state);
}

/** Esc: back from a view, then the keys back to the composer; a panel without the keys, or one that the user opened, closes. */
export function leavePanel(state: State): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	if (panel.focused && panel.view.kind !== 'summary') return backToSummary(state);
	if (panel.focused && panel.openedBy === 'failure') return stay(withPanel(state, {focused: false}));
	return closePanel(state);
}

/** Motions scroll; whatever else edits a text has no meaning here. */
export function moveInPanel(state: State, edit: Edit): State {
	if (edit === 'previous-line') return scrollBy(state, -1);
	if (edit === 'next-line') return scrollBy(state, 1);
	return state;
}

type PanelEvent = Exclude<Extract<Event, {type: `panel-${string}`}>, {type: 'panel-requested'}>;

/** What came of the panel's orders. */
export function hearInPanel(state: State, event: PanelEvent): Step {
	const {panel} = state;
	if (event.type === 'panel-address-used') return usedAddress(state, event);
	if (panel === undefined) return stay(state);
	switch (event.type) {
		case 'panel-observed':
			return panel.look?.id === event.lookId ? observed(state, panel, event.evidence, event.isComplete) : stay(state);
		case 'panel-told':
			return stay(withPanel(state, {view: {kind: 'summary'}, scroll: 0, said: event.text}));
		case 'panel-waits':
			return stay({...state, panel: {...panel, retryAt: event.until}});
		case 'panel-passed':
			return passed(state, panel);
		case 'panel-copied':
			return stay(tellPanel(state, event.text));
		case 'panel-report-prepared':
			return stay(panel.view.kind === 'report' ? withPanel(state, {view: {kind: 'report', text: event.text}}) : state);
		case 'panel-token-wanted':
			return stay(
				panel.view.kind === 'token' ? withPanel(state, {view: {kind: 'token', step: 'typing', length: 0, why: event.why}}) : state,
			);
		case 'panel-token-typed':
			return stay(panel.view.kind === 'token' ? withPanel(state, {view: {...panel.view, length: event.length}}) : state);
		case 'panel-token-accepted':
			return look(withPanel(state, {view: {kind: 'token', step: 'save', length: 0}}), true);
	}
}

function observed(state: State, panel: Panel, evidence: Evidence, isComplete: boolean): Step {
	const {look: current, said, retryAt: _before, ...rest} = panel;
	if (!isComplete && current !== undefined) return stay({...state, panel: {...panel, look: {...current, evidence}}});
	const told: State = {...state, panel: {...rest, evidence, ...(said !== undefined && {said})}};
	if (current?.manual && isWorthALook(state, evidence)) return [told, [{type: 'check-connection'}]];
	const {cause} = panel;
	// A gateway that is away or refuses lastingly is watched already.
	return [told, state.connection.state === 'online' ? [{type: 'await-change', evidence, ...(cause && {cause})}] : []];
}

/** The countdown of a cause that may pass by itself has ended. */
export function lookForChange(state: State): Step {
	const {panel, now} = state;
	if (panel?.retryAt === undefined || now < panel.retryAt) return stay(state);
	const {retryAt: _over, ...rest} = panel;
	return [{...state, panel: rest}, [{type: 'look-for-change'}]];
}

/** Nothing is sent by itself: the user says when. */
function passed(state: State, panel: Panel): Step {
	const unsent = state.draft.text !== '' || state.queueHeld;
	const told = notice(state, `The gateway takes questions again${unsent ? '; your message was not sent: Enter sends it.' : '.'}`);
	if (panel.openedBy === 'failure' && !panel.focused) return closePanel(told);
	const {cause: _over, ...rest} = panel;
	return look({...told, panel: rest}, false);
}

/** Whether the chat's own look, which decides about sending, may well find something else than before. */
function isWorthALook({connection}: State, evidence: Evidence): boolean {
	return connection.state === 'waiting' || (connection.state === 'refused' && !blocksUse(evidence));
}

function usedAddress(state: State, {place, canSave}: Extract<PanelEvent, {type: 'panel-address-used'}>): Step {
	const moved: State = {
		...without(state, 'agents', 'explainedCause'),
		place,
		connection: {state: 'connecting', since: state.now},
	};
	const told = notice(moved, `Now talking to ${place.origin} (${place.path}), for this run.`);
	const view = canSave ? ({kind: 'address', origin: place.origin, step: 'save'} as const) : ({kind: 'summary'} as const);
	return look(withoutEvidence(withPanel(told, {view})), true);
}

/** The failure of before was about another address. */
function withoutEvidence(state: State): State {
	if (state.panel === undefined) return state;
	const {evidence: _evidence, cause: _cause, ...panel} = state.panel;
	return {...state, panel};
}
