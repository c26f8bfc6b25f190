import type {StreamEnded} from '../diagnosis/evidence.js';
import type {AnswerSummary} from './answer-reader.js';
import type {Outcome} from './transport.js';

export type Ending = StreamEnded['ending'];

/**
 * What an answer amounts to. A finish reason says that all text was sent, also where the end mark after it is missing; 2026.2.9 sends
 * only the end mark, so there `unstated`.
 */
export function decideOutcome(ending: Ending, summary: Readonly<AnswerSummary>): Outcome {
	if (summary.error !== undefined) return {kind: 'failed'};
	switch (ending) {
		case 'cancelled':
			return {kind: 'cancelled', by: 'user'};
		case 'deadline':
			return {kind: 'cancelled', by: 'deadline'};
		case 'not-a-stream':
			return {kind: 'unreachable'};
		case 'too-large':
			return {kind: 'cut'};
		case 'end-mark':
			return finished(summary, summary.finishReason ?? 'unstated');
		case 'abandoned':
			return summary.finishReason === undefined ? {kind: 'abandoned'} : finished(summary, summary.finishReason);
		case 'closed-early':
		case 'broken':
			return summary.finishReason === undefined ? {kind: 'cut'} : finished(summary, summary.finishReason);
	}
}

function finished(summary: Readonly<AnswerSummary>, finishReason: string): Outcome {
	return summary.hasText ? {kind: 'complete', finishReason} : {kind: 'empty'};
}
