import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readAgents, readCommands, readModels} from '../../../source/gateway/control/gateway-lists.js';
import {readHistory} from '../../../source/gateway/control/session-history.js';
import {readSessions} from '../../../source/gateway/control/session-list.js';
import {readSessionNews} from '../../../source/gateway/control/session-news.js';
import {seededRandom} from '../../helpers/seeded-random.js';

/** As 2026.9.6 sends them, without the fields that are of no concern here. */
const newRow = {
	key: 'agent:main:clawtalk:kk1',
	kind: 'direct',
	classification: 'direct',
	agentId: 'main',
	isMain: false,
	lastMessagePreview: 'tok0 tok1',
	updatedAt: 1_795_284_546_539,
	unread: true,
	hasActiveRun: false,
	activeRunIds: [],
};
/** As 2026.2.9. */
const oldRow = {
	key: 'agent:main:main',
	kind: 'direct',
	origin: {provider: 'webchat'},
	updatedAt: 1_795_284_551_680,
	lastChannel: 'webchat',
	derivedTitle: '[Sat 2026-11-21 18:09 UTC] question 0 [message_id: 1]',
	lastMessagePreview: 'OpenClaw 2026.2.9',
};

test('sessions of both generations', () => {
	const page = readSessions({count: 1, totalCount: 62, nextOffset: 1, hasMore: true, sessions: [newRow]});
	assert.deepEqual(page, {
		sessions: [
			{
				key: 'agent:main:clawtalk:kk1',
				agent: 'main',
				title: '“tok0 tok1”',
				lastMessage: 'tok0 tok1',
				updatedAt: 1_795_284_546_539,
				isUnread: true,
				isRunning: false,
				from: 'clawtalk',
			},
		],
		total: 62,
		nextOffset: 1,
	});
	const [old] = readSessions({count: 1, sessions: [oldRow]}).sessions;
	assert.deepEqual([old?.title, old?.from, old?.isUnread, old?.agent], ['question 0', 'main', false, 'main']);
});

const places: readonly (readonly [key: string, channel: string | undefined, from: string])[] = [
	['agent:main:main', 'webchat', 'main'],
	['agent:main:openai:8a1b', undefined, 'HTTP'],
	['agent:main:openai-user:conv:1', undefined, 'HTTP'],
	['agent:ops:cron:nightly', undefined, 'cron'],
	['agent:main:telegram:group:12', undefined, 'telegram'],
	['agent:main:dm-7', 'whatsapp', 'whatsapp'],
	['agent:main:whatever', undefined, 'gateway'],
	['agent:main:constructor:x', undefined, 'constructor'],
];
for (const [key, lastChannel, from] of places) {
	test(`${key} is from ${from}`, () => assert.equal(readSessions({sessions: [{key, lastChannel}]}).sessions[0]?.from, from));
}

test('titles are one safe line; keys that are none are left out', () => {
	const hostile = {...newRow, label: `a\u001b]0;x\u0007b\nc\u202e${'x'.repeat(500)}`};
	const [session] = readSessions({
		sessions: [{...newRow, key: 'has spaces'}, {...newRow, key: 7}, {...newRow, kind: 'global'}, hostile],
	}).sessions;
	assert.match(session?.name ?? '', /^[\x20-\x7e…]{1,80}$/);
	assert.equal(readSessions({sessions: [hostile, {key: ''}]}).sessions.length, 1);
});

const user = (content: unknown, run: string, more: object = {}) => ({
	role: 'user',
	content,
	timestamp: 1_000,
	idempotencyKey: `${run}:user`,
	__openclaw: {id: `m-${run}`},
	...more,
});
const assistant = (text: string, runId: string, more: object = {}) => ({
	role: 'assistant',
	content: [{type: 'text', text}],
	model: 'fake-1',
	stopReason: 'stop',
	timestamp: 2_000,
	__openclaw: {runId, id: `a-${runId}`},
	...more,
});
const tool = {
	role: 'toolResult',
	toolCallId: 'call_1',
	toolName: 'read',
	content: [{type: 'text', text: 'secret'}],
	isError: false,
	timestamp: 1_500,
};

