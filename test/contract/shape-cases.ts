import assert from 'node:assert/strict';
import type {Case, Peer} from './peer.js';
import {type Shape, shapes} from './shapes.js';

/** Raw HTTP: statuses, headers and bodies, byte for byte where they carry meaning. */
export const shapeCases: readonly Case[] = [
	...shapes.map(shape => ({
		name: `${shape.method} ${shape.path}${shape.note ? ` (${shape.note})` : ''}`,
		run: async (peer: Peer) => checkShape(peer, shape),
	})),
	{
		name: 'streams the events of its generation',
		async run(peer) {
			const text = await postChat(peer, {stream: true, stream_options: {include_usage: true}, ...prompt('go [[n=2 rate=0]]')});
			assert.deepEqual(text.split('\n\n').map(normalise), peer.generation === '2026.2.9' ? oldStream : recentStream);
		},
	},
	{
		name: 'answers in one document when no stream is asked for',
		async run(peer) {
			const text = await postChat(peer, prompt('go [[n=2 rate=0]]'));
			const counts = peer.generation === '2026.2.9' ? [0, 0, 0] : [11, 2, 13];
			assert.equal(
				normalise(text),
				`{"id":"ID","object":"chat.completion","created":0,"model":"openclaw","choices":[{"index":0,"message":{"role":"assistant","content":"tok0 tok1"},"finish_reason":"stop"}],"usage":{"prompt_tokens":${counts[0]},"completion_tokens":${counts[1]},"total_tokens":${counts[2]}}}`,
			);
		},
	},
];

const chunk = (choice: string) =>
	`data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"openclaw","choices":[{"index":0,${choice}}]}`;
const recentStream = [
	chunk('"delta":{"role":"assistant"},"finish_reason":null'),
	chunk('"delta":{"content":"tok0"},"finish_reason":null'),
	chunk('"delta":{"content":" tok1"},"finish_reason":null'),
	chunk('"delta":{},"finish_reason":"stop"'),
	'data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"openclaw","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13}}',
	'data: [DONE]',
	'',
];
const oldStream = [
	chunk('"delta":{"role":"assistant"}'),
	chunk('"delta":{"content":"tok0"},"finish_reason":null'),
	chunk('"delta":{"content":" tok1"},"finish_reason":null'),
	'data: [DONE]',
	'',
];

const prompt = (content: string) => ({messages: [{role: 'user', content}]});
const normalise = (text: string) => text.replace(/"chatcmpl_[\da-f-]{36}"/, '"ID"').replace(/"created":\d{10}/, '"created":0');

async function postChat(peer: Peer, body: unknown): Promise<string> {
	const response = await fetch(`${peer.origin}/v1/chat/completions`, {
		method: 'POST',
		headers: {Authorization: `Bearer ${peer.token}`, 'Content-Type': 'application/json'},
		body: JSON.stringify(body),
	});
	assert.equal(response.status, 200);
	return response.text();
}

async function checkShape(peer: Peer, shape: Shape): Promise<void> {
	const expected = peer.generation === '2026.2.9' ? shape.old : shape.recent;
	const response = await fetch(peer.origin + shape.path, {
		method: shape.method,
		redirect: 'manual',
		headers: {
			...(shape.authorization === undefined ? {} : {Authorization: shape.authorization.replace('TOKEN', peer.token)}),
			...shape.headers,
		},
		...(shape.body === undefined ? {} : {body: shape.body}),
	});
	const text = await response.text();
	const header = (name: string) => response.headers.get(name);
	assert.deepEqual(
		{status: response.status, type: header('content-type')?.replace('; charset=utf-8', ''), allow: header('allow') ?? undefined},
		{status: expected.status, type: expected.type, allow: expected.allow},
	);
	if (expected.body instanceof RegExp) {
		assert.match(text, expected.body);
	} else {
		assert.equal(text, expected.body);
	}
}
