import type {Evidence, NodeSeen} from './evidence.js';
import {findLast} from './find.js';

/** Yes, no, or nobody says. */
export type Known = 'yes' | 'no' | 'unknown';

/**
 * What can be said of one node that runs commands for the agent. Three facts, each of which can be missing by itself while the chat works:
 * its session is online, it offers something to call, and it is allowed to.
 */
export interface NodeState {
	readonly id: string;
	readonly name?: string;
	readonly platform?: string;
	readonly online: Known;
	/** It is connected and offers commands. */
	readonly callable: Known;
	/** Of its commands, `system.run` runs programs. */
	readonly runsPrograms: boolean;
	/** The owner of the gateway allowed it, and its operating system denies nothing. */
	readonly allowed: Known;
	/** What its operating system denies, by name. */
	readonly denied: readonly string[];
	/** What it offers waits for the approval of the owner of the gateway. */
	readonly waits: boolean;
	/** Of that request, where the gateway tells it (not to a client that may only read: 2026.9.6). */
	readonly requestId?: string;
	readonly commands: readonly string[];
	/** Milliseconds since the epoch. */
	readonly lastSeenAt?: number;
}

/** The nodes as the gateway listed them last; undefined when it was not asked. */
export function nodesIn(evidence: Evidence): readonly NodeState[] | undefined {
	return findLast(evidence, 'nodes-listed')?.observation.nodes.map(nodeState);
}

export function nodeState({id, name, platform, connected, approval, requestId, commands, permissions, lastSeenAt}: NodeSeen): NodeState {
	const denied = Object.entries(permissions ?? {}).flatMap(([what, isGranted]) => (isGranted ? [] : [what]));
	return {
		id,
		...(name === undefined ? {} : {name}),
		...(platform === undefined ? {} : {platform}),
		online: connected ? 'yes' : 'no',
		callable: connected && commands.length > 0 ? 'yes' : 'no',
		runsPrograms: commands.includes('system.run'),
		allowed:
			approval === undefined ? (denied.length > 0 ? 'no' : 'unknown') : approval === 'approved' && denied.length === 0 ? 'yes' : 'no',
		denied,
		waits: approval === 'pending',
		...(requestId === undefined ? {} : {requestId}),
		commands,
		...(lastSeenAt === undefined ? {} : {lastSeenAt}),
	};
}

/** Whether a node could run something now. Without nodes commands run where the gateway does, which says nothing of them. */
export function canAct(nodes: readonly NodeState[] | undefined): Known {
	if (nodes === undefined || nodes.length === 0) return 'unknown';
	return nodes.some(({callable, allowed}) => callable === 'yes' && allowed !== 'no') ? 'yes' : 'no';
}

/** `desk (linux)`, or the beginning of its id. */
export function nodeName({id, name, platform}: Pick<NodeState, 'id' | 'name' | 'platform'>): string {
	return `${name ?? (id.length > 16 ? `${id.slice(0, 12)}…` : id)}${platform === undefined ? '' : ` (${platform})`}`;
}

/** The three facts of a node in a line: `online · callable: system.run and 3 more · allowed`. */
export function nodeWords(node: NodeState): string {
	const {online, callable, allowed, denied, waits} = node;
	const session = online === 'yes' ? 'session online' : 'session offline';
	const tool = callable === 'yes' ? `callable: ${commandWords(node)}` : online === 'yes' ? 'offers no commands' : 'not callable';
	const why = waits
		? 'not allowed yet: it waits for approval'
		: denied.length > 0
			? `its system denies ${denied.join(', ')}`
			: 'not allowed';
	const permission = {yes: 'allowed', no: why, unknown: 'not known whether it is allowed'}[allowed];
	return [session, tool, permission].join(' · ');
}

function commandWords({commands, runsPrograms}: NodeState): string {
	const [first = '', ...rest] = runsPrograms ? ['system.run', ...commands.filter(name => name !== 'system.run')] : commands;
	return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
