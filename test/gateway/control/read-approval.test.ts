import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ApprovalRequest} from '../../../source/gateway/approval.js';
import {longestCommand, readApproval, readResolved} from '../../../source/gateway/control/read-approval.js';

const current = {protocol: 4, version: '2026.9.6'};
const older = {protocol: 3, version: 'dev'};

/** As 2026.9.6 sent it. */
const exec = {
	approvalKind: 'exec',
	id: 'cab912e0-f6db-4ed4-bb81-b1eff315ecfb',
	request: {
		command: 'ls -la /etc',
		systemRunBinding: null,
		systemRunPlan: null,
		cwd: '/home/me/.openclaw/workspace',
		nodeId: null,
		host: 'gateway',
		security: 'allowlist',
		ask: 'on-miss',
		warningText: null,
		scope: null,
		commandAnalysis: {commandCount: 1, nestedCommandCount: 0, riskKinds: [], warningLines: ['Contains inline-eval: node -e']},
		unavailableDecisions: ['allow-always'],
		allowedDecisions: ['allow-once', 'deny'],
		agentId: 'main',
		resolvedPath: '/usr/bin/ls',
		sessionKey: 'agent:main:clawtalk:c1',
		sessionId: null,
		runId: '815c997a-0c5e-406f-88d2-7122b807ab9d',
		toolCallId: 'call_1',
	},
	createdAtMs: 1_795_284_606_233,
	expiresAtMs: 1_795_286_406_233,
};
/** As 2026.2.9 sent it. */
const execOfOld = {
	id: '70565ee0-ad79-4a67-b7a6-20ae689cb377',
	request: {
		command: 'ls -la /etc/apt',
		cwd: '/home/me/.openclaw/workspace',
		host: 'gateway',
		security: 'allowlist',
		ask: 'on-miss',
		agentId: 'main',
		resolvedPath: '/usr/bin/ls',
		sessionKey: 'agent:main:clawtalk:c1',
	},
	createdAtMs: 1_795_284_636_820,
	expiresAtMs: 1_795_284_756_820,
};
const with_ = (changes: object, from: {readonly request: object} = exec) => ({...from, request: {...from.request, ...changes}});

test('a request of 2026.9.6', () => {
	assert.deepEqual(readApproval('exec', exec, current), {
		kind: 'exec',
		id: exec.id,
		command: 'ls -la /etc',
		agent: 'main',
		sessionKey: 'agent:main:clawtalk:c1',
		host: 'gateway',
		cwd: '/home/me/.openclaw/workspace',
		program: '/usr/bin/ls',
		why: ['The command is on no allow-list of this agent.', 'Contains inline-eval: node -e'],
		decisions: ['allow-once', 'deny'],
		createdAt: 1_795_284_606_233,
		expiresAt: 1_795_286_406_233,
	} satisfies ApprovalRequest);
});

test('a request of 2026.2.9: a rule is offered where it is one plain command', () => {
	const read = readApproval('exec', execOfOld, older);
	assert.deepEqual(read?.decisions, ['allow-once', 'allow-always', 'deny']);
	assert.deepEqual(read?.rule, {kind: 'program', path: '/usr/bin/ls'});
	assert.equal(read?.runsAfterwards, true);
});

const always: ReadonlyArray<readonly [what: string, payload: object, source: typeof current, rule: object | undefined]> = [
	['2026.9.6 that offers it', with_({allowedDecisions: ['allow-once', 'allow-always', 'deny']}), current, {kind: 'exact'}],
	['2026.8.1', with_({allowedDecisions: ['allow-always', 'deny']}), {protocol: 4, version: '2026.8.1'}, {kind: 'exact'}],
	[
		'2026.7.31, whose rules nobody looked at',
		with_({allowedDecisions: ['allow-always', 'deny']}),
		{protocol: 4, version: '2026.7.31'},
		undefined,
	],
	['a release that does not say which', with_({allowedDecisions: ['allow-always', 'deny']}), {protocol: 4, version: 'dev'}, undefined],
	['every command is asked about', with_({allowedDecisions: ['allow-always', 'deny'], ask: 'always'}), current, undefined],
	['2026.9.6 that does not offer it', exec, current, undefined],
	[
		'an automation',
		with_({
			allowedDecisions: ['allow-always', 'deny'],
			scope: {kind: 'standing-grant', automation: 'nightly', command: 'x', expiresInDays: 7},
		}),
		current,
		{kind: 'automation', name: 'nightly', expiresInDays: 7},
	],
	...['ls | sort', 'ls; rm x', 'ls && x', 'ls $(x)', 'ls `x`', 'ls > x', 'ls\nrm x', 'A=1 ls', 'ls *', 'ls "x"'].map(
		command =>
			[`2026.2.9 and ${JSON.stringify(command)}, which starts more than is known`, with_({command}, execOfOld), older, undefined] as const,
	),
	['2026.2.9 without a path', with_({resolvedPath: null}, execOfOld), older, undefined],
	['2026.2.9 without an allow-list', with_({security: 'full'}, execOfOld), older, undefined],
];
for (const [what, payload, source, rule] of always) {
	test(`“always”: ${what}`, () => {
		const read = readApproval('exec', payload, source);
		assert.deepEqual(read?.rule, rule);
		assert.equal(read?.decisions.includes('allow-always'), rule !== undefined);
		assert.equal(read?.decisions.includes('deny'), true);
	});
}

