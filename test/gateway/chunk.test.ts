import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Chunk, readChunk} from '../../source/gateway/chunk.js';

const table: ReadonlyArray<readonly [name: string, data: string, expected: Chunk, eventName?: string]> = [
	['the end mark', '[DONE]', {kind: 'done'}],
	['the end mark in white space', ' [DONE]\n', {kind: 'done'}],
	['an empty event', '', {kind: 'nothing'}],
	['no JSON', '{"choices":[', {kind: 'malformed'}],
	['JSON that is no object', '42', {kind: 'malformed'}],
	['an object of another kind', '{"type":"ping"}', {kind: 'nothing'}],
	[
		'a role',
		'{"id":"r1","model":"m","choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}',
		{kind: 'part', text: '', id: 'r1', model: 'm'},
	],
	['text', '{"choices":[{"delta":{"content":"hi"}}]}', {kind: 'part', text: 'hi'}],
	[
		'text in parts',
		'{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"x"},{"text":"b"}]}}]}',
		{kind: 'part', text: 'ab'},
	],
	[
		'a whole message',
		'{"choices":[{"message":{"content":"all"},"finish_reason":"stop"}]}',
		{kind: 'part', text: 'all', finishReason: 'stop'},
	],
	['null content', '{"choices":[{"delta":{"content":null},"finish_reason":"length"}]}', {kind: 'part', text: '', finishReason: 'length'}],
	[
		'usage',
		'{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}',
		{
			kind: 'part',
			text: '',
			usage: {promptTokens: 1, completionTokens: 2, totalTokens: 3},
		},
	],
	[
		'usage of an old gateway',
		'{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}',
		{kind: 'part', text: ''},
	],
	['an id that is none', '{"id":"\\u001b[31m","choices":[]}', {kind: 'part', text: ''}],
	['an error', '{"error":{"message":"no","type":"api_error","code":7}}', {kind: 'error', message: 'no', type: 'api_error', code: '7'}],
	['an error as text', '{"error":"no"}', {kind: 'error', message: 'no'}],
	['an error without words', '{"error":{}}', {kind: 'error', message: 'the gateway gave no reason'}],
	['an error with escape codes', '{"error":{"message":"a\\u001b]52;c;AAAA\\u0007b\\nc"}}', {kind: 'error', message: 'ab c'}],
	['a null error beside choices', '{"error":null,"choices":[{"delta":{"content":"x"}}]}', {kind: 'part', text: 'x'}],
	['an error by event name', '{"message":"gone","type":"t"}', {kind: 'error', message: 'gone', type: 't'}, 'error'],
	['plain text by event name', 'gone', {kind: 'error', message: 'gone'}, 'error'],
];

for (const [name, data, expected, eventName] of table) {
	test(`reads ${name}`, () => assert.deepEqual(readChunk(data, eventName), expected));
}
