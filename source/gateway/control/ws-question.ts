import {randomUUID} from 'node:crypto';
import {canonicalKey} from '../canonical-key.js';
import type {Hello, JsonObject} from '../control-plane.js';
import type {ImageAttachment, Message, Question} from '../transport.js';

/** A question as it goes over the control plane. */
export interface WsQuestion {
	readonly method: 'chat.send' | 'agent';
	readonly params: JsonObject;
	/** `agent:<agent>:<key>`, as events of the gateway name the session. */
	readonly sessionKey: string;
	/** The gateway names the run after the idempotency key (2026.2.9, 2026.9.6). */
	readonly runId: string;
	/** The text of the question as the gateway keeps it. */
	readonly message: string;
	/** Size of the frame, roughly, in bytes. */
	readonly bytes: number;
}

/**
 * What is sent for a question. Slash commands are carried out by `chat.send` alone; `agent` is the method that takes instructions
 * (`extraSystemPrompt`), but on 2026.2.9 its runs cannot be stopped, so there they go before the question.
 */
export function buildQuestion(question: Question, hello: Hello): WsQuestion {
	const sessionKey = sessionKeyOf(question, hello) ?? canonicalKey(`clawtalk:${randomUUID()}`, agentOf(question, hello));
	const isOld = hello.protocol < 4;
	const withAgent = question.system !== undefined && !isOld && hello.methods.has('agent');
	const earlier = question.sessionKey === undefined ? question.history : (question.seed ?? []);
	const instructions = question.system !== undefined && !withAgent ? `[Instructions for the answer]\n${question.system}\n\n` : '';
	const message = instructions + withEarlier(question.text, earlier);
	const attachments = question.images.map(toAttachment);
	const params = {
		sessionKey,
		message,
		idempotencyKey: question.idempotencyKey,
		...(question.thinking === undefined ? {} : {thinking: question.thinking}),
		...(attachments.length === 0 ? {} : {attachments}),
		...(withAgent ? {extraSystemPrompt: question.system} : {}),
		// By default a question that comes during a run is put into that run ("steer"), and its answer into that answer.
		...(isOld || withAgent ? {} : {queueMode: 'followup'}),
	};
	return {
		method: withAgent ? 'agent' : 'chat.send',
		params,
		sessionKey,
		runId: question.idempotencyKey,
		message,
		bytes: Buffer.byteLength(JSON.stringify(params)) + 200,
	};
}

/** The session of a question as the control plane names it; undefined where the question names none. */
export function sessionKeyOf(question: Question, hello: Hello): string | undefined {
	return question.sessionKey === undefined ? undefined : canonicalKey(question.sessionKey, agentOf(question, hello));
}

function agentOf({agent}: Question, hello: Hello): string {
	return agent ?? hello.defaultAgent ?? 'main';
}

/** In the words in which the gateways themselves put earlier messages before a question that came over HTTP (2026.2.9, 2026.9.6). */
function withEarlier(text: string, earlier: readonly Message[]): string {
	if (earlier.length === 0) return text;
	const said = earlier.map(message => `${message.role === 'user' ? 'User' : 'Assistant'}: ${message.text}`);
	return ['[Chat messages since your last reply - for context]', ...said, '', '[Current message - respond to this]', `User: ${text}`].join(
		'\n',
	);
}

function toAttachment({name, mediaType, dataUrl}: ImageAttachment) {
	return {type: 'image', mimeType: mediaType, fileName: name, content: dataUrl.replace(/^data:[^,]*,/, '')};
}
