import type {IncomingHttpHeaders} from 'node:http';
import {isRecord} from './frame.js';
import type {Generation} from './options.js';
import type {Remembered} from './sessions.js';

/** What a chat request asks for, after the checks of its generation. */
export interface ChatRequest {
	readonly prompt: string;
	/** Earlier messages the client sent along. */
	readonly earlier: readonly Remembered[];
	readonly stream: boolean;
	readonly includeUsage: boolean;
	/** The model as the answer repeats it. */
	readonly model: string;
	readonly sessionKey?: string;
}

/** The models a demo agent may use, named as the real gateways of the tests name theirs. */
const allowedModels = ['fake/fake-1', 'fake/fake-2', 'refusing/fake-1'];

type Checked = {readonly ok: true; readonly request: ChatRequest} | {readonly ok: false; readonly message: string};

const refused = (message: string): Checked => ({ok: false, message});

/** Checks a chat request as the generation does; the messages of refusals are the ones observed on it. */
export function checkChatRequest(generation: Generation, text: string, headers: IncomingHttpHeaders): Checked {
	const strict = generation !== '2026.2.9';
	let body: unknown;
	try {
		body = text.trim() === '' ? {} : JSON.parse(text);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return refused(strict ? message : `SyntaxError: ${message}`);
	}

	if (strict && Array.isArray(body)) {
		return refused(': Invalid input: expected object, received array');
	}

	const fields = isRecord(body) ? body : {};
	if (strict && fields['stream'] !== undefined && typeof fields['stream'] !== 'boolean') {
		return refused(`stream: Invalid input: expected boolean, received ${typeof fields['stream']}`);
	}

	const complaint = strict ? checkTargets(fields, headers) : undefined;
	if (complaint !== undefined) {
		return refused(complaint);
	}

	return readMessages(fields, headers, strict);
}

/** The agent, model and session a request names. */
function checkTargets(fields: Record<string, unknown>, headers: IncomingHttpHeaders): string | undefined {
	const model = fields['model'] ?? 'openclaw';
	const named = /^(?:openclaw(?:[/:](.+))?|agent:(.+))$/.exec(String(model));
	if (!named) {
		return 'Invalid `model`. Use `openclaw` or `openclaw/<agentId>`.';
	}

	const agent = headers['x-openclaw-agent-id'] ?? named[1] ?? named[2] ?? 'default';
	if (agent !== 'default' && agent !== 'main') {
		return `Unknown agent '${String(agent)}'.`;
	}

	const override = headers['x-openclaw-model'];
	if (override !== undefined && !allowedModels.includes(String(override))) {
		return `Model '${String(override)}' is not allowed for agent 'main'.`;
	}

	return /^(subagent|cron|acp):/.test(String(headers['x-openclaw-session-key'] ?? ''))
		? '`x-openclaw-session-key` cannot use reserved internal session namespaces.'
		: undefined;
}

function readMessages(fields: Record<string, unknown>, headers: IncomingHttpHeaders, strict: boolean): Checked {
	const listed = Array.isArray(fields['messages']) ? fields['messages'] : [];
	const messages: Remembered[] = [];
	for (const message of listed.filter(isRecord)) {
		const read = readContent(message['content'], strict);
		if (read.remoteImage) {
			return refused('Invalid image_url content in `messages`.');
		}

		if (['user', 'assistant'].includes(String(message['role'])) && read.text !== '') {
			messages.push({role: message['role'] === 'assistant' ? 'assistant' : 'user', text: read.text});
		}
	}

	const last = messages.pop();
	if (!last) {
		return refused('Missing user message in `messages`.');
	}

	const sessionKey =
		sessionOf(headers['x-openclaw-session-key'], strict) ??
		(typeof fields['user'] === 'string' ? `openai-user:${fields['user']}` : undefined);
	const streamOptions = isRecord(fields['stream_options']) ? fields['stream_options'] : {};
	return {
		ok: true,
		request: {
			prompt: last.text,
			earlier: messages,
			stream: Boolean(fields['stream']),
			includeUsage: strict && streamOptions['include_usage'] === true,
			model: String(fields['model'] ?? 'openclaw'),
			...(sessionKey === undefined ? {} : {sessionKey: String(sessionKey)}),
		},
	};
}

/** 2026.2.9 takes the key as it is, and so knows another session by it than its control plane does, which puts the agent before it. */
function sessionOf(key: string | string[] | undefined, strict: boolean): string | undefined {
	if (key === undefined) return undefined;
	return strict || String(key).startsWith('agent:') ? String(key) : `agent::${String(key)}`;
}

/** Text of a message. 2026.9.6 takes images as `data:` URIs only; 2026.2.9 does not see them. */
function readContent(content: unknown, strict: boolean): {text: string; remoteImage: boolean} {
	if (typeof content === 'string') {
		return {text: content, remoteImage: false};
	}

	const parts = Array.isArray(content) ? content.filter(isRecord) : [];
	const images = parts.flatMap(part => (isRecord(part['image_url']) ? [String(part['image_url']['url'])] : []));
	const text = parts.flatMap(part => (typeof part['text'] === 'string' ? [part['text']] : [])).join('\n');
	return {
		text: text === '' && strict && images.length > 0 ? '[image]' : text,
		remoteImage: strict && images.some(url => !url.startsWith('data:')),
	};
}
