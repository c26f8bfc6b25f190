import {mkdir, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {conversationFile} from '../../source/transcripts/location.js';
import type {ConversationRecord} from '../../source/transcripts/record.js';

const start = Date.parse('2026-01-01T00:00:00.000Z');

export function at(second: number): string {
	return new Date(start + second * 1000).toISOString();
}

export function header(id: string): ConversationRecord {
	return {
		schema: 'clawtalk.conversation/1',
		kind: 'conversation',
		id,
		at: at(0),
		sessionKey: `clawtalk:${id}`,
		origin: 'http://127.0.0.1:1',
	};
}

/** Question `number` and its answer. */
export function turn(
	id: string,
	number: number,
	question = `question ${number}`,
	answer = `answer ${number}`,
): readonly ConversationRecord[] {
	const questionId = `${id}-${number}`;
	return [
		{kind: 'question', id: questionId, at: at(number * 2), text: question, agent: 'main', model: 'm1'},
		{kind: 'answer', questionId, at: at(number * 2 + 1), text: answer, ended: 'complete', finishReason: 'stop', totalMs: 1000},
	];
}

export function linesOf(records: readonly unknown[]): string {
	return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

/** Writes a conversation's file as it is given. */
export async function store(home: string, id: string, content: string | Uint8Array): Promise<string> {
	const path = conversationFile(home, id);
	await mkdir(dirname(path), {recursive: true, mode: 0o700});
	await writeFile(path, content, {mode: 0o600});
	return path;
}

/** A conversation of so many turns, answers of about this many characters, with the parts that were saved meanwhile. */
export function longConversation(id: string, turns: number, answerLength = 2_000): string {
	const sentence = 'The quick brown fox jumps over the lazy dog and looks back once more. ';
	const answer = sentence.repeat(Math.ceil(answerLength / sentence.length));
	const half = answer.slice(0, answer.length / 2);
	const blocks: string[] = [linesOf([header(id)])];
	for (let number = 1; number <= turns; number++) {
		const [question, end] = turn(id, number, `Question ${number}: ${sentence}`, `${answer}(${number})`);
		const part: ConversationRecord = {kind: 'answer-part', questionId: `${id}-${number}`, at: at(number * 2), from: 0, text: half};
		blocks.push(linesOf([question, part, end]));
	}
	return blocks.join('');
}
