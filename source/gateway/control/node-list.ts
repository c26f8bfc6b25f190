import type {NodeSeen} from '../../diagnosis/evidence.js';
import type {ControlAnswer, ControlError, ControlPlane} from '../control-plane.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';
import {type Fields, fieldsOf, lineIn, momentIn, objectsIn, textIn} from './fields.js';

/** More of either is not looked at: the list comes from the network. */
const mostNodes = 200;
const mostCommands = 100;

export type NodeList = {readonly ok: true; readonly nodes: readonly NodeSeen[]} | {readonly ok: false; readonly error: ControlError};

/** The nodes that run commands for the agent (`node.list`, operator.read; 2026.2.9 and 2026.9.6). Never rejects. */
export async function listNodes(
	control: Pick<ControlPlane, 'call'>,
	options: {readonly signal?: AbortSignal; readonly timeoutMs?: number} = {},
): Promise<NodeList> {
	const answer: ControlAnswer = await control.call('node.list', {}, options);
	return answer.ok ? {ok: true, nodes: readNodes(answer.payload)} : answer;
}

/** The payload of `node.list`. What has no id is no node. */
export function readNodes(payload: unknown): readonly NodeSeen[] {
	return objectsIn(fieldsOf(payload)['nodes'], mostNodes).flatMap(node => readNode(node) ?? []);
}

function readNode(node: Fields): NodeSeen | undefined {
	const id = idOf(node);
	if (id === undefined) return undefined;
	const [name, platform] = [lineIn(node, 'displayName', 80), lineIn(node, 'platform', 40)];
	const requestId = lineIn(node, 'pendingRequestId', 128);
	const lastSeenAt = (momentIn(node, 'lastSeenAtMs') ?? momentIn(node, 'connectedAtMs')) || undefined;
	const [approval, permissions] = [approvalOf(node['approvalState']), readPermissions(node['permissions'])];
	return {
		id,
		connected: node['connected'] === true,
		commands: commandsOf(node['commands']),
		...(typeof node['paired'] === 'boolean' ? {paired: node['paired']} : {}),
		...(name === undefined ? {} : {name}),
		...(platform === undefined ? {} : {platform}),
		...(approval === undefined ? {} : {approval}),
		...(requestId === undefined ? {} : {requestId}),
		...(permissions === undefined ? {} : {permissions}),
		...(lastSeenAt === undefined ? {} : {lastSeenAt}),
	};
}

/** Long ids look like secrets, which are never shown; OpenClaw's own commands take the beginning of one, from six characters. */
const shownIdLength = 12;

function idOf(node: Fields): string | undefined {
	const id = textIn(node, 'nodeId') ?? '';
	return /^[0-9a-f]{32,128}$/i.test(id) ? id.slice(0, shownIdLength) : lineIn(node, 'nodeId', 128);
}

/** `approved`, `pending-approval`, `pending-reapproval` or `unapproved` (2026.9.6). */
function approvalOf(value: unknown): NodeSeen['approval'] {
	if (value === 'approved' || value === 'unapproved') return value;
	return typeof value === 'string' && value.startsWith('pending') ? 'pending' : undefined;
}

function readPermissions(value: unknown): Readonly<Record<string, boolean>> | undefined {
	if (!isRecord(value)) return undefined;
	const known = Object.entries(value).slice(0, mostCommands);
	return Object.fromEntries(
		known.flatMap(([what, isGranted]) => (typeof isGranted === 'boolean' ? [[plainLine(what, 60), isGranted]] : [])),
	);
}

function commandsOf(value: unknown): readonly string[] {
	const listed: readonly unknown[] = Array.isArray(value) ? value.slice(0, mostCommands) : [];
	return listed.flatMap(command => lineIn({command}, 'command', 80) ?? []);
}
