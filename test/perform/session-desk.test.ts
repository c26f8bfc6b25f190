import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {Event} from '../../source/chat/event.js';
import {createConversationWork} from '../../source/commands/chat/conversation-work.js';
import type {ControlNews, JsonObject} from '../../source/gateway/control-plane.js';
import type {Clock} from '../../source/perform/clock.js';
import {createSessionDesk} from '../../source/perform/session-desk.js';
import {atEnd} from '../helpers/at-end.js';
import {opened} from './scripted-control.js';

type Methods = Readonly<Record<string, (params: JsonObject) => JsonObject | undefined>>;

/** Time that does not pass: what is put off is done at once, in a later turn. */
const clock: Clock = {
	now: () => 1_000,
	after: (_ms, callback) => {
		const immediate = setImmediate(callback);
		return () => clearImmediate(immediate);
	},
	every: () => () => undefined,
};

function desk(test: TestContext, methods: Methods, protocol = 4) {
	const listeners = new Set<(news: ControlNews) => void>();
	const calls: (readonly [string, JsonObject])[] = [];
	const events: Event[] = [];
	const waiting = new Set<() => void>();
	const home = mkdtempSync(join(tmpdir(), 'sessions-'));
	atEnd(test, () => rmSync(home, {recursive: true, force: true}));
	const control = {
		state: opened({protocol, defaultAgent: 'main'}),
		call: async (method: string, params: JsonObject) => {
			calls.push([method, params]);
			for (const look of [...waiting]) look();
			const payload = methods[method]?.(params);
			const error = {code: 'INVALID_REQUEST', message: `unknown method: ${method}`};
			return payload === undefined ? ({ok: false, error} as const) : ({ok: true, payload} as const);
		},
		hear: (listener: (news: ControlNews) => void) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		connect: () => Promise.reject(new Error('nobody dials here')),
		disconnect: () => undefined,
	};
	let current = control;
	const made = createSessionDesk({
		clock,
		newId: () => 'new-id',
		control: () => current,
		load: async () => createConversationWork(home, () => ({columns: 80, rows: 24}), clock.now),
	});
	atEnd(test, () => made.close());
	const until = (wanted: () => boolean) =>
		new Promise<void>(resolve => {
			const look = () => {
				if (!wanted()) return;
				waiting.delete(look);
				resolve();
			};
			waiting.add(look);
			look();
		});
	return {
		desk: made,
		calls,
		home,
		events,
		dispatch: (event: Event) => {
			events.push(event);
			for (const look of [...waiting]) look();
		},
		told: async (type: Event['type'], count = 1) => {
			await until(() => events.filter(event => event.type === type).length >= count);
			return events.findLast(event => event.type === type);
		},
		called: (method: string, count = 1) => until(() => calls.filter(([name]) => name === method).length >= count),
		tell(name: string, payload: JsonObject) {
			for (const listener of listeners) listener({kind: 'event', name, payload});
		},
		news(news: ControlNews) {
			for (const listener of listeners) listener(news);
		},
		/** Another gateway is talked to from now on. */
		goOver() {
			current = {...control};
		},
		get listening() {
			return listeners.size;
		},
	};
}

const messages = [
	{role: 'user', content: 'hello', timestamp: 1_000, idempotencyKey: 'r1:user', __openclaw: {id: 'm1'}},
	{role: 'assistant', content: [{type: 'text', text: 'hi'}], stopReason: 'stop', timestamp: 2_000, __openclaw: {runId: 'r1', id: 'm2'}},
];
const key = 'agent:main:main';

