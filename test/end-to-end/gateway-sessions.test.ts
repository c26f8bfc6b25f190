import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {Generation} from '../../source/demo/options.js';
import {type ControlClient, connectControl, endOf, send} from '../contract/control-client.js';
import {atEnd} from '../helpers/at-end.js';
import {chatEnvironment, demoGatewayFor, launcher, token} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {keptRecords} from '../helpers/kept-records.js';
import {startInPty} from '../helpers/pty.js';

const key = 'agent:main:kitchen:1';

/** A gateway with somebody else at it, and a chat that has the control plane. */
async function startWithOther(test: TestContext, generation: Generation) {
	const gateway = await demoGatewayFor(test, {generation});
	const other = await connectControl({origin: gateway.origin, token, generation});
	atEnd(test, () => other.close());
	await said(other, 'What is a heron? [[text=md n=30 rate=0]]');
	await said(other, 'And an owl? [[n=2 rate=0]]');
	const home = freshHome(test);
	const program = startInPty(test, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await program.shows('control plane');
	return {gateway, other, home, program};
}

async function said(other: ControlClient, message: string, sessionKey = key): Promise<void> {
	await endOf(other, await send(other, sessionKey, message));
}

/** How often a line of the terminal says this and nothing else. */
const times = (lines: readonly string[], wanted: string) => lines.filter(line => line.trim() === wanted).length;

for (const generation of ['2026.9.6', '2026.2.9'] as const) {
	test(`${generation}: a session begun elsewhere is opened, followed and gone on with; it is kept once`, async context => {
		const {other, home, program} = await startWithOther(context, generation);
		program.type('/sessions\r');
		await program.shows(/from kitchen/);
		program.type('kitchen');
		await program.shows(/search: kitchen/);
		program.type('\r');
		await program.shows('And an owl?');
		await program.shows('asked elsewhere');
		// Live: of this session, and of no other.
		await said(other, 'A word of another room [[n=2 rate=0]]', 'agent:main:cellar:1');
		await said(other, 'A live word [[n=3 rate=0]]');
		await program.shows('❯ A live word');
		await program.until('its answer', lines => times(lines, 'tok0 tok1 tok2') === 1);
		assert.ok(!program.lines().join('\n').includes('another room'));
		program.type('My word [[n=4 rate=0]]\r');
		await program.until('our answer', lines => times(lines, 'tok0 tok1 tok2 tok3') === 1);
		await said(other, 'Last word [[n=5 rate=0]]');
		await program.until('the last answer', lines => times(lines, 'tok0 tok1 tok2 tok3 tok4') === 1);
		program.type('\u0004');
		await program.ended();
		const records = keptRecords(home.home);
		const questions = records
			.filter(({kind}) => kind === 'question')
			.map(({text, elsewhere}) => `${elsewhere ? 'elsewhere' : 'own'}: ${text}`);
		assert.deepEqual(questions, [
			'elsewhere: What is a heron? [[text=md n=30 rate=0]]',
			'elsewhere: And an owl? [[n=2 rate=0]]',
			'elsewhere: A live word [[n=3 rate=0]]',
			'own: My word [[n=4 rate=0]]',
			'elsewhere: Last word [[n=5 rate=0]]',
		]);
		assert.equal(records.filter(({kind}) => kind === 'answer').length, 5);
	});
}

test('an answer to somebody else is under way: its last words are seen, and all of it when it has ended', async context => {
	const {other, program} = await startWithOther(context, '2026.9.6');
	program.type(`/sessions ${key}\r`);
	await program.shows('And an owl?');
	const run = await send(other, key, 'Count [[n=100000 rate=50]]');
	await program.shows(/… the agent is at work in this session: .*tok\d+/);
	await other.call('chat.abort', {sessionKey: key, runId: run});
	await program.until('the end', lines => !lines.some(line => line.includes('the agent is at work')));
	await program.shows('tok0 tok1 tok2');
	program.type('\u0004');
	await program.ended();
});

test('what was said elsewhere while nobody looked is shown when the conversation is opened again, and the session is listed once', async context => {
	const {gateway, other, home, program} = await startWithOther(context, '2026.9.6');
	program.type(`/sessions ${key}\r`);
	await program.shows('And an owl?');
	program.type('\u0004');
	await program.ended();
	await said(other, 'Meanwhile [[n=3 rate=0]]');
	const again = startInPty(context, process.execPath, [launcher, '--continue'], {env: chatEnvironment(home, gateway)});
	await again.shows('❯ Meanwhile');
	await again.until('its answer', lines => times(lines, 'tok0 tok1 tok2') === 1);
	assert.equal(times(again.lines(), '❯ And an owl? [[n=2 rate=0]]'), 1);
	again.type('/sessions\r');
	await again.shows('Conversations and sessions of the gateway (1)');
	await again.shows(/ {2}open now · \d\d:\d\d/);
	again.type('\u001b');
	await again.until('the list is closed', lines => !lines.join('\n').includes('search:'));
	again.type('/whoami\r');
	await again.shows('You are the owner');
	again.type('\u0004');
	await again.ended();
});
