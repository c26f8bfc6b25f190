import type {AnswerOutcome, ApprovalOrder} from '../chat/approval/approval.js';
import type {Event} from '../chat/event.js';
import {type ApprovalRequest, approvalScope} from '../gateway/approval.js';
import {readApproval, readResolved} from '../gateway/control/read-approval.js';
import type {ControlError, ControlNews, ControlPlane, Hello} from '../gateway/control-plane.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';

/** Tells the chat of requests for approval, and carries its answers to the gateway. */
export interface ApprovalDesk {
	/** From now on this gateway is talked to; a second call leaves the one before. */
	follow(control: ControlPlane, dispatch: Dispatch): void;
	perform(order: ApprovalOrder, dispatch: Dispatch): void;
	close(): void;
}

type Told = {readonly request: ApprovalRequest; readonly expiresAt?: number};
type Kind = ApprovalRequest['kind'];

const kinds: readonly Kind[] = ['exec', 'plugin'];
/** Rows of one list that are looked at. */
const mostRows = 1_000;
/** So often lists are asked for again because something was told meanwhile: a gateway that never rests is believed as it is. */
const mostTries = 5;
/** No gateway gives a request longer, in milliseconds; a time that is farther away is none. */
const longestWaitMs = 7 * 24 * 3_600_000;

export function createApprovalDesk(clock: Clock): ApprovalDesk {
	let control: ControlPlane | undefined;
	let stopHearing: (() => void) | undefined;
	/** How far our clock is ahead of the gateway's, once it has told its time. */
	let aheadMs: number | undefined;
	/** How often something was told of requests. */
	let tellings = 0;

	const told = (request: ApprovalRequest, isFresh = false): Told => {
		const expiresAt = endOf(request, isFresh, clock.now(), aheadMs);
		return {request, ...(expiresAt !== undefined && {expiresAt})};
	};
	const list = async (hello: Hello, dispatch: Dispatch, tries = 0): Promise<void> => {
		const [asked, before] = [control, tellings];
		if (asked === undefined || !mayAnswer(hello)) return;
		const listed = kinds.filter(kind => hello.methods.has(`${kind}.approval.list`));
		if (listed.length === 0) return dispatch({type: 'approvals-back', at: clock.now()});
		const answers = await Promise.all(listed.map(async kind => ({kind, answer: await asked.call(`${kind}.approval.list`, {})})));
		if (asked !== control) return;
		// A list that is older than what was told since would take new requests away, and bring answered ones back.
		if (tellings !== before && tries < mostTries) return list(hello, dispatch, tries + 1);
		const rows = answers.flatMap(({kind, answer}) =>
			answer.ok && Array.isArray(answer.payload) ? readRows(kind, answer.payload, hello) : [],
		);
		// A list that was not given says nothing about what waits.
		if (answers.some(({answer}) => !answer.ok)) {
			dispatch({type: 'approvals-back', at: clock.now()});
			for (const request of rows) dispatch({type: 'approval-requested', at: clock.now(), ...told(request)});
		} else dispatch({type: 'approvals-listed', at: clock.now(), waiting: rows.map(row => told(row))});
	};
	const hear = (news: ControlNews, dispatch: Dispatch) => {
		if (news.kind === 'closed') dispatch({type: 'approvals-lost', at: clock.now()});
		if (news.kind === 'opened') void list(news.hello, dispatch);
		const {state} = control ?? {};
		if (state?.kind !== 'open' || !mayAnswer(state.hello)) return;
		// Events may be missing: the list has them.
		if (news.kind === 'gap') void list(state.hello, dispatch);
		if (news.kind !== 'event') return;
		aheadMs = aheadOf(news.payload['ts'], clock.now()) ?? aheadMs;
		const event = eventOf(news, state.hello, told);
		if (event === undefined) return;
		tellings += 1;
		dispatch({...event, at: clock.now()} as Event);
	};
	return {
		follow(next, dispatch) {
			const isFirst = control === undefined;
			stopHearing?.();
			control = next;
			aheadMs = undefined;
			if (!isFirst) dispatch({type: 'approvals-lost', at: clock.now(), isOver: true});
			stopHearing = next.hear(news => hear(news, dispatch));
			if (next.state.kind === 'open') void list(next.state.hello, dispatch);
		},
		perform(order, dispatch) {
			const asked = control;
			if (order.type === 'list-approvals') {
				if (asked?.state.kind === 'open') void list(asked.state.hello, dispatch);
				return;
			}
			const {id, kind, decision} = order;
			const tell = (outcome: AnswerOutcome) => dispatch({type: 'approval-answered', at: clock.now(), id, outcome});
			if (asked === undefined) return tell({kind: 'unknown'});
			void asked
				.call(`${kind}.approval.resolve`, {id, decision})
				.then(answer => tell(answer.ok ? {kind: 'accepted'} : outcomeOf(answer.error)));
		},
		close() {
			stopHearing?.();
			control = undefined;
		},
	};
}

function mayAnswer({scopes}: Hello): boolean {
	return scopes.includes(approvalScope) || scopes.includes('operator.admin');
}

function readRows(kind: Kind, rows: readonly unknown[], hello: Hello): readonly ApprovalRequest[] {
	return rows.slice(0, mostRows).flatMap(row => readApproval(kind, row, hello) ?? []);
}

function eventOf(
	{name, payload}: ControlNews & {readonly kind: 'event'},
	hello: Hello,
	told: (request: ApprovalRequest, isFresh: true) => Told,
) {
	for (const kind of kinds) {
		if (name === `${kind}.approval.requested`) {
			const request = readApproval(kind, payload, hello);
			return request && ({type: 'approval-requested', ...told(request, true)} as const);
		}
		if (name === `${kind}.approval.resolved`) {
			const resolved = readResolved(payload);
			return resolved && ({type: 'approval-resolved', resolved} as const);
		}
	}
	return undefined;
}

/** When the gateway gives it up, by our clock. One that was told just now was made just now: its times say how long it lives. */
function endOf({createdAt, expiresAt}: ApprovalRequest, isFresh: boolean, now: number, aheadMs: number | undefined): number | undefined {
	if (expiresAt === undefined) return undefined;
	const leftMs = isFresh && createdAt !== undefined ? expiresAt - createdAt : expiresAt - (now - (aheadMs ?? 0));
	return leftMs > 0 && leftMs <= longestWaitMs ? now + leftMs : undefined;
}

/** Ticks and some events say the gateway's time (`ts`); a clock that is a day off is no clock. */
function aheadOf(ts: unknown, now: number): number | undefined {
	return typeof ts === 'number' && Math.abs(now - ts) < 24 * 3_600_000 ? now - ts : undefined;
}

/** 2026.9.6 says why in `details.reason`, 2026.2.9 only in words. */
function outcomeOf({code, detail, message}: ControlError): AnswerOutcome {
	if (code === 'disconnected' || code === 'timeout' || code === 'cancelled') return {kind: 'unknown'};
	if (detail === 'APPROVAL_ALREADY_RESOLVED' || /already resolved/i.test(message)) return {kind: 'over', how: 'answered'};
	if (detail === 'APPROVAL_NOT_FOUND' || /unknown (?:or expired )?approval id|approval not found/i.test(message)) {
		return {kind: 'over', how: 'unknown'};
	}
	return {kind: 'refused', message};
}
