import {articlePiece} from './article.js';
import {isJson, isRecord} from './frame.js';
import {hostilePiece} from './hostile.js';
import {isOddity, type Oddity} from './oddity.js';
import type {Generation} from './options.js';
import {type Ending, type Failure, type Reply, type Step, upstreamError} from './reply.js';

/**
 * Orders inside a prompt, as the fake model provider of the real-gateway tests understands them, so that one test suite runs
 * against both: `[[n=50 rate=20 ttft=500 fault=cut at=10 text=md]]`. The last order of a prompt counts. With `fault=tool` the model first
 * wants a tool: `[[fault=tool tool=exec args={"command":"echo~one"} calls=1]]`, where `~` stands for a space.
 */
export interface Directives {
	/** Pieces to send. */
	readonly n: number;
	/** Pieces per second; 0 is as fast as possible. */
	readonly rate: number;
	/** Milliseconds before the first piece. */
	readonly ttft: number;
	readonly fault: string;
	/** The piece at which the fault strikes. */
	readonly at: number;
	readonly text: string;
	readonly tool: string;
	/** JSON, with `~` for a space. */
	readonly args: string;
	readonly calls: number;
	/** The tool needs an approval. Real gateways have it in their configuration; theirs do not know this order. */
	readonly ask: boolean;
	/** Pieces of thinking before the answer, on the demo gateway only. */
	readonly think: number;
	/** Retries of the provider before the answer, on the demo gateway only. */
	readonly retry: number;
	/** What goes wrong on the control plane at piece `at` or behind the end (`oddity.ts`), on the demo gateway only. */
	readonly odd: Oddity | undefined;
}

/** What a provider does without orders. */
export const noDirectives: Directives = {
	n: 20,
	rate: 50,
	ttft: 0,
	fault: 'none',
	at: 5,
	text: 'words',
	tool: 'exec',
	args: '{}',
	calls: 1,
	ask: false,
	think: 0,
	retry: 0,
	odd: undefined,
};

/** The orders of a prompt, or undefined when it gives none. */
export function readDirectives(prompt: string): Directives | undefined {
	const last = [...prompt.matchAll(/\[\[([^\]]*=[^\]]*)\]\]/g)].at(-1)?.[1];
	if (last === undefined) {
		return undefined;
	}

	const given = Object.fromEntries(
		last
			.trim()
			.split(/\s+/)
			.map(pair => pair.split(/=(.*)/, 2)),
	) as Record<string, string | undefined>;
	const number = (key: 'n' | 'rate' | 'ttft' | 'at' | 'calls' | 'think' | 'retry') => {
		const value = Number(given[key]);
		return Number.isFinite(value) && value >= 0 ? value : noDirectives[key];
	};

	return {
		n: number('n'),
		rate: number('rate'),
		ttft: number('ttft'),
		at: number('at'),
		fault: given['fault'] ?? noDirectives.fault,
		text: given['text'] ?? noDirectives.text,
		tool: given['tool'] ?? noDirectives.tool,
		args: given['args'] ?? noDirectives.args,
		calls: number('calls'),
		ask: given['ask'] === '1',
		think: number('think'),
		retry: number('retry'),
		odd: isOddity(given['odd']) ? given['odd'] : undefined,
	};
}

const markdown = [
	'# Heading\n\n',
	'Some **bold** and `code`.\n\n',
	'```ts\n',
	'const x: number = 1;\n',
	'console.log(x);\n',
	'```\n\n',
	'- one\n',
	'- two\n\n',
	'| a | b |\n',
	'|---|---|\n',
	'| 1 | 2 |\n\n',
];
const wide = ['你好', '世界', '👩‍👩‍👧', 'é', '한국어 '];

/** What a model got to read. */
export interface Heard {
	readonly prompt: string;
	/** All that the user said in the conversation, the prompt last, as the gateway put it. */
	readonly heard: readonly string[];
}

/**
 * The piece of text a provider sends at an index. `recall` is the first thing the user said, `heard` everything, in letters and digits
 * alone: 2026.9.6 ends an answer as failed when it repeats the marks of its own context.
 */
