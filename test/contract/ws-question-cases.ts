import assert from 'node:assert/strict';
import {createRetryLines} from '../../source/commands/retry-lines.js';
import {createStandingText} from '../../source/commands/standing-text.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import type {Question, TransportEvent} from '../../source/gateway/transport.js';
import {ask, openPeer} from './client.js';
import type {Case, Peer} from './peer.js';

const overWs = (peer: Peer): Peer => ({...peer, transport: 'ws'});
const uniqueKey = () => `clawtalk:${crypto.randomUUID()}`;
const anyTime = () => new AbortController().signal;
const isOld = ({generation}: Peer) => generation === '2026.2.9';
const words = (count: number) => Array.from({length: count}, (_, index) => `tok${index}`).join(' ');

/** What a question over the control plane alone can do, through clawtalk's own client. */
export const wsQuestionCases: readonly Case[] = [
	{
		name: 'refuses a wrong token on the control plane',
		async run(peer) {
			const {outcome, evidence} = await ask(overWs(peer), 'go [[n=1]]', {token: 'not-the-token'});
			assert.equal(outcome.kind, 'refused');
			const refusal = evidence.observations.find(({kind}) => kind === 'control-refused');
			assert.match(JSON.stringify(refusal), /gateway token mismatch/);
		},
	},
	{
		name: 'refuses an agent and a model it does not have, over the control plane',
		generation: '2026.9.6',
		async run(peer) {
			const agent = await ask(overWs(peer), 'go [[n=1]]', {agent: 'nobody', sessionKey: uniqueKey()});
			const model = await ask(overWs(peer), 'go [[n=1]]', {model: 'nobody/nothing', sessionKey: uniqueKey()});
			assert.deepEqual([agent.outcome.kind, model.outcome.kind], ['refused', 'refused'], `${agent.text} ${model.text}`);
		},
	},
	{
		name: 'carries out a slash command over the control plane',
		async run(peer) {
			const {text, outcome} = await ask(overWs(peer), '/status');
			assert.equal(outcome.kind, 'complete');
			assert.match(text, /OpenClaw 2026/);
		},
	},
	{
		name: 'reads an order about its tools inside of a text over the control plane alone',
		async run(peer) {
			const asked = 'please /elevated on now [[n=1 rate=0 text=heard]]';
			const heardOver = async (transport: 'http' | 'ws', text: string) =>
				(await ask({...peer, transport}, text, {sessionKey: uniqueKey()})).text;
			assert.match(await heardOver('http', asked), /please {2}elevated on now/);
			assert.match(await heardOver('ws', asked), isOld(peer) ? /please now/ : /^elevated is not available/);
			assert.match(await heardOver('ws', 'Note /exec ask=off here [[n=1 rate=0 text=heard]]'), /Note here/);
			assert.match(await heardOver('ws', '/exec ask=off'), /^⚙️ Exec (?:defaults set|policy for this run only) \(ask=off\)/);
			// 2026.9.6 takes control characters out before it reads.
			assert.match(
				await heardOver('ws', 'see /el\u0001evated on [[n=1 rate=0 text=heard]]'),
				isOld(peer) ? /el evated on/ : /^elevated is not/,
			);
		},
	},
	{
		name: 'sends a question that shall be plain text over HTTP, where the control plane is open, too',
		async run(peer) {
			const gateway = openPeer({...peer, transport: 'auto'});
			await back(gateway);
			const order = 'please /elevated on now [[n=1 rate=0 text=heard]]';
			const {text, outcome} = await ask(peer, order, {gateway, sessionKey: uniqueKey(), asText: true});
			await gateway.close();
			assert.equal(outcome.kind, 'complete');
			assert.match(text, /please {2}elevated on now/);
		},
	},
	{
		name: 'goes on over the one way with what was said over the other',
		async run(peer) {
			const sessionKey = uniqueKey();
			await ask({...peer, transport: 'http'}, 'The word is albatross [[n=1 rate=0]]', {sessionKey});
			assert.match((await ask(overWs(peer), 'go [[n=12 rate=0 text=recall]]', {sessionKey})).text, /albatross/);
			await ask(overWs(peer), 'The other word is bittern [[n=1 rate=0]]', {sessionKey});
			assert.match((await ask({...peer, transport: 'http'}, 'And now [[n=1 rate=0 text=heard]]', {sessionKey})).text, /bittern/);
		},
	},
	{
		name: 'takes instructions over the control plane',
		async run(peer) {
			const {text, outcome} = await ask(overWs(peer), 'go [[n=2 rate=0]]', {system: 'Be brief.', sessionKey: uniqueKey()});
			assert.deepEqual([text, outcome.kind], ['tok0 tok1', 'complete']);
		},
	},
	{
		name: 'finds a run that goes on after the connection was lost: no text is missing and none comes twice',
		async run(peer) {
			const {text, types, outcome} = await interrupted(peer, 'go [[n=60 rate=20]]', {after: /tok5/});
			assert.deepEqual([text, outcome], [words(60), 'complete']);
			assert.deepEqual(types, ['interrupted', 'resumed running']);
		},
	},
	{
		name: 'finds the answer that was finished while the connection was away',
		async run(peer) {
			const {text, types, outcome} = await interrupted(peer, 'go [[n=20 rate=20]]', {after: /tok3/, until: endOfRun});
			assert.deepEqual([text, outcome], [words(20), 'complete']);
			assert.deepEqual(types, ['interrupted', 'resumed finished']);
		},
	},
	{
		name: 'asks once, also when the connection was lost before the question was taken',
		async run(peer) {
			const sessionKey = uniqueKey();
			const gateway = await openWs(peer);
			const asking = send(gateway, 'Count the herons [[n=2 rate=0]]', {sessionKey});
			gateway.forgetPeer();
			await back(gateway);
			const {text} = await asking;
			assert.equal(text, 'tok0 tok1');
			const {text: heard} = await send(gateway, 'And now [[n=1 rate=0 text=heard]]', {sessionKey});
			assert.equal(heard.split('Count the herons').length - 1, 1, heard);
			await gateway.close();
		},
	},
	{
		name: 'gives a question up when the connection does not come back',
		async run(peer) {
			const gateway = await openWs(peer, 300);
			const {text, outcome} = await send(gateway, 'go [[n=200 rate=20]]', {}, event => event.type === 'delta' && gateway.forgetPeer());
			assert.equal(outcome, 'cut');
			assert.match(text, /^tok0/);
			await gateway.close();
		},
	},
	{
		name: 'says its text again over the control plane with each try of its provider, and it stands on a stream once',
		generation: '2026.9.6',
		slow: true,
		async run(peer) {
			const {events, text, outcome} = await ask(overWs(peer), 'go [[n=20 rate=50 at=5 fault=cut]]', {sessionKey: uniqueKey()});
			const standing = createStandingText();
			const added = events.flatMap(event => standing.take(event) ?? []);
			assert.deepEqual([added.map(addition => addition.text).join(''), outcome.kind], [words(5), 'failed'], text);
			assert.equal(
				added.some(({isAnew}) => isAnew),
				false,
			);
			assert.ok(events.filter(({type}) => type === 'replace').length > 0, 'it was taken back');
			const lines = createRetryLines();
			const said = events.flatMap(event => lines(event) ?? []);
			assert.match(said[0] ?? '', /^Retrying in \d+ s \(1\/8\)/);
			// A line for each try; a real gateway gives up when its time is over, before the last one or behind it.
			const tries = said.map(line => Number(/\((\d)\/8\)/.exec(line)?.[1]));
			assert.deepEqual(tries, [...new Set(tries)].toSorted(), said.join('\n'));
			assert.ok(tries.length > 1, said.join('\n'));
		},
	},
	{
		name: 'shows what tools do over the control plane',
		generation: '2026.9.6',
		async run(peer) {
			const order = 'use it [[n=2 rate=0 fault=tool tool=exec args={"command":"echo~hi"}]]';
			const {events, text} = await ask(overWs(peer), order, {sessionKey: uniqueKey()});
			const calls = events.flatMap(event => (event.type === 'tool' ? [event.call] : []));
			assert.equal(text, 'tok0 tok1');
			assert.deepEqual([calls[0]?.name, calls[0]?.phase, calls.at(-1)?.phase], ['exec', 'started', 'finished']);
			assert.deepEqual([calls.at(-1)?.summary, calls.at(-1)?.output], ['echo hi', 'hi']);
		},
	},
];

