import type {Client} from './client.js';
import {isOld, type World} from './world.js';

/** Who is there: the gateway itself, and the clients with a device. */
export function presenceOf(world: World): object[] {
	const {state} = world;
	const version = isOld(world) ? 'unknown' : state.generation;
	const self = {
		host: 'demo',
		ip: '127.0.0.1',
		version,
		platform: 'linux',
		deviceFamily: 'Linux',
		mode: 'gateway',
		reason: 'self',
		text: `Gateway: demo (127.0.0.1) · app ${version} · mode gateway · reason self`,
		ts: state.now(),
	};
	const seen = [...world.clients].filter(client => client.deviceId !== undefined && client.mode !== 'cli' && client.mode !== 'probe');
	return [self, ...seen.map(client => describe(client, state.now()))];
}

function describe({clientId, mode, version, platform, deviceId, scopes, role, connectedAt}: Client, ts: number): object {
	const text = `Node: unknown · mode ${mode}`;
	return {
		clientId,
		mode,
		onlineSince: connectedAt,
		roles: [role],
		scopes: [...scopes],
		ts,
		text,
		host: clientId,
		version,
		platform,
		deviceId,
		reason: 'connect',
	};
}

/** The nodes as `node.list` shows them: those that are connected, and what the options of the gateway add. */
export function nodesOf(world: World): object[] {
	const connected = [...world.clients]
		.filter(({role}) => role === 'node')
		.map(node => ({
			nodeId: node.deviceId ?? node.connectionId,
			displayName: node.displayName ?? node.clientId,
			platform: node.platform,
			version: node.version,
			caps: [...node.capabilities],
			commands: node.commands,
			permissions: node.permissions,
			paired: true,
			connected: true,
			connectedAtMs: node.connectedAt,
		}));
	return [...connected, ...world.state.nodes];
}
