import {sanitize, sanitizeLine} from '../../terminal/sanitize.js';
import {plainLine} from '../plain-text.js';
import type {ToolCall} from '../transport.js';
import {countIn, type Fields, fieldsOf, lineIn, nameIn, objectsIn, textIn} from './fields.js';

const longestArguments = 10_000;
const longestOutput = 4_000;
const longestSummary = 120;
/** Of an id that is used again, with the number of its run behind it. */
const longestId = 160;
/** A run that begins more tools than this shows no further ones. */
const mostCalls = 1_000;

/** The tool runs of one run, put together from what the gateway tells in several streams. */
export interface RunTools {
	/**
	 * Takes the data of one `agent` event and gives the tool run as it is known then, if it tells anything new. After the end of a tool
	 * run nothing more comes of it; a start after that is a run of its own, with an id of its own.
	 *
	 * @param at When the gateway sent it, milliseconds since the epoch.
	 */
	take(stream: string, data: Fields, at: number | undefined): ToolCall | undefined;
	readonly failed: readonly ToolCall[];
}

/**
 * `tool` events come with the capability `tool-events` (2026.9.6) and say most; `item` events come to everybody. 2026.2.9 sends neither to
 * a chat.
 */
export function createRunTools(): RunTools {
	const calls = new Map<string, Known>();
	let count = 0;
	const failed: ToolCall[] = [];
	return {
		failed,
		take(stream, data, at) {
			if (stream !== 'tool' && stream !== 'item' && stream !== 'command_output') return undefined;
			const id = nameIn(data, 'toolCallId');
			if (id === undefined || (stream === 'item' && data['kind'] !== 'tool')) return undefined;
			const known = calls.get(id);
			const isNew = known === undefined || beginsAgain(known, {stream, data, at});
			if (isNew ? count >= mostCalls : known.hasEnded) return undefined;
			const turn = isNew ? (known?.turn ?? 0) + 1 : known.turn;
			const call = readCall(turn === 1 ? id : `${id.slice(0, longestId)}#${turn}`, isNew ? undefined : known.call, {stream, data, at});
			if (call === undefined) return undefined;
			if (isNew) count += 1;
			calls.set(id, {call, turn, hasEnded: call.phase === 'finished' || call.phase === 'failed', toldAt: at});
			if (call.phase === 'failed') failed.push(call);
			return call;
		},
	};
}

/** The run that an id stands for now. */
interface Known {
	readonly call: ToolCall;
	/** Runs with this id so far: some model servers number their calls anew in each turn (`call_0`). */
	readonly turn: number;
	readonly hasEnded: boolean;
	/** When the gateway sent what is known last, milliseconds since the epoch. */
	readonly toldAt: number | undefined;
}

/** A start after the end is another run; one that was sent before it, or as soon, is late. */
function beginsAgain({hasEnded, toldAt}: Known, {stream, data, at}: Told): boolean {
	if (!hasEnded || stream === 'command_output' || data['phase'] !== 'start') return false;
	return toldAt === undefined || at === undefined || at > toldAt;
}

interface Told {
	readonly stream: string;
	readonly data: Fields;
	readonly at: number | undefined;
}

function readCall(id: string, before: ToolCall | undefined, told: Told): ToolCall | undefined {
	const {stream, data} = told;
	const known = before ?? {id, name: lineIn(data, 'name', 80) ?? 'tool', phase: 'started'};
	const phase = data['phase'];
	if (stream === 'tool' && phase === 'result') return finished(known, told);
	// The end of an item follows the result of its tool; alone, it comes to those who are not shown the tools.
	if (stream === 'item' && phase === 'end') return finished(known, told);
	const more = {...known, ...(before === undefined ? {} : {phase: 'updated' as const}), ...beginning(told, known)};
	if (stream === 'tool' && phase === 'update') {
		const output = outputOf(fieldsOf(data['partialResult']));
		return output === undefined || output === known.output ? undefined : {...more, output};
	}
	return phase === 'start' && (before === undefined || before.arguments === undefined) ? more : undefined;
}

function beginning({stream, data, at}: Told, known: ToolCall): Partial<ToolCall> {
	const startedAt = known.startedAt ?? countIn(data, 'startedAt') ?? at;
	const args = stream === 'tool' && data['args'] !== undefined ? describeArguments(data['args']) : undefined;
	const summary = args?.summary ?? known.summary ?? lineIn(data, 'meta', longestSummary);
	return {
		...(startedAt === undefined ? {} : {startedAt}),
		...(summary === undefined ? {} : {summary}),
		...(args === undefined ? {} : {arguments: args.whole, ...placeIn(fieldsOf(data['args']))}),
	};
}

