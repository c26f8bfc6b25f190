import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../source/chat/state.js';
import type {PanelWork} from '../../source/perform/panel-work.js';
import {createPerformer} from '../../source/perform.js';
import {createStore} from '../../source/store.js';
import {beginning, evidence, type Happening, httpAnswer, shown} from '../chat/steps.js';
import {manualClock} from './manual-clock.js';
import {scriptedGateway, settled} from './scripted-gateway.js';

const wrongToken = evidence({kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'gateway'}, httpAnswer(401));

/** A chat whose panel has work that the test prescribes; what was ordered is in `orders`. */
function chatWithPanel(changes: Partial<PanelWork> = {}) {
	const clock = manualClock();
	const gateway = scriptedGateway();
	const orders: string[] = [];
	const said = (order: string, text: string) => {
		orders.push(order);
		return text;
	};
	const work: PanelWork = {
		lookOptions: () => new Promise(() => undefined),
		pauseOf: () => undefined,
		copyFix: (_evidence, _cause, number) => said(`copy ${number}`, 'Copied.'),
		makeReport: async () => said('report', 'the report'),
		writeReport: async text => said(`write ${text}`, 'Written.'),
		openAddress: async () => ({ok: false, problem: 'No.'}),
		saveAddress: async origin => said(`save ${origin}`, 'Saved.'),
		renewToken: async () => ({kind: 'wanted', why: 'The same as before.'}),
		tryToken: async () => ({ok: false, why: 'Refused.'}),
		saveToken: async token => said(`save ${token.length} characters`, 'Saved.'),
		...changes,
	};
	let loads = 0;
	const performer = createPerformer({
		gateway,
		clock,
		random: () => 0,
		newId: () => 'c2',
		openProfile: async () => ({ok: false, problem: 'no such profile'}),
		clearScreen: () => undefined,
		watchNetwork: () => () => undefined,
		loadPanelWork: async () => {
			loads++;
			return work;
		},
	});
	const store = createStore(beginning({at: clock.now(), ephemeral: true, hasPanel: true}), performer.perform);
	const heard: string[] = [];
	const dispatch: typeof store.dispatch = event => {
		heard.push(JSON.stringify(event));
		store.dispatch(event);
	};
	const happen = (...happenings: readonly Happening[]) => {
		for (const happening of happenings) store.dispatch({at: clock.now(), ...happening} as Parameters<typeof store.dispatch>[0]);
	};
	const until = (wanted: (state: State) => boolean) =>
		new Promise<State>(resolve => {
			const look = () => wanted(store.getState()) && resolve(store.getState());
			store.subscribe(look);
			look();
		});
	const press = (text: string) => happen({type: 'text-typed', text});
	const type = (text: string) => performer.typeHidden({type: 'typed', text}, dispatch);
	performer.start(store.dispatch);
	happen({type: 'connection-refused', evidence: wrongToken}, {type: 'panel-requested'});
	return {gateway, happen, heard, loads: () => loads, orders, performer, press, store, type, until};
}

test('the work is loaded once, when the panel is first used', async () => {
	const {loads, press, until, orders} = chatWithPanel();
	press('12');
	await until(({panel}) => panel?.said === 'Copied.');
	assert.deepEqual([loads(), orders], [1, ['copy 1', 'copy 2']]);
});

test('a report is made, shown, and written by the second Enter', async () => {
	const {happen, press, until, orders} = chatWithPanel();
	press('x');
	await until(({panel}) => panel?.view.kind === 'report' && panel.view.text === 'the report');
	assert.deepEqual(orders, ['report']);
	happen({type: 'submit-requested'});
	await until(({panel}) => panel?.said === 'Written.');
	assert.deepEqual(orders, ['report', 'write the report']);
});

test('a typed token is in no state and in no event, and is tried, used and saved', async () => {
	const secret = 'very-secret-token';
	const other = scriptedGateway();
	const tried: string[] = [];
	const tryToken: PanelWork['tryToken'] = async token => {
		tried.push(token);
		return {ok: true, gateway: other, savedIn: 'config.json'};
	};
	const {gateway, happen, heard, press, store, type, until, orders} = chatWithPanel({tryToken});
	press('t');
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.step === 'typing');
	for (const letter of secret) type(letter);
	assert.deepEqual(store.getState().panel?.view, {kind: 'token', step: 'typing', length: secret.length, why: 'The same as before.'});
	happen({type: 'submit-requested'});
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.step === 'save');
	assert.deepEqual([tried, gateway.calls.at(-1), other.waiting], [[secret], 'close', 1], 'the gateway with the token is watched');
	happen({type: 'submit-requested'});
	await until(({panel}) => panel?.said === 'Saved.');
	assert.deepEqual(orders, [`save ${secret.length} characters`]);
	assert.ok(heard.length >= secret.length && !heard.join().includes(secret.slice(0, 6)));
	assert.ok(!JSON.stringify(store.getState()).includes(secret.slice(0, 6)));
});

test('a refused token is forgotten, and the next one begins anew', async () => {
	const {happen, press, store, type, until} = chatWithPanel();
	press('t');
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.step === 'typing');
	type('wrong');
	happen({type: 'submit-requested'});
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.why === 'Refused.');
	type('x');
	assert.deepEqual(store.getState().panel?.view, {kind: 'token', step: 'typing', length: 1, why: 'Refused.'});
});