export function pieceAt(index: number, text: string, {prompt, heard}: Heard): string {
	switch (text) {
		case 'md':
			return markdown[index % markdown.length] ?? '';
		case 'article':
			return articlePiece(index);
		case 'hostile':
			return hostilePiece(index, prompt.length);
		case 'cjk':
			return wide[index % wide.length] ?? '';
		case 'long':
			return 'x'.repeat(20);
		case 'echo':
			return wordAt(index, prompt);
		case 'recall':
			return wordAt(index, heard[0] ?? prompt);
		case 'heard':
			return index === 0 ? heard.join('\n').replace(/[^\p{L}\p{N} ]/gu, ' ') : '';

		default:
			return `tok${index} `;
	}
}

function wordAt(index: number, text: string): string {
	const words = text.split(/(?<=\s)/);
	return words[index % words.length] ?? '';
}

/** The answer a gateway gives when its model provider follows these orders. */
export function replyToDirectives(orders: Directives, said: Heard, generation: Generation): Reply {
	// 2026.9.6 asks again when the provider says nothing, and the orders are not repeated; 2026.2.9 takes it for an answer.
	const asksAgain = generation !== '2026.2.9' && orders.fault === 'empty';
	const effective = asksAgain ? noDirectives : orders;
	const ending = endingOf(effective);
	const struck = ending.kind === 'stalled' || (ending.kind === 'failed' && ['cut', 'errchunk'].includes(effective.fault));
	const refused = ending.kind === 'empty' || (ending.kind === 'failed' && !struck);
	const count = refused ? 0 : struck ? Math.min(effective.n, effective.at) : effective.n;
	return {
		pieces: Array.from({length: count}, (_, index) => pieceAt(index, effective.text, said)),
		tokensPerSecond: effective.rate,
		firstTokenMs: effective.ttft,
		promptTokens: 11,
		steps: stepsOf(effective),
		...(effective.odd === undefined ? {} : {oddity: {kind: effective.odd, at: effective.at}}),
		ending,
	};
}

function stepsOf({fault, tool, args, calls, ask, think, retry}: Directives): Step[] {
	const retries = Array.from({length: retry}, (_, index): Step => {
		return {kind: 'retry', attempt: index + 1, maxRetries: 8, delayMs: 1000, reason: 'server_error'};
	});
	const thinking: Step = {kind: 'thinking', pieces: Array.from({length: think}, (_, index) => `thought${index} `)};
	const call: Step = {kind: 'tool', name: tool, arguments: readArguments(args), needsApproval: ask};
	return [...retries, ...(think > 0 ? [thinking] : []), ...(fault === 'tool' ? Array.from({length: calls}, () => call) : [])];
}

/** Arguments of a tool as an order gives them; none when they are no JSON object. */
export function readArguments(args: string): Record<string, unknown> {
	const text = args.replaceAll('~', ' ');
	const value: unknown = isJson(text) ? JSON.parse(text) : undefined;
	return isRecord(value) ? value : {};
}

const failed = (message: string, type: string, status: number, slowly = false): Failure => ({
	kind: 'failed',
	message,
	type,
	status,
	slowly,
});

/** How 2026.9.6 reports what its provider did: a refusal in the provider's words, what it retried in its own. */
const failures: Readonly<Record<string, Failure>> = {
	http400: failed('400 fake http400 failure', 'invalid_request_error', 400),
	http401: failed('401 fake http401 failure', 'authentication_error', 401),
	http429: failed('429 fake http429 failure; Retry-After: 7 seconds', 'rate_limit_error', 429, true),
	http500: upstreamError,
	http503: upstreamError,
	errchunk: upstreamError,
	cut: failed('upstream provider timeout', 'api_error', 408, true),
	garbage: failed('internal error', 'api_error', 500),
};

function endingOf({fault}: Directives): Ending {
	switch (fault) {
		case 'empty':
			return {kind: 'empty'};
		case 'stall':
			return {kind: 'stalled'};
		case 'length':
			return {kind: 'finished', finishReason: 'length'};
		default:
			return failures[fault] ?? {kind: 'finished', finishReason: 'stop'};
	}
}
