import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {State} from '../../source/chat/state.js';
import type {DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {shown} from '../chat/steps.js';
import {atEnd} from '../helpers/at-end.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {answersEnded, liveChat} from './live-chat.js';

async function controlChat(context: TestContext, options: Partial<DemoGatewayOptions> = {}) {
	const gateway = await startDemoGateway({token: 'demo-token-1234', ...options});
	atEnd(context, () => gateway.kill());
	const chat = liveChat(gateway, await temporaryHome(context));
	atEnd(context, () => chat.close());
	await chat.until(({connection}) => connection.state === 'online');
	return {gateway, chat};
}

const slowly = '[[n=40 rate=20]] go on';

function isTalking({answer}: State): boolean {
	return (answer?.text.length ?? 0) > 0;
}

function viaOf({connection}: State) {
	return connection.state === 'online' ? connection.via : undefined;
}

function notices(state: State): string {
	return shown(state)
		.filter(entry => entry.startsWith('notice'))
		.join('\n');
}

for (const generation of ['2026.9.6', '2026.2.9'] as const) {
	test(`${generation}: two questions over the control plane, and nothing is asked over HTTP but who is there`, async context => {
		const {gateway, chat} = await controlChat(context, {generation});
		assert.equal(viaOf(chat.store.getState())?.transport, 'ws');
		chat.say('[[n=5 rate=0]] one');
		chat.say('[[n=5 rate=0]] two');
		const state = await chat.until(answersEnded(2));
		assert.deepEqual(
			shown(state).map(entry => entry.split(' ')[0]),
			['question', 'block', 'end', 'question', 'block', 'end'],
		);
		assert.deepEqual(
			gateway.requests.filter(({method, path}) => method === 'POST' || path.startsWith('/v1')),
			[],
		);
	});
}

test('the connection breaks in the middle of an answer: its rest comes over the next one, and that is said', async context => {
	const {gateway, chat} = await controlChat(context);
	chat.say(slowly);
	await chat.until(isTalking);
	gateway.control.dropAll();
	const state = await chat.until(answersEnded(1));
	assert.match(shown(state).find(entry => entry.startsWith('block')) ?? '', /tok39$/);
	assert.match(notices(state), /The connection was away for \d+ s in the middle of this answer; /);
	assert.doesNotMatch(notices(state), /restarted/);
	assert.equal(viaOf(state)?.bootId, gateway.control.bootId);
});

test('another start of the gateway in the middle of an answer: it is said, and no answer is called whole that is not', async context => {
	const {gateway, chat} = await controlChat(context);
	const before = gateway.control.bootId;
	chat.say(slowly);
	await chat.until(isTalking);
	await gateway.restart('kill');
	const state = await chat.until(current => answersEnded(1)(current) && viaOf(current)?.bootId !== undefined);
	const ended = await chat.until(current => viaOf(current)?.bootId !== undefined && viaOf(current)?.bootId !== before);
	const end = state.entries.findLast(entry => entry.kind === 'answer-end');
	const isWhole = shown(state).some(entry => /^block .*tok39$/s.test(entry));
	assert.equal(end?.outcome.kind === 'complete', isWhole, shown(state).join('\n'));
	assert.match(notices(ended), /The gateway (?:restarted \d+ s ago|has restarted)\./);
});

test('seen from a LAN without a device: questions go over HTTP, and why is said once', async context => {
	const {gateway, chat} = await controlChat(context, {seenFrom: 'lan'});
	const missing = 'the gateway grants no scopes to this address';
	assert.deepEqual(viaOf(chat.store.getState()), {transport: 'http', missing});
	chat.say('[[n=5 rate=0]] one');
	const state = await chat.until(answersEnded(1));
	assert.equal(shown(state).at(-1), 'end complete');
	assert.equal(notices(state), `notice Questions go over HTTP, where tool runs and approvals cannot be seen: ${missing}.`);
	assert.equal(gateway.requests.filter(({method}) => method === 'POST').length > 0, true);
});
