import assert from 'node:assert/strict';
import {ask, openPeer} from './client.js';
import type {Case} from './peer.js';

const anyTime = () => new AbortController().signal;
const uniqueKey = () => `clawtalk:${crypto.randomUUID()}`;

const times = (text: string, part: string) => text.split(part).length - 1;

/** Questions and answers, through clawtalk's own client. */
export const askingCases: readonly Case[] = [
	{
		name: 'identifies itself by its health',
		httpOnly: true,
		generation: '2026.9.6',
		async run(peer) {
			assert.equal((await openPeer(peer).identify(anyTime())).value, 'gateway');
		},
	},
	{
		name: 'identifies itself by the WebSocket challenge',
		httpOnly: true,
		generation: '2026.2.9',
		async run(peer) {
			assert.equal((await openPeer(peer).identify(anyTime())).value, 'gateway-by-challenge');
		},
	},
	{
		name: 'is live and takes questions',
		httpOnly: true,
		async run(peer) {
			const gateway = openPeer(peer);
			assert.equal((await gateway.checkHealth(anyTime())).value, 'live');
			assert.equal((await gateway.checkReadiness(anyTime())).value, 'ready');
		},
	},
	{
		name: 'accepts the token and has its chat endpoint on',
		httpOnly: true,
		generation: '2026.9.6',
		async run(peer) {
			assert.deepEqual((await openPeer(peer).checkAccess(anyTime())).value, {auth: 'ok', chat: 'on'});
		},
	},
	{
		name: 'answers completely, and counts',
		generation: '2026.9.6',
		async run(peer) {
			const {text, outcome, usage, events} = await ask(peer, 'go [[n=3 rate=0]]');
			assert.equal(text, 'tok0 tok1 tok2');
			assert.deepEqual(outcome, {kind: 'complete', finishReason: 'stop'});
			assert.deepEqual(usage, {promptTokens: 11, completionTokens: 3, totalTokens: 14});
			assert.match(events.find(event => event.type === 'accepted')?.runId ?? '', /^(?:chatcmpl_)?[\da-f-]{36}$/);
		},
	},
	{
		name: 'answers completely, but says neither why it ended nor what it cost',
		generation: '2026.2.9',
		async run(peer) {
			const {text, outcome, usage} = await ask(peer, 'go [[n=3 rate=0]]');
			assert.equal(text, 'tok0 tok1 tok2');
			assert.deepEqual(outcome, {kind: 'complete', finishReason: 'unstated'});
			assert.equal(usage, undefined);
		},
	},
	{
		name: 'keeps emoji and wide characters whole',
		async run(peer) {
			assert.equal((await ask(peer, 'go [[n=5 rate=0 text=cjk]]')).text, '你好世界👩‍👩‍👧é한국어');
		},
	},
	{
		name: 'keeps markdown as it is',
		async run(peer) {
			const {text} = await ask(peer, 'go [[n=11 rate=0 text=md]]');
			assert.equal(
				text,
				'# Heading\n\nSome **bold** and `code`.\n\n```ts\nconst x: number = 1;\nconsole.log(x);\n```\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |',
			);
		},
	},
	{
		name: 'says when the length limit stopped it',
		generation: '2026.9.6',
		async run(peer) {
			assert.deepEqual((await ask(peer, 'go [[n=3 rate=0 fault=length]]')).outcome, {kind: 'complete', finishReason: 'length'});
		},
	},
	{
		name: 'remembers a conversation with a session key',
		async run(peer) {
			const sessionKey = uniqueKey();
			await ask(peer, 'The word is albatross [[n=1 rate=0]]', {sessionKey});
			assert.match((await ask(peer, 'go [[n=12 rate=0 text=recall]]', {sessionKey})).text, /albatross/);
		},
	},
	{
		name: 'tells a fresh session what was said before, once, and keeps it there',
		async run(peer) {
			const sessionKey = uniqueKey();
			const seed = [
				{role: 'user', text: 'The bird is a heron'},
				{role: 'assistant', text: 'A heron noted'},
			] as const;
			const first = await ask(peer, 'The fish is a carp [[n=1 rate=0 text=heard]]', {sessionKey, seed});
			assert.deepEqual(
				[first.outcome.kind, times(first.text, 'bird is a heron'), times(first.text, 'fish is a carp')],
				['complete', 1, 1],
				first.error,
			);
			assert.equal(times(first.text, 'A heron noted'), 1);
			// The answer repeats what was heard, and is no message of the user.
			const later = await ask(peer, 'And the tree [[n=1 rate=0 text=heard]]', {sessionKey});
			assert.deepEqual([times(later.text, 'bird is a heron'), times(later.text, 'fish is a carp')], [1, 1]);
			assert.equal(times(later.text, 'And the tree'), 1);
		},
	},
	{
		name: 'keeps a fresh session apart from the one that it goes on from: an answer that was asked anew is not known there',
		async run(peer) {
			const sessionKey = uniqueKey();
			await ask(peer, 'The bird is a heron [[n=1 rate=0]]', {sessionKey});
			await ask(peer, 'The replaced fish is a carp [[n=1 rate=0]]', {sessionKey});
			const seed = [
				{role: 'user', text: 'The bird is a heron'},
				{role: 'assistant', text: 'tok0'},
			] as const;
			const anew = await ask(peer, 'The fish is a pike [[n=1 rate=0 text=heard]]', {sessionKey: `${sessionKey}:2`, seed});
			assert.deepEqual([times(anew.text, 'bird is a heron'), times(anew.text, 'replaced fish'), times(anew.text, 'pike')], [1, 0, 1]);
		},
	},
	{
		name: 'knows what was said before also when the first question of a fresh session was stopped',
		async run(peer) {
			const sessionKey = uniqueKey();
			const seed = [
				{role: 'user', text: 'The bird is a heron'},
				{role: 'assistant', text: 'tok0'},
			] as const;
			const stop = new AbortController();
			// One client, as in a chat: 2026.2.9 forgets a run that is stopped over the control plane, and the client tells it again.
			const gateway = openPeer(peer);
			const stopped = await ask(peer, 'The fish is a carp [[n=500 rate=50]]', {
				gateway,
				sessionKey,
				seed,
				signal: stop.signal,
				onEvent: ({type}) => type === 'delta' && stop.abort('user'),
			});
			assert.equal(stopped.outcome.kind, 'cancelled');
			const later = await ask(peer, 'And now? [[n=1 rate=0 text=heard]]', {gateway, sessionKey});
			await gateway.close();
			assert.equal(times(later.text, 'bird is a heron'), 1);
		},
	},
	{
		name: 'remembers nothing without a session key',
		async run(peer) {
			await ask(peer, 'The word is albatross [[n=1 rate=0]]');
			assert.doesNotMatch((await ask(peer, 'go [[n=12 rate=0 text=recall]]')).text, /albatross/);
		},
	},
	{
		name: 'lets questions of one session wait for each other',
		async run(peer) {
			const sessionKey = uniqueKey();
			const order: string[] = [];
			let second: Promise<unknown> | undefined;
			await ask(peer, 'go [[n=10 rate=20]]', {
				sessionKey,
				onEvent(event) {
					if (event.type === 'delta') {
						second ??= ask(peer, 'go [[n=1 rate=0]]', {sessionKey}).then(() => order.push('second'));
					}
				},
			});
			order.push('first');
			await second;
			assert.deepEqual(order, ['first', 'second']);
		},
	},
	{
		name: 'stops when the user stops, and keeps what came',
		async run(peer) {
			const stop = new AbortController();
			const {text, outcome} = await ask(peer, 'go [[n=1000 rate=50]]', {
				signal: stop.signal,
				onEvent: event => event.type === 'delta' && stop.abort(),
			});
			// 2026.2.9 goes on without its client: over HTTP nobody can tell it to stop.
			const mayGoOn = peer.generation === '2026.2.9' && peer.transport !== 'ws';
			assert.deepEqual(outcome, {kind: 'cancelled', by: 'user', ...(mayGoOn ? {runMayGoOn: true} : {})});
			assert.match(text, /^tok0/);
		},
	},
	{
		name: 'stays silent while the model does',
		async run(peer) {
			const stop = new AbortController();
			// 2026.2.9 gathers what comes within 150 ms for its control plane, and sends it with the next token.
			const all = peer.transport === 'ws' && peer.generation === '2026.2.9' ? 'tok0' : 'tok0 tok1 tok2';
			let text = '';
			const {outcome} = await ask(peer, 'go [[n=8 rate=0 fault=stall at=3]]', {
				signal: stop.signal,
				onEvent(event) {
					text += event.type === 'delta' ? event.text : '';
					if (text === all) stop.abort();
				},
			});
			assert.equal(outcome.kind, 'cancelled');
			assert.equal(text, all);
		},
	},
	{
		name: 'refuses a wrong token',
		httpOnly: true,
		async run(peer) {
			const {outcome, evidence} = await ask(peer, 'go [[n=1]]', {token: 'not-the-token'});
			assert.equal(outcome.kind, 'refused');
			const answer = evidence.observations.find(observation => observation.kind === 'http-answer' && observation.status === 401);
			assert.ok(answer?.kind === 'http-answer');
			assert.equal(answer.errorType, 'unauthorized');
		},
	},
	{
		name: 'refuses an agent it does not have',
		httpOnly: true,
		generation: '2026.9.6',
		async run(peer) {
			const {outcome, evidence} = await ask(peer, 'go [[n=1]]', {agent: 'nobody'});
			assert.equal(outcome.kind, 'refused');
			assert.match(JSON.stringify(evidence.observations), /Unknown agent 'nobody'\./);
		},
	},
	{
		name: 'answers for whatever agent is named',
		generation: '2026.2.9',
		async run(peer) {
			assert.equal((await ask(peer, 'go [[n=1 rate=0]]', {agent: 'nobody'})).text, 'tok0');
		},
	},
];
