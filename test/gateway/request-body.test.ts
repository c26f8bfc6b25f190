import assert from 'node:assert/strict';
import {test} from 'node:test';
import {agentTarget, buildBody, buildHeaders} from '../../source/gateway/request-body.js';
import type {Question} from '../../source/gateway/transport.js';

const question: Question = {
	id: 'q1',
	idempotencyKey: 'k1',
	text: 'and now?',
	images: [],
	history: [
		{role: 'user', text: 'hello'},
		{role: 'assistant', text: 'hi'},
	],
};

test('without a session key the history goes along', () => {
	assert.deepEqual(JSON.parse(buildBody({...question, system: 'be short'})), {
		model: 'openclaw/default',
		stream: true,
		stream_options: {include_usage: true},
		messages: [
			{role: 'system', content: 'be short'},
			{role: 'user', content: 'hello'},
			{role: 'assistant', content: 'hi'},
			{role: 'user', content: 'and now?'},
		],
	});
});

test('with a session key only the new message goes: the gateway keeps the rest', () => {
	const {messages} = JSON.parse(buildBody({...question, sessionKey: 'clawtalk:1'}));
	assert.deepEqual(messages, [{role: 'user', content: 'and now?'}]);
});

test('images go as data URIs beside the text', () => {
	const image = {
		name: 'a.png',
		mediaType: 'image/png',
		dataUrl: 'data:image/png;base64,AAAA',
	};
	const {messages} = JSON.parse(buildBody({...question, sessionKey: 'k', images: [image]}));
	assert.deepEqual(messages[0].content, [
		{type: 'text', text: 'and now?'},
		{type: 'image_url', image_url: {url: 'data:image/png;base64,AAAA'}},
	]);
});

test('session and model travel as headers', () => {
	assert.deepEqual(
		buildHeaders({
			...question,
			sessionKey: 'clawtalk:1',
			model: 'fake/fake-2',
		}),
		{
			'content-type': 'application/json',
			accept: 'text/event-stream',
			'x-openclaw-model': 'fake/fake-2',
			'x-openclaw-session-key': 'clawtalk:1',
		},
	);
});

for (const [agent, target] of [
	[undefined, 'openclaw/default'],
	['ops', 'openclaw/ops'],
	['openclaw/ops', 'openclaw/ops'],
	['openclaw:ops', 'openclaw/ops'],
] as const) {
	test(`agent ${agent} is addressed as ${target}`, () => assert.equal(agentTarget(agent), target));
}

for (const [given, key] of [
	[{sessionKey: 'clawtalk:1'}, 'agent:main:clawtalk:1'],
	[{sessionKey: 'clawtalk:1', agent: 'openclaw/ops'}, 'agent:ops:clawtalk:1'],
	[{sessionKey: 'agent:ops:telegram:1'}, 'agent:ops:telegram:1'],
	[{}, undefined],
] as const) {
	test(`a gateway before 2026.3 is told the session ${given.sessionKey} of ${'agent' in given ? given.agent : 'nobody'} as its control plane knows it`, () =>
		assert.equal(buildHeaders({...question, ...given}, true)['x-openclaw-session-key'], key));
}
