import type {Evidence} from '../../diagnosis/evidence.js';
import type {Message, Outcome} from '../../gateway/transport.js';
import type {AnswerPart, AnswerReceived} from '../../transcripts/record.js';
import type {Command} from '../command.js';
import {draftOf} from '../composer/draft.js';
import {giveBack, holdQueue, sendNext} from '../composer/queue.js';
import {blocksUse} from '../connection/refusal.js';
import {type Conversation, deliveryOf, inFreshSession, isBlank, type LastQuestion} from '../conversation/conversation.js';
import {newestMessages} from '../conversation/remembered-turns.js';
import {modelName} from '../model-name.js';
import {openByFailure} from '../panel/panel.js';
import type {Answer, NewEntry, State} from '../state.js';
import {append, closeAnswer, type Step, stay, then, without} from '../step.js';
import {putBack} from './answer-text.js';
import {appendRecord} from './ask.js';
import {endBlocks} from './blocks.js';
import {causeOf} from './cause.js';
import {blockEntries} from './text-entries.js';
import {endThought} from './thinking.js';
import {failuresOf} from './tool-failures.js';
import {guessFromWords} from './tool-guess.js';
import {endRunningTools} from './tool-runs.js';

/** The answer has ended, well or not: it is recorded, its end is marked, and the queue goes on or is held back. */
export function endAnswer(before: State, {questionId}: Answer, outcome: Outcome, evidence: Evidence): Step {
	return then(endRunningTools(endThought(before)), current => {
		const state = outcome.kind === 'complete' ? current : putBack(current);
		return state.answer?.questionId === questionId ? closeWith(state, state.answer, outcome, evidence) : stay(state);
	});
}

function closeWith(state: State, answer: Answer, outcome: Outcome, evidence: Evidence): Step {
	const record = recordAnswer(state, answer, outcome);
	const entries = [...blockEntries(answer, endBlocks(answer.scan)), endEntry(state, answer, outcome, evidence)];
	const after: State = {
		...closeAnswer(append(state, ...entries)),
		conversation: answeredIn(state.conversation, answer, outcome),
		turns: newestMessages([...state.turns, ...turnOf(answer)]),
	};
	const closed = guessFromWords(after, answer);
	if (outcome.kind === 'complete') {
		const goesOn = closed.connection.state === 'online' ? sendNext(closed) : stay(holdQueue(closed));
		return then([closed, [record]], () => goesOn);
	}
	const notDelivered = answer.text === '' && (outcome.kind === 'refused' || outcome.kind === 'unreachable');
	const kept = notDelivered ? giveBack(closed, answer.draft ?? draftOf(answer.question)) : closed;
	const explained = outcome.kind === 'cancelled' ? kept : {...kept, explainedCause: causeOf(evidence)};
	const held = holdQueue(afterRefusal(explained, outcome, evidence));
	return then([held, [record]], current => (opensPanel(state, outcome) ? openByFailure(current, evidence) : stay(current)));
}

function answeredIn(conversation: Conversation, answer: Answer, outcome: Outcome): Conversation {
	const last: LastQuestion = {
		id: answer.questionId,
		draft: answer.draft ?? draftOf(answer.question),
		isTurn: answer.text !== '',
		isDelivered: deliveryOf(outcome.kind, cameOf(answer)) !== 'none',
		isWhole: outcome.kind === 'complete' && outcome.finishReason === 'stop',
		...(outcome.kind === 'cancelled' && isBlank(cameOf(answer)) && {isBlank: true}),
	};
	return {...sessionAfter(conversation, answer, outcome), last};
}

/**
 * A fresh session is none any more when the gateway got the question; else the next one takes along what was said before. When that is not
 * known, the next one goes to another session: this one would hear it twice, or not at all.
 */
function sessionAfter(conversation: Conversation, answer: Answer, {kind}: Outcome): Conversation {
	const {fresh} = conversation;
	const delivery = deliveryOf(kind, cameOf(answer));
	if (fresh === undefined || delivery === 'none') return conversation;
	return delivery === 'sure' ? without(conversation, 'fresh') : inFreshSession(conversation, fresh.why, fresh.seed);
}

