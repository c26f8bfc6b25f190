import type {Evidence, ToolFailed} from '../../diagnosis/evidence.js';
import type {ToolCall} from '../../gateway/transport.js';
import type {State} from '../state.js';

/** A tool run that failed, and whether the same could be done later. */
export interface ToolFailure {
	readonly questionId: string;
	readonly seen: ToolFailed;
	readonly host?: string;
	/** A later run in the same place succeeded. */
	readonly isOver?: true;
}

/** Older ones are forgotten. */
const mostFailures = 40;

/** A command that was run and said no: what runs commands works. */
const endedWithCode = /^exit code \d+/;

/** Takes a tool run that has ended: a failure is kept, and one that worked ends the failures of the same place. */
export function rememberRun(state: State, call: ToolCall, questionId: string): State {
	const {toolFailures = []} = state;
	const {name, phase, error = 'it gave no reason', host, node} = call;
	if (phase === 'finished' || endedWithCode.test(error)) {
		if (toolFailures.length === 0) return state;
		return {...state, toolFailures: toolFailures.map(failure => (isSamePlace(failure, call) ? {...failure, isOver: true} : failure))};
	}
	const seen: ToolFailed = {kind: 'tool-failed', layer: 'control', atMs: 0, tool: name, message: error, ...(node && {node})};
	return {...state, toolFailures: [...toolFailures, {questionId, seen, ...(host && {host})}].slice(-mostFailures)};
}

/** A failure on a node that was named ends with a success there; any other with one of the same tool on the same kind of host. */
function isSamePlace({seen, host}: ToolFailure, call: ToolCall): boolean {
	return seen.node === undefined ? seen.tool === call.name && host === call.host : seen.node === call.node;
}

/** What an answer leaves behind of failures, and what was there before it. */
export function failuresOf({toolFailures = []}: State, questionId: string) {
	const own = toolFailures.flatMap(failure => (failure.questionId === questionId && !failure.isOver ? [failure.seen] : []));
	if (own.length === 0) return {};
	const before = toolFailures.flatMap(failure => (failure.questionId === questionId ? [] : [failure.seen]));
	return {toolsFailed: own, ...(before.length > 0 && {toolsFailedBefore: before})};
}

/** The failures that last, as evidence beside what was seen of the connection. */
export function lastingFailures(state: State, evidence: Evidence): {readonly tools?: Evidence} {
	const observations = lastingIn(state);
	return observations.length === 0 ? {} : {tools: {...evidence, observations}};
}

/** Failures of tools after which nothing succeeded in the same place. */
export function lastingIn({toolFailures = []}: Pick<State, 'toolFailures'>): readonly ToolFailed[] {
	return toolFailures.flatMap(({seen, isOver}) => (isOver ? [] : [seen]));
}
