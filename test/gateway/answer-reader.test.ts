import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAnswerReader, type ReaderLimits} from '../../source/gateway/answer-reader.js';
import {decideOutcome} from '../../source/gateway/outcome.js';
import type {TransportEvent} from '../../source/gateway/transport.js';
import * as oldGateway from './recorded/openclaw-2026-2-9.js';
import * as newGateway from './recorded/openclaw-2026-9-6.js';

const stream = 'text/event-stream; charset=utf-8';
const json = 'application/json; charset=utf-8';

/** Everything a reader makes of a body that arrives in these pieces. */
function readPieces(pieces: readonly Uint8Array[], contentType: string | undefined, limits?: ReaderLimits) {
	const events: TransportEvent[] = [];
	const reader = createAnswerReader('q', contentType, event => events.push(event), limits);
	for (const piece of pieces) {
		if (!reader.push(piece)) break;
	}
	reader.close();
	const text = events.map(event => (event.type === 'delta' ? event.text : '')).join('');
	const outcome = decideOutcome(reader.summary.ending ?? 'closed-early', reader.summary);
	return {events, text, outcome, summary: {...reader.summary}};
}

function readWhole(body: string, contentType: string | undefined = stream, limits?: ReaderLimits) {
	return readPieces([Buffer.from(body)], contentType, limits);
}

const complete = {kind: 'complete', finishReason: 'stop'} as const;
const cjk = '你好世界👩‍👩‍👧é한국어 你好世界👩‍👩‍👧';

