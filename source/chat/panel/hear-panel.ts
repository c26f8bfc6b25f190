import type {Evidence} from '../../diagnosis/evidence.js';
import {blocksUse, unansweredAt} from '../connection/refusal.js';
import {connectionLost, forgetGateway} from '../connection/update-connection.js';
import type {Event} from '../event.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {
	closePanel,
	endWait,
	look,
	lookElsewhere,
	order,
	type Panel,
	type PanelView,
	tellPanel,
	tellUntold,
	turnTo,
	withPanel,
} from './panel.js';

type PanelEvent = Exclude<Extract<Event, {type: `panel-${string}`}>, {type: 'panel-requested'}>;

/** What came of the panel's orders. Answers to orders that nobody waits for any more change no view. */
export function hearInPanel(state: State, event: PanelEvent): Step {
	const {panel} = state;
	if (event.type === 'panel-address-used') return usedAddress(state, event);
	if (panel === undefined) return stay(event.type === 'panel-told' ? notice(state, event.text) : state);
	if (event.type === 'panel-token-typed') {
		return stay(panel.view.kind === 'token' ? withPanel(state, {view: {...panel.view, length: event.length}}) : state);
	}
	const isAwaited = panel.order === event.orderId;
	switch (event.type) {
		case 'panel-observed':
			return panel.look?.id === event.orderId ? observed(state, panel, event.evidence, event.isComplete) : stay(state);
		case 'panel-told':
			return stay(tellPanel(isAwaited ? turnTo(endToken(state, panel), {kind: 'summary'}) : state, event.text));
		case 'panel-waits':
			return stay(panel.wait?.id === event.orderId ? {...state, panel: {...panel, wait: {...panel.wait, retryAt: event.until}}} : state);
		case 'panel-passed':
			return panel.wait?.id === event.orderId ? passed(state) : stay(state);
		case 'panel-report-prepared':
			return stay(isAwaited ? turnTo(state, {kind: 'report', text: event.text}) : state);
		case 'panel-token-wanted':
			return stay(isAwaited ? turnTo(state, {kind: 'token', step: 'typing', length: 0, why: event.why}) : state);
		case 'panel-token-accepted':
			return isAwaited ? look(turnTo(state, {kind: 'token', step: 'save', length: 0, savedIn: event.savedIn}), true) : stay(state);
	}
}

/** A typed token was taken: what is typed next is for the agent. */
function endToken(state: State, {view}: Panel): State {
	return view.kind === 'token' && view.step === 'trying' ? withPanel(state, {focused: false}) : state;
}

function observed(state: State, panel: Panel, evidence: Evidence, isComplete: boolean): Step {
	const {look: current, said, ...rest} = panel;
	if (!isComplete && current !== undefined) return noticeAbsence({...state, panel: {...panel, look: {...current, evidence}}}, evidence);
	const better = (blocksUse(evidence) && !isHeldBack(evidence)) || unansweredAt(evidence) !== undefined ? evidence : undefined;
	const told = tellUntold({...state, panel: {...rest, evidence, ...(said !== undefined && {said})}}, better);
	return then(
		then(endWait(told), current => noticeAbsence(current, evidence)),
		next => (next.connection.state === state.connection.state ? goOnFrom(next, evidence, panel.look?.manual === true) : stay(next)),
	);
}

/** This look did not send the token again that was just refused: the refusal says more than that. */
function isHeldBack({observations}: Evidence): boolean {
	return observations.some(seen => seen.kind === 'credential-withheld' && seen.reason === 'refused-before');
}

/** A gateway that was in use does not answer: the chat knows it as soon as the panel does, and looks by itself from now on. */
function noticeAbsence(state: State, evidence: Evidence): Step {
	const since = state.connection.state === 'online' ? unansweredAt(evidence) : undefined;
	if (since === undefined) return stay(state);
	const away = connectionLost(state, evidence, state.now, Math.min(since, state.now));
	return then(away, current => [current, [{type: 'check-connection'}]]);
}

/** A gateway that is away or refuses lastingly is watched already; one that can be used is waited for here. */
function goOnFrom(state: State, evidence: Evidence, manual: boolean): Step {
	if (manual && isWorthALook(state, evidence)) return [state, [{type: 'check-connection'}]];
	if (state.connection.state !== 'online') return stay(state);
	const cause = state.panel?.cause;
	return order(
		state,
		id => ({wait: {id, since: state.now, looks: 0}, ...(state.panel?.said !== undefined && {said: state.panel.said})}),
		orderId => ({type: 'await-change', orderId, evidence, ...(cause && {cause})}),
	);
}

/** Whether the chat's own look, which decides about sending, may well find something else than before. */
function isWorthALook({connection}: State, evidence: Evidence): boolean {
	return connection.state === 'waiting' || (connection.state === 'refused' && !blocksUse(evidence));
}

/** The countdown of a cause that may pass by itself has ended. */
export function lookForChange(state: State): Step {
	const {panel, now} = state;
	const wait = panel?.wait;
	if (panel === undefined || wait?.retryAt === undefined || now < wait.retryAt) return stay(state);
	const {retryAt: _over, ...rest} = wait;
	const looks = wait.looks + 1;
	return [{...state, panel: {...panel, wait: {...rest, looks}}}, [{type: 'look-for-change', orderId: wait.id, looks}]];
}

/** Nothing is sent by itself: the user says when. */
function passed(state: State): Step {
	const unsent = state.draft.text !== '' || state.queueHeld;
	const told = notice(state, `The gateway takes questions again${unsent ? '; your message was not sent: Enter sends it.' : '.'}`);
	const {panel} = told;
	if (panel === undefined || (panel.openedBy === 'failure' && !panel.focused)) return closePanel(told);
	const {cause: _over, wait: _waited, ...rest} = panel;
	return look({...told, panel: rest}, false);
}

function usedAddress(state: State, {orderId, place, canSave}: Extract<PanelEvent, {type: 'panel-address-used'}>): Step {
	const moved: State = {
		...without(forgetGateway(state), 'explainedCause'),
		place,
		connection: {state: 'connecting', since: state.now},
	};
	const told = notice(moved, `Now talking to ${place.origin} (${place.path}), for this run.`);
	const offers = canSave && state.panel?.order === orderId;
	const view: PanelView = offers ? {kind: 'address', origin: place.origin, step: 'save'} : {kind: 'summary'};
	return lookElsewhere(told, {view, manual: true});
}
