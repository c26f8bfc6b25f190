import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {WebSocket} from 'ws';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {challenge, controlServer, helloOk, type Reply, type Script} from '../gateway/control/control-server.js';
import {commandWorld} from '../helpers/command-world.js';
import {controlSequences, hidden, textBetween} from '../helpers/control-sequences.js';
import {freshHome} from '../helpers/fresh-home.js';
import {randomText, seededRandom} from '../helpers/seeded-random.js';

/** A control plane that writes what a terminal would obey, and the token that it was sent, into every text that it can. */

const token = 'hostile-plane-token-0123456789';
const deviceToken = 'hostile-plane-device-token-0123456789';

const pieces: readonly string[] = [
	'\u001B[31m',
	'\u001B[2J',
	'\u001B]52;c;cHduZWQ=\u0007',
	'\u001B]0;pwned\u001B\\',
	'\u001B]8;;http://pwned.example\u001B\\',
	'\u001BP+q\u001B\\',
	'\u009B4242A',
	'\u009D0;pwned\u009C',
	'\u0007',
	'\b',
	'\r',
	'\r\n',
	'\n',
	'\t',
	'\0',
	'\u007F',
	'\u202E',
	'\u2066',
	'\u200B',
	'\uFEFF',
	'\u2028',
	'\uD800',
	'\u{E0041}',
	' ',
	'word',
	`${token} `,
	`${deviceToken} `,
];

interface Plane {
	/** One hostile text. */
	text(): string;
	/** Every text of it is hostile; numbers are of any size. */
	readonly script: Script;
}

function hostilePlane(seed: number): Plane {
	const random = seededRandom(seed);
	// A beginning and an end that pass every check of names leave the middle to be judged.
	const text = () => `a${randomText(random, pieces, 8)}z`;
	const number = () => [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, 8.64e15, 1_795_284_546_539][random(7)] ?? 0;
	const list = (make: () => unknown) => Array.from({length: 1 + random(4)}, make);
	const row = () => ({
		key: random(2) === 0 ? `agent:main:${seed}-${random(1_000)}` : text(),
		agentId: text(),
		label: random(2) === 0 ? text() : undefined,
		derivedTitle: text(),
		lastMessagePreview: text(),
		lastChannel: text(),
		updatedAt: number(),
		unread: true,
	});
	const node = () => ({
		nodeId: text(),
		displayName: text(),
		platform: text(),
		connected: random(2) === 0,
		approvalState: ['approved', 'pending-approval', text()][random(3)],
		pendingRequestId: text(),
		commands: list(text),
		permissions: {[text()]: false, [text()]: true},
		lastSeenAtMs: number(),
	});
	const message = (role: string) => ({
		role,
		content: [{type: 'text', text: text()}],
		timestamp: number(),
		model: text(),
		stopReason: text(),
	});
	const payloads: Readonly<Record<string, () => unknown>> = {
		'sessions.list': () => ({sessions: list(row), totalCount: number()}),
		'node.list': () => ({nodes: list(node)}),
		'agents.list': () => ({defaultId: text(), agents: list(() => ({id: text(), name: text()}))}),
		'models.list': () => ({models: list(() => ({id: text(), provider: text(), name: text()}))}),
		'commands.list': () => ({commands: list(() => ({name: text(), description: text(), textAliases: [`/${text()}`]}))}),
		'chat.history': () => ({messages: [message('user'), message('assistant')], totalMessages: number(), hasMore: true}),
		'exec.approval.list': () => [],
		'plugin.approval.list': () => [],
	};
	const hello = (scopes: readonly string[]) =>
		helloOk({
			server: {version: text(), bootId: text(), connId: text()},
			features: {methods: [...Object.keys(payloads), 'chat.send'], events: []},
			snapshot: {uptimeMs: number(), sessionDefaults: {mainSessionKey: text(), defaultAgentId: 'main'}},
			auth: {method: text(), role: text(), scopes: [...scopes, text()], deviceToken},
			policy: {maxPayload: 26_214_400, tickIntervalMs: number()},
		});
	return {
		text,
		script: {
			greeting: challenge,
			onConnect: ({params}, reply) => reply.ok(hello(params.scopes)),
			onCall(method, reply, socket, params) {
				if (method === 'chat.send') return play({text, number}, params, reply, socket);
				const payload = payloads[method];
				if (payload === undefined) reply.error({code: text(), message: text(), details: {code: text(), reason: text()}});
				else reply.ok(payload());
			},
		},
	};
}

type Words = {text(): string; number(): number};

