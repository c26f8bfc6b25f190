import {showInvisible} from '../../terminal/show-invisible.js';
import type {ApprovalDecision, ApprovalRequest, ApprovalResolved, ApprovalRule} from '../approval.js';
import {isRecord} from '../json.js';
import {plainLine} from '../plain-text.js';

/** Which gateway told of a request. */
export interface ApprovalSource {
	/** 3 or 4. */
	readonly protocol: number;
	readonly version?: string;
}

/** The longest command that is kept, in UTF-16 units; 2026.9.6 takes 16,384 characters at most. */
export const longestCommand = 65_536;
/** Of a folder, a path, a reason. */
const longestText = 4_096;
const longestId = 256;
const mostReasons = 20;
const mostVariables = 100;

/** Reads `exec.approval.requested`, `plugin.approval.requested`, and rows of their lists. Undefined: it is none that could be answered. */
export function readApproval(kind: 'exec' | 'plugin', payload: unknown, source: ApprovalSource): ApprovalRequest | undefined {
	if (!isRecord(payload) || !isRecord(payload['request'])) return undefined;
	const id = idOf(payload['id']);
	const {request} = payload as {readonly request: Fields};
	const raw = kind === 'exec' ? request['command'] : pluginText(request);
	if (id === undefined || typeof raw !== 'string' || raw.trim() === '') return undefined;
	const isCut = raw.length > longestCommand || listOf(request['envKeys']).length > mostVariables;
	const named = {
		...optional('agent', textOf(request['agentId'])),
		...optional('sessionKey', textOf(request['sessionKey'])),
		...optional('host', textOf(request['host']) ?? (kind === 'plugin' ? pluginName(request) : undefined)),
		...optional('node', textOf(request['nodeId'])),
		...optional('cwd', textOf(request['cwd'])),
		...optional('program', textOf(request['resolvedPath'])),
	};
	const decisions = decisionsOf(kind, request, source).filter(decision => !isCut || decision === 'deny');
	const rule = decisions.includes('allow-always') ? ruleOf(kind, request, raw, source) : undefined;
	const variables = textsOf(request['envKeys']);
	return {
		kind,
		id,
		command: showInvisible(raw.slice(0, longestCommand)),
		...(isCut && {isCut}),
		...named,
		...(variables.length > 0 && {variables}),
		why: reasonsOf(request),
		decisions: rule === undefined ? decisions.filter(decision => decision !== 'allow-always') : decisions,
		...(kind === 'exec' && source.protocol < 4 && {runsAfterwards: true}),
		...(rule !== undefined && {rule}),
		...optional('createdAt', timeOf(payload['createdAtMs'])),
		...optional('expiresAt', timeOf(payload['expiresAtMs'])),
	};
}

/** Reads `exec.approval.resolved` and `plugin.approval.resolved`. */
export function readResolved(payload: unknown): ApprovalResolved | undefined {
	if (!isRecord(payload)) return undefined;
	const id = idOf(payload['id']);
	const decision = decisionNames.find(name => name === payload['decision']);
	if (id === undefined || decision === undefined) return undefined;
	const by = payload['resolvedBy'];
	if (by === 'approval-scope-closed') return {id, decision, ended: 'withdrawn'};
	if (by === null) return {id, decision, ended: 'by-itself'};
	return {id, decision, ...(typeof by === 'string' && by !== '' && {by: plainLine(by, 80)})};
}

type Fields = Readonly<Record<string, unknown>>;

const decisionNames: readonly ApprovalDecision[] = ['allow-once', 'allow-always', 'deny'];

/** 2026.2.9 names none and takes all three; so do requests of plugins (2026.9.6), where what `allow-always` means is theirs to say. */
function decisionsOf(kind: 'exec' | 'plugin', request: Fields, {protocol}: ApprovalSource): readonly ApprovalDecision[] {
	const named = request['allowedDecisions'];
	if (Array.isArray(named)) return decisionNames.filter(name => name === 'deny' || named.includes(name));
	return kind === 'exec' && protocol < 4 ? decisionNames : ['allow-once', 'deny'];
}

/** Anything that makes a shell start another program, or none that can be told from the text. */
const notOnePlainCommand = /[|&;<>()$`\\\n\r*?{}!#~'"]|^\s*\w+=/;

/** What a gateway stores is not part of its request: it is known of releases that were looked at. */
function ruleOf(kind: 'exec' | 'plugin', request: Fields, command: string, source: ApprovalSource): ApprovalRule | undefined {
	// A rule changes nothing where every command is asked about.
	if (kind === 'plugin' || request['ask'] === 'always') return undefined;
	const {scope} = request;
	if (isRecord(scope) && scope['kind'] === 'standing-grant') {
		const name = textOf(scope['automation']);
		const days = scope['expiresInDays'];
		return name === undefined ? undefined : {kind: 'automation', name, ...(Number.isSafeInteger(days) && {expiresInDays: days as number})};
	}
	if (source.protocol >= 4) return isRelease(source.version, [2026, 8, 1]) ? {kind: 'exact'} : undefined;
	const path = textOf(request['resolvedPath']);
	const isPlain = path?.startsWith('/') === true && request['security'] === 'allowlist' && !notOnePlainCommand.test(command);
	return isPlain ? {kind: 'program', path} : undefined;
}

function isRelease(version: string | undefined, least: readonly number[]): boolean {
	const parts = /^(\d+)\.(\d+)\.(\d+)/
		.exec(version ?? '')
		?.slice(1)
		.map(Number);
	if (parts === undefined) return false;
	const differing = parts.findIndex((part, index) => part !== least[index]);
	return differing === -1 || (parts[differing] ?? 0) > (least[differing] ?? 0);
}

function reasonsOf(request: Fields): readonly string[] {
	const analysis = isRecord(request['commandAnalysis']) ? request['commandAnalysis'] : {};
	const told = [request['warningText'], ...listOf(analysis['warningLines']).slice(0, mostReasons)].flatMap(text =>
		typeof text === 'string' ? text.slice(0, longestText).split(/\r\n?|\n/) : [],
	);
	return [...policyWords(request), ...told.map(showInvisible)].filter(line => line.trim() !== '').slice(0, mostReasons);
}

function policyWords({security, ask, severity}: Fields): readonly string[] {
	if (ask === 'always') return ['The gateway asks about every command.'];
	if (security === 'allowlist' && ask === 'on-miss') return ['The command is on no allow-list of this agent.'];
	if (severity === 'warning' || severity === 'critical') return [`The plugin calls it ${severity}.`];
	return [];
}

function pluginText(request: Fields): string | undefined {
	const parts = [request['title'], request['description'], request['detail']].filter(part => typeof part === 'string' && part !== '');
	return parts.length === 0 ? undefined : parts.join('\n');
}

function pluginName(request: Fields): string | undefined {
	const parts = [textOf(request['pluginId']), textOf(request['toolName'])].filter(part => part !== undefined);
	return parts.length === 0 ? undefined : `plugin ${parts.join(', tool ')}`;
}

function idOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && value.length <= longestId ? value : undefined;
}

function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const shown = showInvisible(value.slice(0, longestText));
	return value.length > longestText ? `${shown}…` : shown;
}

function textsOf(value: unknown): readonly string[] {
	return listOf(value)
		.slice(0, mostVariables)
		.flatMap(text => textOf(text) ?? []);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function timeOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): {readonly [Key in Name]?: Value} {
	return value === undefined ? {} : ({[name]: value} as {[Key in Name]: Value});
}
