import assert from 'node:assert/strict';
import {
	type ControlClient,
	chatOf,
	connectControl,
	endOf,
	type Fields,
	freshKey,
	historyOf,
	said,
	send,
	textOf,
	withControl,
} from './control-client.js';
import type {Case, Peer} from './peer.js';

const isOld = ({generation}: Peer) => generation === '2026.2.9';

/** Questions over the control plane: how a run is told, stopped, looked up and kept. */
export const runCases: readonly Case[] = [
	{
		name: 'tells a run in chat events, to its end',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const runId = await send(control, freshKey(), 'go [[n=5 rate=10]]');
				const end = await endOf(control, runId);
				const events = chatOf(control, runId);
				assert.deepEqual([end['state'], textOf(end['message'])], ['final', 'tok0 tok1 tok2 tok3 tok4']);
				assert.equal(end['stopReason'], isOld(peer) ? undefined : 'stop');
				const deltas = events.filter(({state}) => state === 'delta');
				// Each delta brings the text so far; 2026.9.6 what is new, too.
				const last = textOf(deltas.at(-1)?.['message']);
				assert.ok(end['message'] && textOf(end['message']).startsWith(last), last);
				const added = deltas.map(({deltaText}) => deltaText).join('');
				assert.equal(added, isOld(peer) ? '' : 'tok0 tok1 tok2 tok3 tok4');
				const phases = events.filter(({state}) => state === 'status').map(({phase}) => phase);
				assert.deepEqual(phases, isOld(peer) ? [] : ['preparing_workspace', 'preparing_context', 'starting_model']);
			});
		},
	},
	{
		name: 'numbers the events of a connection without a gap',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				await endOf(control, await send(control, freshKey(), 'go [[n=20 rate=50]]'));
				const numbers = control.events.map(({seq}) => seq);
				for (const [index, number] of numbers.slice(1).entries()) assert.ok(number > (numbers[index] ?? 0), numbers.join());
			});
		},
	},
	{
		name: 'tells every connection of every run',
		async run(peer) {
			const other = await connectControl(peer);
			await withControl(peer, {}, async control => {
				const runId = await send(control, freshKey(), 'go [[n=2 rate=20]]');
				assert.equal(textOf((await endOf(other, runId))['message']), 'tok0 tok1');
			}).finally(() => other.close());
		},
	},
	{
		name: 'knows a message again by its key, while it runs and after it',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const again = {sessionKey, message: 'go [[n=20 rate=20]]', idempotencyKey: crypto.randomUUID()};
				assert.equal((await control.call('chat.send', again)).payload['status'], 'started');
				await control.event(({payload}) => payload['runId'] === again.idempotencyKey && payload['state'] === 'delta');
				assert.equal((await control.call('chat.send', again)).payload['status'], 'in_flight');
				await endOf(control, again.idempotencyKey);
				// The end is told a moment before it is written down.
				assert.equal(await settled(control, again), 'ok');
				assert.equal(said(await historyOf(control, sessionKey)).length, 2);
			});
		},
	},
	{
		name: 'refuses a key that was used for something else',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'go [[n=1 rate=0]]');
				await endOf(control, runId);
				const {ok, error} = await control.call('chat.send', {sessionKey, message: 'else', idempotencyKey: runId});
				assert.deepEqual([ok, error.code, error.details?.['reason']], [false, 'INVALID_REQUEST', 'chat-request-conflict']);
			});
		},
	},
	{
		name: 'stops a run, and keeps what came where it does',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'go [[n=500 rate=50]]');
				await control.event(({payload}) => payload['runId'] === runId && payload['state'] === 'delta');
				const {payload} = await control.call('chat.abort', {sessionKey, runId});
				assert.deepEqual(payload, {ok: true, aborted: true, runIds: [runId]});
				const end = await endOf(control, runId);
				assert.deepEqual([end['state'], end['stopReason']], ['aborted', 'rpc']);
				assert.equal(textOf(end['message']).startsWith('tok0'), !isOld(peer));
				const {payload: gone} = await control.call('chat.abort', {sessionKey, runId});
				assert.deepEqual(gone, {ok: true, aborted: false, runIds: []});
			});
		},
	},
	{
		name: 'says later that a run was stopped, and has its text',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const asked = {sessionKey, message: 'go [[n=500 rate=50]]', idempotencyKey: crypto.randomUUID()};
				await control.call('chat.send', asked);
				await control.event(({payload}) => payload['runId'] === asked.idempotencyKey && payload['state'] === 'delta');
				await control.call('sessions.messages.subscribe', {key: sessionKey});
				await control.call('chat.abort', {sessionKey});
				await endOf(control, asked.idempotencyKey);
				const {payload: again} = await control.call('chat.send', asked);
				assert.deepEqual([again['status'], again['summary'], again['stopReason']], ['timeout', 'aborted', 'rpc']);
				const {payload: waited} = await control.call('agent.wait', {runId: asked.idempotencyKey, timeoutMs: 1000});
				assert.deepEqual([waited['status'], waited['error'], waited['stopReason']], ['error', 'aborted', 'rpc']);
				const {payload: kept} = await control.event(
					({event, payload}) => event === 'session.message' && (payload['message'] as Fields)['role'] === 'assistant',
				);
				assert.deepEqual((kept['message'] as Fields)['openclawAbort'], {aborted: true, origin: 'rpc', runId: asked.idempotencyKey});
			});
		},
	},
	{
		name: 'says what became of a run to who waits for it',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const runId = await send(control, freshKey(), 'go [[n=10 rate=20]]');
				const {payload: soon} = await control.call('agent.wait', {runId, timeoutMs: 0});
				assert.equal(soon['status'], 'timeout');
				const {payload: later} = await control.call('agent.wait', {runId, timeoutMs: 30_000});
				assert.equal(later['status'], 'ok');
				const reply = later['terminalReply'] as Fields | undefined;
				assert.equal(reply?.['text'], isOld(peer) ? undefined : 'tok0 tok1 tok2 tok3 tok4 tok5 tok6 tok7 tok8 tok9');
				const {payload: unknown} = await control.call('agent.wait', {runId: 'nobody', timeoutMs: 10});
				assert.deepEqual(unknown, {runId: 'nobody', status: 'timeout'});
			});
		},
	},
	{
		name: 'answers its own commands at once, without a model',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const runId = await send(control, freshKey(), '/status');
				const end = await endOf(control, runId);
				assert.match(textOf(end['message']), /^🦞 OpenClaw/);
				assert.deepEqual(
					[end['state'], chatOf(control, runId).length, (end['message'] as Fields)['model']],
					['final', 1, 'gateway-injected'],
				);
			});
		},
	},
	{
		name: 'hands a command that it does not know to the model',
		async run(peer) {
			await withControl(peer, {}, async control => {
				assert.equal(textOf((await endOf(control, await send(control, freshKey(), '/nosuch [[n=1 rate=0]]')))['message']), 'tok0');
			});
		},
	},
];

/** What the gateway says to a key once it has written down how the run ended. */
async function settled(control: ControlClient, again: Fields): Promise<unknown> {
	await control.call('agent.wait', {runId: again['idempotencyKey'], timeoutMs: 10_000});
	for (let attempt = 0; ; attempt += 1) {
		const {payload} = await control.call('chat.send', again);
		if (payload['status'] !== 'in_flight' || attempt > 500) return payload['status'];
	}
}
