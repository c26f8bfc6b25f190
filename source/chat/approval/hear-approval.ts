import type {ApprovalOutcome} from '../../transcripts/record.js';
import {noticeInPlace} from '../answer/tool-runs.js';
import type {Command} from '../command.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {
	type AnswerOutcome,
	type ApprovalEvent,
	type Approvals,
	isOfThisSession,
	mostWaiting,
	noApprovals,
	type WaitingApproval,
	waitingApproval,
	withApproval,
} from './approval.js';
import {outcomeText} from './approval-words.js';
import {holdBack} from './tool-approval.js';

/** What is told of requests for approval; only what comes from the screen touches the overlay. */
export function hearApproval(state: State, event: ApprovalEvent & {readonly at: number}): Step {
	switch (event.type) {
		case 'approval-requested':
			return stay(add(state, event));
		case 'approvals-listed':
			return hearList(state, event.waiting);
		case 'approvals-back':
			// Nobody can tell what became of those that were left out.
			return stay(state.approvals === undefined ? state : {...state, approvals: {...without(state.approvals, 'isAway'), leftOut: 0}});
		case 'approval-resolved':
			return hearResolved(state, event.resolved);
		case 'approval-answered':
			return hearOutcome(state, event.id, event.outcome);
		case 'approvals-lost':
			return lose(state, event.isOver === true);
		case 'approval-drawn':
			return stay(drawn(state, event));
		case 'approval-scrolled':
			return stay(scrolled(state, event.top));
	}
}

type Told = Pick<WaitingApproval, 'request' | 'expiresAt'>;

function add(state: State, {request, expiresAt}: Told): State {
	const approvals = state.approvals ?? noApprovals;
	// The first one that came under an id is the one that was looked at.
	if (waitingApproval(state, request.id) !== undefined) return state;
	if (approvals.waiting.length >= mostWaiting) return {...state, approvals: {...approvals, leftOut: approvals.leftOut + 1}};
	const waiting = [...approvals.waiting, {request, toldAt: state.now, ...(expiresAt !== undefined && {expiresAt})}];
	return {...state, approvals: {...approvals, waiting}};
}

/** What the gateway names stays as it is known. What came of an answer that is on its way is told by itself. */
function hearList(state: State, listed: readonly Told[]): Step {
	const ids = new Set(listed.map(({request}) => request.id));
	const before = state.approvals ?? noApprovals;
	const isGone = ({request, answering}: WaitingApproval) => answering === undefined && !ids.has(request.id);
	// It still waits: an answer of before did not arrive.
	const kept = before.waiting
		.filter(one => !isGone(one))
		.map(one => (ids.has(one.request.id) && one.mayBeAnswered ? without(one, 'mayBeAnswered', 'problem') : one));
	const emptied: State = {...state, approvals: {waiting: kept, leftOut: 0}};
	const filled = listed.reduce((current, one) => add(current, one), emptied);
	return before.waiting
		.filter(isGone)
		.reduce((step: Step, one) => then(step, current => conclude(current, one, fateOf(one, before, 'over'))), [filled, []]);
}

/** How a request ended of which only that is known: more may have happened while nothing was heard, and by an answer that may have arrived. */
function fateOf({mayBeAnswered, toldAt}: WaitingApproval, {lostAt}: Approvals, otherwise: 'over' | 'expired'): ApprovalOutcome {
	if (mayBeAnswered) return 'unknown';
	return lostAt !== undefined && toldAt <= lostAt ? 'over' : otherwise;
}

function hearResolved(state: State, {id, decision, by, ended}: Extract<ApprovalEvent, {type: 'approval-resolved'}>['resolved']): Step {
	const waiting = waitingApproval(state, id);
	if (waiting === undefined) return leftOutResolved(state);
	// Our own answer is told to us, too, before the call that gave it returns.
	const isOurs = waiting.answering === decision && ended === undefined;
	const isExpired = ended === 'by-itself' && waiting.expiresAt !== undefined && state.now >= waiting.expiresAt - expiryToleranceMs;
	const outcome: ApprovalOutcome =
		ended === 'withdrawn' ? 'withdrawn' : isExpired ? 'expired' : ended === 'by-itself' ? 'over' : (`${decision}` as const);
	const told = ended === 'withdrawn' ? holdBack(state, waiting.request) : state;
	return remove(told, waiting, outcome, isOurs ? undefined : (by ?? 'another client'));
}

/** A gateway that gives a request up tells so by its own clock, a little before or after ours says so. */
const expiryToleranceMs = 2_000;

function leftOutResolved(state: State): Step {
	const {approvals} = state;
	if (approvals === undefined || approvals.leftOut === 0) return stay(state);
	return stay({...state, approvals: {...approvals, leftOut: approvals.leftOut - 1}});
}

