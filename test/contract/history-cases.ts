import assert from 'node:assert/strict';
import {endOf, type Fields, freshKey, historyOf, said, send, textOf, withControl} from './control-client.js';
import type {Case, Peer} from './peer.js';

const isOld = ({generation}: Peer) => generation === '2026.2.9';

/** What a session keeps, and what becomes of questions to one that is busy. */
export const historyCases: readonly Case[] = [
	{
		name: 'keeps the history of a session',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				await endOf(control, await send(control, sessionKey, 'one [[n=1 rate=0]]'));
				const runId = await send(control, sessionKey, 'two [[n=2 rate=0]]');
				await endOf(control, runId);
				await control.call('agent.wait', {runId, timeoutMs: 5000});
				const history = await historyOf(control, sessionKey);
				const all = ['user: one [[n=1 rate=0]]', 'assistant: tok0', 'user: two [[n=2 rate=0]]', 'assistant: tok0 tok1'];
				assert.deepEqual(said(history), all);
				assert.deepEqual(said(await historyOf(control, sessionKey, {limit: 1})), all.slice(-1));
				assert.deepEqual((await historyOf(control, freshKey()))['messages'], []);
			});
		},
	},
	{
		name: 'gives the history in pages, with the runs it belongs to',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'one [[n=1 rate=0]]');
				await endOf(control, runId);
				await endOf(control, await send(control, sessionKey, 'two [[n=1 rate=0]]'));
				const newest = await historyOf(control, sessionKey, {limit: 3});
				assert.deepEqual([newest['hasMore'], newest['totalMessages'], newest['nextOffset']], [true, 4, 3]);
				const oldest = await historyOf(control, sessionKey, {limit: 3, offset: 3});
				assert.deepEqual([said(oldest), oldest['hasMore']], [['user: one [[n=1 rate=0]]'], false]);
				const [asked, answered] = (await historyOf(control, sessionKey))['messages'] as [Fields, Fields];
				assert.equal(asked['idempotencyKey'], `${runId}:user`);
				assert.equal((answered['__openclaw'] as Fields)['runId'], runId);
			});
		},
	},
	{
		name: 'tells of a run under way in the history',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'go [[n=500 rate=50]]');
				await control.event(({payload}) => payload['runId'] === runId && payload['state'] === 'delta');
				const history = await historyOf(control, sessionKey);
				const inFlight = history['inFlightRun'] as Fields;
				assert.deepEqual([inFlight['runId'], String(inFlight['text']).startsWith('tok0')], [runId, true]);
				const info = history['sessionInfo'] as Fields;
				assert.deepEqual([info['hasActiveRun'], info['status']], [true, 'running']);
				await control.call('chat.abort', {sessionKey, runId});
				await endOf(control, runId);
			});
		},
	},
	{
		name: 'ends a question to a busy session without a word, and answers it in another run or in the one under way',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const first = await send(control, sessionKey, 'one [[n=20 rate=10]]');
				await control.event(({payload}) => payload['runId'] === first && payload['state'] === 'delta');
				const second = await send(control, sessionKey, 'two [[n=3 rate=10]]');
				const end = await endOf(control, second);
				assert.deepEqual([end['state'], 'message' in end], ['final', false]);
				const {payload} = await control.event(
					({payload: {sessionKey: key, state, message}}) =>
						key === sessionKey && state === 'final' && textOf(message).endsWith('tok0 tok1 tok2'),
				);
				assert.notEqual(payload['runId'], second);
				// 2026.9.6 puts the answer behind the one that is under way, unless that is just over.
				if (payload['runId'] === first) assert.match(textOf(payload['message']), /^tok0 tok1 .* tok19\n\ntok0 tok1 tok2$/);
				assert.ok(!isOld(peer) || payload['runId'] !== first);
			});
		},
	},
];
