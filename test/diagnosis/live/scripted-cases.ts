import type {TestContext} from 'node:test';
import type {Evidence, Observation} from '../../../source/diagnosis/evidence.js';
import type {Gateway} from '../../../source/gateway/gateway.js';
import {type ControlServer, controlServer, helloOk, type Script} from '../../gateway/control/control-server.js';
import {connectTo, type GatewayOptions} from '../../gateway/test-gateway.js';

/** Something that the control plane of a gateway can do, as no gateway at hand can be made to, and the row that explains it. */
export interface ScriptedCase {
	readonly id: string;
	readonly name: string;
	run(t: TestContext): Promise<Evidence>;
}

const patience = () => AbortSignal.timeout(10_000);

async function open(t: TestContext, script: Script, options: GatewayOptions = {}) {
	const server = await controlServer(t, script);
	const gateway = connectTo(t, server.origin, options);
	const {evidence} = await gateway.control.connect(patience());
	return {server, gateway, evidence};
}

/** The handshake is answered with no. */
function refuses(id: string, detail: string, message: string, more: object = {}): ScriptedCase {
	const error = {code: 'INVALID_REQUEST', message, details: {code: detail}, ...more};
	return {
		id,
		name: message,
		run: async t => (await open(t, {onConnect: (_request, reply) => reply.error(error, [1008, message])})).evidence,
	};
}

/** A connection that stood ends. */
function ends(id: string, name: string, act: (server: ControlServer) => void, options: GatewayOptions = {}): ScriptedCase {
	return {
		id,
		name,
		async run(t) {
			const {server, gateway, evidence} = await open(t, {}, options);
			const ended = closing(gateway);
			act(server);
			return {...evidence, observations: [...evidence.observations, await ended]};
		},
	};
}

function closing({control}: Gateway): Promise<Observation> {
	return new Promise(resolve => {
		const stop = control.hear(news => {
			if (news.kind !== 'closed') return;
			stop();
			resolve(news.closed);
		});
	});
}

const closes = (id: string, code: number, reason = '') =>
	ends(id, `closed with ${code} ${reason}`.trim(), ({sockets}) => {
		// 1005 stands for a close without a code.
		for (const socket of sockets) code === 1005 ? socket.close() : socket.close(code, reason);
	});

/** Tools that fail in the course of an answer that is given. */
function toolsFail(id: string, ...texts: readonly string[]): ScriptedCase {
	return {
		id,
		name: texts[0] ?? '',
		async run(t) {
			const {gateway, evidence} = await open(t, {
				onConnect(_request, reply, socket) {
					reply.ok(helloOk());
					socket.on('message', data => {
						const {
							id: callId,
							method,
							params,
						} = JSON.parse(String(data)) as {id: string; method: string; params: {idempotencyKey?: string}};
						if (method !== 'chat.send') return;
						const runId = params.idempotencyKey;
						socket.send(JSON.stringify({type: 'res', id: callId, ok: true, payload: {runId, status: 'started'}}));
						for (const frame of run(runId, texts)) socket.send(JSON.stringify(frame));
					});
				},
				onCall: (method, reply) => method !== 'chat.send' && reply.ok({}),
			});
			const answered = await ask(gateway);
			return {...evidence, observations: [...evidence.observations, ...answered.observations]};
		},
	};
}

const question = {id: 'q1', idempotencyKey: 'key-1', text: 'Run it', images: [], history: [], sessionKey: 'scripted'};

function ask(gateway: Gateway): Promise<Evidence> {
	return new Promise(resolve => {
		void gateway.transport.send(question, patience(), event => {
			if (event.type === 'ended') resolve(event.evidence);
		});
	});
}

/** The frames of a run whose tools fail, and which answers all the same, as 2026.9.6 sends them. */
function* run(runId: string | undefined, failures: readonly string[]) {
	let seq = 0;
	const event = (name: string, payload: object) => ({type: 'event', event: name, seq: ++seq, payload: {runId, ...payload}});
	for (const [index, text] of failures.entries()) {
		const tool = {toolCallId: `call-${index}`, name: 'exec'};
		yield event('agent', {stream: 'tool', data: {...tool, phase: 'start', args: {command: 'ls'}}});
		yield event('agent', {stream: 'tool', data: {...tool, phase: 'result', isError: true, result: {content: [{type: 'text', text}]}}});
	}
	yield event('chat', {state: 'final', seq: 1, message: {role: 'assistant', content: [{type: 'text', text: 'It did not work.'}]}});
}

