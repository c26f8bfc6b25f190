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

/** Answers in one JSON document. Failures are an answer too: both generations say 200 or an error object, never a broken body. */
export function sendCompletion(state: DemoState, response: ServerResponse, request: ChatRequest, reply: Reply): string {
	const text = reply.pieces.join('').trim();
	const {ending} = reply;
	if (ending.kind === 'cut' || ending.kind === 'closed-early') {
		response.destroy();
		return '';
	}

	if (ending.kind === 'stalled') {
		return '';
	}

	if (ending.kind === 'failed' && state.generation !== '2026.2.9') {
		sendJson(state, response, ending.slowly ? 500 : 502, {error: {message: ending.message, type: ending.type}});
		return '';
	}

	const content = ending.kind === 'failed' ? ending.message : text;
	sendJson(state, response, 200, {
		id: newRunId(),
		object: 'chat.completion',
		created: Math.floor(state.now() / 1000),
		model: request.model,
		choices: [{index: 0, message: {role: 'assistant', content}, finish_reason: ending.kind === 'finished' ? ending.finishReason : 'stop'}],
		usage: usageOf(state, reply),
	});
	return content;
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
