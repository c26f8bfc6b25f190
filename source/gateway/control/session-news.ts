import {fieldsOf, isName, nameIn} from './fields.js';

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

function isEnd(state: unknown): boolean {
	return state === 'final' || state === 'aborted' || state === 'error';
}

function runIn(id: unknown): {readonly runId?: string} {
	return isName(id) ? {runId: id} : {};
}
