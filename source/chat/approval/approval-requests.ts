import type {State} from '../state.js';
import {notice, type Step, stay, without} from '../step.js';
import {calmMs, noApprovals, openApprovals, type WaitingApproval, withApproval} from './approval.js';
import type {ApprovalCommand} from './approval-commands.js';
import {approvalsStatus} from './approval-words.js';
import {answer} from './press-in-approval.js';

/**
 * What names a request line by line: the beginning of its id, long enough to be the only one. Nobody knows it before the request came, so
 * that no line written ahead can answer.
 */
export function approvalCode({request: {id}}: WaitingApproval, waiting: readonly WaitingApproval[]): string {
	const whole = plainId(id);
	const others = waiting.filter(({request}) => request.id !== id).map(({request}) => plainId(request.id));
	for (let length = 4; length < whole.length; length++) {
		const code = whole.slice(0, length);
		if (!others.some(other => other.startsWith(code))) return code;
	}
	return whole;
}

function plainId(id: string): string {
	return id.replace(/^plugin:/, '').replace(/[^\w-]/g, '');
}

export function carryOutOnApprovals(state: State, request: ApprovalCommand): Step {
	const {waiting} = state.approvals ?? noApprovals;
	if (waiting.length === 0) return stay(notice(state, approvalsStatus(state)));
	if (request.kind === 'approvals') return stay(showAll(state));
	const [code, what, ...more] = request.words?.split(/\s+/) ?? [];
	const meant = waiting.filter(one => approvalCode(one, waiting) === code || one.request.id === code);
	const [one] = meant;
	if (one === undefined || meant.length > 1) {
		return stay(
			notice(
				showAll(state),
				`/${request.kind} needs the code of a command that waits: ${waiting
					.map(each => approvalCode(each, waiting))
					.slice(0, 5)
					.join(', ')}.`,
			),
		);
	}
	if (state.hasScreen) return stay(showFirst(state, one));
	if (request.kind === 'deny') return answer(state, one.request.id, 'deny');
	return allowByWord(state, one, more.length > 0 ? undefined : what, code);
}

function allowByWord(state: State, {request, toldAt}: WaitingApproval, what: string | undefined, code: string | undefined): Step {
	const decision =
		what === 'once' || what === 'allow-once' ? 'allow-once' : what === 'always' || what === 'allow-always' ? 'allow-always' : undefined;
	const refuse = (problem: string) => stay(withApproval(state, request.id, one => ({...one, problem})));
	if (decision === undefined) return refuse(howToApprove(code));
	if (!request.decisions.includes(decision)) return refuse(`“${what}” is not offered for this command.`);
	if (state.now - toldAt < calmMs) return refuse('It has only just appeared: read it first, then say it again.');
	if (state.approvals?.isAway) return refuse('Not connected: it cannot be answered now.');
	return answer(state, request.id, decision);
}

function howToApprove(code: string | undefined): string {
	return `/approve ${code} once, or /approve ${code} always; /deny ${code} denies.`;
}

/** Nothing is put aside any more; each is a new object, which says to whoever prints them that they are to be shown again. */
function showAll(state: State): State {
	const approvals = state.approvals ?? noApprovals;
	return {...state, approvals: {...approvals, waiting: approvals.waiting.map(one => ({...without(one, 'isLater')}))}};
}

function showFirst(state: State, {request: {id}}: WaitingApproval): State {
	const shown = withApproval(state, id, one => without(one, 'isLater'));
	if (!openApprovals(shown).some(({request}) => request.id === id)) return shown;
	return {...shown, overlay: {kind: 'approval', id, top: 0}};
}
