import {pressInComposer} from '../composer/press-in-composer.js';
import type {KeyEvent} from '../overlay/overlay.js';
import type {State} from '../state.js';
import {type Step, stay, then, without} from '../step.js';
import {type ApprovalOverlay, calmMs, waitingApproval, withApproval} from './approval.js';

/** Between the two keys that allow: sooner is typing, later is forgotten. Milliseconds. */
const soonestMs = 250;
const latestMs = 10_000;
/** Letters of one word follow each other sooner. */
const wordWithinMs = 1_000;

/** The keys of a request; its view names them (components/approval-view.ts). Digits begin few messages, and Enter is none of them. */
const approvalKeys = {allowOnce: '1', allowAlways: '2', deny: '3', confirm: 'y'} as const;

/**
 * A key while a request for approval is shown. It goes to the composer, as if nothing had appeared, while the composer holds text, for a
 * moment after the request has appeared, and whenever it is not a single stroke of one of its own keys: what was typed ahead or pasted
 * answers nothing and is not lost. To allow takes two different keys, one after the other, of a request that was seen to its end.
 */
export function pressInApproval(state: State, overlay: ApprovalOverlay, event: KeyEvent): Step {
	const isFresh = overlay.drawnAt === undefined || state.now - overlay.drawnAt < calmMs;
	if (isFresh || state.draft.text !== '') return typeBeside(changed(state, without(overlay, 'armed', 'refusal')), event);
	switch (event.type) {
		case 'text-typed':
			return pressKey(state, overlay, event.text, event);
		case 'cancel-requested':
			return overlay.armed === undefined ? putAside(state, overlay) : stay(disarmed(state, overlay));
		case 'submit-requested':
		case 'scroll-requested':
		case 'completion-requested':
		case 'edit-requested':
			return stay(disarmed(state, overlay));
		default:
			return typeBeside(disarmed(state, overlay), event);
	}
}

function pressKey(state: State, overlay: ApprovalOverlay, text: string, event: KeyEvent): Step {
	const {armed} = overlay;
	if (armed !== undefined) {
		const pauseMs = state.now - armed.at;
		if (text === approvalKeys.confirm && pauseMs >= soonestMs && pauseMs <= latestMs) return allow(state, overlay, armed.decision);
		// What was pressed just before belongs to the same words.
		const typed = armed.decision === 'allow-once' ? approvalKeys.allowOnce : approvalKeys.allowAlways;
		const free = disarmed(state, overlay);
		if (pauseMs > latestMs) return pressKey(free, without(overlay, 'armed', 'refusal'), text, event);
		return pauseMs > wordWithinMs ? stay(free) : typeBeside(free, {...event, type: 'text-typed', text: typed + text});
	}
	if (text === approvalKeys.allowOnce) return stay(arm(state, overlay, 'allow-once'));
	if (text === approvalKeys.allowAlways) return stay(arm(state, overlay, 'allow-always'));
	if (text === approvalKeys.deny) return answer(state, overlay.id, 'deny');
	return text === ' ' ? stay(state) : typeBeside(disarmed(state, overlay), event);
}

function arm(state: State, overlay: ApprovalOverlay, decision: 'allow-once' | 'allow-always'): State {
	const waiting = waitingApproval(state, overlay.id);
	if (waiting === undefined || state.approvals?.isAway) return changed(state, {...overlay, refusal: 'away'});
	if (!waiting.request.decisions.includes(decision)) return changed(state, {...overlay, refusal: 'not-offered'});
	if (!overlay.isSeen) return changed(state, {...overlay, refusal: 'not-seen'});
	return changed(state, {...without(overlay, 'refusal'), armed: {decision, at: state.now}});
}

function allow(state: State, overlay: ApprovalOverlay, decision: 'allow-once' | 'allow-always'): Step {
	const armed = arm(state, overlay, decision);
	return armed.overlay?.kind === 'approval' && armed.overlay.refusal === undefined ? answer(state, overlay.id, decision) : stay(armed);
}

/** Sends an answer, once; what comes of it is told. */
export function answer(state: State, id: string, decision: 'allow-once' | 'allow-always' | 'deny'): Step {
	const waiting = waitingApproval(state, id);
	if (waiting === undefined || waiting.answering !== undefined) return stay(state);
	if (state.approvals?.isAway) {
		return stay(state.overlay?.kind === 'approval' ? changed(state, {...state.overlay, refusal: 'away'}) : state);
	}
	const answering = withApproval(state, id, one => ({...without(one, 'problem'), answering: decision}));
	return [answering, [{type: 'answer-approval', id, kind: waiting.request.kind, decision}]];
}

function putAside(state: State, {id}: ApprovalOverlay): Step {
	return stay(withApproval(state, id, one => ({...one, isLater: true})));
}

/** Types on, with no list of what could be typed next: it would not be seen. */
function typeBeside(state: State, event: KeyEvent): Step {
	return then(pressInComposer(state, event), typed => stay(without(typed, 'completion')));
}

function disarmed(state: State, overlay: ApprovalOverlay): State {
	return changed(state, without(overlay, 'armed', 'refusal'));
}

function changed(state: State, overlay: ApprovalOverlay): State {
	return state.overlay === overlay ? state : {...state, overlay};
}