interface Told {
	readonly text: string;
	readonly outcome: string;
	/** What was told of the connection. */
	readonly types: readonly string[];
}

interface Interruption {
	/** The text so far, when the connection is lost. */
	readonly after: RegExp;
	/** What has to be before it comes back; it comes back at once when absent. */
	readonly until?: (peer: Peer, runId: string) => Promise<void>;
}

/** The run has ended, as somebody else hears it. */
async function endOfRun(peer: Peer, runId: string): Promise<void> {
	const other = await openWs(peer);
	for (let status: unknown = 'timeout'; status === 'timeout'; ) {
		const answer = await other.control.call('agent.wait', {runId, timeoutMs: 20_000}, {timeoutMs: 60_000});
		assert.ok(answer.ok, JSON.stringify(answer));
		status = answer.payload['status'];
	}
	await other.close();
}

/** Asks, loses the connection when the text so far matches, and brings it back. */
async function interrupted(peer: Peer, text: string, {after, until = async () => undefined}: Interruption): Promise<Told> {
	const gateway = await openWs(peer);
	const idempotencyKey = crypto.randomUUID();
	let soFar = '';
	let isCut = false;
	let returning: Promise<unknown> | undefined;
	const told = await send(gateway, text, {sessionKey: uniqueKey(), idempotencyKey}, event => {
		soFar += event.type === 'delta' ? event.text : '';
		if (!isCut && after.test(soFar)) {
			isCut = true;
			gateway.forgetPeer();
		}
		if (event.type === 'interrupted') returning ??= until(peer, idempotencyKey).then(() => back(gateway));
	});
	await returning;
	await gateway.close();
	assert.equal(isOld(peer) && told.outcome === 'empty', false);
	return told;
}

async function openWs(peer: Peer, returnWithinMs?: number): Promise<Gateway> {
	const gateway = openPeer(overWs(peer), peer.token, returnWithinMs);
	await back(gateway);
	return gateway;
}

async function back(gateway: Gateway): Promise<void> {
	assert.equal((await gateway.control.connect(anyTime())).value.kind, 'open');
}

async function send(
	gateway: Gateway,
	text: string,
	more: Partial<Question>,
	onEvent: (event: TransportEvent) => unknown = () => undefined,
): Promise<Told> {
	const id = crypto.randomUUID();
	const types: string[] = [];
	let said = '';
	let outcome = '';
	await gateway.transport.send({id, idempotencyKey: id, text, images: [], history: [], ...more}, anyTime(), event => {
		if (event.type === 'delta') said += event.text;
		if (event.type === 'replace') said = event.text;
		if (event.type === 'interrupted') types.push('interrupted');
		if (event.type === 'resumed') types.push(`resumed ${event.run}`);
		if (event.type === 'ended') outcome = event.outcome.kind;
		onEvent(event);
	});
	return {text: said, outcome, types};
}
