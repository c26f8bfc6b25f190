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
			return [
				...wrapProse(figures(end, outcome.finishReason), width).map(palette.dim),
				...finishNote(outcome.finishReason, width, drawing),
			];
		case 'cancelled':
			return wrapProse(cancelWords(outcome.by, hadText), width).map(line => palette.warning(line));
		case 'refused':
		case 'unreachable':
			return failureLines(evidence, width, drawing, end.isBrief ? 2 : undefined);
		case 'empty':
		case 'failed':
		case 'cut':
		case 'abandoned':
			return [...failureLines(evidence, width, drawing, end.isBrief ? 2 : undefined), ...keptNote(end, width, drawing)];
	}
}

/** OpenClaw before 2026.3 ends every answer alike, also one that broke off (`unstated`, observed on 2026.2.9). */
function figures({totalMs, usage}: AnswerEnd, finishReason: string): string {
	const tokens = usage && usage.completionTokens > 0 ? ` · ${usage.completionTokens} tokens` : '';
	const unsure = finishReason === 'unstated' ? ' · this gateway does not say whether the answer is complete' : '';
	return `${duration(totalMs, true)}${tokens}${unsure}`;
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
	const text = `What came in ${duration(totalMs, true)} is kept; it is not complete.`;
	return wrapProse(text, Math.max(8, width - 2)).map(line => `  ${palette.warning(line)}`);
}
