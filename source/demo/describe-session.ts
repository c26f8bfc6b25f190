import type {Session} from './sessions.js';
import {isOld, type World} from './world.js';

export const sessionDefaults = {modelProvider: 'fake', model: 'fake-1', contextTokens: 131_072};

/** A session as lists, descriptions and events show it. */
export function describeSession(world: World, session: Session): Record<string, unknown> {
	const {key, id, createdAt, updatedAt, wasAborted, isUnread, lastRunId, thinking} = session;
	const [modelProvider = 'fake', model = 'fake-1'] = (session.model ?? 'fake/fake-1').split('/');
	const spoken = session.messages.length;
	const common = {
		key,
		kind: 'direct',
		chatType: 'direct',
		updatedAt,
		sessionId: id,
		systemSent: spoken > 0,
		abortedLastRun: wasAborted,
		...(spoken === 0 ? {} : {inputTokens: 11, outputTokens: spoken, totalTokens: 11}),
		...(thinking === undefined ? {} : {thinkingLevel: thinking}),
		modelProvider,
		model,
		contextTokens: 131_072,
	};
	if (isOld(world)) {
		return {...common, origin: {provider: 'webchat', surface: 'webchat', chatType: 'direct'}, lastChannel: 'webchat'};
	}

	const activeRunIds = [...session.active];
	const hasActiveRun = activeRunIds.length > 0;
	return {
		...common,
		visibility: 'shared',
		createdVia: 'operator',
		createdAt,
		classification: 'direct',
		agentId: agentOf(key),
		isMain: key === 'agent:main:main',
		isBackground: false,
		archived: false,
		pinned: false,
		unread: isUnread,
		lastInteractionAt: updatedAt,
		status: hasActiveRun ? 'running' : wasAborted ? 'aborted' : 'done',
		...(lastRunId === undefined ? {} : {lastRunId}),
		thinkingLevels: [{id: 'off', label: 'off'}],
		thinkingDefault: 'off',
		effectiveQueueMode: 'steer',
		hasActiveRun,
		...(hasActiveRun ? {activeRunIds} : {}),
	};
}

export function agentOf(key: string): string {
	return /^agent:([^:]+):/.exec(key)?.[1] ?? 'main';
}
