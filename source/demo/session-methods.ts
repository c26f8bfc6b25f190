import {agentOf, describeSession, sessionDefaults} from './describe-session.js';
import {type Method, MethodError, type Parameters} from './method.js';
import {fullKey, type Session} from './sessions.js';
import {isOld, type World} from './world.js';

const path = '/home/demo/.openclaw/agents/main/agent/openclaw-agent.sqlite';

export const sessionMethods: Readonly<Record<string, Method>> = {
	'sessions.list': {scope: 'operator.read', run: listSessions},
	'sessions.preview': {
		scope: 'operator.read',
		required: {keys: 'array'},
		run(world, {keys, limit = 12, maxChars = 240}) {
			const previews = (keys as unknown[]).map(key => preview(world, String(key), Number(limit), Number(maxChars)));
			return {ts: world.state.now(), previews};
		},
	},
	'sessions.describe': {
		scope: 'operator.read',
		isNew: true,
		required: {key: 'string'},
		run(world, {key}) {
			const session = world.sessions.find(String(key));
			return {session: session ? describeSession(world, session) : null};
		},
	},
	'sessions.messages.subscribe': {
		scope: 'operator.read',
		isNew: true,
		required: {key: 'string'},
		run(_world, {key}, client) {
			client.subscriptions.add(fullKey(String(key)));
			return {subscribed: true, key: fullKey(String(key))};
		},
	},
	'sessions.messages.unsubscribe': {
		scope: 'operator.read',
		isNew: true,
		required: {key: 'string'},
		run(_world, {key}, client) {
			client.subscriptions.delete(fullKey(String(key)));
			return {subscribed: false, key: fullKey(String(key))};
		},
	},
	'sessions.subscribe': {
		scope: 'operator.read',
		isNew: true,
		run(_world, _parameters, client) {
			client.hearsSessions = true;
			return {subscribed: true};
		},
	},
};

function listSessions(world: World, parameters: Parameters): unknown {
	const {limit, offset = 0, search, agentId} = parameters;
	if (limit !== undefined && !Number.isInteger(limit)) throw new MethodError('invalid sessions.list params: at /limit: must be integer');
	const matching = world.sessions
		.list()
		.filter(({key}) => (typeof search === 'string' ? key.includes(search.toLowerCase()) : true))
		.filter(({key}) => (typeof agentId === 'string' ? agentOf(key) === agentId : true));
	const begin = Number(offset);
	const end = limit === undefined ? matching.length : begin + Number(limit);
	const sessions = matching.slice(begin, end).map(session => ({...describeSession(world, session), ...titles(world, session, parameters)}));
	const listed = {ts: world.state.now(), path, count: sessions.length, defaults: sessionDefaults, sessions};
	if (isOld(world)) return listed;
	const hasMore = end < matching.length;
	const paging = {limitApplied: limit ?? 100, nextOffset: hasMore ? end : null, hasMore, owners: []};
	return {...listed, totalCount: matching.length, ...paging};
}

/** What a list shows beside the facts, on request: the last words, and on 2026.2.9 a title from the first question with its time. */
function titles(world: World, {messages}: Session, {includeDerivedTitles, includeLastMessage}: Parameters): object {
	const first = messages.find(({role}) => role === 'user');
	const last = messages.findLast(({text}) => text !== '')?.text.trim();
	const stamp = new Date(first?.at ?? 0).toISOString().slice(0, 16).replace('T', ' ');
	const title = first && isOld(world) && includeDerivedTitles === true ? {derivedTitle: clip(`[${stamp} UTC] ${first.text}`, 60)} : {};
	return {...title, ...(includeLastMessage === true && last !== undefined ? {lastMessagePreview: clip(last, 120)} : {})};
}

function preview(world: World, key: string, limit: number, maxChars: number): object {
	const session = world.sessions.find(key);
	if (!session) return {key, status: 'missing', items: []};
	const spoken = session.messages.filter(({text}) => text !== '');
	const items = spoken.slice(-limit).map(({role, text}) => ({role, text: clip(text.trim(), maxChars)}));
	return {key, status: items.length === 0 ? 'empty' : 'ok', items};
}

function clip(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}
