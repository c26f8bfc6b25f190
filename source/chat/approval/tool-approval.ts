import type {ApprovalRequest} from '../../gateway/approval.js';
import type {RunningTool} from '../answer/tool-run.js';
import type {State} from '../state.js';
import {isOfThisSession} from './approval.js';

/** Whether it never began: it waits for approval, or what it waited for was withdrawn. */
export function isHeldBack(state: State, tool: RunningTool): boolean {
	const {approvals} = state;
	if (tool.isHeldBack) return true;
	if (approvals === undefined || approvals.isAway) return false;
	return approvals.waiting.some(({request, answering}) => answering === undefined && holdsBack(state, request, tool));
}

/** The request was withdrawn: the tool that it was for does not begin any more. */
export function holdBack(state: State, request: ApprovalRequest): State {
	const {answer} = state;
	if (answer === undefined || !answer.tools.some(tool => holdsBack(state, request, tool))) return state;
	const tools = answer.tools.map(tool => (holdsBack(state, request, tool) ? {...tool, isHeldBack: true as const} : tool));
	return {...state, answer: {...answer, tools}};
}

/** A request does not name the tool call: it is the one with its command, or the only one that runs. */
function holdsBack(state: State, request: ApprovalRequest, {summary, arguments: given}: RunningTool): boolean {
	if (request.runsAfterwards || !isOfThisSession(state, request)) return false;
	const {command} = request;
	return state.answer?.tools.length === 1 || summary === command || (given?.includes(JSON.stringify(command)) ?? false);
}