test('a plugin’s request: its words are what is allowed, and no rule is known', () => {
	const request = {
		pluginId: 'mail',
		toolName: 'send',
		title: 'Send',
		description: 'to a@b\u202E',
		detail: null,
		severity: 'critical',
		agentId: 'main',
	};
	const read = readApproval('plugin', {id: 'plugin:1', request}, current);
	assert.equal(read?.command, 'Send\\u{A}to a@b\\u{202E}');
	assert.equal(read?.host, 'plugin mail, tool send');
	assert.deepEqual(read?.decisions, ['allow-once', 'deny']);
	assert.deepEqual(read?.why, ['The plugin calls it critical.']);
});

test('no text of a request holds anything invisible', () => {
	const hostile = 'x\u202E\u200B\u001B[2J\r\n\u0007y';
	const request = {
		command: hostile,
		cwd: hostile,
		host: hostile,
		nodeId: hostile,
		agentId: hostile,
		sessionKey: hostile,
		resolvedPath: hostile,
		warningText: hostile,
		envKeys: [hostile],
		commandAnalysis: {warningLines: [hostile]},
	};
	const read = readApproval('exec', {id: 'a', request}, current);
	assert.doesNotMatch(JSON.stringify(read).replaceAll('\\\\', ''), /[\p{Cc}\p{Cf}]|\\[rn]/u);
	assert.ok(read?.command.startsWith('x\\u{202E}\\u{200B}\\u{1B}[2J\\u{D}\\u{A}\\u{7}y'));
});

test('10,000 characters are whole; what is too long to be shown can only be denied', () => {
	const long = `echo ${'A'.repeat(10_000)}; rm -rf /`;
	assert.equal(readApproval('exec', with_({command: long}), current)?.command, long);
	const longer = readApproval(
		'exec',
		with_({command: 'x'.repeat(longestCommand + 1), allowedDecisions: ['allow-once', 'allow-always', 'deny']}),
		current,
	);
	assert.equal(longer?.isCut, true);
	assert.deepEqual(longer?.decisions, ['deny']);
	const envKeys = Array.from({length: 101}, (_, index) => (index === 100 ? 'LD_PRELOAD' : `V${index}`));
	const laden = readApproval('exec', with_({command: 'ls', envKeys, allowedDecisions: ['allow-once', 'deny']}), current);
	assert.deepEqual([laden?.isCut, laden?.decisions], [true, ['deny']], 'a variable that is not shown is not allowed either');
});

const nothing: ReadonlyArray<readonly [what: string, payload: unknown]> = [
	['no object', 'x'],
	['null', null],
	['a list', []],
	['no request', {id: 'a'}],
	['no id', {request: {command: 'ls'}}],
	['an empty id', {id: '', request: {command: 'ls'}}],
	['an endless id', {id: 'x'.repeat(300), request: {command: 'ls'}}],
	['a number for an id', {id: 5, request: {command: 'ls'}}],
	['no command', {id: 'a', request: {}}],
	['an empty command', {id: 'a', request: {command: ' \n'}}],
	['a list for a command', {id: 'a', request: {command: ['ls']}}],
];
for (const [what, payload] of nothing) test(`no request: ${what}`, () => assert.equal(readApproval('exec', payload, current), undefined));

test('fields of another kind are left out, and what may be decided is never more than is named', () => {
	const request = {
		command: 'ls',
		cwd: 5,
		host: {},
		agentId: [],
		allowedDecisions: ['allow-forever', 7],
		commandAnalysis: 'x',
		scope: 1,
		envKeys: 'x',
	};
	assert.deepEqual(readApproval('exec', {id: 'a', request, createdAtMs: 'x', expiresAtMs: Number.NaN}, current), {
		kind: 'exec',
		id: 'a',
		command: 'ls',
		why: [],
		decisions: ['deny'],
	});
});

const resolutions: ReadonlyArray<readonly [what: string, payload: unknown, read: object | undefined]> = [
	['by a client', {id: 'a', decision: 'allow-once', resolvedBy: 'cli', ts: 1}, {id: 'a', decision: 'allow-once', by: 'cli'}],
	['expired', {id: 'a', decision: 'deny', resolvedBy: null}, {id: 'a', decision: 'deny', ended: 'by-itself'}],
	[
		'its run was stopped',
		{id: 'a', decision: 'deny', resolvedBy: 'approval-scope-closed'},
		{id: 'a', decision: 'deny', ended: 'withdrawn'},
	],
	['by a name with escapes', {id: 'a', decision: 'deny', resolvedBy: 'x\u001B[2J\u202Ey'}, {id: 'a', decision: 'deny', by: 'xy'}],
	['another decision', {id: 'a', decision: 'maybe'}, undefined],
	['nothing', undefined, undefined],
];
for (const [what, payload, read] of resolutions) test(`resolved: ${what}`, () => assert.deepEqual(readResolved(payload), read));
