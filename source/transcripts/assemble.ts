import type {AnswerPart, AnswerReceived, ConversationRecord, QuestionAsked, SessionBegun} from './record.js';
import type {StoredAnswer, StoredEntry} from './stored.js';
import {withTool} from './stored-tool.js';

export interface Assembly {
	add(record: ConversationRecord): void;
	entries(): readonly StoredEntry[];
}

/**
 * Puts records together. Questions stand in the order of the file; answers are found by the id of their question, since two processes may
 * write into one conversation in turns. Answers to questions that were not added are left out.
 */
export function assemble(): Assembly {
	const entries: StoredEntry[] = [];
	const places = new Map<string, number>();
	const answer = (questionId: string, change: (before: StoredAnswer | undefined) => StoredAnswer) => {
		const place = places.get(questionId);
		const turn = place === undefined ? undefined : entries[place];
		if (place !== undefined && turn?.kind === 'turn') entries[place] = {...turn, answer: change(turn.answer)};
	};
	const add = (record: ConversationRecord) => {
		switch (record.kind) {
			case 'question':
				// Written twice, since it was not known to be there the first time.
				if (places.has(record.id)) break;
				places.set(record.id, entries.length);
				entries.push(turnOf(record));
				break;
			case 'answer-part':
				answer(record.questionId, before => withPart(before, record));
				break;
			case 'tool':
				answer(record.questionId, before => withTool(before, record));
				break;
			case 'answer':
				answer(record.questionId, before => ({...answerOf(record), ...(before?.tools !== undefined && {tools: before.tools})}));
				break;
			case 'notice':
				entries.push({kind: 'notice', at: time(record.at), text: record.text});
				break;
			case 'approval':
				entries.push({kind: 'notice', at: time(record.at), text: `Approval, ${record.outcome}: ${record.command}`});
				break;
			case 'renamed':
				entries.push({kind: 'renamed', at: time(record.at), name: record.name});
				break;
			case 'session':
				entries.push(sessionOf(record));
				break;
			case 'forked':
				entries.push({kind: 'forked', at: time(record.at), from: record.from});
				break;
			case 'conversation':
				break;
		}
	};
	return {add, entries: () => entries};
}

function sessionOf({at, sessionKey, why, older}: SessionBegun): StoredEntry {
	const isCount = Number.isSafeInteger(older) && Number(older) > 0;
	return {kind: 'session', at: time(at), sessionKey, why: textOr(why) ?? '', ...(isCount && {older: Number(older)})};
}

function turnOf({id, at, text, agent, model, attachments, replaces, elsewhere}: QuestionAsked): StoredEntry {
	const names = Array.isArray(attachments) ? attachments.flatMap(one => textOr((one as {name?: unknown} | null)?.name) ?? []) : [];
	return {
		kind: 'turn',
		questionId: id,
		askedAt: time(at),
		question: text,
		...(names.length > 0 && {attachments: names}),
		...onlyTexts({agent, model, replaces}),
		...(elsewhere === true && {elsewhere}),
	};
}

/** Parts after the whole answer, of another process, change nothing. */
function withPart(before: StoredAnswer | undefined, {at, from, text, runId}: AnswerPart): StoredAnswer {
	if (before?.ended !== undefined) return before;
	const tools = before?.tools === undefined ? {} : {tools: before.tools};
	return {text: (before?.text ?? '').slice(0, from) + text, endedAt: time(at), ...onlyTexts({runId}), ...tools};
}

function answerOf({at, text, ended, finishReason, runId, model, usage, firstTokenMs, totalMs}: AnswerReceived): StoredAnswer {
	const isUsage = usage !== undefined && [usage?.promptTokens, usage?.completionTokens, usage?.totalTokens].every(Number.isFinite);
	return {
		text,
		ended,
		endedAt: time(at),
		...onlyTexts({finishReason, runId, model}),
		...(isUsage && {usage}),
		...(Number.isFinite(firstTokenMs) && {firstTokenMs: Number(firstTokenMs)}),
		...(Number.isFinite(totalMs) && {totalMs: Number(totalMs)}),
	};
}

/** Fields that are not what they should be are as good as absent: files are edited and come from elsewhere. */
function onlyTexts<Key extends string>(fields: Readonly<Record<Key, unknown>>): {readonly [Field in Key]?: string} {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string')) as {readonly [Field in Key]?: string};
}

function textOr(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function time(at: string): number {
	const ms = Date.parse(at);
	return Number.isNaN(ms) ? 0 : ms;
}