function cameOf({text, toolsEnded}: Answer) {
	return {text, hadTools: toolsEnded !== undefined};
}

/** We end the answer ourselves, because the chat ends or leaves its conversation: it is stopped, and what came of it is kept. */
export function breakOff(before: State): Step {
	return then(endRunningTools(endThought(before)), current => {
		const state = putBack(current);
		const {answer} = state;
		if (answer === undefined) return stay(state);
		const record = recordAnswer(state, answer, {kind: 'cancelled', by: 'user'});
		const stopped = closeAnswer(append(state, ...blockEntries(answer, endBlocks(answer.scan))));
		return [stopped, [{type: 'stop-answer', questionId: answer.questionId}, record]];
	});
}

/** The connection is in doubt; what the agent or its provider could not do is no matter of the panel. */
function opensPanel({hasPanel}: State, {kind}: Outcome): boolean {
	return hasPanel && (kind === 'refused' || kind === 'unreachable' || kind === 'cut' || kind === 'abandoned');
}

/** The text that came since the last part was written, for the case that this process does not live to see the end. */
export function savePart(state: State): Step {
	const {answer} = state;
	if (answer === undefined || answer.text.length === answer.savedLength) return stay(state);
	const part: AnswerPart = {
		kind: 'answer-part',
		questionId: answer.questionId,
		at: new Date(state.now).toISOString(),
		from: answer.savedLength,
		text: answer.text.slice(answer.savedLength),
		...(answer.runId !== undefined && {runId: answer.runId}),
	};
	return [{...state, answer: {...answer, savedLength: answer.text.length}}, [appendRecord(state, part)]];
}

/** Writes down an answer that ended. */
function recordAnswer(state: State, answer: Answer, outcome: Outcome): Command {
	const record: AnswerReceived = {
		kind: 'answer',
		questionId: answer.questionId,
		at: new Date(state.now).toISOString(),
		text: answer.text,
		ended: isWaitedForNoLonger(answer, outcome) ? 'cut' : outcome.kind,
		...(outcome.kind === 'complete' && {finishReason: outcome.finishReason}),
		...(answer.runId !== undefined && {runId: answer.runId}),
		...(answer.model !== undefined && {model: answer.model}),
		...(answer.usage !== undefined && {usage: answer.usage}),
		...(answer.firstTokenAt !== undefined && {firstTokenMs: answer.firstTokenAt - answer.askedAt}),
		totalMs: state.now - answer.askedAt,
	};
	return appendRecord(state, record);
}

/** The connection was lost and the run not found again: what ended is our wait for it. */
function isWaitedForNoLonger({interruption}: Answer, {kind}: Outcome): boolean {
	return kind === 'cancelled' && interruption !== undefined;
}

function endEntry(state: State, answer: Answer, outcome: Outcome, evidence: Evidence): NewEntry {
	const model = answer.askedModel ?? modelName(answer.model);
	return {
		kind: 'answer-end',
		outcome,
		evidence,
		at: state.now,
		totalMs: state.now - answer.askedAt,
		...(answer.firstTokenAt !== undefined && {firstTokenMs: answer.firstTokenAt - answer.askedAt}),
		...(answer.agent !== undefined && {agent: answer.agent}),
		...(model !== undefined && {model}),
		...(answer.usage !== undefined && {usage: answer.usage}),
		...(answer.toolsEnded !== undefined && {toolRuns: answer.toolsEnded.count}),
		...failuresOf(state, answer.questionId),
		hadText: answer.text.trim() !== '',
		...(isWaitedForNoLonger(answer, outcome) && {wasAway: true as const}),
		...(opensPanel(state, outcome) && {isBrief: true}),
	};
}

function turnOf(answer: Answer): readonly Message[] {
	if (answer.text === '') return [];
	return [
		{role: 'user', text: answer.question},
		{role: 'assistant', text: answer.text},
	];
}

/** A refusal that repeats itself until the user does something is a state of the connection, not of one question. */
function afterRefusal(state: State, outcome: Outcome, evidence: Evidence): State {
	if (outcome.kind !== 'refused' || !blocksUse(evidence)) return state;
	return {...state, connection: {state: 'refused', since: state.now, evidence}};
}
