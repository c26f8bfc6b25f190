import {mkdir, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {conversationFile} from '../../source/transcripts/location.js';
import type {ConversationRecord} from '../../source/transcripts/record.js';

export const sampleId = '3f2a9c04-0000-4000-8000-000000000001';

/** A conversation with everything that can stand in one: whole, partial, missing answers; names, sessions, notices, attachments. */
export const sampleRecords: readonly ConversationRecord[] = [
	{
		schema: 'clawtalk.conversation/1',
		kind: 'conversation',
		id: sampleId,
		at: '2026-03-01T10:00:00.000Z',
		sessionKey: `clawtalk:${sampleId}`,
		origin: 'http://127.0.0.1:18789',
		profile: 'home',
	},
	{kind: 'question', id: 'q1', at: '2026-03-01T10:00:01.000Z', text: 'How do I list files?\nIn a shell.', agent: 'main'},
	{kind: 'answer-part', questionId: 'q1', at: '2026-03-01T10:00:02.000Z', from: 0, text: 'Use `l'},
	{
		kind: 'answer',
		questionId: 'q1',
		at: '2026-03-01T10:00:03.000Z',
		text: 'Use `ls`:\n\n```sh\nls -la | grep "<x>"\n```\n\n| a | b |\n| - | -: |\n| 1 | 2 |',
		ended: 'complete',
		finishReason: 'stop',
		model: 'openclaw/main',
		usage: {promptTokens: 10, completionTokens: 20, totalTokens: 30},
		firstTokenMs: 300,
		totalMs: 2100,
	},
	{kind: 'renamed', at: '2026-03-01T10:01:00.000Z', name: 'Listing files'},
	{kind: 'notice', at: '2026-03-01T10:01:30.000Z', text: 'The gateway was away for a minute.'},
	{
		kind: 'question',
		id: 'q2',
		at: '2026-03-01T10:02:00.000Z',
		text: 'And hidden ones?',
		attachments: [{name: 'notes.txt', bytes: 12}],
	},
	{kind: 'answer', questionId: 'q2', at: '2026-03-01T10:02:04.000Z', text: 'With `-a', ended: 'cut'},
	{kind: 'session', at: '2026-03-01T10:03:00.000Z', sessionKey: 'clawtalk:other', why: 'retry'},
	{kind: 'question', id: 'q3', at: '2026-03-01T10:03:01.000Z', text: 'And now?', replaces: 'q2'},
	{kind: 'answer-part', questionId: 'q3', at: '2026-03-01T10:03:05.000Z', from: 0, text: 'Half'},
	{kind: 'question', id: 'q4', at: '2026-03-01T10:04:00.000Z', text: 'Anybody?'},
];

/** A record of a later clawtalk. */
export const laterRecord = {kind: 'mood', at: '2026-03-01T10:05:00.000Z', value: 'good'};

/** Writes a conversation into clawtalk's own folder as clawtalk would. */
export async function writeConversation(
	home: string,
	{id = sampleId, records = sampleRecords, more = ''}: {id?: string; records?: readonly object[]; more?: string} = {},
): Promise<string> {
	const path = conversationFile(home, id);
	await mkdir(dirname(path), {recursive: true, mode: 0o700});
	await writeFile(path, records.map(record => `${JSON.stringify(record)}\n`).join('') + more, {mode: 0o600});
	return path;
}

/** A conversation of one question and one answer. */
export function exchange(question: string, answer: string): readonly ConversationRecord[] {
	const [beginning] = sampleRecords;
	const at = '2026-03-01T10:00:01.000Z';
	return [
		...(beginning === undefined ? [] : [beginning]),
		{kind: 'question', id: 'q1', at, text: question},
		{kind: 'answer', questionId: 'q1', at, text: answer, ended: 'complete', finishReason: 'stop'},
	];
}
