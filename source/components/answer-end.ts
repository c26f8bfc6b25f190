import type {Entry} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import {figuresLine} from './answer-figures.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';
import {failureLines} from './failure-lines.js';
import {freshToolTroubles} from './tool-trouble-lines.js';

export type AnswerEnd = Extract<Entry, {kind: 'answer-end'}>;

/** How an answer ended: a quiet line when it is whole, else what is missing and why. */
export function answerEndLines(end: AnswerEnd, width: number, drawing: Drawing): readonly string[] {
	const {outcome, hadText, evidence} = end;
	switch (outcome.kind) {
		case 'complete':
			return [
				figuresLine(end, width, drawing),
				...completeNotes(outcome.finishReason, width, drawing),
				...freshToolTroubles(end, width, drawing),
			];
		case 'cancelled':
			return separator(end.wasAway ? awayWords(outcome.by, hadText) : cancelWords(outcome, hadText), width, drawing);
		case 'unrecorded':
			return separator(outcome.elsewhere ? elsewhereWords(hadText) : unrecordedWords(hadText), width, drawing);
		case 'refused':
		case 'unreachable':
			if (evidence === undefined) return separator(earlierWords(outcome.kind, hadText), width, drawing);
			return failureLines(evidence, width, drawing, end.isBrief ? 2 : undefined);
		case 'lost':
			if (evidence === undefined) return separator(earlierWords(outcome.kind, hadText), width, drawing);
			return [...failureLines(evidence, width, drawing, 2), ...separator(lostWords(end), width, drawing)];
		case 'empty':
		case 'failed':
		case 'cut':
		case 'abandoned':
			if (evidence === undefined) return separator(earlierWords(outcome.kind, hadText), width, drawing);
			return [
				...failureLines(evidence, width, drawing, end.isBrief ? 2 : undefined),
				...separator(hadText ? `${keptWords(end)} ${onwardWords(hadText)}` : onwardWords(hadText), width, drawing),
			];
	}
}

/** Marks where an answer that is not whole ends, in words and as a rule. */
function separator(words: string, width: number, {palette}: Drawing): readonly string[] {
	const lines = wrapProse(sanitizeLine(words), Math.max(8, width - separatorMark.length));
	return lines.map((line, index) => palette.warning(`${index === 0 ? separatorMark : ' '.repeat(separatorMark.length)}${line}`));
}

const separatorMark = '── ';

/** OpenClaw before 2026.3 ends every answer alike, also one that broke off (`unstated`, observed on 2026.2.9). */
function completeNotes(finishReason: string, width: number, drawing: Drawing): readonly string[] {
	if (finishReason === 'unstated') {
		return wrapProse('This gateway does not say whether the answer is complete.', width).map(drawing.palette.dim);
	}
	if (finishReason !== 'length') return [];
	return separator('Stopped at the length limit of the model; it is not complete. /continue asks to go on.', width, drawing);
}

/** HTTP of 2026.2.9 has no way to stop a run, and one that waits its turn cannot be called off. */
function cancelWords({by, runMayGoOn}: Extract<AnswerEnd['outcome'], {kind: 'cancelled'}>, hadText: boolean): string {
	const who = by === 'user' ? 'Stopped' : 'Stopped at the time limit';
	const words = hadText ? `${who}; what came is kept.` : `${who} before any text came.`;
	return runMayGoOn ? `${words} The agent may go on: nothing says that the gateway stopped the run.` : words;
}

/** The run was not stopped by anybody here, as far as is known. */
function awayWords(by: 'user' | 'deadline', hadText: boolean): string {
	const waited = by === 'user' ? 'was not waited for' : 'was not seen before the time limit';
	return hadText
		? `The connection broke, and the rest ${waited}; what came is kept.`
		: `The connection broke before any text came; what became of the answer ${waited}.`;
}

function unrecordedWords(hadText: boolean): string {
	return hadText
		? 'clawtalk ended before this answer did; what had come is kept. The agent may have finished it.'
		: 'clawtalk ended before an answer came. The agent may have acted.';
}

/** Whoever asked is not this clawtalk: neither its end nor its connection says anything about the answer. */
function elsewhereWords(hadText: boolean): string {
	return hadText ? 'The gateway told no more of this answer.' : 'The gateway told no answer to this.';
}

type Earlier = Extract<AnswerEnd['outcome']['kind'], 'refused' | 'unreachable' | 'empty' | 'failed' | 'cut' | 'lost' | 'abandoned'>;

function earlierWords(kind: Earlier, hadText: boolean): string {
	const kept = hadText ? ' What came is kept; it is not complete.' : '';
	switch (kind) {
		case 'unreachable':
			return 'This was not sent.';
		case 'refused':
			return 'This was refused; no answer began.';
		case 'empty':
			return 'No text came.';
		case 'failed':
			return `The turn failed at the gateway.${kept}`;
		case 'cut':
			return `The connection broke off.${kept}`;
		case 'lost':
			return `The connection broke off, and the gateway does not know how the answer ended.${kept}`;
		case 'abandoned':
			return `The gateway fell silent.${kept}`;
	}
}

function keptWords({totalMs = 0}: AnswerEnd): string {
	return `What came in ${duration(totalMs, true)} is kept; it is not complete.`;
}

/** The connection is back by now, and the gateway was asked: what it cannot tell may still have happened. */
function lostWords({totalMs = 0, hadText}: AnswerEnd): string {
	const fate = 'The gateway is back and does not know how this answer ended; the agent may have acted.';
	const kept = hadText ? ` What came in ${duration(totalMs, true)} is kept.` : '';
	return `${fate}${kept} ${onwardWords(hadText)}`;
}

/** What one can do now. After Esc nothing is said: who stops an answer has something else in mind. */
function onwardWords(hadText: boolean): string {
	return hadText ? '/continue asks to go on, /retry asks again.' : '/retry asks again.';
}
