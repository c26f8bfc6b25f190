import {setTimeout as wait} from 'node:timers/promises';
import {sendChat} from './chat-send.js';
import {historyOf} from './history.js';
import {type Method, MethodError} from './method.js';
import type {RunEnd} from './runs.js';
import {fullKey} from './sessions.js';
import {isOld, type World} from './world.js';

export const chatMethods: Readonly<Record<string, Method>> = {
	'chat.send': {
		scope: 'operator.write',
		required: {sessionKey: 'string', message: 'string', idempotencyKey: 'string'},
		run: sendChat,
	},
	'chat.abort': {
		scope: 'operator.write',
		required: {sessionKey: 'string'},
		run(world, {sessionKey, runId}) {
			const key = fullKey(String(sessionKey));
			const stopped = [...world.runs.values()].filter(
				run => !run.end && run.isWorking && run.sessionKey === key && (runId === undefined || run.id === runId),
			);
			for (const run of stopped) run.stop.abort();
			return {ok: true, aborted: stopped.length > 0, runIds: stopped.map(({id}) => id)};
		},
	},
	'chat.history': {
		scope: 'operator.read',
		required: {sessionKey: 'string'},
		run(world, parameters) {
			for (const name of ['limit', 'offset']) {
				if (isOld(world) && name === 'offset' && parameters[name] !== undefined) {
					throw new MethodError("invalid chat.history params: at root: unexpected property 'offset'");
				}
				if (parameters[name] !== undefined && !Number.isInteger(parameters[name])) {
					throw new MethodError(`invalid chat.history params: at /${name}: must be integer`);
				}
			}

			return historyOf(world, String(parameters['sessionKey']), Number(parameters['limit'] ?? 200), Number(parameters['offset'] ?? 0));
		},
	},
	'agent.wait': {scope: 'operator.write', required: {runId: 'string'}, run: waitForRun},
};

/** What became of a run, waiting for it a while. `timeout`: it goes on, or nobody knows it. 2026.2.9 tells no more than times. */
async function waitForRun(world: World, {runId, timeoutMs = 30_000}: Readonly<Record<string, unknown>>): Promise<unknown> {
	const id = String(runId);
	const run = world.runs.get(id);
	const over = new AbortController();
	const limit = wait(Number(timeoutMs), undefined, {signal: over.signal}).catch(() => undefined); // it ended in time
	await Promise.race([limit, ...(run ? [run.ended] : [])]);
	over.abort();
	if (!run?.end || (isOld(world) && run.end.status === 'aborted')) return {runId: id, status: 'timeout'};
	return {runId: id, ...(isOld(world) ? oldEnd(run.startedAt, run.end) : recentEnd(run.end))};
}

function oldEnd(startedAt: number, {at}: RunEnd): object {
	return {status: 'ok', startedAt, endedAt: at};
}

function recentEnd({status, at, text, stopReason}: RunEnd): object {
	if (status === 'ok') return {status, endedAt: at, ...(text === '' ? {} : {terminalReply: {disposition: 'visible', text}})};
	return {status: 'error', endedAt: at, error: text, ...(stopReason === undefined ? {} : {stopReason})};
}
