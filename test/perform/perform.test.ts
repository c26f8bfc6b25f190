import assert from 'node:assert/strict';
import {readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import type {State} from '../../source/chat/state.js';
import {createPerformer, type World} from '../../source/perform.js';
import {createStore} from '../../source/store.js';
import {conversationFile, draftFile} from '../../source/transcripts/location.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {beginning, complete, delta, ended, type Happening, shown} from '../chat/steps.js';
import {temporaryHome} from '../transcripts/temporary-home.js';
import {manualClock} from './manual-clock.js';
import {scriptedGateway} from './scripted-gateway.js';

function chat(home: string | undefined, changes: Partial<World> = {}) {
	const clock = manualClock();
	const gateway = scriptedGateway('http');
	let networkChanged: () => void = () => assert.fail('the network is not watched');
	const performer = createPerformer({
		gateway,
		clock,
		...(home !== undefined && {transcripts: openTranscripts(home)}),
		random: () => 0,
		newId: () => 'c2',
		openProfile: async () => ({ok: false, problem: 'no such profile'}),
		clearScreen: () => undefined,
		watchNetwork(onChange) {
			networkChanged = onChange;
			return () => {
				networkChanged = () => undefined;
			};
		},
		...changes,
	});
	const store = createStore(beginning({at: clock.now(), ephemeral: home === undefined}), performer.perform);
	performer.start(store.dispatch);
	const happen = (...happenings: readonly Happening[]) => {
		for (const happening of happenings) store.dispatch({at: clock.now(), ...happening} as Parameters<typeof store.dispatch>[0]);
	};
	/** Resolves when the state is as wanted. */
	const until = (wanted: (state: State) => boolean) =>
		new Promise<void>(resolve => {
			const look = () => wanted(store.getState()) && resolve();
			store.subscribe(look);
			look();
		});
	const say = (text: string) => happen({type: 'text-typed', text}, {type: 'submit-requested'});
	/** Answers the question where the profile leads, and says yes to it. */
	const switchProfile = (name: string) => {
		say(`/profile ${name}`);
		const orderId = store.getState().profileOrder ?? assert.fail('nobody asked where the profile leads');
		happen({type: 'profile-described', orderId, name, gateway: 'http://10.0.0.2:1'}, {type: 'text-typed', text: 'y'});
	};
	return {clock, gateway, performer, store, happen, say, switchProfile, until, changeNetwork: () => networkChanged()};
}

async function recordsOf(home: string, id = 'c1'): Promise<readonly {kind: string; text?: string; ended?: string}[]> {
	const lines = (await readFile(conversationFile(home, id), 'utf8')).trimEnd().split('\n');
	return lines.map(line => JSON.parse(line));
}

test('a conversation is on disk when the chat is closed', async context => {
	const home = await temporaryHome(context);
	const {clock, gateway, performer, say} = chat(home);
	await gateway.health('live');
	say('hello');
	gateway.asked?.emit(delta('one '));
	clock.advance(1_000);
	gateway.asked?.emit(delta('two'));
	gateway.asked?.emit(ended(complete));
	await performer.close();
	assert.deepEqual(
		(await recordsOf(home)).map(record => [record.kind, record.text]),
		[
			['conversation', undefined],
			['question', 'hello'],
			['answer-part', 'one '],
			['answer', 'one two'],
		],
	);
	assert.deepEqual(gateway.calls.at(-1), 'close');
	assert.equal(clock.pending, 0);
});

test('ephemeral leaves no trace', async context => {
	const home = await temporaryHome(context);
	const {gateway, performer, say} = chat(undefined);
	await gateway.health('live');
	say('hello');
	gateway.asked?.emit(ended(complete));
	await performer.close();
	await assert.rejects(readdir(home), {code: 'ENOENT'});
});

test('typed text is on disk within a second, however long the typing goes on', async context => {
	const home = await temporaryHome(context);
	const {clock, performer, happen} = chat(home);
	const before = clock.pending;
	for (let key = 0; key < 10; key++) {
		happen({type: 'text-typed', text: 'x'});
		clock.advance(100);
		assert.ok(clock.pending <= before + 1, 'one save is due at a time');
	}
	await performer.close();
	assert.equal(JSON.parse(await readFile(draftFile(home, 'c1'), 'utf8')).text, 'xxxxxxxxxx');
});

test('disk failures are said once and the chat goes on', async context => {
	const home = await temporaryHome(context);
	await writeFile(home, 'a file in the way');
	const {gateway, say, until, store, performer} = chat(home);
	await gateway.health('live');
	say('hello');
	gateway.asked?.emit(delta('hi'));
	await until(state => state.failedSaves.includes('conversation'));
	gateway.asked?.emit(ended(complete));
	say('again');
	assert.equal(gateway.asked?.question.text, 'again');
	gateway.asked?.emit(ended(complete, 'c1-2'));
	await rm(home);
	say('and now');
	gateway.asked?.emit(ended(complete, 'c1-3'));
	await performer.close();
	assert.equal(shown(store.getState()).filter(entry => entry.includes('The conversation cannot be saved')).length, 1);
	const texts = (await recordsOf(home)).flatMap(record => (record.kind === 'question' ? [record.text] : []));
	assert.deepEqual(texts, ['hello', 'again', 'and now'], 'what could not be written was written later, in order');
});

test('Esc aborts the request', async () => {
	const {gateway, happen, say} = chat(undefined);
	await gateway.health('live');
	say('hello');
	happen({type: 'cancel-requested'});
	assert.equal(gateway.asked?.signal.aborted, true);
});

test('an answer that ends badly makes a look at once, a good one does not', async () => {
	const {gateway, say} = chat(undefined);
	await gateway.health('live');
	say('one');
	gateway.asked?.emit(ended(complete));
	assert.equal(gateway.waiting, 0);
	say('two');
	gateway.asked?.emit(ended({kind: 'cut'}, 'c1-2'));
	assert.equal(gateway.waiting, 1);
});

test('a network change drops what was known and looks at once', async () => {
	const {gateway, changeNetwork} = chat(undefined);
	await gateway.health('live');
	changeNetwork();
	assert.deepEqual(gateway.calls.slice(-2), ['forget peer', 'health']);
});

test('idle and connected, nothing is dispatched and only the health check waits', async () => {
	const {clock, gateway, store} = chat(undefined);
	await gateway.health('live');
	let heard = 0;
	store.subscribe(() => {
		heard += 1;
	});
	for (let minute = 0; minute < 10; minute++) {
		clock.advance(30_000);
		await gateway.health('live');
	}
	assert.deepEqual([heard, clock.pending], [0, 1]);
});

test('the clock ticks while an answer is under way and stops with it', async () => {
	const {clock, gateway, store, say} = chat(undefined);
	await gateway.health('live');
	say('hello');
	const before = store.getState().now;
	clock.advance(3_000);
	assert.equal(store.getState().now, before + 3_000);
	gateway.asked?.emit(ended(complete));
	assert.equal(clock.pending, 1);
});

test('another profile: its gateway is watched, the one before is closed, questions go to the new one', async () => {
	const other = scriptedGateway();
	const place = {profile: 'home', origin: 'http://10.0.0.2:1', path: 'LAN'};
	const {gateway, store, say, until, switchProfile} = chat(undefined, {
		openProfile: async () => ({ok: true, gateway: other, place, agent: 'ops'}),
	});
	await gateway.health('live');
	switchProfile('home');
	await until(state => state.conversation.id === 'c2');
	await other.health('live');
	say('hello');
	assert.deepEqual([gateway.asked, other.asked?.question.agent, other.asked?.question.sessionKey], [undefined, 'ops', 'clawtalk:c2']);
	assert.deepEqual(gateway.calls.at(-1), 'close');
	assert.equal(store.getState().place, place);
});

test('a profile that cannot be opened changes nothing', async () => {
	const {gateway, store, until, switchProfile} = chat(undefined);
	await gateway.health('live');
	switchProfile('nowhere');
	await until(state => shown(state).includes('notice no such profile'));
	assert.equal(store.getState().connection.state, 'online');
});

test('/agent lists the agents of the gateway', async () => {
	const {gateway, say, until} = chat(undefined);
	await gateway.health('live');
	say('/agent');
	await until(state => state.agents?.join() === 'main,ops');
});
