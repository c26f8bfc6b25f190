import type {WaitingApproval} from '../../chat/approval/approval.js';
import {approvalCode} from '../../chat/approval/approval-requests.js';
import {approvalFacts, approvalTitle} from '../../chat/approval/approval-words.js';
import type {State} from '../../chat/state.js';

/** So many are said at a time; the others when their turn comes. */
const saidAtOnce = 3;

/**
 * Says, where the chat goes line by line, what waits for approval: each request once, whole, and again when it is asked for or its answer
 * did not work.
 *
 * @param mark Stands before each row of a command: what is behind it is the command, and nothing else is.
 */
export function tellApprovals(say: (lines: string) => void, mark: string): (state: State) => void {
	const told = new WeakSet<WaitingApproval>();
	return state => {
		for (const waiting of (state.approvals?.waiting ?? []).slice(0, saidAtOnce)) {
			if (told.has(waiting)) continue;
			told.add(waiting);
			say(approvalLines(state, waiting, mark).join('\n'));
		}
	};
}

function approvalLines(state: State, waiting: WaitingApproval, mark: string): readonly string[] {
	const {request, answering, problem} = waiting;
	const code = approvalCode(waiting, state.approvals?.waiting ?? []);
	if (answering !== undefined) return [`Approval ${code}: your answer is on its way.`];
	const command = request.command.split('\\u{A}');
	const ways = [
		...(request.decisions.includes('allow-once') ? [`/approve ${code} once`] : []),
		...(request.decisions.includes('allow-always') ? [`/approve ${code} always`] : []),
		`/deny ${code}`,
	];
	return [
		...(problem === undefined ? [] : [`Approval ${code}: ${problem}`]),
		`${approvalTitle(state, waiting)}:`,
		...command.map((row, index) => `${mark}${row}${index < command.length - 1 ? '\\u{A}' : ''}`),
		...approvalFacts(state, waiting).map(([label, text]) => `${label}: ${text}`),
		`To answer: ${ways.join(', ')}.`,
	];
}
