import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, describe, type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import type {State} from '../../source/chat/state.js';
import {compareClock} from '../../source/network/changes.js';
import type {TransportName} from '../../source/transport-names.js';
import {shown} from '../chat/steps.js';
import {answersEnded, liveChat} from '../perform/live-chat.js';
import {losesOnce, startMeddlingRelay} from './meddling-relay.js';
import {type RealGateway, startRealGateway} from './real-gateway.js';
import {startRelay} from './relay.js';
import {startSleptProgram} from './slept-program.js';

/** Five seconds of text. */
const slowly = 'go on [[n=100 rate=20]]';
const lastWord = 'tok99';

/**
 * Every way in which a gateway, or the path to it, goes away and comes back in the middle of an answer. Each ends with what the chat
 * says of that answer, and it is what the gateway did.
 */
describe('a gateway that goes and comes back', {concurrency: 1}, () => {
	let gateway: RealGateway;
	before(async () => {
		gateway = await startRealGateway('2026.9.6');
	});
	after(() => gateway?.stop());

	test('killed and started again: online soon after it is ready, another start is said, and so is what is known of the answer', async context => {
		const chat = await chatIn(context, gateway);
		chat.say('go on [[n=400 rate=20]]');
		await chat.until(hasText);
		gateway.signal('SIGKILL');
		const cut = await chat.until(({connection}) => connection.state === 'waiting');
		assert.notEqual(cut.answer?.interruption, undefined, 'the answer is not given up');
		// Over HTTP at first, where the control plane still turns everybody away.
		const online = chat.until(({connection}) => connection.state === 'online').then(() => Date.now());
		const killedAt = Date.now();
		await gateway.restart();
		const readyAt = Date.now();
		const lateMs = (await online) - readyAt;
		// The number is for the bench: where a start takes long, everything does.
		const mayTakeMs = Math.max(5_000, (readyAt - killedAt) / 2);
		assert.ok(lateMs <= mayTakeMs, `online ${lateMs} ms after the gateway was ready, of ${mayTakeMs} ms`);
		await chat.until(isOverControl);
		const state = await chat.until(answersEnded(1));
		const said = notices(state).join('\n');
		assert.match(said, /Back after \d+ (?:s|min)\b/);
		assert.match(said, /The gateway restarted \d+ (?:s|min) ago\./);
		assertTrue(state, ['lost', 'complete', 'failed'], 'tok399');
	});

	test('drained: the answer is finished before it goes, and the next question waits for its return', async context => {
		const chat = await chatIn(context, gateway);
		chat.say(slowly);
		await chat.until(hasText);
		gateway.signal('SIGTERM');
		const state = await chat.until(answersEnded(1));
		assertTrue(state, ['complete'], lastWord);
		await gateway.exited;
		await chat.until(({connection}) => connection.state === 'waiting');
		await gateway.restart();
		await chat.until(isOverControl);
		chat.say('and again [[n=3 rate=0]]');
		assertTrue(await chat.until(answersEnded(2)), ['complete'], 'tok2');
	});

	test('frozen for a while: the answer goes on where it stood', async context => {
		const chat = await chatIn(context, gateway);
		chat.say(slowly);
		await chat.until(hasText);
		gateway.signal('SIGSTOP');
		// Here time itself is the subject: so long a freeze is shorter than the silence after which anybody is missed.
		setTimeout(() => gateway.signal('SIGCONT'), 4_000);
		const state = await chat.until(answersEnded(1));
		assertTrue(state, ['complete'], lastWord);
		assert.deepEqual([state.connection.state, notices(state)], ['online', []], 'nobody was away for long enough to say so');
	});

	test('the machine slept, and its connection with it: the rest is fetched over a new one', async context => {
		const relay = await startRelay(gateway.origin);
		context.after(relay.stop);
		assert.equal(compareClock(2_000, 3_602_000)?.kind, 'clock-jump');
		const chat = await chatIn(context, {...gateway, origin: relay.origin});
		chat.say(slowly);
		await chat.until(hasText);
		relay.freeze();
		chat.changeNetwork();
		const state = await chat.until(answersEnded(1));
		assertTrue(state, ['complete'], lastWord);
		assert.match(notices(state).at(-1) ?? '', /^The connection was away for \d+ s in the middle of this answer; /);
	});

	test('the machine slept for hours by its clock alone, and its connection died: the program in its terminal fetches the rest', async context => {
		const relay = await startRelay(gateway.origin);
		context.after(relay.stop);
		const {program, wakeHoursLater} = await startSleptProgram(context, {...gateway, origin: relay.origin});
		program.type(`the night of the lapwing ${slowly}\r`);
		await program.shows('tok3');
		relay.freeze();
		wakeHoursLater();
		await program.shows(/^\d\d:\d\d · 3 h 0 min · /m);
		await program.shows(/The connection was away for \d+ s in the middle of this answer; [^❯]*was fetched\./);
		const text = program.lines().join(' ');
		const pieces = Array.from({length: 100}, (_, index) => `tok${index}`);
		assert.deepEqual(text.match(/tok\d+/g), pieces, 'nothing is lost, and nothing is there twice');
		assert.doesNotMatch(text, /not complete|tokens\/s/);
		const asked = gateway.provider.requests.filter(texts => texts.some(text => text.includes('the night of the lapwing')));
		assert.equal(asked.length, 1, 'it was asked once');
	});

	for (const [what, state] of [
		['a piece', 'delta'],
		['the end', 'final'],
	] as const) {
		test(`${what} of the answer does not arrive: what is shown is whole all the same`, async context => {
			const relay = await startMeddlingRelay(gateway.origin, {onFrame: losesOnce(state)});
			context.after(relay.stop);
			const chat = await chatIn(context, {...gateway, origin: relay.origin});
			chat.say(slowly);
			const ended = await chat.until(answersEnded(1));
			assertTrue(ended, ['complete'], lastWord);
			const pieces = shown(ended).flatMap(entry => (entry.startsWith('block') ? (entry.match(/tok\d+/g) ?? []) : []));
			assert.deepEqual(
				pieces,
				Array.from({length: 100}, (_, index) => `tok${index}`),
			);
		});
	}

	test('another network, and the connection lives: nothing is said, nothing is lost', async context => {
		const chat = await chatIn(context, gateway);
		chat.say(slowly);
		await chat.until(hasText);
		chat.changeNetwork();
		const state = await chat.until(answersEnded(1));
		assertTrue(state, ['complete'], lastWord);
		assert.deepEqual(notices(state), []);
	});

	test('the HTTP endpoint switched off and on: the control plane goes on; HTTP alone says so and comes back when asked', async context => {
		const chat = await chatIn(context, gateway);
		const overHttp = await chatIn(context, gateway, 'http');
		await gateway.configure(withEndpoint(false));
		await overHttp.ask('[[n=3 rate=0]]', ({outcome}) => outcome.kind === 'refused');
		assert.equal((await overHttp.until(({connection}) => connection.state === 'refused')).answer, undefined);
		assertTrue(await chat.ask('[[n=3 rate=0]]'), ['complete'], 'tok2');
		await gateway.configure(withEndpoint(true));
		await overHttp.askStatus(({connection}) => connection.state === 'online');
		assertTrue(await overHttp.ask('[[n=3 rate=0]]'), ['complete'], 'tok2');
	});

	// The last one: it is known by another token from here on.
	test('another token: the gateway hangs up, the chat asks for the new one, and claims nothing of the answer', async context => {
		const chat = await chatIn(context, gateway);
		chat.say('go on [[n=400 rate=20]]');
		await chat.until(hasText);
		await gateway.configure(({gateway: settings, ...config}) => ({
			...config,
			gateway: {...(settings as object), auth: {mode: 'token', token: `${gateway.token}-other`}},
		}));
		const state = await chat.until(({connection}) => connection.state === 'refused');
		assert.notEqual(state.answer?.interruption, undefined);
		chat.press('cancel-requested');
		assertTrue(await chat.until(answersEnded(1)), ['cancelled', 'cut', 'lost'], '');
	});
});