/** A run with everything that one can have. */
function play(
	{text, number}: Words,
	{idempotencyKey, sessionKey}: Readonly<Record<string, unknown>>,
	reply: Reply,
	socket: WebSocket,
): void {
	// An answer, and what waits for approval, is shown whole, whatever is in it.
	const whole = () => text().replaceAll(token, 'token').replaceAll(deviceToken, 'token');
	const about = {runId: idempotencyKey, sessionKey};
	const send = (event: string, payload: object) => socket.send(JSON.stringify({type: 'event', event, payload: {...about, ...payload}}));
	const agent = (stream: string, data: object) => send('agent', {stream, ts: number(), data});
	reply.ok({runId: idempotencyKey, status: 'started'});
	send('chat', {state: 'status', phase: text()});
	agent('run_status', {phase: 'retrying', retryAttempt: 2, maxRetries: 8, delayMs: 100, reason: text(), message: text()});
	agent('thinking', {text: text()});
	agent('tool', {phase: 'start', toolCallId: 'call-1', name: text(), args: {[text()]: text(), [text()]: [text()]}});
	agent('tool', {
		phase: 'result',
		toolCallId: 'call-1',
		isError: true,
		result: {content: [{type: 'text', text: text()}], details: {error: text()}},
	});
	agent('tool', {phase: 'start', toolCallId: 'call-2', name: text(), args: text()});
	socket.send(
		JSON.stringify({
			type: 'event',
			event: 'exec.approval.requested',
			payload: {
				id: `req-${whole()}`,
				request: {
					command: whole(),
					cwd: whole(),
					host: whole(),
					nodeId: whole(),
					agentId: whole(),
					sessionKey: whole(),
					resolvedPath: whole(),
					envKeys: [whole()],
					warningText: whole(),
					allowedDecisions: ['allow-once', 'allow-always', 'deny'],
				},
				createdAtMs: number(),
				expiresAtMs: number(),
			},
		}),
	);
	const gone = {type: 'event', event: 'exec.approval.resolved', payload: {id: 'req-x', decision: 'deny', resolvedBy: text()}};
	socket.send(JSON.stringify(gone));
	send('chat', {state: 'delta', deltaText: 'The answer: '});
	const answer = {role: 'assistant', content: [{type: 'text', text: `The answer: ${whole()}`}], stopReason: text()};
	const error = {errorMessage: text(), errorKind: text(), errorDetail: {providerErrorType: text(), httpStatus: number()}};
	send('chat', number() > 0 ? {state: 'final', message: answer, stopReason: text()} : {state: 'error', ...error});
}

interface Shown {
	readonly stdout: string;
	readonly stderr: string;
}

/** @param lines What a person types into a terminal that understands no control sequences. */
async function shownBy(t: TestContext, script: Script, argv: readonly string[], lines?: string): Promise<Shown> {
	const {origin} = await controlServer(t, script);
	const {env, home} = freshHome(t);
	mkdirSync(join(home, '.clawtalk'), {mode: 0o700});
	writeFileSync(join(home, '.clawtalk', 'config.json'), JSON.stringify({approvals: true}), {mode: 0o600});
	const world = commandWorld({
		env: {...env, TERM: 'dumb', CLAWTALK_GATEWAY_URL: origin, CLAWTALK_GATEWAY_TOKEN: token},
		piped: lines ?? '',
	});
	// On a terminal a status is drawn anew while it goes on.
	if (argv[0] !== 'status') Object.assign(world.stdout, {isTTY: true, columns: 80});
	if (lines !== undefined) Object.assign(world.stdin, {isTTY: true});
	await runCommandLine(argv, world);
	return {stdout: world.stdoutText(), stderr: world.stderrText()};
}

function assertSafe({stdout, stderr}: Shown, argv: readonly string[]): void {
	for (const written of [stdout, stderr]) {
		// Columns of a list stand behind tabs.
		assert.deepEqual(controlSequences(written.replaceAll('\t', '')), [], argv.join(' '));
		assert.doesNotMatch(textBetween(written), hidden, argv.join(' '));
		assert.ok(!written.includes(token) && !written.includes(deviceToken), `a secret in what ${argv.join(' ')} says: ${written}`);
	}
	assert.notEqual(stdout + stderr, '', argv.join(' '));
}

const commands: ReadonlyArray<readonly [argv: readonly string[], lines?: string]> = [
	[['nodes']],
	[['nodes', '--json']],
	[['sessions', 'list', '--gateway-sessions']],
	[['sessions', 'list', '--gateway-sessions', '--json']],
	[['status']],
	[['status', '--json']],
	[['ask', '--transport', 'ws', 'Hello']],
	[['ask', '--transport', 'ws', '--json', 'Hello']],
	[[], '/status\n/sessions\n\nHello\n/approvals\n/agent\n\n/status\n/quit\n'],
	[['--screen-reader'], '/status\n/sessions\n\nHello\n/approvals\n/agent\n\n/status\n/quit\n'],
];

for (const [argv, lines] of commands) {
	test(`clawtalk ${argv.join(' ')} shows nothing of a hostile control plane that a terminal would obey, and no secret`, async t => {
		for (const seed of [1, 2, 3]) assertSafe(await shownBy(t, hostilePlane(seed).script, argv, lines), argv);
	});
}

for (const [what, code, close] of [
	['refuses', 'INVALID_REQUEST', 1008],
	['wants a pairing', 'NOT_PAIRED', 1008],
] as const) {
	test(`a hostile control plane that ${what} shows nothing of it either`, async t => {
		for (const seed of [1, 2, 3, 4]) {
			const {text} = hostilePlane(seed);
			const refusal = () => ({
				code: seed % 2 === 0 ? code : text(),
				message: `${text()} (requestId: ${text()})`,
				details: {code: seed === 1 ? 'PAIRING_REQUIRED' : text(), reason: text(), requestId: text(), recommendedNextStep: text()},
			});
			const reason = () => Buffer.from(text()).subarray(0, 100).toString().replaceAll('\uFFFD', '');
			const script: Script = {onConnect: (_request, reply) => reply.error(refusal(), [close, reason()])};
			for (const argv of [['nodes'], ['nodes', '--json'], ['status'], ['ask', '--transport', 'ws', 'Hello']]) {
				assertSafe(await shownBy(t, script, argv), argv);
			}
		}
	});
}
