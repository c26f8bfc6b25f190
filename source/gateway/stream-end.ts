import type {Observation, StreamEnded} from '../diagnosis/evidence.js';
import type {AnswerSummary} from './answer-reader.js';
import type {EvidenceLog} from './evidence-log.js';
import type {Ending} from './outcome.js';

/** Moments of an answer, in milliseconds of the log's clock; `firstTokenMs` counts from the request. */
export interface StreamTimes {
	readonly beganAtMs: number;
	heardAtMs: number;
	firstTokenMs?: number;
}

/** What is to be remembered of an answer's end: the gateway's own error, if any, and how the stream ended. */
export function observeEnd(ending: Ending, summary: Readonly<AnswerSummary>, times: StreamTimes, log: EvidenceLog): readonly Observation[] {
	const {error, finishReason, textLength, events, malformed} = summary;
	const atMs = log.elapsed();
	const ended: StreamEnded = {
		kind: 'stream-ended',
		layer: 'chat',
		atMs,
		tookMs: atMs - times.beganAtMs,
		ending,
		...(finishReason === undefined ? {} : {finishReason}),
		textLength,
		events,
		malformed,
		silentMs: atMs - times.heardAtMs,
		...(times.firstTokenMs === undefined ? {} : {firstTokenMs: times.firstTokenMs}),
	};
	if (error === undefined) return [ended];
	const {message, type, code} = error;
	return [
		{
			kind: 'turn-error',
			layer: 'chat',
			atMs,
			message,
			...(type === undefined ? {} : {type}),
			...(code === undefined ? {} : {code}),
		},
		ended,
	];
}

/** The end of a question that got no answer at all and was given up. */
export function observeUnanswered(sentAtMs: number, log: EvidenceLog): StreamEnded {
	const atMs = log.elapsed();
	const waitedMs = atMs - sentAtMs;
	return {
		kind: 'stream-ended',
		layer: 'chat',
		atMs,
		tookMs: waitedMs,
		ending: 'abandoned',
		textLength: 0,
		events: 0,
		malformed: 0,
		silentMs: waitedMs,
	};
}
