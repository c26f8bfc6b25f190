import type {ControlAnswer, ControlNews} from '../control-plane.js';
import type {Outcome} from '../transport.js';
import {lineIn} from './fields.js';
import {lookUpFate, type RunFate} from './run-fate.js';
import {stopRun, stopWhenBack} from './run-stop.js';
import type {Turn} from './turn.js';

/** What the gateway answered to the question itself. */
export function answered(turn: Turn, answer: ControlAnswer): Outcome | undefined {
	if (!answer.ok) return notTaken(turn, answer.error);
	const {status} = answer.payload;
	turn.accept();
	switch (status) {
		case 'error':
			return failed(turn, {message: lineIn(answer.payload, 'summary', 300) ?? 'the gateway gave no reason'});
		case 'timeout':
			return stoppedElsewhere(turn, lineIn(answer.payload, 'stopReason', 60));
		case 'ok':
			// It was asked before, and has ended: what came of it is in the history.
			if (turn.reader.summary.ending === undefined) turn.inbox.put({kind: 'look', isReturn: true, tries: 1});
			return undefined;
		default:
			// `stop` and `/stop` begin no run: they end those under way (`{ok, aborted, runIds}`, 2026.2.9 and 2026.9.6), and nothing follows.
			if (!Array.isArray(answer.payload['runIds'])) return undefined;
			return failed(turn, {message: 'the gateway took this as an order to stop, and answers nothing', type: 'aborted'});
	}
}

function notTaken(turn: Turn, {code, detail, message}: Extract<ControlAnswer, {ok: false}>['error']): Outcome | undefined {
	// The end of the connection follows, and what comes after it.
	if (code === 'disconnected') {
		if (!turn.isAway && turn.control.state.kind !== 'open') goAway(turn);
		return undefined;
	}
	if (code === 'timeout' || code === 'cancelled') {
		if (!turn.accepted) turn.inbox.put({kind: 'look', isReturn: false, tries: 0});
		return undefined;
	}
	if (turn.accepted) return undefined;
	turnError(turn, {message, code, ...(detail === undefined ? {} : {type: detail})});
	return {kind: 'refused'};
}

/** The connection is away from now on, unless it comes back in time. */
function goAway(turn: Turn): void {
	turn.isAway = true;
	turn.absences += 1;
	if (turn.returnWithinMs !== undefined) turn.later(turn.returnWithinMs, {kind: 'given-up', absence: turn.absences});
}

/** The gateway told an end. */
export function ended(turn: Turn): Outcome | undefined {
	const {summary} = turn.reader;
	turn.resume('finished');
	switch (summary.ending) {
		case 'final':
			if (hasToWait(turn)) {
				waitInLine(turn);
				return undefined;
			}
			return finished(turn, summary.text, summary.stopReason);
		case 'aborted':
			return stoppedElsewhere(turn, summary.stopReason);
		case 'error':
			return failed(turn, summary.error ?? {message: 'the gateway gave no reason'});
		case 'too-large':
			// Nobody reads what it goes on to say.
			void turn.control.call('chat.abort', {sessionKey: turn.asked.sessionKey, runId: turn.reader.runId});
			return {kind: 'cut'};
		default:
			return undefined;
	}
}

/** It ended before anything of it began: the gateway has put it behind another one. */
export function hasToWait({reader, isStopping}: Turn): boolean {
	const {ending, began, text} = reader.summary;
	return ending === 'final' && !began && text === '' && !isStopping;
}

function waitInLine(turn: Turn): void {
	turn.accept();
	const message = 'waiting for another answer in this session';
	turn.emit({type: 'progress', questionId: turn.questionId, phase: 'queued', message});
	// The other one may have ended in the meantime.
	turn.inbox.put({kind: 'look', isReturn: false, tries: 1});
}

/** 2026.2.9 says of no answer whether it is complete. */
function finished({hello}: Turn, text: string, stopReason: string | undefined): Outcome {
	if (text.trim() === '') return {kind: 'empty'};
	return {kind: 'complete', finishReason: stopReason ?? (hello.protocol < 4 ? 'unstated' : 'stop')};
}

function stoppedElsewhere(turn: Turn, stopReason: string | undefined): Outcome {
	if (turn.isStopping) return cancelled({...turn, isStopHeard: true});
	const why = stopReason === undefined || stopReason === 'rpc' ? '' : ` (${stopReason})`;
	return failed(turn, {message: `the run was stopped at the gateway, not from here${why}`, type: 'aborted'});
}

function failed(turn: Turn, error: {readonly message: string; readonly type?: string; readonly code?: string}): Outcome {
	turnError(turn, error);
	return {kind: 'failed'};
}

function turnError({log}: Turn, error: {readonly message: string; readonly type?: string; readonly code?: string}): void {
	log.add({kind: 'turn-error', layer: 'chat', atMs: log.elapsed(), ...error});
}

/** The connection is gone; the run, if there is one, goes on. */
export function closed(turn: Turn, {evidence, closed: end}: ControlNews & {kind: 'closed'}): Outcome | undefined {
	const {log, emit, questionId} = turn;
	log.add({...end, atMs: log.elapsed()});
	if (turn.isStopping) {
		// Nobody knows whether the wish arrived.
		if (!turn.closing.aborted) stopWhenBack(turn);
		return cancelled(turn);
	}
	if (turn.closing.aborted) return {kind: 'cut'};
	goAway(turn);
	emit({type: 'interrupted', questionId, evidence});
	return undefined;
}

