import type {Usage} from '../transport.js';
import {countIn, type Fields, fieldsOf, isName, lineIn, objectsIn} from './fields.js';
import {messageText, usageIn} from './run-message.js';

/** What a gateway's history (`chat.history`) says of one question. */
export interface FoundRun {
	/** The question stands in it: it was accepted. */
	readonly accepted: boolean;
	/** A run that answers it is under way; its text so far. */
	readonly running?: {readonly runId: string; readonly text: string};
	readonly answer?: FoundAnswer;
}

export interface FoundAnswer {
	readonly runId?: string;
	/** Segments of an answer, between tool runs, are put together as the gateway does while it streams. */
	readonly text: string;
	/** Messages whose text is longer than a history shows (8,000 characters, 2026.9.6), by id. */
	readonly cut: readonly string[];
	/** The gateway's word for why it ended; absent while it goes on. */
	readonly stopReason?: string;
	readonly aborted: boolean;
	readonly usage?: Usage;
}

export interface Sought {
	readonly runId: string;
	/** The message as it was sent, to recognise it where runs have no ids (2026.2.9). */
	readonly message: string;
	/** When it was sent, milliseconds since the epoch. */
	readonly sentAt: number;
}

/** Clocks of two machines differ; a question of the same words that is older than this is another one. */
const clockToleranceMs = 60_000;

/** Looks a question up in what `chat.history` answered. */
export function findRun(payload: unknown, sought: Sought): FoundRun {
	const fields = fieldsOf(payload);
	const messages = objectsIn(fields['messages']);
	const asked = messages.findLastIndex(message => isQuestion(message, sought));
	const after = asked === -1 ? messages : messages.slice(asked + 1);
	const next = after.findIndex(({role}) => role === 'user');
	const said = (next === -1 ? after : after.slice(0, next)).filter(message => message['role'] === 'assistant');
	const mine = asked === -1 ? said.filter(message => runOf(message) === sought.runId) : said;
	const answer = mine.length === 0 ? undefined : answerOf(mine);
	const flight = fieldsOf(fields['inFlightRun']);
	const flying = isName(flight['runId']) ? flight['runId'] : undefined;
	const isMine = flying === sought.runId || (flying !== undefined && asked !== -1 && next === -1 && flying === answer?.runId);
	return {
		accepted: asked !== -1 || mine.length > 0 || isMine,
		...(flying !== undefined && isMine ? {running: {runId: flying, text: messageText({content: flight['text'] ?? ''}) ?? ''}} : {}),
		...(answer === undefined ? {} : {answer}),
	};
}

function isQuestion(message: Fields, {runId, message: sent, sentAt}: Sought): boolean {
	if (message['role'] !== 'user') return false;
	const key = message['idempotencyKey'];
	if (typeof key === 'string') return key === `${runId}:user`;
	const at = countIn(message, 'timestamp');
	return messageText(message)?.trim() === sent.trim() && (at === undefined || at >= sentAt - clockToleranceMs);
}

function answerOf(said: readonly Fields[]): FoundAnswer {
	const last = said.at(-1) ?? {};
	const runId = runOf(last);
	const stopReason = lineIn(last, 'stopReason', 60);
	const usages = said.flatMap(message => usageIn(message['usage']) ?? []);
	const texts = said.map(message => (messageText(message) ?? '').trim()).filter(text => text !== '');
	return {
		...(runId === undefined ? {} : {runId}),
		text: texts.join('\n\n'),
		cut: said.flatMap(message => {
			const {truncated, id} = fieldsOf(message['__openclaw']);
			return truncated === true && isName(id) ? [id] : [];
		}),
		...(stopReason === undefined || stopReason === 'toolUse' ? {} : {stopReason}),
		aborted: said.some(message => fieldsOf(message['openclawAbort'])['aborted'] === true) || stopReason === 'aborted',
		...(usages.length === 0 ? {} : {usage: usages.reduce(together)}),
	};
}

function together(one: Usage, other: Usage): Usage {
	return {
		promptTokens: one.promptTokens + other.promptTokens,
		completionTokens: one.completionTokens + other.completionTokens,
		totalTokens: one.totalTokens + other.totalTokens,
	};
}

function runOf(message: Fields): string | undefined {
	const id = fieldsOf(message['__openclaw'])['runId'];
	return isName(id) ? id : undefined;
}
