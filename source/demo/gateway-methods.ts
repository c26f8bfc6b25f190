import type {Method} from './method.js';
import {nodesOf, presenceOf} from './presence.js';
import {describeCommands} from './slash.js';
import {isOld, type World} from './world.js';

const levels = {thinkingLevels: [{id: 'off', label: 'off'}], thinkingDefault: 'off'};

export const gatewayMethods: Readonly<Record<string, Method>> = {
	health: {run: world => healthOf(world)},
	status: {
		scope: 'operator.read',
		run: world => ({
			...(isOld(world) ? {} : {runtimeVersion: world.state.generation}),
			heartbeat: {defaultAgentId: 'main', agents: [{agentId: 'main', enabled: false, every: 'disabled', everyMs: null}]},
			channelSummary: [],
			queuedSystemEvents: [],
			sessions: {paths: [], count: world.sessions.list().length, defaults: {model: 'fake-1', contextTokens: 131_072}, recent: []},
		}),
	},
	'system-presence': {scope: 'operator.read', run: world => presenceOf(world)},
	'system.info': {
		scope: 'operator.read',
		isNew: true,
		run: ({state}) => ({
			machineName: 'demo',
			hostname: 'demo',
			platform: 'linux',
			port: state.port,
			pid: 1,
			uptimeMs: state.now() - state.startedAt,
		}),
	},
	'last-heartbeat': {scope: 'operator.read', run: () => null},
	'node.list': {scope: 'operator.read', run: world => ({ts: world.state.now(), nodes: nodesOf(world)})},
	'agents.list': {
		scope: 'operator.read',
		run(world) {
			const common = {defaultId: 'main', mainKey: 'main', scope: 'per-sender'};
			if (isOld(world)) return {...common, agents: [{id: 'main'}]};
			const main = {id: 'main', ...levels, thinkingOptions: ['off'], model: {primary: 'fake/fake-1'}, defaultPermissionMode: 'full'};
			return {...common, ownership: 'sole', selectionRequired: false, agents: [main]};
		},
	},
	'models.list': {
		scope: 'operator.read',
		run(world) {
			const model = (id: string, name: string) => ({id, name, provider: 'fake', contextWindow: 131_072, reasoning: false});
			const listed = [model('fake-1', 'Fake One'), model('fake-2', 'Fake Two')];
			return {models: isOld(world) ? listed : listed.map(entry => ({...entry, ...levels, available: true}))};
		},
	},
	'commands.list': {scope: 'operator.read', isNew: true, run: () => ({commands: describeCommands()})},
};

export function healthOf(world: World): Record<string, unknown> {
	const recent = world.sessions.list().slice(0, 5);
	const sessions = {count: world.sessions.list().length, recent: recent.map(({key, updatedAt}) => ({key, updatedAt}))};
	const own = {ok: true, ts: world.state.now(), durationMs: 0, channels: {}, channelOrder: [], channelLabels: {}, heartbeatSeconds: 0};
	const agents = [{agentId: 'main', isDefault: true, sessions}];
	return {...own, defaultAgentId: 'main', agents, sessions};
}
