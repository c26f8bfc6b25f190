import type {Entry} from '../chat/state.js';
import {wrapProse} from '../terminal/wrap.js';
import type {Drawing} from './drawing.js';
import {duration} from './duration.js';
import {failureLines} from './failure-lines.js';

type AnswerEnd = Extract<Entry, {kind: 'answer-end'}>;

/** How an answer ended: a quiet line when it is whole, else what is missing and why. */
export function answerEndLines(end: AnswerEnd, width: number, drawing: Drawing): readonly string[] {
	const {palette} = drawing;
	const {outcome, hadText, evidence} = end;
	switch (outcome.kind) {
		case 'complete':
			return [palette.dim(figures(end)), ...finishNote(outcome.finishReason, width, drawing)];
		case 'cancelled':
			return wrapProse(cancelWords(outcome.by, hadText), width).map(line => palette.warning(line));
		case 'refused':
		case 'unreachable':
			return failureLines(evidence, width, drawing);
		case 'empty':
		case 'failed':
		case 'cut':
		case 'abandoned':
			return [...failureLines(evidence, width, drawing), ...keptNote(end, width, drawing)];
	}
}

function figures({totalMs, usage}: AnswerEnd): string {
	const tokens = usage && usage.completionTokens > 0 ? ` · ${usage.completionTokens} tokens` : '';
	return `${duration(totalMs, true)}${tokens}`;
}

function finishNote(finishReason: string, width: number, {palette}: Drawing): readonly string[] {
	if (finishReason === 'length') {
		const text = '! The answer stopped at the length limit of the model; it is not complete.';
		return wrapProse(text, width).map(line => palette.warning(line));
	}
	return [];
}

function cancelWords(by: 'user' | 'deadline', hadText: boolean): string {
	const who = by === 'user' ? 'Stopped' : 'Stopped at the time limit';
	return hadText ? `${who}; what came is kept.` : `${who} before any text came.`;
}

function keptNote({hadText, totalMs}: AnswerEnd, width: number, {palette}: Drawing): readonly string[] {
	if (!hadText) return [];
	return wrapProse(`  What came in ${duration(totalMs, true)} is kept; it is not complete.`, width).map(line => palette.warning(line));
}
