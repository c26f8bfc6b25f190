import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';
import {type Directives, type Heard, noDirectives, pieceAt, readArguments, readDirectives} from '../../source/demo/directives.js';

/** A model provider on loopback that takes its orders from the prompt (see `source/demo/directives.ts`). */
export interface FakeProvider {
	readonly origin: string;
	/** Prompts of the requests so far, each as all user messages of one request. */
	readonly requests: ReadonlyArray<readonly string[]>;
	stop(): Promise<void>;
}

interface ProviderRequest {
	readonly model?: string;
	readonly stream?: boolean;
	readonly stream_options?: {readonly include_usage?: boolean};
	readonly messages?: ReadonlyArray<{readonly role: string; readonly content: unknown}>;
	readonly tools?: readonly unknown[];
}

/** Starts a provider on a free port. */
export async function startFakeProvider(): Promise<FakeProvider> {
	const requests: string[][] = [];
	const server = createServer((request, response) => {
		answer(request, response, requests).catch(() => response.destroy()); // the gateway left in the middle
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

async function answer(request: IncomingMessage, response: ServerResponse, requests: string[][]): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) {
		chunks.push(chunk);
	}

	if (!request.url?.endsWith('/chat/completions')) {
		sendJson(response, 200, {object: 'list', data: [{id: 'fake-1', object: 'model', owned_by: 'fake'}]});
		return;
	}

	const asked = JSON.parse(Buffer.concat(chunks).toString()) as ProviderRequest;
	const texts = (asked.messages ?? []).filter(message => message.role === 'user').map(message => textOf(message.content));
	requests.push(texts);
	// The gateway appends internal context as a user message of its own: the prompt is the last one that is not that.
	const heard = texts.filter(text => !text.startsWith('<<<BEGIN_OPENCLAW_INTERNAL'));
	const prompt = heard.at(-1) ?? '';
	const orders = readDirectives(prompt) ?? noDirectives;
	if (!refuse(response, orders)) {
		await stream(response, asked, orders, {prompt, heard});
	}
}

/** Failures before any answer. */
function refuse(response: ServerResponse, {fault}: Directives): boolean {
	const status = /^http(\d+)$/.exec(fault)?.[1];
	if (status !== undefined) {
		const error = {message: `fake ${fault} failure`, type: 'fake_error', code: `fake_${status}`};
		sendJson(response, Number(status), {error}, fault === 'http429' ? {'Retry-After': '7'} : {});
		return true;
	}

	if (fault === 'garbage') {
		response.writeHead(200, {'Content-Type': 'text/event-stream'});
		response.end('this is not sse\n\ndata: {broken\n\n');
		return true;
	}

	return false;
}

async function stream(response: ServerResponse, asked: ProviderRequest, orders: Directives, said: Heard): Promise<void> {
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	const base = {id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 0, model: asked.model};
	const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`);
	const chunk = (delta: unknown, finishReason: string | null = null) =>
		send({...base, choices: [{index: 0, delta, finish_reason: finishReason}]});
	const count = orders.fault === 'empty' ? 0 : orders.n;
	response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache'});
	response.flushHeaders();
	await wait(orders.ttft, undefined, {signal: gone.signal});
	chunk({role: 'assistant', content: ''});
	const before = toolResults(asked);
	if (orders.fault === 'tool' && (asked.tools ?? []).length > 0 && before < orders.calls) {
		const call = {name: orders.tool, arguments: JSON.stringify(readArguments(orders.args))};
		chunk({tool_calls: [{index: 0, id: `call_fake_${before + 1}`, type: 'function', function: call}]});
		chunk({}, 'tool_calls');
		response.end('data: [DONE]\n\n');
		return;
	}

	for (let index = 0; index < count; index += 1) {
		if (index === orders.at && (await strike(response, orders.fault, send, gone.signal))) {
			return;
		}

		chunk({content: pieceAt(index, orders.text, said)});
		await wait(orders.rate > 0 ? 1000 / orders.rate : 0, undefined, {signal: gone.signal});
	}

	chunk({}, orders.fault === 'length' ? 'length' : 'stop');
	if (asked.stream_options?.include_usage) {
		send({...base, choices: [], usage: {prompt_tokens: 11, completion_tokens: count, total_tokens: 11 + count}});
	}

	response.end(orders.fault === 'nodone' ? '' : 'data: [DONE]\n\n');
}

/** How many tools have run for this question: the gateway sends their results behind it. */
function toolResults({messages = []}: ProviderRequest): number {
	const isQuestion = (message: {readonly role: string; readonly content: unknown}) =>
		message.role === 'user' && !textOf(message.content).startsWith('<<<BEGIN_OPENCLAW_INTERNAL');
	return messages.slice(messages.findLastIndex(isQuestion) + 1).filter(({role}) => role === 'tool').length;
}

/** Failures in the middle of an answer; says whether one struck. */
async function strike(response: ServerResponse, fault: string, send: (data: unknown) => void, gone: AbortSignal): Promise<boolean> {
	switch (fault) {
		case 'cut':
			response.destroy();
			return true;
		case 'errchunk':
			send({error: {message: 'fake mid-stream failure', type: 'server_error', code: 'fake'}});
			response.end();
			return true;
		case 'stall':
			await once(gone, 'abort');
			return true;
		default:
			return false;
	}
}

function textOf(content: unknown): string {
	if (typeof content === 'string') {
		return content;
	}

	return Array.isArray(content) ? content.map((part: {text?: string; type?: string}) => part.text ?? `<${part.type}>`).join('\n') : '';
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, {'Content-Type': 'application/json', ...headers});
	response.end(JSON.stringify(body));
}
