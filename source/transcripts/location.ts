import {join} from 'node:path';

/**
 * Where conversations are kept, below clawtalk's own folder (`~/.clawtalk`): `conversations/<id>.jsonl`, drafts beside them,
 * and `history.jsonl`. Nothing is created by asking.
 */
export function conversationsDirectory(home: string): string {
	return join(home, 'conversations');
}

/** @throws {RangeError} For an id that is no plain file name: it would lead out of the folder. */
export function conversationFile(home: string, id: string): string {
	return join(conversationsDirectory(home), `${checkedId(id)}.jsonl`);
}

/** Conversations that were thrown away, until the user deletes them for good. */
export function trashDirectory(home: string): string {
	return join(conversationsDirectory(home), 'trash');
}

/** The draft that one process keeps of one conversation. @throws {RangeError} As `conversationFile`. */
export function draftFile(home: string, id: string, pid = process.pid): string {
	return join(conversationsDirectory(home), `${checkedId(id)}.${pid}.draft.json`);
}

export function historyFile(home: string): string {
	return join(home, 'history.jsonl');
}

function checkedId(id: string): string {
	if (!/^[\w-]{1,128}$/.test(id)) throw new RangeError(`not a conversation id: ${JSON.stringify(id)}`);
	return id;
}