/** It was called off, by the user or by the deadline; before it was sent where nothing is said of a stop. */
export function cancelled({signal, isStopHeard = true}: Pick<Turn, 'signal'> & Partial<Pick<Turn, 'isStopHeard'>>): Outcome {
	return {kind: 'cancelled', by: signal.reason === 'deadline' ? 'deadline' : 'user', ...(isStopHeard ? {} : {runMayGoOn: true})};
}

/** Nobody waits for the connection any more: it was away too long, or the gateway is left. */
export function givenUp(turn: Turn, absence: number | undefined): Outcome | undefined {
	const {closing, isStopping, isAway, absences} = turn;
	if (closing.aborted) return isStopping ? cancelled(turn) : {kind: 'cut'};
	return isAway && absence === absences ? {kind: 'cut'} : undefined;
}

/** The user's wish. Over a connection that is away it is told to the gateway when it is back. */
export function stop(turn: Turn): Outcome | undefined {
	turn.isStopping = true;
	if (turn.isAway) {
		stopWhenBack(turn);
		return cancelled(turn);
	}
	void stopRun(turn);
	return undefined;
}

/**
 * How long a run that cannot be seen is looked for, and with which pause. 2026.9.6 takes up runs that it had left 5, 15 and 35 s after its
 * start, and is slow then; 2026.2.9 takes up none.
 */
const looksAnew = {usualMs: 7_500, restartedMs: 60_000, pauseMs: 1_500};

/** The gateway remembers a question by its key for five minutes (2026.2.9, 2026.9.6). */
const keyIsKnownMs = 240_000;

/** Between two looks for the run that answers a question which had to wait, milliseconds. */
const queueLookMs = 2_000;

/** Looks the run up: after an absence, after missed events, after long silence. */
export async function look(turn: Turn, isReturn: boolean, tries: number): Promise<Outcome | undefined> {
	const {control, asked, reader, sentAt} = turn;
	const sought = {runId: asked.runId, message: asked.message, sentAt};
	const fate = await lookUpFate(control, asked.sessionKey, sought, turn.signal);
	// Its end came meanwhile, or the connection has gone again, or is not wanted any more: that follows.
	const isGone = turn.isAway || control.state.kind !== 'open';
	if ((reader.summary.ending !== undefined && !turn.queued.isWaiting) || isGone || turn.isStopping) return undefined;
	switch (fate.kind) {
		case 'finished':
			turn.resume('finished');
			return settled(turn, fate);
		case 'running':
			turn.resume('running');
			turn.accept();
			if (fate.runId !== reader.runId) turn.inbox.put({kind: 'found', runId: fate.runId, frames: []});
			if (!reader.summary.text.startsWith(fate.text)) reader.correct(fate.text);
			return undefined;
		case 'failed':
			turn.resume('finished');
			return failed(turn, {message: fate.message});
		case 'stopped':
			turn.resume('finished');
			return stoppedElsewhere(turn, undefined);
		case 'no-word':
		case 'unanswered':
		case 'unknown':
			// Its beginning may have been missed among the frames of others.
			if (turn.queued.isWaiting && !isReturn && tries > 0) turn.later(queueLookMs, {kind: 'look', isReturn: false, tries});
			return isReturn || !turn.accepted ? searchOn(turn, fate, tries) : undefined;
	}
}

function settled(turn: Turn, {answer, text}: RunFate & {kind: 'finished'}): Outcome {
	const {reader} = turn;
	if (text !== '') reader.correct(text);
	if (answer.aborted) return stoppedElsewhere(turn, undefined);
	if (answer.stopReason === 'error') return failed(turn, {message: 'the run failed while the connection was away'});
	return finished(turn, reader.summary.text, answer.stopReason);
}

type Unknown = RunFate & {kind: 'no-word' | 'unanswered' | 'unknown'};

/** Nothing is known of the run, or not yet. */
function searchOn(turn: Turn, fate: Unknown, tries: number): Outcome | undefined {
	const {kind} = fate;
	const {relation, sentAt, isSameStart, queued, asked} = turn;
	if (queued.isWaiting && isSameStart) return undefined;
	const isKeyKnown = isSameStart && relation.now() - sentAt < keyIsKnownMs;
	// With the same key it is no second question: the gateway says what became of the first.
	const isSafe = isKeyKnown && asked.method === 'chat.send' && (kind === 'unknown' || turn.hello.protocol < 4);
	if (isSafe && tries === 0) {
		turn.submit();
		turn.resume('running');
		return undefined;
	}
	if (isWorthAnotherLook(turn, fate, tries)) {
		turn.later(looksAnew.pauseMs, {kind: 'look', isReturn: true, tries: tries + 1});
		return undefined;
	}
	// It went out, and a gateway that was killed takes along what it had not written down.
	return turn.accepted || kind === 'unanswered' || !isSameStart ? {kind: 'lost'} : {kind: 'unreachable'};
}

/** The first time it is told how long that takes at most. What a gateway says right after its start is asked twice. */
function isWorthAnotherLook(turn: Turn, fate: Unknown, tries: number): boolean {
	const {isSameStart, hello, log, emit, questionId} = turn;
	if (!isSameStart && tries > 0 && fate.kind !== 'no-word' && fate.isOver === true) return false;
	const nowMs = log.elapsed();
	if (tries === 0 || turn.soughtUntilMs === undefined) {
		const atMostMs = isSameStart || hello.protocol < 4 ? looksAnew.usualMs : looksAnew.restartedMs;
		turn.soughtUntilMs = nowMs + atMostMs;
		if (turn.isResuming) emit({type: 'sought', questionId, atMostMs});
	}
	return nowMs + looksAnew.pauseMs <= turn.soughtUntilMs;
}
