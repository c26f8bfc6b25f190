import {endOfInput, interrupt} from '../answer/interrupt.js';
import type {Edit} from '../event.js';
import type {State} from '../state.js';
import {type Step, stay, then} from '../step.js';
import {
	answeringOrigin,
	backToSummary,
	closePanel,
	look,
	openPanel,
	order,
	type Panel,
	type PanelView,
	show,
	tellPanel,
	turnTo,
	withPanel,
} from './panel.js';

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
			return showOrLeave(state, panel, 'details');
		case 'e':
			return showOrLeave(state, panel, 'explain');
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
function showOrLeave(state: State, {view}: Panel, kind: 'details' | 'explain'): Step {
	return show(state, {kind: view.kind === kind ? 'summary' : kind});
}

function scrollBy(state: State, lines: number): State {
	if (state.panel === undefined) return state;
	const {scroll} = state.panel;
	return withPanel(state, {scroll: scroll < 0 ? Math.min(-1, scroll + lines) : Math.max(0, scroll + lines)});
}

function copyFix(state: State, {evidence, cause}: Panel, number: number): Step {
	if (evidence === undefined) return stay(tellPanel(state, 'There is nothing to copy.'));
	return order(
		state,
		() => ({}),
		orderId => ({type: 'copy-fix', orderId, evidence, ...(cause && {cause}), number}),
	);
}

function prepareReport(state: State, {evidence, cause}: Panel): Step {
	if (evidence === undefined) return stay(tellPanel(state, 'Nothing was observed yet. r looks now.'));
	return then(show(state, {kind: 'report'}), shown =>
		order(
			shown,
			id => ({order: id}),
			orderId => ({type: 'prepare-report', orderId, evidence, ...(cause && {cause})}),
		),
	);
}

function proposeAddress(state: State, {evidence}: Panel): Step {
	const origin = answeringOrigin(evidence);
	if (origin === undefined) return stay(tellPanel(state, 'No gateway answered at another address.'));
	if (state.answer !== undefined) return stay(tellPanel(state, 'An answer is under way: Ctrl+C stops it, then u works.'));
	return show(state, {kind: 'address', origin, step: 'confirm'});
}

function renewToken(state: State, {evidence, cause}: Panel): Step {
	if (state.answer !== undefined) return stay(tellPanel(state, 'An answer is under way: Ctrl+C stops it, then t works.'));
	if (evidence === undefined) return stay(tellPanel(state, 'Nothing was observed yet. r looks now.'));
	return then(show(state, {kind: 'token', step: 'rereading', length: 0}), shown =>
		order(
			shown,
			id => ({order: id}),
			orderId => ({type: 'renew-token', orderId, evidence, ...(cause && {cause})}),
		),
	);
}

/** Enter while the panel has the keys: the second one that `u` and `x` want, and the end of a typed token. */
export function confirmInPanel(state: State): Step {
	const view = state.panel?.view;
	switch (view?.kind) {
		case 'report':
			return confirmReport(state, view);
		case 'address':
			return confirmAddress(state, view);
		case 'token':
			return confirmToken(state, view);
		default:
			return stay(state);
	}
}

function confirmReport(state: State, {text}: PanelView & {kind: 'report'}): Step {
	if (text === undefined) return stay(state);
	return lastOrder(state, orderId => ({type: 'write-report', orderId, text}));
}

function confirmAddress(state: State, view: PanelView & {kind: 'address'}): Step {
	const {origin, step} = view;
	if (step === 'opening') return stay(state);
	if (step === 'save') return lastOrder(state, orderId => ({type: 'save-address', orderId, origin}));
	return order(
		state,
		id => ({view: {...view, step: 'opening'}, order: id}),
		orderId => ({type: 'use-address', orderId, origin}),
	);
}

function confirmToken(state: State, view: PanelView & {kind: 'token'}): Step {
	if (view.step === 'save') return lastOrder(withPanel(state, {focused: false}), orderId => ({type: 'save-token', orderId}));
	if (view.step !== 'typing' || view.length === 0) return stay(state);
	return order(
		state,
		id => ({view: {...view, step: 'trying'}, order: id}),
		orderId => ({type: 'try-typed-token', orderId}),
	);
}

/** The order that ends a view: the summary is there at once, so that another Enter does not give it twice. */
function lastOrder(state: State, command: Parameters<typeof order>[2]): Step {
	return order(turnTo(state, {kind: 'summary'}), () => ({}), command);
}

/** Ctrl+C while the panel has the keys: as ever, but a text in the composer is out of its reach: there it leaves the panel. */
export function interruptInPanel(state: State): Step {
	// In the middle of a hidden token it ends that, and nothing else.
	if (state.panel?.view.kind === 'token') return backToSummary(state);
	const hasAnswer = state.answer !== undefined && state.answer.phase !== 'cancelling';
	return state.draft.text === '' || hasAnswer ? interrupt(state) : leavePanel(state);
}

/** Esc: back from a view, then the keys back to the composer; a panel without the keys, or one that the user opened, closes. */
export function leavePanel(state: State): Step {
	const {panel} = state;
	if (panel === undefined) return stay(state);
	if (panel.focused && panel.view.kind !== 'summary') return backToSummary(state);
	if (panel.focused && panel.openedBy === 'failure') return stay(withPanel(state, {focused: false}));
	return closePanel(state);
}

/** Ctrl+D while the panel has the keys: quits as ever, but deletes nothing of a text in the composer. */
export function endInputInPanel(state: State): Step {
	return state.draft.text === ''
		? endOfInput(state)
		: stay(tellPanel(state, 'The panel has the keys. Ctrl+T gives them back to the message.'));
}

/** Motions scroll; whatever else edits a text has no meaning here. */
export function moveInPanel(state: State, edit: Edit): State {
	if (edit === 'previous-line') return scrollBy(state, -1);
	if (edit === 'next-line') return scrollBy(state, 1);
	if (edit === 'beginning-of-line') return withPanel(state, {scroll: 0});
	if (edit === 'end-of-line') return withPanel(state, {scroll: -1});
	return state;
}
