import {createParser} from 'eventsource-parser';
import {type Chunk, readChunk} from './chunk.js';
import type {TransportEvent} from './transport.js';

/** Sizes that no honest answer reaches. Going over ends the answer as `too-large`. */
export interface ReaderLimits {
	/** Characters of one line or event. */
	readonly maxEventLength: number;
	/** Bytes of the whole body. */
	readonly maxBodyBytes: number;
}

export const readerLimits: ReaderLimits = {maxEventLength: 4_194_304, maxBodyBytes: 67_108_864};

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
	const decoder = new TextDecoder();
	const take = createChunkTaker(questionId, summary, emit);
	let mode = modeOf(contentType);
	let held = '';
	let bodyBytes = 0;
	const parser = createParser({
		maxBufferSize: limits.maxEventLength,
		onEvent({data, event}) {
			if (summary.ending !== undefined) return;
			if (data.length > limits.maxEventLength) summary.ending = 'too-large';
			else take(readChunk(data, event));
		},
		onError(error) {
			if (error.type === 'max-buffer-size-exceeded') summary.ending ??= 'too-large';
		},
	});

	function read(text: string): void {
		if (mode === 'undecided') {
			held += text;
			if (held.trimStart().length < longestSign) return;
			decide();
		} else if (mode === 'event-stream') parser.feed(text);
		else hold(text);
	}

	function decide(): void {
		const text = held;
		held = '';
		mode = sniff(text);
		read(text);
	}

	function hold(text: string): void {
		held += text;
		if (held.length <= (mode === 'json' ? limits.maxEventLength : mostForeignLength)) return;
		summary.ending = mode === 'json' ? 'too-large' : 'not-a-stream';
		summary.bodyStart = held.slice(0, mostForeignLength);
	}

	function finish(): void {
		if (mode === 'undecided') decide();
		if (mode === 'event-stream') {
			// Ends the last line and the last event where the peer left that out.
			if (summary.ending === undefined) parser.feed('\n\n');
			summary.ending ??= 'closed-early';
			return;
		}
		if (mode === 'json' && summary.ending === undefined) takeWhole(held, summary, take);
		summary.ending ??= 'not-a-stream';
		if (summary.ending === 'not-a-stream') summary.bodyStart = held.slice(0, mostForeignLength);
	}

	return {
		summary,
		push(bytes) {
			if (summary.ending !== undefined) return false;
			bodyBytes += bytes.byteLength;
			if (bodyBytes > limits.maxBodyBytes) summary.ending = 'too-large';
			else read(decoder.decode(bytes, {stream: true}));
			return summary.ending === undefined;
		},
		close() {
			if (summary.ending !== undefined) return;
			read(decoder.decode());
			finish();
		},
	};
}

/** Enough to know a `<title>`. */
const mostForeignLength = 16_384;

type Mode = 'event-stream' | 'json' | 'foreign' | 'undecided';

function modeOf(contentType: string | undefined): Mode {
	const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === 'text/event-stream') return 'event-stream';
	if (type === 'application/json' || type.endsWith('+json')) return 'json';
	return type === 'text/html' ? 'foreign' : 'undecided';
}

const longestSign = 'event:'.length;

/** Some proxies lose the content type. */
function sniff(text: string): Mode {
	const start = text.replace(/^\uFEFF/, '').trimStart();
	if (/^(:|data:|event:|id:|retry:)/.test(start)) return 'event-stream';
	return start.startsWith('{') ? 'json' : 'foreign';
}

function takeWhole(text: string, summary: AnswerSummary, take: (chunk: Chunk) => void): void {
	const chunk = readChunk(text);
	if (chunk.kind !== 'part' && chunk.kind !== 'error') return;
	take(chunk);
	summary.ending = 'end-mark';
}

/** Turns chunks into events and keeps the summary. */
function createChunkTaker(questionId: string, summary: AnswerSummary, emit: (event: TransportEvent) => void): (chunk: Chunk) => void {
	let accepted = false;
	function accept(chunk: {readonly id?: string; readonly model?: string}): void {
		if (accepted) return;
		accepted = true;
		const {id, model} = chunk;
		emit({type: 'accepted', questionId, ...(id === undefined ? {} : {runId: id}), ...(model === undefined ? {} : {model})});
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