test('a history becomes turns: tool runs are left out, what the agent says around them is one answer', () => {
	const calling = {
		role: 'assistant',
		content: [
			{type: 'text', text: 'I look.'},
			{type: 'toolCall', name: 'read'},
		],
		stopReason: 'toolUse',
		__openclaw: {runId: 'r1'},
	};
	const page = readHistory({
		messages: [user('read it', 'r1'), calling, tool, assistant('Done.', 'r1'), user('next', 'r2')],
		hasMore: false,
		totalMessages: 5,
	});
	assert.deepEqual(page, {
		turns: [
			{
				id: 'r1',
				question: 'read it',
				askedAt: 1_000,
				answer: {text: 'I look.\n\nDone.', endedAt: 2_000, ended: 'complete', finishReason: 'stop', model: 'fake-1'},
			},
			{id: 'r2', question: 'next', askedAt: 1_000},
		],
		older: 0,
		messages: 5,
	});
});

test('what was said before a stop is no whole answer, though it has the reason of one', () => {
	const stopped = {...assistant('half of', 'r1'), openclawAbort: {aborted: true, origin: 'rpc', runId: 'r1'}};
	assert.equal(readHistory({messages: [user('hi', 'r1'), stopped]}).turns[0]?.answer?.ended, 'cancelled');
});

test('over HTTP the run of an answer has another id than its question', () => {
	const {turns} = readHistory({messages: [user('hi', 'q1'), assistant('hello', 'chatcmpl_1')]});
	assert.deepEqual(
		turns.map(({id, answer}) => [id, answer?.text]),
		[['q1', 'hello']],
	);
});

test('what a fresh session was told stands before the question and is no part of it', () => {
	const text =
		'[Chat messages since your last reply - for context]\nUser: one\nAssistant: two\n\n[Current message - respond to this]\nUser: three';
	assert.equal(readHistory({messages: [user(text, 'r1')]}).turns[0]?.question, 'three');
});

test('2026.2.9 gives no ids: they are made of the moment, the same each time', () => {
	const messages = [
		{role: 'user', content: [{type: 'text', text: 'question 2'}], timestamp: 1_795_284_551_416},
		{role: 'assistant', content: [{type: 'text', text: 'tok0'}], stopReason: 'stop', timestamp: 1_795_284_551_418},
		{
			role: 'assistant',
			content: [{type: 'text', text: 'OpenClaw 2026.2.9'}],
			stopReason: 'stop',
			model: 'gateway-injected',
			timestamp: 1_795_284_551_874,
		},
	];
	const {turns} = readHistory({messages});
	assert.deepEqual(
		turns.map(({id, question, answer}) => [id, question, answer?.text, answer?.model]),
		[
			['at-1795284551416-q', 'question 2', 'tok0', undefined],
			['at-1795284551874-a', '', 'OpenClaw 2026.2.9', undefined],
		],
	);
});

test('an answer that a gateway takes up again after a restart is one answer, and what it told the agent is no question (2026.9.6)', () => {
	const reminder = user('[System] Your previous turn was interrupted by a gateway restart while …', 'restart', {idempotencyKey: 'restart'});
	const {turns} = readHistory({
		messages: [user('long', 'r1'), assistant('beginning', 'r1'), reminder, assistant('all of it', 'x9'), user('next', 'r2')],
	});
	assert.deepEqual(
		turns.map(({id, question, answer}) => [id, question, answer?.text]),
		[
			['r1', 'long', 'beginning\n\nall of it'],
			['r2', 'next', undefined],
		],
	);
});

test('an answer whose question is on the page before waits for that page', () => {
	const page = readHistory(
		{messages: [assistant('end of it', 'r0'), user('two', 'r2'), assistant('yes', 'r2')], hasMore: true, totalMessages: 8},
		1,
	);
	assert.deepEqual(
		page.turns.map(({question}) => question),
		['two'],
	);
	assert.deepEqual([page.messages, page.older], [2, 5]);
});

