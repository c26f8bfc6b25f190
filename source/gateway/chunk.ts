import {describeError} from './answer-observation.js';
import {isRecord, parseJson} from './json.js';
import {plainLine} from './plain-text.js';
import type {Usage} from './transport.js';

/** What one server-sent event, or a whole JSON answer, says. */
export type Chunk =
	| {readonly kind: 'done'}
	/** Nothing to say: an empty event, or JSON of another kind. */
	| {readonly kind: 'nothing'}
	| {readonly kind: 'malformed'}
	| {readonly kind: 'error'; readonly message: string; readonly type?: string; readonly code?: string}
	| {
			readonly kind: 'part';
			readonly text: string;
			readonly id?: string;
			/** As received: every chunk repeats it, so it is made fit for showing once, by the reader. */
			readonly model?: string;
			readonly finishReason?: string;
			readonly usage?: Usage;
	  };

/**
 * Reads one event of a chat completion: OpenAI's `chat.completion.chunk` and `chat.completion`, `[DONE]`, and the error objects that
 * OpenClaw sends inside a 200 (`{"error":{"message":…,"type":…}}`, 2026.9.6).
 *
 * @param eventName The `event:` field; `error` makes the data an error whatever its shape.
 */
export function readChunk(data: string, eventName?: string): Chunk {
	const trimmed = data.trim();
	if (trimmed === '') return {kind: 'nothing'};
	if (trimmed === '[DONE]') return {kind: 'done'};
	const json = parseJson(trimmed);
	if (eventName === 'error') return readError(isRecord(json) && json['error'] !== undefined ? json : {error: json ?? trimmed});
	if (!isRecord(json)) return {kind: 'malformed'};
	if (json['error'] !== undefined && json['error'] !== null) return readError(json);
	return Array.isArray(json['choices']) ? readPart(json) : {kind: 'nothing'};
}

function readError(json: unknown): Chunk {
	const {errorType, errorMessage, errorCode} = describeError(json);
	return {
		kind: 'error',
		message: errorMessage ?? 'the gateway gave no reason',
		...(errorType === undefined ? {} : {type: errorType}),
		...(errorCode === undefined ? {} : {code: errorCode}),
	};
}

function readPart(json: Readonly<Record<string, unknown>>): Chunk {
	const choices: readonly unknown[] = Array.isArray(json['choices']) ? json['choices'] : [];
	const choice: Readonly<Record<string, unknown>> = isRecord(choices[0]) ? choices[0] : {};
	const usage = readUsage(json['usage']);
	const {id, model} = json;
	const finishReason = choice['finish_reason'];
	return {
		kind: 'part',
		text: textOf(choice['delta']) + textOf(choice['message']),
		// A run id is shown and stored; anything but an id is dropped.
		...(typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? {id} : {}),
		...(typeof model === 'string' && model !== '' ? {model} : {}),
		...(typeof finishReason === 'string' && finishReason !== '' ? {finishReason: plainLine(finishReason, 60)} : {}),
		...(usage === undefined ? {} : {usage}),
	};
}

/** `content` of a delta or message: a string, or parts of which the text ones count. */
function textOf(message: unknown): string {
	const content = isRecord(message) ? message['content'] : undefined;
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content.map((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}

/** Token counts; undefined when none is above zero (2026.2.9 always says 0). */
function readUsage(usage: unknown): Usage | undefined {
	if (!isRecord(usage)) return undefined;
	const count = (key: string) => {
		const value = usage[key];
		return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
	};
	const counts = {promptTokens: count('prompt_tokens'), completionTokens: count('completion_tokens'), totalTokens: count('total_tokens')};
	return counts.promptTokens + counts.completionTokens + counts.totalTokens === 0 ? undefined : counts;
}
