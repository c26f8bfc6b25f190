import {fieldsOf, isName, nameIn} from './fields.js';
import {messageText} from './run-message.js';

/** Something was said in a session, or a run of it has ended: its history is worth another look. */
export interface SessionNews {
	readonly key: string;
	/** Which run it is of, where that is told. */
	readonly runId?: string;
}

/** What an event tells of a session; undefined for all others, and for the deltas of an answer. */
export function readSessionNews(event: string, payload: unknown): SessionNews | undefined {
	const fields = fieldsOf(payload);
	const key = nameIn(fields, 'sessionKey');
	if (key === undefined) return undefined;
	if (event === 'chat') return isEnd(fields['state']) ? {key, ...runIn(fields['runId'])} : undefined;
	if (event !== 'session.message') return undefined;
	const message = fieldsOf(fields['message']);
	const own = fieldsOf(message['__openclaw']);
	const asked = message['idempotencyKey'] ?? own['idempotencyKey'];
	return {key, ...runIn(own['runId'] ?? (isName(asked) ? asked.replace(/:user$/, '') : undefined))};
}

/** What an event tells of a run, whoever asked for it. */
export interface RunNews {
	readonly key: string;
	readonly runId: string;
	/** It is told by `chat`, not by what it does meanwhile. */
	readonly isChat: boolean;
	readonly isOver: boolean;
	/** Its whole text so far. */
	readonly text?: string;
}

export function readRunNews(event: string, payload: unknown): RunNews | undefined {
	if (event !== 'chat' && event !== 'agent') return undefined;
	const fields = fieldsOf(payload);
	const [key, runId] = [nameIn(fields, 'sessionKey'), nameIn(fields, 'runId')];
	if (key === undefined || runId === undefined) return undefined;
	const isChat = event === 'chat';
	const text = isChat ? messageText(fields['message']) : undefined;
	return {key, runId, isChat, isOver: isChat && isEnd(fields['state']), ...(text !== undefined && {text})};
}

function isEnd(state: unknown): boolean {
	return state === 'final' || state === 'aborted' || state === 'error';
}

function runIn(id: unknown): {readonly runId?: string} {
	return isName(id) ? {runId: id} : {};
}
