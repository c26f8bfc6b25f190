import assert from 'node:assert/strict';
import {ask} from './client.js';
import {connectControl, createDevice, endOf, type Fields, freshKey, send, textOf, withControl} from './control-client.js';
import type {Case, Peer} from './peer.js';

const isOld = ({generation}: Peer) => generation === '2026.2.9';

/** Sessions, lists and what a gateway tells of itself. */
export const sessionCases: readonly Case[] = [
	{
		name: 'lists sessions, the newest first',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				await endOf(control, await send(control, sessionKey, 'go [[n=1 rate=0]]'));
				const {payload} = await control.call('sessions.list', {limit: 1});
				const [session] = payload['sessions'] as [Fields];
				assert.deepEqual([payload['count'], session['key'], session['kind']], [1, sessionKey, 'direct']);
				assert.equal(typeof session['updatedAt'], 'number');
				assert.deepEqual([session['modelProvider'], session['model']], ['fake', 'fake-1']);
				if (!isOld(peer)) {
					assert.equal(typeof payload['totalCount'], 'number');
					assert.equal((session['agentId'] as string | undefined) ?? 'main', 'main');
				}
			});
		},
	},
	{
		name: 'shows last words on request',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'A question about herons [[n=2 rate=0]]');
				await endOf(control, runId);
				await control.call('agent.wait', {runId, timeoutMs: 5000});
				const {payload} = await control.call('sessions.list', {limit: 1, includeDerivedTitles: true, includeLastMessage: true});
				const [session] = payload['sessions'] as [Fields];
				assert.equal(session['key'], sessionKey);
				assert.equal(typeof session['derivedTitle'], isOld(peer) ? 'string' : 'undefined');
				// 2026.9.6 knows the answer a moment later than the question.
				assert.match(String(session['lastMessagePreview']), /^(A question about herons|tok0 tok1$)/);
			});
		},
	},
	{
		name: 'previews sessions',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const sessionKey = freshKey();
				const runId = await send(control, sessionKey, 'go [[n=2 rate=0]]');
				await endOf(control, runId);
				await control.call('agent.wait', {runId, timeoutMs: 5000});
				const {payload} = await control.call('sessions.preview', {keys: [sessionKey, freshKey()], limit: 2});
				const [kept, missing] = payload['previews'] as [Fields, Fields];
				assert.equal(kept['status'], 'ok');
				assert.deepEqual((kept['items'] as Fields[]).at(-1), {role: 'assistant', text: 'tok0 tok1'});
				assert.deepEqual([missing['status'], missing['items']], ['missing', []]);
			});
		},
	},
	{
		name: 'keeps what was asked over HTTP where the control plane finds it',
		generation: '2026.9.6',
		async run(peer) {
			const key = `clawtalk:${crypto.randomUUID()}`;
			await ask(peer, 'over http [[n=2 rate=0]]', {sessionKey: key});
			await withControl(peer, {}, async control => {
				const {payload} = await control.call('chat.history', {sessionKey: `agent:main:${key}`, limit: 10});
				const [asked, answered] = payload['messages'] as [Fields, Fields];
				assert.match(textOf(asked), /over http/);
				assert.equal(textOf(answered).trim(), 'tok0 tok1');
			});
		},
	},
	{
		name: 'describes a session, and says of an unknown one that there is none',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const key = freshKey();
				await endOf(control, await send(control, key, 'go [[n=1 rate=0]]'));
				const {payload} = await control.call('sessions.describe', {key});
				const session = payload['session'] as Fields;
				assert.deepEqual([session['key'], session['agentId'], session['classification']], [key, 'main', 'direct']);
				assert.deepEqual((await control.call('sessions.describe', {key: freshKey()})).payload, {session: null});
			});
		},
	},
	{
		name: 'tells of new messages of a session to who follows it, whoever asked',
		generation: '2026.9.6',
		async run(peer) {
			const follower = await connectControl(peer);
			await withControl(peer, {}, async control => {
				const key = freshKey();
				const {payload} = await follower.call('sessions.messages.subscribe', {key});
				assert.deepEqual(payload, {subscribed: true, key});
				const runId = await send(control, key, 'go [[n=2 rate=0]]');
				const message = async (role: string) => {
					const heard = await follower.event(
						({event, payload: told}) => event === 'session.message' && (told['message'] as Fields)['role'] === role,
					);
					return heard.payload;
				};
				const asked = await message('user');
				assert.deepEqual([asked['sessionKey'], asked['messageSeq']], [key, 1]);
				assert.equal((asked['message'] as Fields)['idempotencyKey'], `${runId}:user`);
				const answered = await message('assistant');
				assert.equal(((answered['message'] as Fields)['__openclaw'] as Fields)['runId'], runId);
				assert.equal(textOf(answered['message']).trim(), 'tok0 tok1');
				assert.equal(control.events.filter(({event}) => event === 'session.message').length, 0);
				assert.deepEqual((await follower.call('sessions.messages.unsubscribe', {key})).payload, {subscribed: false, key});
			}).finally(() => follower.close());
		},
	},
	{
		name: 'lists agents, models and nodes',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const {payload: agents} = await control.call('agents.list');
				assert.deepEqual([agents['defaultId'], agents['mainKey']], ['main', 'main']);
				assert.ok((agents['agents'] as Fields[]).some(({id}) => id === 'main'));
				const {payload: models} = await control.call('models.list');
				const fake = (models['models'] as Fields[]).find(({provider, id}) => provider === 'fake' && id === 'fake-1');
				assert.deepEqual([fake?.['contextWindow'], fake?.['reasoning']], [131_072, false]);
				const {payload: nodes} = await control.call('node.list');
				assert.deepEqual([Object.keys(nodes), Array.isArray(nodes['nodes'])], [['ts', 'nodes'], true]);
			});
		},
	},
	{
		name: 'lists its commands, with what they take',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const {payload} = await control.call('commands.list');
				const named = new Map((payload['commands'] as Fields[]).map(command => [command['name'], command]));
				const {textAliases, acceptsArgs, source} = named.get('help') ?? {};
				assert.deepEqual([textAliases, acceptsArgs, source], [['/help'], false, 'native']);
				assert.ok(named.get('model')?.['acceptsArgs']);
			});
		},
	},
	{
		name: 'tells of its health, its state and who is there',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const {payload: health} = await control.call('health');
				assert.deepEqual([health['ok'], health['defaultAgentId']], [true, 'main']);
				const {payload: status} = await control.call('status');
				assert.equal(status['runtimeVersion'], isOld(peer) ? undefined : peer.generation);
				const presence = (await control.call('system-presence')).payload as unknown as Fields[];
				assert.deepEqual([presence[0]?.['mode'], presence[0]?.['reason']], ['gateway', 'self']);
				assert.equal(presence[0]?.['version'], isOld(peer) ? 'unknown' : peer.generation);
			});
		},
	},
	{
		name: 'introduces itself: version, start, sessions, pace',
		async run(peer) {
			await withControl(peer, {device: createDevice()}, async ({hello}) => {
				const server = hello['server'] as Fields;
				assert.equal(server['version'], isOld(peer) ? 'dev' : peer.generation);
				assert.equal(typeof server['bootId'], isOld(peer) ? 'undefined' : 'string');
				const snapshot = hello['snapshot'] as Fields;
				assert.equal((snapshot['sessionDefaults'] as Fields)['mainSessionKey'], 'agent:main:main');
				assert.equal(typeof snapshot['uptimeMs'], 'number');
				assert.equal((hello['policy'] as Fields)['tickIntervalMs'], 30_000);
				const {methods} = hello['features'] as {methods: string[]};
				const wanted = ['chat.send', 'chat.abort', 'chat.history', 'agent.wait', 'sessions.list', 'health'];
				assert.deepEqual(
					wanted.filter(name => !methods.includes(name)),
					[],
				);
				assert.equal(methods.includes('sessions.describe'), !isOld(peer));
			});
		},
	},
];