test('2026.2.9 killed and started again: what came is kept, and the answer is not called whole', async context => {
	const gateway = await startRealGateway('2026.2.9');
	context.after(gateway.stop);
	const chat = await chatIn(context, gateway);
	chat.say('go on [[n=400 rate=20]]');
	await chat.until(hasText);
	gateway.signal('SIGKILL');
	await chat.until(({connection}) => connection.state === 'waiting');
	await gateway.restart();
	assertTrue(await chat.until(answersEnded(1)), ['lost', 'failed', 'complete'], 'tok399');
});

type Chat = ReturnType<typeof liveChat>;

/** A chat with this gateway that is online, ended with its home when the test is over. */
async function chatIn(context: TestContext, {origin, token}: Pick<RealGateway, 'origin' | 'token'>, transport: TransportName = 'auto') {
	const home = await mkdtemp(path.join(tmpdir(), 'clawtalk-outages-'));
	let networkChanged: () => void = () => undefined;
	const opened: Chat = liveChat({origin, token, transport}, home, undefined, undefined, onChange => {
		networkChanged = onChange;
		return () => undefined;
	});
	const chat = {...opened, until: (wanted: (state: State) => boolean) => soon(opened, wanted)};
	context.after(async () => {
		await chat.close();
		await rm(home, {recursive: true, force: true});
	});
	await chat.until(transport === 'auto' ? isOverControl : ({connection}) => connection.state === 'online');
	const endings = () => chat.store.getState().entries.filter(entry => entry.kind === 'answer-end');
	/** Asks until an answer ends as wanted: a change of the configuration takes a moment. */
	const ask = async (text: string, isWanted: (end: Ended) => boolean = () => true): Promise<State> => {
		const before = endings().length;
		chat.say(text);
		const state = await chat.until(answersEnded(before + 1));
		const end = endings().at(-1);
		return end !== undefined && isWanted(end) ? state : ask(text, isWanted);
	};
	const askStatus = async (isWanted: (state: State) => boolean): Promise<State> => {
		chat.press('interrupt-requested');
		chat.say('/status');
		const state = await chat.until(({checkAsked}) => checkAsked === undefined);
		return isWanted(state) ? state : askStatus(isWanted);
	};
	return {...chat, ask, askStatus, changeNetwork: () => networkChanged()};
}

