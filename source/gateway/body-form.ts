import {createParser} from 'eventsource-parser';
import type {AnswerSummary, ReaderLimits} from './answer-reader.js';
import {type Chunk, readChunk} from './chunk.js';

/** One way to read a body: as events, as one JSON answer, or as something foreign. */
export interface BodyForm {
	read(text: string): void;
	/** The body ended in an orderly way; sets the summary's ending. */
	finish(): void;
}

/** What every form writes to. */
export interface Reading {
	readonly summary: AnswerSummary;
	readonly take: (chunk: Chunk) => void;
	readonly limits: ReaderLimits;
}

/** @param contentType Of the answer; where it says neither event stream nor JSON, the first characters decide. */
export function chooseForm(contentType: string | undefined, reading: Reading): BodyForm {
	const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === 'text/event-stream') return eventStream(reading);
	if (type === 'application/json' || type.endsWith('+json')) return wholeJson(reading);
	return type === 'text/html' ? foreign(reading) : undecided(reading);
}

function eventStream({summary, take, limits}: Reading): BodyForm {
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
	return {
		read: text => parser.feed(text),
		finish() {
			// Ends the last line and the last event where the peer left that out.
			parser.feed('\n\n');
			summary.ending ??= 'closed-early';
		},
	};
}

function wholeJson({summary, take, limits}: Reading): BodyForm {
	let held = '';
	return {
		read(text) {
			held += text;
			if (held.length > limits.maxEventLength) summary.ending = 'too-large';
		},
		finish() {
			const chunk = readChunk(held);
			const isAnswer = chunk.kind === 'part' || chunk.kind === 'error';
			if (isAnswer) take(chunk);
			else summary.bodyStart = held.slice(0, mostForeignLength);
			summary.ending = isAnswer ? 'end-mark' : 'not-a-stream';
		},
	};
}

/** Enough to know a `<title>`. */
const mostForeignLength = 16_384;

function foreign({summary}: Reading): BodyForm {
	return {
		read(text) {
			summary.bodyStart = (summary.bodyStart + text).slice(0, mostForeignLength);
			if (summary.bodyStart.length === mostForeignLength) summary.ending = 'not-a-stream';
		},
		finish() {
			summary.ending = 'not-a-stream';
		},
	};
}

const longestSign = 'event:'.length;

/** Some proxies lose the content type: waits for enough characters to tell. */
function undecided(reading: Reading): BodyForm {
	let held = '';
	let form: BodyForm | undefined;
	const decide = () => {
		form = sniff(held)(reading);
		form.read(held);
		return form;
	};
	return {
		read(text) {
			if (form !== undefined) {
				form.read(text);
				return;
			}
			held += text;
			if (held.trimStart().length >= longestSign) decide();
		},
		finish: () => (form ?? decide()).finish(),
	};
}

function sniff(text: string): (reading: Reading) => BodyForm {
	const start = text.replace(/^\uFEFF/, '').trimStart();
	if (/^(:|data:|event:|id:|retry:)/.test(start)) return eventStream;
	return start.startsWith('{') ? wholeJson : foreign;
}