/** `exec` names a host and a node, `nodes` a node (2026.9.6). */
function placeIn(args: Fields): Pick<ToolCall, 'host' | 'node'> {
	const [host, node] = [lineIn(args, 'host', 40), lineIn(args, 'node', 80)];
	return {...(host === undefined ? {} : {host}), ...(node === undefined ? {} : {node})};
}

function finished(known: ToolCall, {stream, data, at}: Told): ToolCall {
	const result = fieldsOf(data['result']);
	const details = fieldsOf(result['details']);
	const text = resultText(result);
	const error = errorOf(stream, data, details, text);
	const startedAt = known.startedAt ?? countIn(data, 'startedAt');
	const endedAt = countIn(data, 'endedAt') ?? at;
	const counted = startedAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt);
	const durationMs = countIn(details, 'durationMs') ?? counted;
	return {
		...known,
		phase: error === undefined ? 'finished' : 'failed',
		...(startedAt === undefined ? {} : {startedAt}),
		...(text === undefined ? {} : {output: endOf(text), resultLength: text.length}),
		...(durationMs === undefined ? {} : {durationMs}),
		...(error === undefined ? {} : {error}),
	};
}

/** A command that ends with another code than 0 counts as failed, as it does for the gateway itself (`item`, status `failed`). */
function errorOf(stream: string, data: Fields, details: Fields, text: string | undefined): string | undefined {
	const told = lineIn(details, 'error', 300) ?? nodeFailure(fieldsOf(details['nodeInvokeFailure'])) ?? lineIn(data, 'error', 300);
	const code = details['exitCode'] ?? data['exitCode'];
	if (typeof code === 'number' && code !== 0) return told ?? `exit code ${code}`;
	const hasFailed = data['isError'] === true || details['status'] === 'error' || details['status'] === 'failed';
	if (!hasFailed && !(stream === 'item' && data['status'] === 'failed')) return undefined;
	return told ?? (plainLine(text ?? '').trim() || 'it gave no reason');
}

/** What the node said, or why it said nothing (2026.9.6): in the text it comes last, behind warnings and the whole command. */
function nodeFailure(failure: Fields): string | undefined {
	const [code, message] = [lineIn(failure, 'failureCode', 60), lineIn(failure, 'message', 300)];
	return code === undefined || message?.startsWith(code) ? message : `${code}: ${message ?? 'it gave no reason'}`;
}

function resultText(result: Fields): string | undefined {
	const texts = objectsIn(result['content'], 100).flatMap(part => textIn(part, 'text') ?? []);
	return texts.length === 0 ? textIn(result, 'content') : texts.join('\n');
}

function outputOf(result: Fields): string | undefined {
	const text = resultText(result);
	return text === undefined ? undefined : endOf(text);
}

/** The end of what a tool gave back, without half of a character. */
function endOf(text: string): string {
	return sanitize(text.slice(-longestOutput).replace(/^[\uDC00-\uDFFF]/, ''));
}

/** A single text stands for itself (`{command: "ls"}` → `ls`); several are named. */
function describeArguments(args: unknown): {readonly summary: string; readonly whole: string} {
	const whole = sanitize((typeof args === 'string' ? args : jsonOf(args, 1)).slice(0, longestArguments));
	const entries = Object.entries(fieldsOf(args)).slice(0, 20);
	const [only] = entries;
	if (typeof args === 'string') return {summary: plainLine(args, longestSummary), whole};
	if (entries.length === 1 && only !== undefined && typeof only[1] === 'string')
		return {summary: plainLine(only[1], longestSummary), whole};
	const parts = entries.map(([name, value]) => `${sanitizeLine(name.slice(0, 40))}=${shortValue(value)}`);
	return {summary: plainLine(parts.join(' '), longestSummary), whole};
}

function shortValue(value: unknown): string {
	return (typeof value === 'string' ? value : jsonOf(value)).slice(0, longestSummary);
}

/** What is nested thousands of levels deep can be read as JSON and not be written. */
function jsonOf(value: unknown, indent?: number): string {
	try {
		return JSON.stringify(value, undefined, indent) ?? '';
	} catch (error) {
		if (error instanceof RangeError) return '(too deeply nested to be shown)';
		throw error;
	}
}
