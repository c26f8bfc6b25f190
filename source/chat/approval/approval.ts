import type {ApprovalDecision, ApprovalRequest, ApprovalResolved} from '../../gateway/approval.js';
import {isSameSession} from '../conversation/session-items.js';
import type {State} from '../state.js';
import {without} from '../step.js';

/** Requests for approval that wait, as far as this chat was told. */
export interface Approvals {
	/** Those that came first stand first. */
	readonly waiting: readonly WaitingApproval[];
	/** More are waiting than are kept: so many were left out, and are asked for when there is room. */
	readonly leftOut: number;
	/** The connection that tells of them is gone: nothing can be answered, and what is shown may be out of date. */
	readonly isAway?: true;
	/** When the connection was lost, while no list has said since what still waits: what was told before may be over. */
	readonly lostAt?: number;
}

export interface WaitingApproval {
	readonly request: ApprovalRequest;
	/** When the gateway gives it up, by our clock; absent where that cannot be told. */
	readonly expiresAt?: number;
	/** When this chat was told of it. */
	readonly toldAt: number;
	/** The answer that is on its way. */
	readonly answering?: ApprovalDecision;
	/** An answer may have arrived: the connection broke before that was told. */
	readonly mayBeAnswered?: true;
	/** The user wants to answer it later: `/approvals` shows it again. */
	readonly isLater?: true;
	/** Why the last answer did not work, one line. */
	readonly problem?: string;
}

/** One request, above the composer. It has keys of its own only while the composer is empty. */
export interface ApprovalOverlay {
	readonly kind: 'approval';
	readonly id: string;
	/** The first line that is shown. */
	readonly top: number;
	/** Since when it is on the screen; absent: no frame has shown it yet. */
	readonly drawnAt?: number;
	/** Its last line was on the screen. */
	readonly isSeen?: true;
	/** The first of the two keys that allow it was pressed. */
	readonly armed?: {readonly decision: 'allow-once' | 'allow-always'; readonly at: number};
	/** Why the last key did nothing. */
	readonly refusal?: 'not-seen' | 'not-offered' | 'away';
}

/** What is told of approvals. */
export type ApprovalEvent =
	| {readonly type: 'approval-requested'; readonly request: ApprovalRequest; readonly expiresAt?: number}
	/** All that the gateway says are waiting; those that it does not name are over. */
	| {readonly type: 'approvals-listed'; readonly waiting: ReadonlyArray<Pick<WaitingApproval, 'request' | 'expiresAt'>>}
	/** Connected again, to a gateway that lists none: what was known before may still wait. */
	| {readonly type: 'approvals-back'}
	| {readonly type: 'approval-resolved'; readonly resolved: ApprovalResolved}
	/** What came of an answer of ours. */
	| {readonly type: 'approval-answered'; readonly id: string; readonly outcome: AnswerOutcome}
	/** The connection is gone. `isOver`: another gateway is talked to from now on. */
	| {readonly type: 'approvals-lost'; readonly isOver?: true}
	/** What the last frame shows of the overlay; no `id`: nothing of it. */
	| {readonly type: 'approval-drawn'; readonly id?: string; readonly isAtEnd?: boolean}
	| {readonly type: 'approval-scrolled'; readonly top: number};

export type AnswerOutcome =
	| {readonly kind: 'accepted'}
	/** It was answered before, otherwise; or it is not known any more: expired, withdrawn, or the gateway started anew. */
	| {readonly kind: 'over'; readonly how: 'answered' | 'unknown'}
	/** The gateway did not take it; it still waits. */
	| {readonly kind: 'refused'; readonly message: string}
	/** The connection broke or nothing came: whether the answer arrived is not known. */
	| {readonly kind: 'unknown'};

/** Orders about approvals. */
export type ApprovalOrder =
	/** Answered by `approval-answered`. */
	| {
			readonly type: 'answer-approval';
			readonly id: string;
			readonly kind: ApprovalRequest['kind'];
			readonly decision: ApprovalDecision;
	  }
	/** Answered by `approvals-listed`, where the gateway lists them. */
	| {readonly type: 'list-approvals'};

/** More are not kept: a screen shows one at a time. */
export const mostWaiting = 200;

export const noApprovals: Approvals = {waiting: [], leftOut: 0};

/** A key does nothing to a request for so long after it has appeared, in milliseconds: it was meant for something else. */
export const calmMs = 750;

export function waitingApproval(state: State, id: string): WaitingApproval | undefined {
	return state.approvals?.waiting.find(({request}) => request.id === id);
}

/** The state with one of them changed, or taken away. */
export function withApproval(
	state: State,
	id: string,
	change: (waiting: WaitingApproval) => WaitingApproval | undefined,
): State & {readonly approvals: Approvals} {
	const approvals = state.approvals ?? noApprovals;
	const waiting = approvals.waiting.flatMap(one => (one.request.id === id ? (change(one) ?? []) : [one]));
	return {...state, approvals: {...approvals, waiting}};
}

/** Those that a person can answer now: not put aside, and no answer on its way. */
export function openApprovals({approvals}: State): readonly WaitingApproval[] {
	return approvals?.waiting.filter(({isLater, answering}) => !isLater && answering === undefined) ?? [];
}

/**
 * Gateways write keys in lower case, with the agent before the key that was chosen: `agent:main:clawtalk:…`. A key that only ends like ours
 * (`agent:main:telegram:main`) is another one, and so is that of an agent that was not chosen.
 */
export function isOfThisSession({conversation, agent}: State, {sessionKey}: ApprovalRequest): boolean {
	if (sessionKey === undefined || !isSameSession(sessionKey, conversation.sessionKey)) return false;
	const chosen = agentIn(conversation.sessionKey) ?? agent?.replace(/^openclaw[/:]/, '').toLowerCase();
	return chosen === undefined || (agentIn(sessionKey) ?? chosen) === chosen;
}

/** Whether the run of this conversation waits for an answer to a request for approval. */
export function awaitsApproval(state: State): boolean {
	const {approvals} = state;
	if (approvals === undefined || approvals.isAway) return false;
	return approvals.waiting.some(({request, answering}) => answering === undefined && isOfThisSession(state, request));
}

function agentIn(key: string): string | undefined {
	return /^agent:([^:]+):/.exec(key.toLowerCase())?.[1];
}

/**
 * Shows the request that has waited longest, when nothing else stands above the composer and the keys are the composer's. Whatever was
 * seen or pressed for another request says nothing about this one.
 */
export function showApproval(state: State): State {
	const {overlay} = state;
	if (overlay !== undefined && overlay.kind !== 'approval') return state;
	const open = openApprovals(state);
	if (overlay !== undefined && open.some(({request}) => request.id === overlay.id) && !isHidden(state)) return state;
	const [next] = isHidden(state) ? [] : open;
	if (next !== undefined) return {...without(state, 'overlay', 'completion'), overlay: {kind: 'approval', id: next.request.id, top: 0}};
	return overlay === undefined ? state : without(state, 'overlay');
}

/** Something else has the screen or the keys. */
function isHidden({panel, inEditor, hasScreen}: State): boolean {
	return panel?.focused === true || inEditor !== undefined || hasScreen !== true;
}
