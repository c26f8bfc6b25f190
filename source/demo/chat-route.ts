import type {IncomingMessage, ServerResponse} from 'node:http';
import {answer} from './agent.js';
import {checkChatRequest} from './chat-request.js';
import {sendCompletion, streamCompletion} from './completion.js';
import {replyUnderFault} from './fault-reply.js';
import {sendError} from './http-answer.js';
import type {DemoRequest, DemoState} from './options.js';
import type {Remembered, Sessions} from './sessions.js';

/** Observed on OpenClaw 2026.9.6. */
const maxBodyBytes = 20 * 1024 * 1024;

/** `POST /v1/chat/completions`, after authentication. */
export async function answerChat(
	state: DemoState,
	sessions: Sessions,
	request: IncomingMessage,
	response: ServerResponse,
	logged: DemoRequest,
): Promise<void> {
	const text = await readBody(request);
	if (text === undefined) {
		sendError(state, response, 413, {message: 'Payload too large', type: 'invalid_request_error'}, {Connection: 'close'});
		return;
	}

	const checked = checkChatRequest(state.generation, text, request.headers);
	if (!checked.ok) {
		sendError(state, response, 400, {message: checked.message, type: 'invalid_request_error'});
		return;
	}

	logged.body = JSON.parse(text);
	const asked = checked.request;
	const {fault, faultOptions} = state;
	await sessions.turn(asked.sessionKey, async session => {
		const context = contextOf(asked.earlier);
		const history = session.messages;
		const before: readonly Remembered[] = context === '' ? history : [...history, {role: 'user', text: context}];
		const reply = replyUnderFault(answer(asked.prompt, before, state.generation), fault, faultOptions);
		sessions.add(session, {role: 'user', text: `${context}${context === '' ? '' : 'User: '}${asked.prompt}`});
		const streams = asked.stream && fault !== 'json-instead-of-stream';
		const said = streams ? await streamCompletion(state, response, asked, reply) : sendCompletion(state, response, asked, reply);
		if (said !== '') {
			sessions.add(session, {role: 'assistant', text: said, stopReason: 'stop'});
		}
		if (reply.afterwards === 'restart') state.restartSoon();
	});
}

/** Earlier messages of the same request, as 2026.2.9 and 2026.9.6 put them before the current one; what they make of it stays in the session. */
function contextOf(earlier: readonly Remembered[]): string {
	if (earlier.length === 0) return '';
	const said = earlier.map(({role, text}) => `${role === 'user' ? 'User' : 'Assistant'}: ${text}`).join('\n');
	return `[Chat messages since your last reply - for context]\n${said}\n\n[Current message - respond to this]\n`;
}

/** The body as text, or undefined when it is too large: the rest is still read, so that the client can read the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	return new Promise((resolve, reject) => {
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes > maxBodyBytes) {
				chunks.length = 0;
				resolve(undefined);
			} else {
				chunks.push(chunk);
			}
		});
		request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
		request.once('error', reject);
	});
}
