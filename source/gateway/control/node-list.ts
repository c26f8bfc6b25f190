import type {NodeSeen} from '../../diagnosis/evidence.js';
import type {ControlAnswer, ControlError, ControlPlane} from '../control-plane.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

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
	const listed = isRecord(payload) && Array.isArray(payload['nodes']) ? payload['nodes'] : [];
	return listed.slice(0, mostNodes).flatMap((node: unknown) => (isRecord(node) ? (readNode(node) ?? []) : []));
}

function readNode(node: Readonly<Record<string, unknown>>): NodeSeen | undefined {
	const id = idOf(node['nodeId']);
	if (id === undefined) return undefined;
	const [name, platform] = [text(node['displayName'], 80), text(node['platform'], 40)];
	const [requestId, lastSeenAt] = [text(node['pendingRequestId'], 128), moment(node['lastSeenAtMs'] ?? node['connectedAtMs'])];
	const [approval, permissions] = [approvalOf(node['approvalState']), readPermissions(node['permissions'])];
	return {
		id,
		connected: node['connected'] === true,
		commands: texts(node['commands']),
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

function idOf(value: unknown): string | undefined {
	if (typeof value === 'string' && /^[0-9a-f]{32,128}$/i.test(value)) return value.slice(0, shownIdLength);
	return text(value, 128);
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

function texts(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.slice(0, mostCommands).flatMap((one: unknown) => text(one, 80) ?? []) : [];
}

function text(value: unknown, most: number): string | undefined {
	const line = typeof value === 'string' ? plainLine(value, most) : '';
	return line === '' ? undefined : line;
}

function moment(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}
