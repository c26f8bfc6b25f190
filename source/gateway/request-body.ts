import {canonicalKey} from './canonical-key.js';
import type {Question} from './transport.js';

/** Chat completions, as OpenClaw 2026.2.9 and 2026.9.6 take them. */
export const chatPath = '/v1/chat/completions';

/**
 * The body of a question. With a session key the gateway keeps the history, and what is sent again it would read twice; so then only the
 * new message goes, and before it what a fresh session has to be told. 2026.9.6 and 2026.2.9 put earlier messages into the new one, in
 * one block of text, and keep that.
 */
export function buildBody(question: Question): string {
	const earlier = question.sessionKey === undefined ? question.history : (question.seed ?? []);
	return JSON.stringify({
		model: agentTarget(question.agent),
		stream: true,
		stream_options: {include_usage: true},
		messages: [
			...(question.system === undefined ? [] : [{role: 'system', content: question.system}]),
			...earlier.map(({role, text}) => ({role, content: text})),
			{role: 'user', content: contentOf(question)},
		],
	});
}

/** `model` names an agent, not a model: `openclaw/default` or `openclaw/<agent>`. */
export function agentTarget(agent: string | undefined): string {
	const name = agent?.replace(/^openclaw[/:]/, '') ?? 'default';
	return `openclaw/${name}`;
}

function contentOf(question: Question): unknown {
	if (question.images.length === 0) return question.text;
	return [{type: 'text', text: question.text}, ...question.images.map(({dataUrl}) => ({type: 'image_url', image_url: {url: dataUrl}}))];
}

/**
 * Headers of a question, without the token.
 *
 * @param isOld For a gateway before 2026.3, whose default agent over HTTP is `main`.
 */
export function buildHeaders(question: Question, isOld = false): Record<string, string> {
	const {sessionKey, agent = 'main'} = question;
	const key = isOld && sessionKey !== undefined ? canonicalKey(sessionKey, agent) : sessionKey;
	return {
		'content-type': 'application/json',
		accept: 'text/event-stream',
		...(question.model === undefined ? {} : {'x-openclaw-model': question.model}),
		...(key === undefined ? {} : {'x-openclaw-session-key': key}),
	};
}
