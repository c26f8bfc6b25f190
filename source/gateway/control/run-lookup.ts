import type {Usage} from '../transport.js';
import {countIn, type Fields, fieldsOf, isName, lineIn, objectsIn} from './fields.js';
import {messageText, runOf, usageIn} from './run-message.js';

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
	/** What was said between tool runs; `cutId` names a message whose text is longer than a history shows (8,000 characters, 2026.9.6). */
	readonly parts: readonly {readonly text: string; readonly cutId?: string}[];
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
	const next = after.findIndex(message => message['role'] === 'user' && !isReminder(message));
	const said = (next === -1 ? after : after.slice(0, next)).filter(message => message['role'] === 'assistant');
	const mine = asked === -1 ? said.filter(message => runOf(message) === sought.runId) : said;
	const answer = mine.length === 0 ? undefined : answerOf(mine);
	const flight = fieldsOf(fields['inFlightRun']);
	const flying = isName(flight['runId']) ? flight['runId'] : undefined;
	// A question that waited for another run is answered by a run of another name.
	const isMine = flying === sought.runId || (flying !== undefined && asked !== -1 && next === -1);
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

/** What a gateway that has started anew says to the model about a turn it had left: no other question (2026.9.6). */
export function isReminder(message: Fields): boolean {
	const isRecovery = fieldsOf(message['provenance'])['sourceTool'] === 'main_session_restart_recovery';
	return isRecovery || (messageText(message) ?? '').startsWith('[System] Your previous turn was interrupted');
}

function answerOf(said: readonly Fields[]): FoundAnswer {
	const last = said.at(-1) ?? {};
	const runId = runOf(last);
	const stopReason = lineIn(last, 'stopReason', 60);
	const usages = said.flatMap(message => usageIn(message['usage']) ?? []);
	return {
		...(runId === undefined ? {} : {runId}),
		parts: said.map(message => {
			const {truncated, id} = fieldsOf(message['__openclaw']);
			return {text: messageText(message) ?? '', ...(truncated === true && isName(id) ? {cutId: id} : {})};
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