test('a token that the configuration has by now is used without asking', async () => {
	const other = scriptedGateway();
	const {gateway, press, until} = chatWithPanel({
		renewToken: async () => ({kind: 'accepted', gateway: other, said: 'The token is new.'}),
	});
	press('t');
	await until(({panel}) => panel?.said === 'The token is new.');
	assert.equal(gateway.calls.at(-1), 'close');
	await other.health('live');
	await until(({connection}) => connection.state === 'online');
});

test('another address: its gateway is watched and asked, the conversation goes on', async () => {
	const other = scriptedGateway();
	const place = {origin: 'http://127.0.0.1:19001', path: 'loopback'};
	const {happen, press, until, store, gateway} = chatWithPanel({
		openAddress: async () => ({ok: true, gateway: other, place, canSave: false}),
	});
	happen({
		type: 'panel-observed',
		orderId: 1,
		isComplete: true,
		evidence: evidence({
			kind: 'sibling-look',
			layer: 'tcp',
			atMs: 0,
			relation: 'loopback',
			origin: place.origin,
			addressClass: 'loopback',
			outcome: 'gateway',
		}),
	});
	press('u');
	happen({type: 'submit-requested'});
	await until(state => state.place.origin === place.origin);
	await other.health('live');
	await until(({connection}) => connection.state === 'online');
	happen({type: 'cancel-requested'}, {type: 'cancel-requested'}, {type: 'cancel-requested'});
	press('hello');
	happen({type: 'submit-requested'});
	assert.deepEqual([gateway.asked, other.asked?.question.sessionKey], [undefined, 'clawtalk:c1']);
	assert.ok(shown(store.getState()).some(entry => entry.includes('Now talking to http://127.0.0.1:19001')));
});

test('a look is ended with the panel, and what it still finds changes nothing', async () => {
	const {gateway, happen, store} = chatWithPanel({lookOptions: async () => ({env: {}, minimal: true, before: []})});
	const signal = await new Promise<AbortSignal>(resolve => {
		gateway.identify = given => {
			resolve(given);
			return new Promise(() => undefined);
		};
	});
	assert.equal(signal.aborted, false);
	happen({type: 'cancel-requested'}, {type: 'cancel-requested'});
	assert.deepEqual([store.getState().panel, signal.aborted], [undefined, true]);
});

test('whether a cause has passed is asked without the token, with longer pauses, and not before a lock-out is over', async () => {
	const {gateway, happen, store, until} = chatWithPanel({pauseOf: () => 1_000});
	const seen = evidence(httpAnswer(503));
	happen(
		{type: 'connection-checked', latencyMs: 1, evidence: seen},
		{type: 'panel-observed', orderId: 1, evidence: seen, isComplete: true},
	);
	const waited = async () => {
		await until(({panel}) => panel?.wait?.retryAt !== undefined);
		return (store.getState().panel?.wait?.retryAt ?? 0) - store.getState().now;
	};
	assert.equal(await waited(), 2_000, 'never shorter');
	const due = () => happen({type: 'clock-ticked', at: store.getState().panel?.wait?.retryAt ?? 0});
	const before = gateway.calls.length;
	gateway.retryInMs = async () => 5_000;
	due();
	await waited();
	assert.equal(gateway.calls.length, before, 'locked out: nothing is asked');
	gateway.retryInMs = async () => undefined;
	while (gateway.waiting > 0) await gateway.health('live');
	due();
	while (gateway.waiting === 0) await settled();
	await gateway.health('live');
	await until(({entries}) => entries.some(entry => entry.kind === 'notice' && entry.text.startsWith('The gateway takes questions again')));
	assert.deepEqual(gateway.calls.slice(-2), ['health', 'readiness']);
});

test('a token whose trial was left is not used, whatever comes of it', async () => {
	const other = scriptedGateway();
	let finish: (tried: Awaited<ReturnType<PanelWork['tryToken']>>) => void = () => undefined;
	const tryToken: PanelWork['tryToken'] = () =>
		new Promise(resolve => {
			finish = resolve;
		});
	const {gateway, happen, press, store, type, until, orders} = chatWithPanel({tryToken});
	press('t');
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.step === 'typing');
	type('first');
	happen({type: 'submit-requested'});
	await settled();
	happen({type: 'cancel-requested'});
	press('t');
	await until(({panel}) => panel?.view.kind === 'token' && panel.view.step === 'typing');
	type('sec');
	finish({ok: true, gateway: other, savedIn: 'config.json'});
	while (!other.calls.includes('close')) await settled();
	assert.deepEqual(store.getState().panel?.view, {kind: 'token', step: 'typing', length: 3, why: 'The same as before.'});
	assert.ok(!gateway.calls.includes('close'));
	assert.deepEqual(orders, []);
});

test('leaving waits for what is being saved', async () => {
	let finish: (said: string) => void = () => undefined;
	const writeReport: PanelWork['writeReport'] = () =>
		new Promise(resolve => {
			finish = resolve;
		});
	const {happen, performer, press, until} = chatWithPanel({writeReport});
	press('x');
	await until(({panel}) => panel?.view.kind === 'report' && panel.view.text !== undefined);
	happen({type: 'submit-requested'});
	await settled();
	let isClosed = false;
	const closed = performer.close().then(() => {
		isClosed = true;
	});
	await settled();
	assert.equal(isClosed, false);
	finish('Written.');
	await closed;
});
