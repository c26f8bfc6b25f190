import type {ServerResponse} from 'node:http';
import type {ChatRequest} from './chat-request.js';
import {commonHeaders, sendJson} from './http-answer.js';
import type {DemoState} from './options.js';
import {type Emit, playReply} from './play-reply.js';
import type {Reply} from './reply.js';

/** Answers in server-sent events, in the shape of the generation, and resolves with the text that was sent. */
export async function streamCompletion(state: DemoState, response: ServerResponse, request: ChatRequest, reply: Reply): Promise<string> {
	const base = {id: newRunId(), object: 'chat.completion.chunk', created: Math.floor(state.now() / 1000), model: request.model};
	const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
	const chunk = (choice: Record<string, unknown>) => event({...base, choices: [{index: 0, ...choice}]});
	const old = state.generation === '2026.2.9';
	const usage = usageOf(state, reply);
	const emit: Emit = {
		// 2026.2.9 says nothing before the model does; 2026.9.6 sends this before it even calls the model.
		opening: chunk(old ? {delta: {role: 'assistant'}} : {delta: {role: 'assistant'}, finish_reason: null}),
		openingWaitsForText: old,
		piece: text => chunk({delta: {content: text}, finish_reason: null}),
		finish: reason =>
			old ? '' : chunk({delta: {}, finish_reason: reason}) + (request.includeUsage ? event({...base, choices: [], usage}) : ''),
		failure: (message, type) => (old ? '' : event({error: {message, type}})),
		mark: 'data: [DONE]\n\n',
	};
	response.writeHead(200, {
		...commonHeaders(state.generation),
		'Content-Type': 'text/event-stream; charset=utf-8',
		'Cache-Control': 'no-cache',
		Connection: 'keep-alive',
	});
	response.flushHeaders();
	return playReply(reply, emit, response, {
		tokensPerSecond: state.tokensPerSecond,
		failureDelayMs: state.faultOptions.failureDelayMs ?? 20,
	});
}

/** Answers in one JSON document and gives back the text of it. 2026.2.9 passes a failure off as an answer. */
export function sendCompletion(state: DemoState, response: ServerResponse, request: ChatRequest, reply: Reply): string {
	const {ending} = reply;
	const old = state.generation === '2026.2.9';
	if (ending.kind === 'cut' || ending.kind === 'closed-early') {
		response.destroy();
	} else if (ending.kind === 'failed' && !old) {
		sendJson(state, response, ending.status, {error: {message: ending.message, type: ending.type}});
	} else if (ending.kind !== 'stalled') {
		const content = ending.kind === 'failed' ? ending.message : contentOf(reply, old);
		const finishReason = ending.kind === 'finished' && !old ? ending.finishReason : 'stop';
		sendJson(state, response, 200, {
			id: newRunId(),
			object: 'chat.completion',
			created: Math.floor(state.now() / 1000),
			model: request.model,
			choices: [{index: 0, message: {role: 'assistant', content}, finish_reason: finishReason}],
			usage: usageOf(state, reply),
		});
		return content;
	}

	return '';
}

/** 2026.9.6 adds a warning to an answer that reached the length limit, when it is not streamed. */
function contentOf({pieces, ending}: Reply, old: boolean): string {
	const text = pieces.join('').trim();
	return ending.kind === 'finished' && ending.finishReason === 'length' && !old
		? `${text}\n\n⚠️ Reply truncated at the model's output token limit. The text above is partial — ask to continue it.`
		: text;
}

/** 2026.2.9 always counts zero. */
function usageOf(state: DemoState, reply: Reply): Record<string, number> {
	const counted = state.generation !== '2026.2.9';
	const prompt = counted ? reply.promptTokens : 0;
	const completion = counted ? reply.pieces.length : 0;
	return {prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion};
}

function newRunId(): string {
	return `chatcmpl_${crypto.randomUUID()}`;
}