/** No greeting, in a time of the test's own. */
const silent: ScriptedCase = {
	id: 'W24',
	name: 'no greeting',
	run: async t => (await open(t, {greeting: undefined}, {control: {challengeWithinMs: 20}})).evidence,
};

/** The heartbeat that 2026.9.6 promises every 30 s, in a time of the test's own. */
function silence(): ScriptedCase {
	return {
		id: 'W23',
		name: 'no heartbeat',
		async run(t) {
			const timers: (() => void)[] = [];
			let now = 0;
			const schedule = (_delayMs: number, callback: () => void) => {
				timers.push(callback);
				return () => void timers.splice(timers.indexOf(callback) >>> 0, 1);
			};
			const {gateway, evidence} = await open(t, {}, {control: {schedule, uptime: () => now}});
			const ended = closing(gateway);
			// As late as a timer of a process that runs: one that comes later finds what waits to be read first.
			now = 60_500;
			for (const callback of timers.splice(0)) callback();
			return {...evidence, observations: [...evidence.observations, await ended]};
		},
	};
}

/** Of five events two arrive. */
const gap: ScriptedCase = {
	id: 'W25',
	name: 'missing events',
	async run(t) {
		const {server, gateway, evidence} = await open(t, {});
		const missed = new Promise<Observation>(resolve => {
			gateway.control.hear(news => {
				if (news.kind === 'gap') resolve({kind: 'sequence-gap', layer: 'control', atMs: 0, missing: news.missing ?? 1});
			});
		});
		for (const seq of [1, 5]) server.broadcast({type: 'event', event: 'presence', seq, payload: {}});
		return {...evidence, observations: [...evidence.observations, await missed]};
	},
};

/** Every row that is shown so. Words and codes are those of OpenClaw 2026.9.6, from its sources where no gateway at hand says them. */
export const scriptedCases: readonly ScriptedCase[] = [
	refuses('A20', 'AUTH_RATE_LIMITED', 'unauthorized: too many failed authentication attempts (retry later)', {
		retryable: true,
		retryAfterMs: 19_995,
	}),
	refuses('A21', 'AUTH_TAILSCALE_IDENTITY_MISSING', 'unauthorized: tailscale identity missing'),
	refuses('A22', 'AUTH_TOKEN_NOT_CONFIGURED', 'unauthorized: token not configured on gateway (set gateway.auth.token)'),
	refuses('A23', 'AUTH_PASSWORD_MISMATCH', 'unauthorized: gateway password mismatch'),
	closes('W00', 4999, 'a reason of another program'),
	closes('W04', 1000, 'bye'),
	closes('W05', 1001),
	// A mask is for clients alone (RFC 6455 §5.1).
	ends('W07', 'a frame that is masked', ({sockets}) => {
		for (const socket of sockets) socket.send('{}', {mask: true});
	}),
	closes('W08', 1003, 'unsupported data'),
	closes('W09', 1005),
	closes('W13', 1007, 'invalid UTF-8'),
	closes('W14', 1008, 'because'),
	closes('W15', 1008, 'slow consumer'),
	closes('W18', 1009),
	closes('W19', 1011, 'gateway message handler unavailable'),
	silence(),
	silent,
	gap,
	toolsFail('E02', 'NODE_BACKGROUND_UNAVAILABLE: the node command needs the app in front'),
	toolsFail('E03', 'SYSTEM_RUN_DENIED: approval required'),
	toolsFail('E04', 'SYSTEM_RUN_DENIED: allowlist miss'),
	toolsFail('E05', 'CAMERA_PERMISSION_REQUIRED'),
	toolsFail('E06', 'TIMEOUT: node invoke timed out'),
	toolsFail('E07', 'exec host=node requires a node when multiple executable nodes are connected: desk, box. Set exec.node'),
	toolsFail('E08', 'the tool ended early', 'the tool ended early'),
];
