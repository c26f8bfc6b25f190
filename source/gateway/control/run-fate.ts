import type {ControlPlane, Hello, JsonObject} from '../control-plane.js';
import {plainLine} from '../plain-text.js';
import {type Fields, fieldsOf, isName, lineIn} from './fields.js';
import {type FoundAnswer, findRun, type Sought} from './run-lookup.js';
import {messageText} from './run-message.js';

/** What the gateway knows of a run that was lost sight of. */
export type RunFate =
	| {readonly kind: 'finished'; readonly answer: FoundAnswer; readonly text: string}
	| {readonly kind: 'running'; readonly runId: string; readonly text: string}
	/** It ended without leaving an answer. */
	| {readonly kind: 'failed'; readonly message: string}
	| {readonly kind: 'stopped'}
	/** The question is in the history, and nothing works on it that could be seen. */
	| {readonly kind: 'unanswered'; readonly isOver?: boolean}
	/** `isOver`: nor does the gateway count the session as one in which something runs, or is to be taken up again. */
	| {readonly kind: 'unknown'; readonly isOver?: boolean}
	/** The gateway did not answer the question for it. */
	| {readonly kind: 'no-word'};

/** Answers of a turn with tools are several messages. */
const newest = 40;

/**
 * Looks a run up: in the history of its session, and by its id. Nothing is sent that could begin a run. 2026.2.9 knows no runs in its
 * history, and `agent.wait` answers `timeout` for a run that goes on and for one that it does not know.
 */
export async function lookUpFate(control: ControlPlane, sessionKey: string, sought: Sought, signal?: AbortSignal): Promise<RunFate> {
	const options = signal === undefined ? {} : {signal};
	const history = await control.call('chat.history', {sessionKey, limit: newest}, options);
	if (!history.ok) return {kind: 'no-word'};
	const found = findRun(history.payload, sought);
	if (found.running !== undefined) return {kind: 'running', ...found.running};
	if (found.answer?.stopReason !== undefined && !isActive(history.payload, found.answer.runId)) {
		return {kind: 'finished', answer: found.answer, text: await wholeText(control, sessionKey, found.answer)};
	}
	if (isActive(history.payload, sought.runId)) return {kind: 'running', runId: sought.runId, text: ''};
	const waited = await control.call('agent.wait', {runId: sought.runId, timeoutMs: 0}, options);
	if (!waited.ok) return {kind: 'no-word'};
	return fateOf(waited.payload) ?? {kind: found.accepted ? 'unanswered' : 'unknown', isOver: isOver(history.payload)};
}

/** What `agent.wait` says of a run that has ended. */
function fateOf(payload: JsonObject): RunFate | undefined {
	const reply = fieldsOf(payload['terminalReply']);
	if (payload['status'] === 'error') {
		const error = lineIn(payload, 'error', 300) ?? 'the gateway gave no reason';
		return error === 'aborted' ? {kind: 'stopped'} : {kind: 'failed', message: plainLine(error)};
	}
	const text = messageText(reply);
	if (payload['status'] !== 'ok' || text === undefined) return undefined;
	const stopReason = lineIn(payload, 'stopReason', 60) ?? 'stop';
	return {kind: 'finished', text, answer: {parts: [{text}], aborted: false, stopReason}};
}

/** UTF-16 units of one message. */
const longestPart = 2_000_000;

/** A history shows the beginning of long messages only (8,000 characters, 2026.9.6); the rest is fetched. */
async function wholeText(control: ControlPlane, sessionKey: string, {parts}: FoundAnswer): Promise<string> {
	const texts = parts.slice(-newest).map(async ({text, cutId}) => {
		if (cutId === undefined) return text;
		const whole = await control.call('chat.message.get', {sessionKey, messageId: cutId, maxChars: longestPart});
		return (whole.ok ? messageText(whole.payload['message']) : undefined) ?? text;
	});
	return (await Promise.all(texts))
		.map(text => text.slice(0, longestPart).trim())
		.filter(text => text !== '')
		.join('\n\n');
}

/**
 * A gateway that was killed in the middle of a run has `running` in its session until it has taken the run up again, 5 to 35 s after its
 * start, or given it up; where it has another word it takes up nothing, nor where it knows no such session any more, which then has none (2026.9.6).
 */
function isOver(payload: Fields): boolean {
	const {status, hasActiveRun} = fieldsOf(payload['sessionInfo']);
	return status === undefined ? hasActiveRun === false : status !== 'running';
}

function isActive(payload: Fields, runId: string | undefined): boolean {
	const listed = fieldsOf(payload['sessionInfo'])['activeRunIds'];
	return runId !== undefined && Array.isArray(listed) && listed.filter(isName).includes(runId);
}

/** Did the gateway stay the same process? Before protocol 4 only the time of its start tells. */
export function isSameStart(one: Hello, other: Hello): boolean {
	if (one.bootId !== undefined && other.bootId !== undefined) return one.bootId === other.bootId;
	if (one.startedAt === undefined || other.startedAt === undefined) return false;
	return Math.abs(one.startedAt - other.startedAt) < startToleranceMs;
}

/** How exactly the time of a start is known: it is counted back from an uptime that travelled. */
const startToleranceMs = 3_000;
