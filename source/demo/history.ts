import {describeSession, sessionDefaults} from './describe-session.js';
import type {Remembered, Session} from './sessions.js';
import {fullKey} from './sessions.js';
import {isOld, type World} from './world.js';

/** The newest messages of a session, as `chat.history` gives them; `offset` counts from the newest (2026.9.6 only). */
export function historyOf(world: World, key: string, limit: number, offset: number): Record<string, unknown> {
	const session = world.sessions.find(key);
	const all = session?.messages ?? [];
	const end = Math.max(all.length - offset, 0);
	const begin = Math.max(end - limit, 0);
	const messages = all.slice(begin, end).map((message, index) => messageOnWire(world, message, begin + index + 1));
	const named = {sessionKey: key, ...(session ? {sessionId: session.id} : {}), messages};
	if (isOld(world)) {
		return {...named, thinkingLevel: session?.thinking ?? 'off'};
	}

	return {
		...named,
		pendingInputs: {items: [], total: 0},
		...(begin > 0 ? {nextOffset: all.length - begin} : {}),
		hasMore: begin > 0,
		totalMessages: all.length,
		defaults: sessionDefaults,
		...(session ? {sessionInfo: describeSession(world, session), ...inFlight(world, session)} : {}),
	};
}

function inFlight(world: World, session: Session): object {
	const run = [...world.runs.values()].find(({sessionKey, isWorking, end}) => sessionKey === fullKey(session.key) && isWorking && !end);
	return run ? {inFlightRun: {runId: run.id, text: run.text, startedAt: run.startedAt}} : {};
}

const noCost = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0};

/** A message as history and `session.message` show it. 2026.2.9 says nothing of runs. */
export function messageOnWire(world: World, message: Remembered, seq: number): Record<string, unknown> {
	const {role, text, at, runId, tool} = message;
	const old = isOld(world);
	const own = (more: object) => (old ? {} : {__openclaw: {...more, id: `demo-message-${seq}`, recordTimestampMs: at, seq}});
	if (role === 'user') {
		const idempotencyKey = runId === undefined ? {} : {idempotencyKey: `${runId}:user`};
		return {role, content: old ? [{type: 'text', text}] : text, timestamp: at, ...(old ? {} : idempotencyKey), ...own(idempotencyKey)};
	}

	const ran = runId === undefined ? {} : {runId};
	if (role === 'tool') {
		const result = {toolCallId: tool?.callId, toolName: tool?.name, content: [{type: 'text', text}], isError: tool?.isError};
		return {role: 'toolResult', ...result, timestamp: at, ...own(ran)};
	}

	return {role, ...assistantFields(message), timestamp: at, ...own(ran)};
}

function assistantFields({text, tool, stopReason = 'stop', isInjected, runId, error, outputTokens}: Remembered): object {
	const written = text === '' ? [] : [{type: 'text', text}];
	const called = tool ? [{type: 'toolCall', id: tool.callId, name: tool.name, arguments: tool.arguments}] : [];
	const output = isInjected ? 0 : (outputTokens ?? Math.ceil(text.length / 4));
	const aborted =
		stopReason === 'aborted' ? {openclawAbort: {aborted: true, origin: 'rpc', runId}, idempotencyKey: `${runId}:assistant`} : {};
	return {
		content: [...written, ...called],
		...(isInjected
			? {api: 'openai-responses', provider: 'openclaw', model: 'gateway-injected'}
			: {api: 'openai-completions', provider: 'fake', model: 'fake-1'}),
		usage: {input: output === 0 ? 0 : 11, output, totalTokens: output === 0 ? 0 : 11 + output, cacheRead: 0, cacheWrite: 0, cost: noCost},
		stopReason: stopReason === 'aborted' ? 'stop' : stopReason,
		...aborted,
		...(error === undefined ? {} : {errorMessage: error}),
	};
}