function notices(state: State): readonly string[] {
	return shown(state).flatMap(entry => (entry.startsWith('notice ') ? entry.slice('notice '.length) : []));
}

/** A gateway takes minutes to start on a busy machine. */
const longestWaitMs = 300_000;

/** A state that never comes is told with the one that is there. */
async function soon({until, store}: Chat, wanted: (state: State) => boolean): Promise<State> {
	const giveUp = new AbortController();
	const late = wait(longestWaitMs, undefined, {signal: giveUp.signal}).then(() => {
		const {connection, answer} = store.getState();
		throw new Error(`Waited for ${wanted}. ${JSON.stringify({connection, answer})}\n${shown(store.getState()).join('\n')}`);
	});
	const state = await Promise.race([until(wanted), late]);
	late.catch(() => undefined);
	giveUp.abort();
	return state;
}

type Ended = Extract<State['entries'][number], {kind: 'answer-end'}>;

function hasText({answer}: State): boolean {
	return (answer?.text.length ?? 0) > 0;
}

function isOverControl({connection}: State): boolean {
	return connection.state === 'online' && connection.via?.transport === 'ws';
}

/** What the chat says of its last answer agrees with its text: whole answers have their last word, others are not called whole. */
function assertTrue(state: State, expected: readonly string[], last: string): void {
	const end = state.entries.findLast(entry => entry.kind === 'answer-end');
	assert.ok(end !== undefined && expected.includes(end.outcome.kind), `${end?.outcome.kind}: ${shown(state).join('\n')}`);
	const text = shown(state)
		.filter(entry => entry.startsWith('block'))
		.join('\n');
	if (end.outcome.kind === 'complete') assert.match(text, new RegExp(`${last}\\s*$`));
	else assert.doesNotMatch(text, /tok399/);
}

function withEndpoint(enabled: boolean) {
	return ({gateway, ...config}: Record<string, unknown>) => ({
		...config,
		gateway: {...(gateway as object), http: {endpoints: {chatCompletions: {enabled}}}},
	});
}
