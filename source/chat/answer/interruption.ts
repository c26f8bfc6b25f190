import type {FoundRun} from '../../gateway/transport.js';
import {roundSpan} from '../connection/outage.js';
import type {Answer, State} from '../state.js';
import {notice} from '../step.js';

/** The connection is gone in the middle of an answer, which may go on at the gateway; it is looked up when the connection is back. */
export interface Interruption {
	/** Milliseconds since the epoch. */
	readonly since: number;
	/** The connection is back, and until then the run is looked for; milliseconds since the epoch. */
	readonly soughtUntil?: number;
}

/** What came stays; whether more comes is not known now. */
export function answerInterrupted(state: State, answer: Answer): State {
	return {...state, answer: {...answer, interruption: {since: answer.interruption?.since ?? state.now}}};
}

/** Counted from the return, and said how long it takes at most. */
export function answerSought(state: State, answer: Answer, atMostMs: number): State {
	const since = answer.interruption?.since ?? state.now;
	return {...state, answer: {...answer, interruption: {since, soughtUntil: state.now + atMostMs}}};
}

/** The gateway is back: why it was away is no matter any more, and would stand behind the answer. */
export function forgetOutage(state: State): State {
	return state.answer?.interruption === undefined ? state : {...state, asides: state.asides.filter(({kind}) => kind !== 'failure')};
}

/** The run was found: said behind the answer, because its reader saw it stand still. */
export function answerResumed(state: State, {interruption, ...answer}: Answer, run: FoundRun): State {
	const goesOn = {...state, answer};
	if (interruption === undefined) return goesOn;
	const span = roundSpan(Math.max(1_000, state.now - interruption.since));
	return notice(goesOn, `The connection was away for ${span} in the middle of this answer; ${meanwhile[run]}.`);
}

const meanwhile: Readonly<Record<FoundRun, string>> = {
	running: 'the answer went on, and what came meanwhile was fetched',
	'taken-up': 'the gateway has started anew and has its agent answer again: what its tools did may be done twice',
	finished: 'its end came meanwhile and was fetched',
};
