import assert from 'node:assert/strict';
import {chatOf, connectControl, endOf, type Fields, freshKey, historyOf, send, streamOf, textOf, withControl} from './control-client.js';
import type {Case} from './peer.js';

/** What an agent does before it answers, and how a run fails. */
export const toolCases: readonly Case[] = [
	{
		name: 'shows the tools that a run uses to who asked',
		generation: '2026.9.6',
		async run(peer) {
			const other = await connectControl(peer);
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'go [[n=2 rate=0 fault=tool tool=exec args={"command":"echo~one;exit~3"}]]');
				assert.equal(textOf((await endOf(control, runId))['message']), 'tok0 tok1');
				const tools = streamOf(control, runId, 'tool');
				assert.deepEqual([tools[0]?.['phase'], tools[0]?.['name'], tools[0]?.['args']], ['start', 'exec', {command: 'echo one;exit 3'}]);
				const result = tools.find(({phase}) => phase === 'result')?.['result'] as Fields;
				assert.match(textOf(result), /^one\n\n\(Command exited with code 3\)$/);
				assert.deepEqual([(result['details'] as Fields)['exitCode'], typeof (result['details'] as Fields)['durationMs']], [3, 'number']);
				const items = streamOf(control, runId, 'item');
				assert.deepEqual([items[0]?.['phase'], items.at(-1)?.['phase'], items.at(-1)?.['status']], ['start', 'end', 'failed']);
				await endOf(other, runId);
				assert.deepEqual([streamOf(other, runId, 'tool').length, streamOf(other, runId, 'item').length > 0], [0, true]);
				const roles = ((await historyOf(control, sessionKey))['messages'] as Fields[]).map(({role}) => role);
				assert.deepEqual(roles, ['user', 'assistant', 'toolResult', 'assistant']);
			}).finally(() => other.close());
		},
	},
	{
		name: 'says why a tool failed',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const runId = await send(control, freshKey(), 'go [[n=1 rate=0 fault=tool tool=read args={"path":"/nosuch"}]]');
				await endOf(control, runId);
				const result = streamOf(control, runId, 'tool').at(-1);
				assert.ok(result?.['isError']);
				assert.deepEqual((result['result'] as Fields)['details'], {status: 'error', tool: 'read', error: 'File not found: /nosuch.'});
				assert.equal(streamOf(control, runId, 'item').at(-1)?.['error'], 'File not found: /nosuch.');
			});
		},
	},
	{
		name: 'tells of a refused model twice, and gives the outcome to who asks again',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const asked = {sessionKey: freshKey(), message: 'go [[n=1 rate=0 fault=http400]]', idempotencyKey: crypto.randomUUID()};
				await control.call('chat.send', asked);
				await control.event(
					({payload}) => payload['runId'] === asked.idempotencyKey && payload['state'] === 'error' && payload['seq'] === 1,
				);
				const errors = chatOf(control, asked.idempotencyKey).filter(({state}) => state === 'error');
				const words = 'LLM request failed: provider rejected the request schema or tool payload.';
				assert.deepEqual(
					errors.map(({errorMessage}) => String(errorMessage).split('\n')[0]),
					[words, `⚠️ Agent failed before reply: ${words}`],
				);
				const {ok, error, payload} = await control.call('chat.send', asked);
				assert.deepEqual([ok, error.code, payload['status']], [false, 'UNAVAILABLE', 'error']);
			});
		},
	},
	{
		name: 'ends a run whose model refused without a word',
		generation: '2026.2.9',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const end = await endOf(control, await send(control, freshKey(), 'go [[n=1 rate=0 fault=http400]]'));
				assert.deepEqual([end['state'], 'message' in end], ['final', false]);
			});
		},
	},
];