test('sessions come in pages, up to a limit; a page that does not go forward is the last', async test => {
	const page = ({offset = 0}: JsonObject) => ({
		sessions: [{key: `agent:main:s${offset}`, updatedAt: 5}],
		totalCount: 62,
		hasMore: true,
		nextOffset: offset === 0 ? 1 : 1,
	});
	const {desk: made, calls, told, dispatch} = desk(test, {'sessions.list': page});
	made.perform({type: 'list-sessions', orderId: 7}, dispatch);
	const event = await told('sessions-listed');
	assert.ok(event?.type === 'sessions-listed');
	assert.deepEqual([event.orderId, event.items.map(({sessionKey}) => sessionKey), event.more], [7, ['agent:main:s0', 'agent:main:s1'], 60]);
	assert.deepEqual(
		calls.map(([, params]) => params['offset']),
		[undefined, 1],
	);
});

test('opening begins a conversation on disk with what the gateway keeps, and sends nothing', async test => {
	const {
		desk: made,
		calls,
		told,
		dispatch,
		home,
	} = desk(test, {
		'chat.history': () => ({messages, hasMore: true, totalMessages: 42}),
		'sessions.describe': () => ({session: {key, label: 'Plans'}}),
	});
	made.perform({type: 'open-session', orderId: 3, sessionKey: key, origin: 'http://127.0.0.1:1'}, dispatch);
	const event = await told('conversation-opened');
	assert.ok(event?.type === 'conversation-opened');
	const {stored} = event.opened;
	assert.deepEqual([event.orderId, stored.id, stored.sessionKey, stored.name, stored.asked], [3, 'new-id', key, 'Plans', 1]);
	assert.deepEqual(
		stored.entries.map(({kind}) => kind),
		['renamed', 'session', 'turn'],
	);
	const records = readFileSync(join(home, 'conversations', 'new-id.jsonl'), 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.deepEqual(
		records.map(({kind, older}) => older ?? kind),
		['conversation', 'renamed', 40, 'question', 'answer'],
	);
	assert.ok(calls.every(([method]) => method !== 'chat.send'));
});

test('a session that a conversation goes on in already is opened as that one, however its key is written', async test => {
	const made = desk(test, {'chat.history': () => ({messages}), 'sessions.describe': () => ({})});
	const order = {type: 'open-session', sessionKey: key, origin: 'http://127.0.0.1:1'} as const;
	made.desk.perform({...order, orderId: 3}, made.dispatch);
	await made.told('conversation-opened');
	made.desk.perform({...order, sessionKey: key.toUpperCase(), orderId: 4}, made.dispatch);
	const again = await made.told('conversation-opened', 2);
	assert.deepEqual(again?.type === 'conversation-opened' && [again.orderId, again.opened.stored.id], [4, 'new-id']);
	made.desk.perform({...order, origin: 'http://127.0.0.1:2', orderId: 5}, made.dispatch);
	const elsewhere = await made.told('conversation-told');
	assert.match(elsewhere?.type === 'conversation-told' ? elsewhere.text : '', /EEXIST/, 'that of another gateway is another one');
});

test('a session that cannot be read is told in a line, and nothing is begun', async test => {
	const {desk: made, told, dispatch} = desk(test, {});
	made.perform({type: 'open-session', orderId: 3, sessionKey: key, origin: 'http://127.0.0.1:1'}, dispatch);
	const event = await told('conversation-told');
	assert.ok(event?.type === 'conversation-told');
	assert.match(event.text, /unknown method: chat\.history/);
});

const follow = {type: 'follow-session', conversationId: 'c1', sessionKey: 'main', own: 'c1-', catchUp: true} as const;

test('followed: what was said meanwhile, then what others say; nothing of other sessions, nor our own runs', async test => {
	const made = desk(test, {
		'chat.history': () => ({messages}),
		'sessions.messages.subscribe': () => ({}),
		'sessions.messages.unsubscribe': () => ({}),
	});
	made.desk.perform(follow, made.dispatch);
	await made.told('session-heard');
	assert.deepEqual(
		made.calls.map(([method, params]) => [method, params['key'] ?? params['sessionKey']]),
		[
			['sessions.messages.subscribe', key],
			['chat.history', key],
		],
	);
	const quiet = {sessionKey: 'agent:main:other', message: messages[0] ?? {}};
	made.tell('session.message', quiet);
	made.tell('chat', {sessionKey: key, runId: 'c1-2', state: 'final'});
	made.tell('chat', {sessionKey: key, runId: 'theirs', state: 'delta'});
	// Of a burst, one look.
	made.tell('session.message', {sessionKey: key, message: messages[0] ?? {}});
	made.tell('chat', {sessionKey: key, runId: 'theirs', state: 'final'});
	await made.told('session-heard', 2);
	assert.equal(made.calls.filter(([method]) => method === 'chat.history').length, 2);
	// Another clawtalk has the same conversation open: its questions have a mark of their own.
	made.tell('chat', {sessionKey: key, runId: 'c1-f00-1', state: 'final'});
	await made.told('session-heard', 3);
	made.news({kind: 'gap'});
	await made.told('session-heard', 4);
	made.desk.perform({type: 'leave-session'}, made.dispatch);
	assert.equal(made.listening, 0);
	await made.called('sessions.messages.unsubscribe');
});

/** A session whose history is read page by page; turns with many tool runs have many messages. */
function longHistory() {
	const all: JsonObject[] = [];
	return {
		add(run: string, tools: number) {
			const said = {role: 'assistant', timestamp: 2_000, __openclaw: {runId: run, id: `${run}-m`}};
			all.push({role: 'user', content: `ask ${run}`, timestamp: 1_000, idempotencyKey: `${run}:user`, __openclaw: {id: `${run}-q`}});
			for (let tool = 0; tool < tools; tool++) all.push({...said, content: [], stopReason: 'toolUse'});
			all.push({...said, content: [{type: 'text', text: `done ${run}`}], stopReason: 'stop'});
		},
		read: ({limit}: JsonObject) => ({messages: all.slice(-Number(limit)), hasMore: all.length > Number(limit), totalMessages: all.length}),
	};
}

test('a turn that is longer than a page is told from its question on, and what was said since the last look is not passed over', async test => {
	const history = longHistory();
	const made = desk(test, {'chat.history': history.read, 'sessions.messages.subscribe': () => ({})});
	const turnsTold = async (count: number) => {
		const event = await made.told('session-heard', count);
		return event?.type === 'session-heard' ? event.turns.map(({question, answer}) => [question, answer?.text]) : [];
	};
	history.add('c1-1', 100);
	made.desk.perform(follow, made.dispatch);
	assert.deepEqual(await turnsTold(1), [['ask c1-1', 'done c1-1']]);
	history.add('theirs', 80);
	history.add('last', 0);
	made.news({kind: 'gap'});
	assert.deepEqual(
		(await turnsTold(2)).map(([question]) => question),
		['ask c1-1', 'ask theirs', 'ask last'],
	);
	assert.deepEqual(
		made.calls.filter(([method]) => method === 'chat.history').map(([, {limit}]) => limit),
		[60, 200, 60, 200],
	);
});

test('after a reconnect it is subscribed and looked at again', async test => {
	const made = desk(test, {'chat.history': () => ({messages}), 'sessions.messages.subscribe': () => ({})});
	made.desk.perform({...follow, catchUp: false}, made.dispatch);
	await made.called('sessions.messages.subscribe');
	made.news({kind: 'opened', hello: opened().hello});
	await made.told('session-heard');
	assert.deepEqual(
		made.calls.map(([method]) => method),
		['sessions.messages.subscribe', 'sessions.messages.subscribe', 'chat.history'],
	);
});

test('a gateway that refuses to tell of a session is asked again; that it does is said at the second time, once, and that it is over', async test => {
	let refusals = 5;
	const subscribe = () => (refusals-- > 0 ? undefined : {});
	const made = desk(test, {'chat.history': () => ({messages}), 'sessions.messages.subscribe': subscribe});
	made.desk.perform(follow, made.dispatch);
	await made.told('session-heard');
	assert.ok(refusals <= 4, 'what is there already is shown all the same');
	await made.told('session-told', 2);
	await made.told('session-heard', 2);
	assert.equal(made.calls.filter(([method]) => method === 'sessions.messages.subscribe').length, 6);
	assert.deepEqual(
		made.events.flatMap(event => (event.type === 'session-told' ? [event.text] : [])),
		[
			'What others say in this session may be missing here: the gateway does not tell of it (unknown method: sessions.messages.subscribe). It is asked again from time to time.',
			'The gateway tells again what others say in this session.',
		],
	);
});

test('one refusal, as of a gateway that starts, is not worth a word', async test => {
	let refusals = 1;
	const subscribe = () => (refusals-- > 0 ? undefined : {});
	const made = desk(test, {'chat.history': () => ({messages}), 'sessions.messages.subscribe': subscribe});
	made.desk.perform({...follow, catchUp: false}, made.dispatch);
	await made.told('session-heard');
	assert.ok(!made.events.some(({type}) => type === 'session-told'));
});

test('a session that is left before its work is loaded is not followed', async test => {
	const made = desk(test, {'chat.history': () => ({messages}), 'commands.list': () => ({commands: []})});
	made.desk.perform(follow, made.dispatch);
	made.desk.perform({type: 'leave-session'}, made.dispatch);
	made.desk.perform({type: 'list-gateway-commands'}, made.dispatch);
	await made.told('gateway-commands-listed');
	assert.equal(made.listening, 0);
	assert.deepEqual(
		made.calls.map(([method]) => method),
		['commands.list'],
	);
});

test('what a gateway listed that is not talked to any more is not told of the one that is', async test => {
	const made = desk(test, {
		'commands.list': () => {
			made.goOver();
			return {commands: []};
		},
		'agents.list': () => ({agents: []}),
	});
	made.desk.perform({type: 'list-gateway-commands'}, made.dispatch);
	await made.called('commands.list');
	assert.ok(made.desk.listAgents(made.dispatch));
	await made.told('agents-listed');
	assert.deepEqual(
		made.events.map(({type}) => type),
		['agents-listed'],
	);
});

test('a gateway that does not list its agents is not waited for', async test => {
	const made = desk(test, {});
	assert.ok(made.desk.listAgents(made.dispatch));
	const event = await made.told('agents-listed');
	assert.deepEqual(event?.type === 'agents-listed' && event.agents, []);
});

test('2026.2.9 knows no subscription, no offset and no list of commands', async test => {
	const made = desk(test, {'chat.history': () => ({messages})}, 3);
	made.desk.perform(follow, made.dispatch);
	await made.told('session-heard');
	made.desk.perform({type: 'list-gateway-commands'}, made.dispatch);
	await made.told('gateway-commands-listed');
	assert.deepEqual(
		made.calls.map(([method, {limit, offset}]) => [method, limit, offset]),
		[['chat.history', 60, undefined]],
	);
});

test('/earlier reads the page before what is here', async test => {
	const made = desk(test, {'chat.history': () => ({messages, hasMore: true, totalMessages: 50})});
	made.desk.perform({type: 'read-earlier', orderId: 9, sessionKey: key, older: 30}, made.dispatch);
	const event = await made.told('earlier-read');
	assert.ok(event?.type === 'earlier-read');
	assert.deepEqual([event.turns.length, event.older], [1, 28]);
	assert.deepEqual(made.calls.at(-1)?.[1], {sessionKey: key, limit: 60, offset: 20});
});

test('/earlier: a message that arrives while the page is asked for doubles none', async test => {
	const all = Array.from({length: 100}, (_, index) => ({
		role: 'user',
		content: `ask ${index}`,
		timestamp: index,
		__openclaw: {id: `m${index}`},
	}));
	const arriving = [100, 101];
	const read = ({limit, offset = 0}: JsonObject) => {
		const end = all.length - Number(offset);
		const page = {messages: all.slice(Math.max(0, end - Number(limit)), end), hasMore: end > Number(limit), totalMessages: all.length};
		const next = arriving.shift();
		if (next !== undefined) all.push({role: 'user', content: `ask ${next}`, timestamp: next, __openclaw: {id: `m${next}`}});
		return page;
	};
	const made = desk(test, {'chat.history': read});
	made.desk.perform({type: 'read-earlier', orderId: 9, sessionKey: key, older: 80}, made.dispatch);
	const event = await made.told('earlier-read');
	assert.ok(event?.type === 'earlier-read');
	const asked = event.turns.map(({question}) => question);
	assert.deepEqual([asked[0], asked.at(-1), event.older], ['ask 20', 'ask 79', 20]);
});

test('/earlier of a session that never stops growing comes to an end', async test => {
	let totalMessages = 100;
	const made = desk(test, {'chat.history': () => ({messages, hasMore: true, totalMessages: totalMessages++})});
	made.desk.perform({type: 'read-earlier', orderId: 9, sessionKey: key, older: 80}, made.dispatch);
	await made.told('earlier-read');
	assert.equal(made.calls.length, 6);
});

test('followed: how much is older than what is told comes with it', async test => {
	const made = desk(test, {
		'chat.history': () => ({messages, hasMore: true, totalMessages: 50}),
		'sessions.messages.subscribe': () => ({}),
	});
	made.desk.perform(follow, made.dispatch);
	const event = await made.told('session-heard');
	assert.equal(event?.type === 'session-heard' && event.older, 48);
});

test('agents, models and thinking levels come from the gateway', async test => {
	const levels = (...ids: readonly string[]) => ids.map(id => ({id}));
	const made = desk(test, {
		'agents.list': () => ({
			defaultId: 'main',
			agents: [
				{id: 'main', thinkingLevels: levels('off')},
				{id: 'ops', thinkingLevels: levels('low')},
			],
		}),
		'models.list': () => ({models: [{id: 'f1', provider: 'fake', name: 'Fake One', thinkingLevels: levels('off', 'high')}]}),
	});
	assert.ok(made.desk.listAgents(made.dispatch));
	const agents = await made.told('agents-listed');
	assert.deepEqual(agents?.type === 'agents-listed' && agents.agents, ['main', 'ops']);
	const asked: readonly (readonly [object, readonly string[]])[] = [
		[{source: 'models'}, ['fake/f1', 'default']],
		[{source: 'thinking'}, ['off', 'default']],
		[{source: 'thinking', agent: 'ops'}, ['low', 'default']],
		[{source: 'thinking', model: 'fake/f1'}, ['off', 'high', 'default']],
	];
	for (const [index, [order, texts]] of asked.entries()) {
		assert.ok(made.desk.complete({type: 'find-completions', orderId: index, query: '', source: 'models', ...order}, made.dispatch));
		const event = await made.told('completions-found', index + 1);
		assert.deepEqual(event?.type === 'completions-found' && event.items.map(({text}) => text), texts);
	}
	assert.ok(!made.desk.complete({type: 'find-completions', orderId: 1, query: '', source: 'profiles'}, made.dispatch));
});

test('a list to choose from that the gateway does not give is an empty one, with the reason', async test => {
	const made = desk(test, {});
	assert.ok(made.desk.complete({type: 'find-completions', orderId: 4, query: '', source: 'models'}, made.dispatch));
	const event = await made.told('completions-found');
	assert.ok(event?.type === 'completions-found');
	assert.deepEqual([event.orderId, event.items, event.problem], [4, [], 'unknown method: models.list']);
});

test('a subscription that is answered when the session was left brings no look', async test => {
	const made = desk(test, {'chat.history': () => ({messages}), 'sessions.messages.subscribe': () => ({})});
	made.desk.perform({...follow, catchUp: false}, made.dispatch);
	await made.called('sessions.messages.subscribe');
	made.news({kind: 'opened', hello: opened().hello});
	made.desk.perform({type: 'leave-session'}, made.dispatch);
	for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
	assert.deepEqual(
		made.calls.map(([method]) => method),
		['sessions.messages.subscribe', 'sessions.messages.subscribe', 'sessions.messages.unsubscribe'],
	);
});
