import type {GatewaySession, SessionPage} from '../session.js';
import {countIn, type Fields, fieldsOf, lineIn, momentIn, nameIn, objectsIn, textIn} from './fields.js';
import {withoutMoment} from './session-history.js';

const titleLength = 80;
const previewLength = 200;

/** The answer to `sessions.list` (2026.9.6; 2026.2.9 gives one page, no `unread` and no counts). */
export function readSessions(payload: unknown): SessionPage {
	const fields = fieldsOf(payload);
	const sessions = objectsIn(fields['sessions']).flatMap(one => readSession(one) ?? []);
	const nextOffset = fields['hasMore'] === true ? countIn(fields, 'nextOffset') : undefined;
	return {
		sessions,
		total: Math.max(countIn(fields, 'totalCount') ?? 0, sessions.length),
		...(nextOffset !== undefined && nextOffset > 0 && {nextOffset}),
	};
}

/** A row of the list; undefined for what is no conversation. */
function readSession(row: Fields): GatewaySession | undefined {
	const key = nameIn(row, 'key');
	if (key === undefined || row['kind'] === 'global' || row['kind'] === 'unknown') return undefined;
	const name = lineIn(row, 'label', titleLength) ?? lineIn(row, 'displayName', titleLength);
	const last = lineIn(row, 'lastMessagePreview', previewLength);
	const lastMessage = last === undefined ? undefined : withoutMoment(last);
	const made = lineIn(row, 'autoLabel', titleLength) ?? derivedTitle(row);
	return {
		key,
		agent: nameIn(row, 'agentId') ?? agentIn(key) ?? 'main',
		...(name !== undefined && {name}),
		title: name ?? made ?? (lastMessage === undefined ? tailOf(key) : `“${lastMessage.slice(0, titleLength)}”`),
		...(lastMessage !== undefined && {lastMessage}),
		updatedAt: momentIn(row, 'updatedAt') ?? 0,
		isUnread: row['unread'] === true,
		isRunning: row['hasActiveRun'] === true,
		from: whereFrom(key, textIn(row, 'lastChannel') ?? textIn(row, 'channel')),
	};
}

/** 2026.2.9 puts the moment before the words, and for a session without words a part of its id. */
function derivedTitle(row: Fields): string | undefined {
	const title = lineIn(row, 'derivedTitle', titleLength);
	if (title === undefined || /^[0-9a-f]{8} \(\d{4}-\d\d-\d\d\)$/.test(title)) return undefined;
	return withoutMoment(title).replace(/ ?\[message_id:.*$/, '');
}

/** `agent:main:…` → `main`. */
function agentIn(key: string): string | undefined {
	return /^agent:([^:]+):/.exec(key)?.[1];
}

/** The key without the agent, as questions may name it. */
export function tailOf(key: string): string {
	return key.replace(/^agent:[^:]+:/, '');
}

/** First words of keys that say where a session is from. */
const origins: Readonly<Record<string, string>> = {
	clawtalk: 'clawtalk',
	openai: 'HTTP',
	'openai-user': 'HTTP',
	openresponses: 'HTTP',
	'openresponses-user': 'HTTP',
	cron: 'cron',
	hook: 'hook',
	subagent: 'subagent',
	acp: 'ACP',
	main: 'main',
};

function whereFrom(key: string, channel: string | undefined): string {
	const [first = '', ...more] = tailOf(key).split(':');
	const known = Object.hasOwn(origins, first) ? origins[first] : undefined;
	if (known !== undefined) return known;
	if (channel !== undefined && /^[a-z][\w-]{1,20}$/.test(channel) && channel !== 'webchat') return channel;
	return more.length > 0 && /^[a-z][\w-]{1,20}$/.test(first) ? first : 'gateway';
}
