import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {conversationFile} from '../../source/transcripts/location.js';
import {shown} from '../chat/steps.js';
import {atEnd} from '../helpers/at-end.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {answersEnded, liveChat} from './live-chat.js';
import {settled} from './scripted-gateway.js';

async function demoChat(context: TestContext, options: Partial<DemoGatewayOptions> = {}, token = 'demo-token-1234') {
	const gateway = await startDemoGateway({token: 'demo-token-1234', ...options});
	atEnd(context, () => gateway.kill());
	const home = await temporaryHome(context);
	const chat = liveChat({origin: gateway.origin, token, transport: 'http'}, home);
	// It writes its last draft before its folder goes.
	atEnd(context, () => chat.close());
	return {gateway, home, chat};
}

for (const generation of ['2026.9.6', '2026.2.9'] as const) {
	test(`two questions to ${generation}, typed before it is connected`, async context => {
		const {gateway, home, chat} = await demoChat(context, {generation});
		chat.say('[[n=5 rate=0]] one');
		chat.say('[[n=5 rate=0]] two');
		const state = await chat.until(answersEnded(2));
		assert.deepEqual(
			state.entries.map(entry => entry.kind),
			['question', 'block', 'answer-end', 'question', 'block', 'answer-end'],
		);
		const asked = gateway.requests.filter(request => request.method === 'POST');
		// The older one knows the session over its control plane by the whole key alone.
		const key = `${generation === '2026.2.9' ? 'agent:main:' : ''}clawtalk:${chat.conversationId}`;
		assert.deepEqual(
			asked.map(request => request.headers['x-openclaw-session-key']),
			[key, key],
		);
		await chat.close();
		const kinds = (await readFile(conversationFile(home, chat.conversationId), 'utf8')).trimEnd().split('\n');
		assert.deepEqual(
			kinds.map(line => JSON.parse(line).kind),
			['conversation', 'question', 'answer', 'question', 'answer'],
		);
		assert.deepEqual(await readdir(join(home, 'conversations')), [`${chat.conversationId}.jsonl`]);
	});
}

test('Esc stops the run at the gateway and keeps the partial', async context => {
	const {gateway, chat} = await demoChat(context);
	chat.say('[[n=500 rate=20]] long');
	await chat.until(({answer}) => (answer?.text.length ?? 0) > 10);
	chat.press('cancel-requested');
	const state = await chat.until(answersEnded(1));
	assert.match(shown(state).at(-2) ?? '', /^block tok0/);
	assert.equal(shown(state).at(-1), 'end cancelled');
	const asked = gateway.requests.find(request => request.method === 'POST');
	while (!asked?.clientLeft) await settled();
});

test('a wrong token is refused before anything is sent', async context => {
	const {gateway, chat} = await demoChat(context, {}, 'wrong-token-1234');
	const state = await chat.until(({connection}) => connection.state !== 'connecting');
	assert.equal(state.connection.state, 'refused');
	chat.say('hello');
	assert.equal(chat.store.getState().draft.text, 'hello');
	assert.ok(!gateway.requests.some(request => request.method === 'POST'));
});

test('a gateway that dies in an answer: the partial stays, the queue is held, the outage is known', async context => {
	const {gateway, chat} = await demoChat(context);
	chat.say('[[n=500 rate=50]] long');
	chat.say('and then');
	chat.say('and after that');
	await chat.until(({answer}) => (answer?.text.length ?? 0) > 10);
	await gateway.kill();
	const state = await chat.until(current => answersEnded(1)(current) && current.connection.state === 'waiting');
	assert.ok(shown(state).includes('end cut'));
	assert.deepEqual([state.queue.map(({text}) => text), state.queueHeld], [['and then', 'and after that'], true]);
});

test('another web server is refused, and gets no token', async context => {
	const {gateway, chat} = await demoChat(context, {fault: 'html-200'});
	const state = await chat.until(({connection}) => connection.state !== 'connecting');
	assert.equal(state.connection.state, 'refused');
	assert.deepEqual(new Set(gateway.requests.map(request => request.authorization)), new Set(['absent']));
});