function hearOutcome(state: State, id: string, outcome: AnswerOutcome): Step {
	const waiting = waitingApproval(state, id);
	if (waiting === undefined) return stay(state);
	const {answering, mayBeAnswered} = waiting;
	if (answering === undefined) return stay(state);
	switch (outcome.kind) {
		case 'accepted':
			return remove(state, waiting, answering);
		case 'over':
			return remove(state, waiting, mayBeAnswered ? 'unknown' : outcome.how === 'answered' ? 'answered-before' : 'over');
		case 'refused':
			return stay(withApproval(state, id, one => ({...without(one, 'answering'), problem: outcome.message})));
		case 'unknown':
			return stay(withApproval(state, id, one => unsure(one, 'Whether the last answer arrived is not known: the connection broke.')));
	}
}

function unsure(waiting: WaitingApproval, problem: string): WaitingApproval {
	return {...without(waiting, 'answering'), problem, mayBeAnswered: true};
}

/** Takes a request away and says how it ended. @param by Who answered, when it was not this chat. */
function remove(state: State, removed: WaitingApproval, outcome: ApprovalOutcome, by?: string): Step {
	const [next, commands] = conclude(
		withApproval(state, removed.request.id, () => undefined),
		removed,
		outcome,
		by,
	);
	const {waiting, leftOut} = next.approvals ?? noApprovals;
	const refills: readonly Command[] = waiting.length === 0 && leftOut > 0 ? [{type: 'list-approvals'}] : [];
	return [next, [...commands, ...refills]];
}

/** What was asked and answered is said, and kept with the conversation: of this session, and what was answered here. */
function conclude(state: State, {request, answering, mayBeAnswered}: WaitingApproval, outcome: ApprovalOutcome, by?: string): Step {
	const isHere = answering !== undefined || mayBeAnswered === true;
	if (!isHere && !isOfThisSession(state, request)) return stay(state);
	const {agent, sessionKey, host, node, cwd, rule, id, command} = request;
	const record = {
		kind: 'approval',
		at: new Date(state.now).toISOString(),
		approvalId: id,
		command,
		outcome,
		...(by !== undefined && {by}),
		...(agent !== undefined && {agent}),
		...(sessionKey !== undefined && {sessionKey}),
		...(host !== undefined && {host}),
		...(node !== undefined && {node}),
		...(cwd !== undefined && {cwd}),
		...(outcome === 'allow-always' && rule !== undefined && {rule: rule.kind}),
	} as const;
	const {asked, isStored, id: conversationId} = state.conversation;
	// A file begins with a question.
	const kept = asked > 0 || isStored === true;
	// The run of this session waits for it: it is said where that goes on.
	const say = isOfThisSession(state, request) ? noticeInPlace : notice;
	return [say(state, outcomeText(record)), kept ? [{type: 'append-record', conversationId, record}] : []];
}

function lose(state: State, isOver: boolean): Step {
	if (state.approvals === undefined) return stay(state);
	if (isOver) return stay(without(state, 'approvals'));
	const waiting = state.approvals.waiting.map(one =>
		one.answering === undefined ? one : unsure(one, 'Whether the last answer arrived is not known.'),
	);
	const away: State = {...state, approvals: {...state.approvals, waiting, isAway: true, lostAt: state.now}};
	return stay(away.overlay?.kind === 'approval' ? {...away, overlay: without(away.overlay, 'armed', 'refusal')} : away);
}

function drawn(state: State, {id, isAtEnd}: Extract<ApprovalEvent, {type: 'approval-drawn'}>): State {
	const {overlay} = state;
	if (overlay?.kind !== 'approval') return state;
	if (id !== overlay.id) return {...state, overlay: without(overlay, 'drawnAt', 'armed')};
	// What was half allowed before its end left the screen, by a smaller window or by scrolling, begins anew.
	const still = isAtEnd === true ? without(overlay, 'refusal') : without(overlay, 'armed');
	return {...state, overlay: {...still, drawnAt: overlay.drawnAt ?? state.now, ...(isAtEnd === true && {isSeen: true})}};
}

/** A key that scrolls is no `y`. */
function scrolled(state: State, top: number): State {
	const {overlay} = state;
	return overlay?.kind === 'approval' ? {...state, overlay: {...without(overlay, 'armed'), top: Math.max(0, top)}} : state;
}

/** Requests that the gateway has given up by now, where it tells so itself or not (2026.2.9 does not). */
export function expireApprovals(state: State): Step {
	const {approvals = noApprovals, now} = state;
	return approvals.waiting
		.filter(({expiresAt, answering}) => answering === undefined && expiresAt !== undefined && now >= expiresAt + expiryToleranceMs)
		.reduce((step: Step, one) => then(step, current => remove(current, one, fateOf(one, approvals, 'expired'))), [state, []]);
}
