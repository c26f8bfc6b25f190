import type {JsonObject} from '../control-plane.js';
import {plainLine} from '../plain-text.js';
import type {ToolCall, TransportEvent, Usage} from '../transport.js';
import {countIn, type Fields, fieldsOf, lineIn, textIn} from './fields.js';
import {messageText, usageIn} from './run-message.js';
import {type Progress, readPhase, readRetrying} from './run-phase.js';
import {createRunTools, type RunTools} from './run-tools.js';

/** What the frames of a run so far amount to. */
export interface RunSummary {
	/** Set when the gateway said how the run ended, or when its answer went over the limit. */
	ending?: 'final' | 'aborted' | 'error' | 'too-large';
	/** The gateway's word for why it ended, e.g. `stop`, `length`, `rpc`. */
	stopReason?: string;
	error?: {readonly message: string; readonly type?: string; readonly code?: string};
	text: string;
	/** The run itself was heard of: a phase, a text, a tool. An end without it is that of a question that waits for another run. */
	began: boolean;
	events: number;
	malformed: number;
	usage?: Usage;
	readonly failedTools: readonly ToolCall[];
}

/** No honest answer or thought is longer, UTF-16 units; over HTTP as many bytes are read (`answer-reader.ts`). */
const longestText = 67_108_864;

/** Frames in, events out. No socket and no clock: the same frames give the same events. Nothing that a frame holds makes it throw. */
export interface RunReader {
	/** Takes one event frame of the gateway; false when it is not about this run. */
	take(name: string, payload: JsonObject): boolean;
	/** The text as the gateway's history has it: what is missing is told, what is wrong replaced. */
	correct(text: string): void;
	/** From now on another run of the same session is read: the one that answers the question. */
	follow(runId: string): void;
	/** The connection is a new one: numbers may begin anew. */
	reconnected(): void;
	readonly runId: string;
	readonly summary: Readonly<RunSummary>;
}

interface Reading {
	readonly questionId: string;
	readonly emit: (event: TransportEvent) => void;
	readonly tools: RunTools;
	readonly summary: RunSummary;
	runId: string;
	/** `seq` of the last text: what comes with a lower one is late. */
	lastNumber?: number | undefined;
	phase?: string;
	thought: string;
}

/**
 * @param sessionKey The canonical key of the session, `agent:<agent>:<key>`. Gateways write it in lower case (2026.2.9, 2026.9.6).
 */
export function createRunReader(
	{questionId, runId, sessionKey}: {readonly questionId: string; readonly runId: string; readonly sessionKey: string},
	emit: (event: TransportEvent) => void,
): RunReader {
	const tools = createRunTools();
	const summary: RunSummary = {text: '', began: false, events: 0, malformed: 0, failedTools: tools.failed};
	const reading: Reading = {questionId, emit, tools, summary, runId, thought: ''};
	return {
		get runId() {
			return reading.runId;
		},
		summary,
		take(name, payload) {
			if (payload['runId'] !== reading.runId || !isOfSession(payload['sessionKey'], sessionKey)) return false;
			if (summary.ending !== undefined || (name !== 'chat' && name !== 'agent')) return true;
			summary.events += 1;
			if (name === 'chat') takeChat(reading, payload);
			else takeAgent(reading, payload);
			return true;
		},
		correct: text => say(reading, text, false),
		follow(other) {
			reading.runId = other;
			reading.lastNumber = undefined;
			delete summary.ending;
		},
		reconnected() {
			reading.lastNumber = undefined;
		},
	};
}

/** Where an event names a session, it must be this one. */
export function isOfSession(key: unknown, sessionKey: string): boolean {
	return key === undefined || (typeof key === 'string' && key.toLowerCase() === sessionKey.toLowerCase());
}

function takeChat(reading: Reading, payload: Fields): void {
	const {summary} = reading;
	switch (payload['state']) {
		case 'status':
			summary.began = true;
			tellPhase(reading, readPhase(payload));
			return;
		case 'delta':
			summary.began = true;
			takeText(reading, payload);
			return;
		case 'final':
		case 'aborted':
		case 'error':
			takeEnd(reading, payload['state'], payload);
			return;
		default:
			summary.malformed += 1;
	}
}