test('an answer under way is not there yet; one that failed or was stopped says so', () => {
	const running = {messages: [user('a', 'r1'), {...assistant('half', 'r1'), stopReason: undefined}], inFlightRun: {runId: 'r1'}};
	assert.equal(readHistory(running).turns[0]?.answer, undefined);
	const ends = (stopReason: string) =>
		readHistory({messages: [user('a', 'r1'), assistant('x', 'r1', {stopReason})]}).turns[0]?.answer?.ended;
	assert.deepEqual(['stop', 'error', 'aborted', 'length'].map(ends), ['complete', 'failed', 'cancelled', 'complete']);
});

test('news of a session: what is said and what has ended, not its deltas, and nothing of events without a session', () => {
	const sessionKey = 'agent:main:main';
	assert.deepEqual(readSessionNews('session.message', {sessionKey, message: user('x', 'r1')}), {key: sessionKey, runId: 'r1'});
	assert.deepEqual(readSessionNews('session.message', {sessionKey, message: assistant('x', 'r1')}), {key: sessionKey, runId: 'r1'});
	assert.deepEqual(readSessionNews('chat', {sessionKey, runId: 'r1', state: 'final'}), {key: sessionKey, runId: 'r1'});
	for (const payload of [{sessionKey, runId: 'r1', state: 'delta'}, {state: 'final'}, undefined, 7])
		assert.equal(readSessionNews('chat', payload), undefined);
	assert.equal(readSessionNews('tick', {sessionKey}), undefined);
});

test('agents, models and commands', () => {
	const thinkingLevels = [
		{id: 'off', label: 'off'},
		{id: 'high', label: 'high'},
	];
	assert.deepEqual(
		readAgents({defaultId: 'main', agents: [{id: 'main', model: {primary: 'fake/fake-1'}, thinkingLevels}, {id: 'ops'}, {id: 'a b'}, 5]}),
		[
			{id: 'main', model: 'fake/fake-1', isDefault: true, thinking: ['off', 'high']},
			{id: 'ops', isDefault: false, thinking: []},
		],
	);
	assert.deepEqual(readModels({models: [{id: 'fake-2', name: 'Fake Two', provider: 'fake', available: false}]}), [
		{id: 'fake/fake-2', name: 'Fake Two', isAvailable: false, thinking: []},
	]);
	const commands = [
		{
			name: 'btw',
			textAliases: ['/btw', '/side'],
			description: 'Ask\u001b[31m aside.',
			scope: 'both',
			acceptsArgs: true,
			args: [{name: 'question'}],
		},
		{name: 'help', textAliases: ['/help'], description: 'Show available commands.', scope: 'both', acceptsArgs: false},
		{name: 'only', textAliases: ['/only'], scope: 'native'},
		{name: 'evil name', textAliases: ['/evil name']},
	];
	assert.deepEqual(readCommands({commands}), [
		{name: 'btw', aliases: ['side'], description: 'Ask aside.', argument: 'QUESTION'},
		{name: 'help', aliases: [], description: 'Show available commands.'},
	]);
});

test('whatever comes, readers answer', () => {
	const random = seededRandom(5);
	const words = [
		'messages',
		'sessions',
		'key',
		'role',
		'user',
		'assistant',
		'content',
		'commands',
		'models',
		'agents',
		'sessionKey',
		'__openclaw',
		'timestamp',
	];
	const any = (depth: number): unknown => {
		const kind = random(depth > 4 ? 5 : 7);
		if (kind === 5) return Array.from({length: 3}, () => any(depth + 1));
		if (kind === 6) return Object.fromEntries(Array.from({length: 5}, () => [words[random(words.length)], any(depth + 1)]));
		return [null, -1.5, words[random(words.length)], true, '\u0000\ud800'][kind];
	};
	for (let round = 0; round < 2_000; round++) {
		const payload = any(0);
		for (const read of [readSessions, readHistory, readAgents, readModels, readCommands]) read(payload);
		readSessionNews('session.message', payload);
		readHistory({messages: payload});
		readHistory({messages: [payload, payload], hasMore: true});
	}
});
