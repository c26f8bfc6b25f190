import type {Answer, State} from '../state.js';
import {append} from '../step.js';
import {placeAfter, settleText} from './tool-runs.js';

/** A thought that is under way. */
export interface Thinking {
	readonly since: number;
	/** The end of it. */
	readonly text: string;
	/** UTF-16 units so far. */
	readonly length: number;
}

/** UTF-16 units of a thought that are kept. */
const mostKept = 8_000;

/** More of a thought. */
export function hearThought(state: State, answer: Answer, text: string): State {
	if (text === '') return {...state, answer};
	const {since, length, text: before} = answer.thinking ?? {since: state.now, length: 0, text: ''};
	const thinking: Thinking = {since, text: (before + text).slice(-mostKept), length: length + text.length};
	return {...state, answer: {...answer, thinking}};
}

/** Something else comes: the thought is over and becomes an entry, below what was written before it. */
export function endThought(state: State): State {
	const {answer} = state;
	if (answer?.thinking === undefined) return state;
	const {thinking, ...rest} = answer;
	const {text, length, since} = thinking;
	if (text.trim() === '') return {...state, answer: rest};
	const written = settleText(state, rest);
	return append(written, {kind: 'thought', text, length, durationMs: state.now - since, ...placeAfter(written)});
}