/** 2026.9.6 sends what is new and the whole text so far, 2026.2.9 the whole text alone: it counts where it is there. */
function takeText(reading: Reading, payload: Fields): void {
	const {summary, lastNumber} = reading;
	const number = countIn(payload, 'seq');
	const whole = messageText(payload['message']);
	const part = textIn(payload, 'deltaText');
	const isReplaced = payload['replace'] === true;
	if (whole === undefined && part === undefined) summary.malformed += 1;
	if (number !== undefined && lastNumber !== undefined) {
		const isTwice = number === lastNumber && (whole === undefined || summary.text.startsWith(whole));
		if (number < lastNumber || isTwice) return;
	}
	reading.lastNumber = number ?? lastNumber;
	if (whole !== undefined) say(reading, whole, isReplaced);
	else if (part === undefined) return;
	else if (isReplaced) say(reading, part, true);
	else if (summary.text.length + part.length > longestText) summary.ending = 'too-large';
	else say(reading, summary.text + part, false);
}

function say({summary, emit, questionId}: Reading, text: string, isReplaced: boolean): void {
	const before = summary.text;
	if (text === before) return;
	summary.text = text;
	if (!isReplaced && text.startsWith(before)) emit({type: 'delta', questionId, text: text.slice(before.length)});
	else emit({type: 'replace', questionId, text});
}

function takeEnd(reading: Reading, ending: 'final' | 'aborted' | 'error', payload: Fields): void {
	const {summary} = reading;
	const message = fieldsOf(payload['message']);
	const text = messageText(payload['message']);
	// What an error says is no part of the answer, and an end without a text takes nothing back.
	if (text !== undefined && text !== '' && ending !== 'error') say(reading, text, false);
	const stopReason = lineIn(payload, 'stopReason', 60) ?? lineIn(message, 'stopReason', 60);
	if (stopReason !== undefined) summary.stopReason = stopReason;
	const usage = usageIn(payload['usage']) ?? usageIn(message['usage']);
	if (usage !== undefined) summary.usage = usage;
	if (ending === 'error') summary.error = readError(payload, text);
	summary.ending = ending;
}

function takeAgent(reading: Reading, payload: Fields): void {
	const {summary, tools, emit, questionId} = reading;
	const data = fieldsOf(payload['data']);
	const stream = textIn(payload, 'stream') ?? '';
	summary.began = true;
	if (stream === 'run_status') tellPhase(reading, readRetrying(data) ?? readPhase(data));
	if (stream === 'thinking') takeThought(reading, data);
	const call = tools.take(stream, data, countIn(payload, 'ts'));
	if (call !== undefined) emit({type: 'tool', questionId, call});
}

/** Both streams tell each phase: it is told on once. */
function tellPhase(reading: Reading, told: Progress | undefined): void {
	if (told === undefined || (told.retry === undefined && told.phase === reading.phase)) return;
	reading.phase = told.phase;
	reading.emit({type: 'progress', questionId: reading.questionId, ...told});
}

/** `text` is the whole thought so far; the next one begins anew. */
function takeThought(reading: Reading, data: Fields): void {
	const {thought, emit, questionId} = reading;
	const part = textIn(data, 'delta') ?? '';
	const whole = textIn(data, 'text') ?? (thought.length + part.length > longestText ? thought : thought + part);
	if (whole === thought || whole === '') return;
	reading.thought = whole;
	emit({type: 'thinking', questionId, text: whole.startsWith(thought) ? whole.slice(thought.length) : whole});
}

/** 2026.9.6 says what and why (`errorDetail`); of any other shape the text is taken. */
function readError(payload: Fields, text: string | undefined): NonNullable<RunSummary['error']> {
	const detail = fieldsOf(payload['errorDetail']);
	const message = lineIn(payload, 'errorMessage', 300) ?? plainLine(text ?? '').trim();
	const type = lineIn(detail, 'providerErrorType', 60) ?? lineIn(detail, 'failoverReason', 60) ?? lineIn(payload, 'errorKind', 60);
	const code = countIn(detail, 'httpStatus');
	return {
		message: message.replace(/^⚠\uFE0F?\s*/u, '') || 'the gateway gave no reason',
		...(type === undefined ? {} : {type}),
		...(code === undefined ? {} : {code: String(code)}),
	};
}