const recorded: ReadonlyArray<readonly [name: string, body: string, type: string, outcome: unknown, text: string | RegExp]> = [
	['2026.9.6, many scripts', newGateway.newCjk, stream, complete, cjk],
	['2026.9.6, markdown', newGateway.newMarkdown, stream, complete, /^# Heading\n[\s\S]*\| 1 \| 2 \|/],
	['2026.9.6, length', newGateway.newLength, stream, {kind: 'complete', finishReason: 'length'}, 'tok0 tok1 tok2 tok3'],
	['2026.9.6, error', newGateway.newError, stream, {kind: 'failed'}, ''],
	['2026.9.6, error after text', newGateway.newErrorAfterText, stream, {kind: 'failed'}, 'tok0 tok1 tok2'],
	['2026.9.6, whole answer', newGateway.newWhole, json, complete, 'tok0 tok1 tok2 tok3'],
	['2026.2.9, many scripts', oldGateway.oldCjk, stream, {kind: 'complete', finishReason: 'unstated'}, cjk],
	['2026.2.9, failed', oldGateway.oldError, stream, {kind: 'empty'}, ''],
	['2026.2.9, whole answer', oldGateway.oldWhole, json, complete, 'tok0 tok1 tok2 tok3'],
];

for (const [name, body, type, outcome, text] of recorded) {
	test(`${name}: read as it was sent`, () => {
		const whole = readWhole(body, type);
		assert.deepEqual(whole.outcome, outcome);
		if (typeof text === 'string') assert.equal(whole.text, text);
		else assert.match(whole.text, text);
		assert.equal(whole.summary.malformed, 0);
		assert.equal(whole.summary.textLength, whole.text.length);
	});

	const forms: Readonly<Record<string, string>> = type === json ? {'as recorded': body} : lineEndForms(body);
	for (const [form, variant] of Object.entries(forms)) {
		test(`${name}, ${form}: cut at every byte, the result is the same`, () => {
			const bytes = Buffer.from(variant);
			const whole = readPieces([bytes], type);
			assert.deepEqual(whole.events, readWhole(body, type).events);
			for (let cut = 1; cut < bytes.length; cut += 1) {
				const halves = readPieces([bytes.subarray(0, cut), bytes.subarray(cut)], type);
				assert.deepEqual(halves, whole, `cut at byte ${cut}`);
			}
			assert.deepEqual(
				readPieces(
					[...bytes].map(byte => Uint8Array.of(byte)),
					type,
				),
				whole,
				'byte by byte',
			);
		});
	}
}

/** The same stream with other line ends, with comments between the events, and without its last line ends. */
function lineEndForms(body: string): Record<string, string> {
	return {
		'as recorded': body,
		'with CRLF': body.replaceAll('\n', '\r\n'),
		'with CR': body.replaceAll('\n', '\r'),
		'with comments and a byte order mark': `\uFEFF: hello\n\n${body.replaceAll('\n\ndata', '\n\n: ping é\n\ndata')}`,
		'without the last line ends': body.trimEnd(),
	};
}

test('the run id and the agent come with the acceptance, usage with its own event', () => {
	const {events} = readWhole(newGateway.newLength);
	assert.deepEqual(events[0], {
		type: 'accepted',
		questionId: 'q',
		runId: 'chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1',
		model: 'openclaw/default',
	});
	assert.deepEqual(events.at(-1), {
		type: 'usage',
		questionId: 'q',
		usage: {promptTokens: 11, completionTokens: 4, totalTokens: 15},
	});
});

const delta = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`;
const finish = (reason: string) => `data: {"choices":[{"delta":{},"finish_reason":"${reason}"}]}\n\n`;
const end = 'data: [DONE]\n\n';

const made: ReadonlyArray<readonly [name: string, body: string, type: string | undefined, outcome: unknown, text: string]> = [
	['no end mark after a finish reason', delta('a') + finish('stop'), stream, complete, 'a'],
	['neither end mark nor finish reason', delta('a'), stream, {kind: 'cut'}, 'a'],
	['no bytes', '', stream, {kind: 'cut'}, ''],
	['the end mark alone', end, stream, {kind: 'empty'}, ''],
	['only white space', delta(' ') + finish('stop') + end, stream, {kind: 'empty'}, ' '],
	['nothing after the end mark counts', delta('a') + finish('stop') + end + delta('b'), stream, complete, 'a'],
	['nothing after an error counts', `data: {"error":{"message":"x"}}\n\n${delta('b')}`, stream, {kind: 'failed'}, ''],
	['an error event', 'event: error\ndata: out of luck\n\n', stream, {kind: 'failed'}, ''],
	[
		'data in several lines',
		'data: {"choices":\ndata: [{"delta":{"content":"a"},\ndata: "finish_reason":"stop"}]}\n\n',
		stream,
		complete,
		'a',
	],
	['a broken event between good ones', `${delta('a')}data: {broken\n\n${delta('b')}${finish('stop')}${end}`, stream, complete, 'ab'],
	['unknown fields', `id: 7\nretry: x\nfoo: bar\n${delta('a')}${finish('stop')}`, stream, complete, 'a'],
	['no content type', delta('a') + finish('stop') + end, undefined, complete, 'a'],
	['the wrong content type', `\n${delta('a')}${finish('stop')}${end}`, 'text/plain', complete, 'a'],
	['JSON without a content type', '{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}', undefined, complete, 'a'],
	['a JSON error', '{"error":{"message":"no"}}', json, {kind: 'failed'}, ''],
	['JSON of another kind', '{"ok":true}', json, {kind: 'unreachable'}, ''],
	['cut JSON', '{"choices":[{"message"', json, {kind: 'unreachable'}, ''],
	['HTML', '<!doctype html><title>Sign in</title>', 'text/html', {kind: 'unreachable'}, ''],
	['text', 'hello', 'text/plain', {kind: 'unreachable'}, ''],
	['nothing at all', '', undefined, {kind: 'unreachable'}, ''],
];

for (const [name, body, type, outcome, text] of made) {
	test(`${name}: the same at every cut`, () => {
		const bytes = Buffer.from(body);
		for (let cut = 0; cut <= bytes.length; cut += 1) {
			const result = readPieces([bytes.subarray(0, cut), bytes.subarray(cut)], type);
			assert.deepEqual({outcome: result.outcome, text: result.text}, {outcome, text}, `cut at byte ${cut}`);
		}
	});
}

test('broken events are counted', () => assert.equal(readWhole(`data: {x\n\n${delta('a')}data: 7\n\n`).summary.malformed, 2));

test('the beginning of a foreign body is kept for its title', () => {
	assert.match(readWhole('<!doctype html><title>Sign in</title>', 'text/html').summary.bodyStart, /Sign in/);
});

const small: ReaderLimits = {maxEventLength: 200, maxBodyBytes: 1_000};
const tooLarge: ReadonlyArray<readonly [name: string, body: string, type: string]> = [
	['one line', `data: ${'x'.repeat(300)}`, stream],
	['one event of many lines', 'data: xxxxxxxxx\n'.repeat(40), stream],
	['one event in one piece', `data: ${'x'.repeat(300)}\n\n`, stream],
	['the whole body', delta('abc').repeat(40), stream],
	['a body of comments', ': x\n'.repeat(400), stream],
	['a JSON answer', `{"choices":"${'x'.repeat(300)}"}`, json],
];

for (const [name, body, type] of tooLarge) {
	test(`too large: ${name}, in one piece and byte by byte`, () => {
		const bytes = Buffer.from(body);
		assert.equal(readPieces([bytes], type, small).summary.ending, 'too-large');
		const slow = readPieces(
			[...bytes].map(byte => Uint8Array.of(byte)),
			type,
			small,
		);
		assert.equal(slow.summary.ending, 'too-large');
		assert.deepEqual(slow.outcome, {kind: 'cut'});
	});
}

test('an endless foreign body is left early', () => {
	const reader = createAnswerReader('q', 'text/html', () => assert.fail('no event'));
	const page = Buffer.from('<p>again</p>'.repeat(100));
	let pushes = 0;
	while (reader.push(page)) pushes += 1;
	assert.equal(reader.summary.ending, 'not-a-stream');
	assert.ok(pushes < 20);
});
