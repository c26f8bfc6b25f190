import {type ControlClient, connectControl, createDevice, type Fields} from '../contract/control-client.js';
import type {RealGateway} from './real-gateway.js';

/** How a node answers an order of its gateway; undefined: not at all. */
export type Answer = {readonly ok: true; readonly payload: Fields} | {readonly ok: false; readonly error: {code: string; message: string}};

export interface WorkingNode {
	readonly id: string;
	close(): void;
}

export interface NodeWork {
	/** What it is called beside its id. */
	readonly name?: string;
	/** What it says of its own rules when a command is prepared. */
	readonly policy?: {readonly security: string; readonly ask: string};
	/** What becomes of a command. */
	readonly run?: () => Answer | undefined;
}

const commands = ['system.run', 'system.run.prepare', 'system.which'];
const openRules = {security: 'full', ask: 'off'};

/** A node that its owner has allowed to run commands; it runs none, and answers as it is told (2026.9.6). */
export async function openWorkingNode(gateway: RealGateway, work: NodeWork = {}): Promise<WorkingNode> {
	const device = createDevice();
	const {name = 'desk', policy = openRules, run = () => undefined} = work;
	const node = await connectControl(gateway, {
		...{device, scopes: [], caps: ['system']},
		client: {id: 'node-host', mode: 'node', displayName: name},
		params: {role: 'node', commands},
		changeDevice(shown) {
			const proof = ['v2', device.id, 'node-host', 'node', 'node', '', String(shown['signedAt']), gateway.token, shown['nonce']];
			return {...shown, signature: device.sign(proof.join('|'))};
		},
	});
	node.hear(({event, payload}) => {
		if (event !== 'node.invoke.request') return;
		const answer = payload['command'] === 'system.run.prepare' ? prepared(payload, policy) : run();
		if (answer !== undefined) void node.call('node.invoke.result', {id: payload['id'], nodeId: device.id, ...answer});
	});
	await allow(gateway, device.id);
	return {id: device.id, close: node.close};
}

/** The plan of a command, as `openclaw node run` gives it back. */
function prepared({paramsJSON}: Fields, execPolicy: NodeWork['policy']): Answer {
	const {command, rawCommand, cwd = null, agentId = null, sessionKey = null} = JSON.parse(String(paramsJSON)) as Fields;
	return {ok: true, payload: {plan: {argv: command, commandText: rawCommand, cwd, agentId, sessionKey}, execPolicy}};
}

async function allow(gateway: RealGateway, nodeId: string): Promise<void> {
	const owner = await connectControl(gateway, {scopes: ['operator.admin', 'operator.read', 'operator.pairing']});
	try {
		const node = await listed(owner, nodeId, one => one['pendingRequestId'] !== undefined);
		const {ok, error} = await owner.call('node.pair.approve', {requestId: node['pendingRequestId']});
		if (!ok) throw new Error(error.message);
	} finally {
		owner.close();
	}
}

/** What the gateway lists of a node, as soon as that is so. */
async function listed(owner: ControlClient, nodeId: string, isSo: (node: Fields) => boolean): Promise<Fields> {
	for (;;) {
		const {payload} = await owner.call('node.list');
		const node = (payload['nodes'] as readonly Fields[]).find(one => one['nodeId'] === nodeId);
		if (node !== undefined && isSo(node)) return node;
	}
}

/** Resolves when the gateway knows that the session of a node is over. */
export async function untilAway(gateway: RealGateway, nodeId: string): Promise<void> {
	const owner = await connectControl(gateway);
	try {
		await listed(owner, nodeId, node => node['connected'] === false);
	} finally {
		owner.close();
	}
}
