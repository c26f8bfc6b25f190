import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import type {ApprovalEvent} from '../../source/chat/approval/approval.js';
import type {Generation} from '../../source/demo/options.js';
import {generations} from '../../source/demo/options.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import {openGateway} from '../../source/gateway/open-gateway.js';
import {createApprovalDesk} from '../../source/perform/approval-desk.js';
import {systemClock} from '../../source/perform/clock.js';
import {atEnd} from '../helpers/at-end.js';
import {memoryOfDevices} from './approvals-device.js';
import {type RealGateway, startRealGateway} from './real-gateway.js';

/** Every command is asked about that is on no allow-list. */
const asks: Readonly<Record<Generation, object>> = {
	'2026.9.6': {tools: {exec: {mode: 'ask'}}},
	'2026.2.9': {tools: {exec: {host: 'gateway', ask: 'on-miss', security: 'allowlist'}}},
};

type Told = ApprovalEvent & {readonly at: number};

/** clawtalk's own reader of approvals on a connection that may answer them. */
async function follow(real: RealGateway, approvals = true) {
	const gateway: Gateway = openGateway(
		{
			origin: real.origin,
			basePath: '',
			source: 'a test',
			addressClass: 'loopback',
			credential: {kind: 'token', secret: new Secret(real.token), source: 'a test'},
			headers: {},
		},
		{
			ledger: {find: async () => undefined, record: async () => undefined, clear: async () => undefined},
			env: {},
			now: Date.now,
			approvals,
			...(real.generation === '2026.2.9' ? {} : {devices: memoryOfDevices()}),
		},
	);
	const events: Told[] = [];
	const waiting = new Set<() => void>();
	const desk = createApprovalDesk(systemClock);
	const dispatch = (event: object) => {
		events.push(event as Told);
		for (const look of [...waiting]) look();
	};
	desk.follow(gateway.control, dispatch);
	const {value} = await gateway.control.connect(AbortSignal.timeout(30_000));
	assert.equal(value.kind, 'open');
	const next = <Type extends Told['type']>(type: Type, isWanted: (event: Told & {type: Type}) => boolean = () => true) =>
		new Promise<Told & {type: Type}>(resolve => {
			const look = () => {
				const found = events.find((event): event is Told & {type: Type} => event.type === type && isWanted(event as Told & {type: Type}));
				if (found === undefined) return;
				waiting.delete(look);
				resolve(found);
			};
			waiting.add(look);
			look();
		});
	const ask = (command: string) =>
		gateway.control.call('chat.send', {
			sessionKey: `agent:main:clawtalk:${crypto.randomUUID()}`,
			message: `hi [[n=2 rate=0 fault=tool tool=exec args=${JSON.stringify({command}).replaceAll(' ', '~')}]]`,
			idempotencyKey: crypto.randomUUID(),
		});
	return {gateway, desk, dispatch, next, ask, events, close: () => gateway.close()};
}

describe('approvals on real OpenClaw', {concurrency: 1}, () => {
	for (const generation of generations) {
		describe(generation, {concurrency: 1}, () => {
			let real: RealGateway;
			before(async () => {
				real = await startRealGateway(generation, {initially: config => ({...config, ...asks[generation]})});
			});
			after(async () => real?.stop());

			test('a command that waits is told whole, with where and why; denied, it is over', async context => {
				const chat = await follow(real);
				atEnd(context, chat.close);
				await chat.ask('whoami | cat');
				const {request, expiresAt} = await chat.next('approval-requested');
				assert.equal(request.command, 'whoami | cat');
				assert.equal(request.agent, 'main');
				assert.equal(request.host, 'gateway');
				assert.match(request.cwd ?? '', /workspace$/);
				assert.deepEqual(request.why, ['The command is on no allow-list of this agent.']);
				assert.deepEqual(request.decisions, ['allow-once', 'deny'], 'no rule is known for a pipe');
				const livesMs = (expiresAt ?? 0) - Date.now();
				assert.ok(livesMs > 60_000 && livesMs <= (generation === '2026.2.9' ? 120_000 : 1_800_000), String(livesMs));
				chat.desk.perform({type: 'answer-approval', id: request.id, kind: 'exec', decision: 'deny'}, chat.dispatch);
				assert.deepEqual((await chat.next('approval-answered')).outcome, {kind: 'accepted'});
				const {resolved} = await chat.next('approval-resolved');
				assert.deepEqual(resolved, {id: request.id, decision: 'deny', by: 'cli'});
			});

			test('an answer that comes too late, and one to nothing, are over', async context => {
				const chat = await follow(real);
				atEnd(context, chat.close);
				await chat.ask('id -u');
				const {request} = await chat.next('approval-requested');
				const outcomeOf = async (id: string, decision: 'allow-once' | 'deny') => {
					const before = chat.events.length;
					chat.desk.perform({type: 'answer-approval', id, kind: 'exec', decision}, chat.dispatch);
					return (await chat.next('approval-answered', event => chat.events.indexOf(event) >= before)).outcome;
				};
				assert.deepEqual(await outcomeOf(request.id, 'deny'), {kind: 'accepted'});
				assert.deepEqual(await outcomeOf(request.id, 'allow-once'), {
					kind: 'over',
					how: generation === '2026.2.9' ? 'unknown' : 'answered',
				});
				assert.deepEqual(await outcomeOf('no-such-request', 'deny'), {kind: 'over', how: 'unknown'});
			});

			test('without the right nothing is told', async context => {
				const chat = await follow(real, false);
				atEnd(context, chat.close);
				const answer = await chat.ask('hostname');
				const runId = answer.ok ? answer.payload['runId'] : undefined;
				await chat.gateway.control.call('agent.wait', {runId, timeoutMs: 30_000}, {timeoutMs: 40_000});
				assert.deepEqual(chat.events, []);
			});
		});
	}
});
