import assert from 'node:assert/strict';
import {test} from 'node:test';
import {canonicalKey} from '../../../source/gateway/canonical-key.js';
import {buildQuestion} from '../../../source/gateway/control/ws-question.js';
import type {Hello} from '../../../source/gateway/control-plane.js';
import type {Question} from '../../../source/gateway/transport.js';

const hello: Hello = {
	protocol: 4,
	scopes: [],
	methods: new Set(['chat.send', 'agent']),
	tickIntervalMs: 30_000,
	maxPayloadBytes: 1_000,
	defaultAgent: 'main',
	welcomed: {kind: 'control-welcomed', layer: 'control', atMs: 0, protocol: 4, scopes: [], missingScopes: []},
};
const question: Question = {id: 'q', idempotencyKey: 'k', text: 'Hello', images: [], history: [], sessionKey: 'clawtalk:abc'};
const built = (more: Partial<Question>, changes: Partial<Hello> = {}) => buildQuestion({...question, ...more}, {...hello, ...changes});

for (const [key, agent, expected] of [
	['clawtalk:abc', 'main', 'agent:main:clawtalk:abc'],
	['clawtalk:abc', 'openclaw/work', 'agent:work:clawtalk:abc'],
	['agent:work:x:y', 'main', 'agent:work:x:y'],
	['agent:', 'main', 'agent:main:agent:'],
	['main', 'main', 'agent:main:main'],
] as const) {
	test(`${key} of ${agent} is the session ${expected}`, () => assert.equal(canonicalKey(key, agent), expected));
}

test('a question waits for a run that is under way, where the gateway can do that', () => {
	const sent = {sessionKey: 'agent:main:clawtalk:abc', message: 'Hello', idempotencyKey: 'k'};
	assert.deepEqual(built({}).params, {...sent, queueMode: 'followup'});
	assert.deepEqual(built({}, {protocol: 3}).params, sent);
});

test('images go as what they are', () => {
	const {params} = built({images: [{name: 'a.png', mediaType: 'image/png', dataUrl: 'data:image/png;base64,AAAA'}], thinking: 'low'});
	assert.deepEqual(
		[params['attachments'], params['thinking']],
		[[{type: 'image', mimeType: 'image/png', fileName: 'a.png', content: 'AAAA'}], 'low'],
	);
});

test('instructions go beside the question, or before it', () => {
	const recent = built({system: 'Be brief.'});
	assert.deepEqual([recent.method, recent.message, recent.params['extraSystemPrompt']], ['agent', 'Hello', 'Be brief.']);
	for (const changes of [{protocol: 3}, {methods: new Set(['chat.send'])}]) {
		const old = built({system: 'Be brief.'}, changes);
		assert.deepEqual([old.method, old.message], ['chat.send', '[Instructions for the answer]\nBe brief.\n\nHello']);
	}
});

test('what was said before is told to a fresh session, and to a question without one', () => {
	const earlier = [
		{role: 'user', text: 'A'},
		{role: 'assistant', text: 'B'},
	] as const;
	const told =
		'[Chat messages since your last reply - for context]\nUser: A\nAssistant: B\n\n[Current message - respond to this]\nUser: Hello';
	assert.equal(built({seed: earlier}).message, told);
	assert.equal(built({history: earlier}).message, 'Hello');
	const {sessionKey: _none, ...fresh} = question;
	const without = buildQuestion({...fresh, history: earlier}, hello);
	assert.equal(without.message, told);
	assert.match(without.sessionKey, /^agent:main:clawtalk:[\da-f-]{36}$/);
});
