import {chooseForm} from './body-form.js';
import type {Chunk} from './chunk.js';
import {plainLine} from './plain-text.js';
import type {TransportEvent} from './transport.js';

/** Sizes that no honest answer reaches. Going over ends the answer as `too-large`. */
export interface ReaderLimits {
	/** Characters of one line or event. */
	readonly maxEventLength: number;
	/** Bytes of the whole body. */
	readonly maxBodyBytes: number;
}

const readerLimits: ReaderLimits = {maxEventLength: 4_194_304, maxBodyBytes: 67_108_864};

/** What the bytes so far amount to. */
export interface AnswerSummary {
	/** Set when the bytes themselves decide how it ended. */
	ending?: 'end-mark' | 'closed-early' | 'too-large' | 'not-a-stream';
	error?: Extract<Chunk, {kind: 'error'}>;
	finishReason?: string;
	/** Whether any character other than white space came. */
	hasText: boolean;
	textLength: number;
	events: number;
	malformed: number;
	/** The beginning of a body that is not a stream. */
	bodyStart: string;
}

/** Bytes in, events out. No socket, no clock: the same bytes give the same events however they are cut. */
export interface AnswerReader {
	/** Takes the next bytes. False = finished, whatever else may come. */
	push(bytes: Uint8Array): boolean;
	/** The body ended in an orderly way. */
	close(): void;
	readonly summary: Readonly<AnswerSummary>;
}

/** @param contentType Of the answer; where it says neither event stream nor JSON, the first characters decide. */
export function createAnswerReader(
	questionId: string,
	contentType: string | undefined,
	emit: (event: TransportEvent) => void,
	limits: ReaderLimits = readerLimits,
): AnswerReader {
	const summary: AnswerSummary = {hasText: false, textLength: 0, events: 0, malformed: 0, bodyStart: ''};
	const isOver = () => summary.ending !== undefined;
	const form = chooseForm(contentType, {summary, limits, take: createChunkTaker(questionId, summary, emit)});
	const decoder = new TextDecoder();
	let bodyBytes = 0;
	return {
		summary,
		push(bytes) {
			if (isOver()) return false;
			bodyBytes += bytes.byteLength;
			if (bodyBytes > limits.maxBodyBytes) summary.ending = 'too-large';
			else form.read(decoder.decode(bytes, {stream: true}));
			return !isOver();
		},
		close() {
			if (isOver()) return;
			form.read(decoder.decode());
			if (!isOver()) form.finish();
		},
	};
}

/** Turns chunks into events and keeps the summary. */
function createChunkTaker(questionId: string, summary: AnswerSummary, emit: (event: TransportEvent) => void): (chunk: Chunk) => void {
	let accepted = false;
	function accept(chunk: {readonly id?: string; readonly model?: string}): void {
		if (accepted) return;
		accepted = true;
		const {id, model} = chunk;
		emit({
			type: 'accepted',
			questionId,
			...(id === undefined ? {} : {runId: id}),
			...(model === undefined ? {} : {model: plainLine(model, 120)}),
		});
	}

	return chunk => {
		summary.events += 1;
		switch (chunk.kind) {
			case 'nothing':
				return;
			case 'malformed':
				summary.malformed += 1;
				return;
			case 'done':
				summary.ending = 'end-mark';
				return;
			case 'error':
				// OpenClaw sends nothing after it but `[DONE]`.
				accept({});
				summary.error = chunk;
				summary.ending = 'end-mark';
				return;
			case 'part':
				accept(chunk);
				if (chunk.text !== '') {
					summary.textLength += chunk.text.length;
					summary.hasText ||= chunk.text.trim() !== '';
					emit({type: 'delta', questionId, text: chunk.text});
				}
				if (chunk.finishReason !== undefined) summary.finishReason = chunk.finishReason;
				if (chunk.usage !== undefined) emit({type: 'usage', questionId, usage: chunk.usage});
		}
	};
}
