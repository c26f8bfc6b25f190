import type {HistoryPage, SessionAnswer, SessionTurn} from '../session.js';
import {countIn, type Fields, fieldsOf, isName, lineIn, momentIn, objectsIn, textIn} from './fields.js';
import {isReminder} from './run-lookup.js';
import {runOf} from './run-message.js';

/** No message is kept that is longer, UTF-16 units. */
const longestText = 500_000;

/**
 * The answer to `chat.history`, as turns: a question and what the agent said to it, tool runs left out. Answers at the beginning of a page
 * whose question is on the page before are left for that page. An answer that is still under way (`stopReason` `toolUse`, or an active run)
 * is not there yet.
 */
export function readHistory(payload: unknown, offset = 0): HistoryPage {
	const fields = fieldsOf(payload);
	const all = objectsIn(fields['messages']);
	const hasMore = fields['hasMore'] === true;
	const active = activeRuns(fields);
	const begins = hasMore ? all.findIndex(({role}) => role === 'user') : 0;
	// Nothing but the end of a long turn: it is shown without its beginning rather than never.
	const messages = begins === -1 ? all : all.slice(begins);
	const turns: Turn[] = [];
	for (const message of messages) addMessage(turns, message);
	const total = countIn(fields, 'totalMessages');
	const older = hasMore ? Math.max(1, (total ?? 0) - offset - messages.length) : all.length - messages.length;
	return {turns: turns.map(turn => finished(turn, active)), older, messages: messages.length};
}

interface Turn {
	readonly id: string;
	readonly question: string;
	readonly askedAt: number;
	readonly attachments: readonly string[];
	/** What the agent said, in order. */
	readonly said: Fields[];
	/** The gateway started anew meanwhile and told the agent to go on: what is said next belongs to this answer, whatever its run is. */
	isTakenUp?: boolean;
}

function addMessage(turns: Turn[], message: Fields): void {
	const last = turns.at(-1);
	if (message['role'] === 'user' && isReminder(message)) {
		if (last !== undefined) last.isTakenUp = true;
		return;
	}
	if (message['role'] === 'user') turns.push(questionOf(message));
	if (message['role'] !== 'assistant') return;
	// A message of a run of its own (a reminder, a report) is no part of the answer before it.
	if (last !== undefined && (last.isTakenUp === true || last.said.length === 0 || sameRun(last.said.at(-1) ?? {}, message))) {
		last.said.push(message);
		last.isTakenUp = false;
	} else turns.push({...questionOf(message), question: '', attachments: [], said: [message]});
}

/** Messages of one run; where runs have no ids (2026.2.9), what follows a tool run or nothing that ended. */
function sameRun(before: Fields, message: Fields): boolean {
	const [one, other] = [runOf(before), runOf(message)];
	if (one !== undefined && other !== undefined) return one === other;
	return before['stopReason'] === 'toolUse' || before['stopReason'] === undefined;
}

function questionOf(message: Fields): Turn {
	const {text, attachments} = contentOf(message);
	return {id: idOf(message), question: withoutContext(text), askedAt: momentIn(message, 'timestamp') ?? 0, attachments, said: []};
}

/** Gateways may put the moment before what was asked: `[Sat 2026-11-21 15:57 UTC] ` (2026.2.9). */
export function withoutMoment(text: string): string {
	return text.replace(/^\[[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d[^\]]{0,30}\] /, '');
}

/** What a question took along into a fresh session stands before it (chat completions with several messages, 2026.9.6). */
function withoutContext(stamped: string): string {
	const text = withoutMoment(stamped);
	if (!text.startsWith('[Chat messages since your last reply')) return text;
	const mark = '[Current message - respond to this]\nUser: ';
	const at = text.lastIndexOf(mark);
	return at === -1 ? text : text.slice(at + mark.length);
}

/** The id of the run that a question began, else of the message; 2026.2.9 gives neither. */
function idOf(message: Fields): string {
	const own = fieldsOf(message['__openclaw']);
	const key = message['idempotencyKey'] ?? own['idempotencyKey'];
	if (isName(key)) return key.replace(/:user$/, '');
	if (isName(own['id'])) return own['id'];
	return `at-${momentIn(message, 'timestamp') ?? 0}-${message['role'] === 'user' ? 'q' : 'a'}`;
}

function finished({said, id, question, askedAt, attachments}: Turn, active: ReadonlySet<string>): SessionTurn {
	const turn = {id, question, askedAt, ...(attachments.length > 0 && {attachments})};
	const answer = answerOf(said, active);
	return answer === undefined ? turn : {...turn, answer};
}

function answerOf(said: readonly Fields[], active: ReadonlySet<string>): SessionAnswer | undefined {
	const last = said.at(-1);
	if (last === undefined) return undefined;
	const finishReason = lineIn(last, 'stopReason', 40);
	const run = runOf(last);
	if (finishReason === 'toolUse' || (finishReason === undefined && run !== undefined && active.has(run))) return undefined;
	const texts = said.map(message => contentOf(message).text).filter(text => text.trim() !== '');
	const model = lineIn(last, 'model', 100);
	return {
		text: texts.join('\n\n').slice(0, longestText),
		endedAt: momentIn(last, 'timestamp') ?? 0,
		ended: finishReason === 'error' ? 'failed' : isStopped(last) ? 'cancelled' : 'complete',
		...(finishReason !== undefined && {finishReason}),
		// What the gateway says by itself has no model: `gateway-injected`.
		...(model !== undefined && model !== 'gateway-injected' && {model}),
	};
}

/** 2026.9.6 gives what was said before a stop the reason of a whole answer, and marks it. */
function isStopped(message: Fields): boolean {
	return message['stopReason'] === 'aborted' || fieldsOf(message['openclawAbort'])['aborted'] === true;
}

/** A text, or blocks of which some are text; the others are named. Thinking and tool calls are no part of what was said. */
function contentOf(message: Fields): {readonly text: string; readonly attachments: readonly string[]} {
	const content = message['content'];
	if (typeof content === 'string') return {text: content.slice(0, longestText), attachments: []};
	const blocks = objectsIn(content, 1_000);
	const texts = blocks.flatMap(block => (block['type'] === 'text' ? (textIn(block, 'text') ?? []) : []));
	const files = blocks.filter(({type}) => type === 'image' || type === 'image_url' || type === 'file');
	return {
		text: texts.join('').slice(0, longestText),
		attachments: files.map(file => lineIn(file, 'fileName', 100) ?? lineIn(file, 'name', 100) ?? String(file['type']).replace('_url', '')),
	};
}

function activeRuns(fields: Fields): ReadonlySet<string> {
	const listed = fieldsOf(fields['sessionInfo'])['activeRunIds'];
	const running = fieldsOf(fields['inFlightRun'])['runId'];
	return new Set([...(Array.isArray(listed) ? listed.slice(0, 100) : []), running].filter(isName));
}
