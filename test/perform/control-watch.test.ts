import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ControlState} from '../../source/gateway/control-plane.js';
import {type Sight, type WatchSurroundings, watchGateway} from '../../source/perform/gateway-watch.js';
import type {TransportName} from '../../source/transport-names.js';
import {manualClock} from './manual-clock.js';
import {closedWith, opened, pairing, refusedWith, scriptedControl} from './scripted-control.js';
import {scriptedGateway, settled} from './scripted-gateway.js';

/** A watch over a gateway whose attempts at the control plane come to these, one after another. */
function watching(
	attempts: readonly (ControlState | undefined)[],
	changes: Partial<WatchSurroundings> & {readonly transport?: TransportName} = {},
) {
	const clock = manualClock();
	const control = scriptedControl(...attempts);
	const gateway = Object.assign(scriptedGateway(changes.transport), {control});
	const sights: Sight[] = [];
	const watch = watchGateway(gateway, {clock, random: () => 0, ...changes}, sight => sights.push(sight));
	const pass = async (ms: number) => {
		clock.advance(ms);
		await settled();
	};
	/** Begins, at a gateway that is well. */
	const begin = async () => {
		watch.look();
		await gateway.health('live');
	};
	/** What was reported: the kind, or which way questions go and why not the better one. */
	const told = () => sights.map(sight => (sight.kind === 'usable' ? (sight.via.missing ?? sight.via.transport) : sight.kind));
	return {clock, control, gateway, sights, watch, pass, begin, told};
}

const boot2 = opened({bootId: 'boot-2'});

test('the control plane lets us in: nothing more is asked, over neither way, for hours', async () => {
	const {clock, control, gateway, sights, begin, pass} = watching([opened()]);
	await begin();
	assert.deepEqual(sights[0]?.kind === 'usable' && sights[0].via, {
		transport: 'ws',
		version: '2026.9.6',
		bootId: 'boot-1',
		approvals: false,
	});
	assert.equal(sights[0]?.nextLookAt, undefined);
	assert.equal(clock.pending, 0, 'not one timer');
	await pass(6 * 3_600_000);
	assert.deepEqual([gateway.calls, control.calls, sights.length], [['health'], ['connect'], 1]);
});

test('it breaks and is back at once: nothing is said but another start of the gateway', async () => {
	const {control, gateway, begin, pass, told, sights} = watching([opened(), opened(), boot2]);
	await begin();
	await pass(60_000);
	control.end();
	assert.deepEqual([gateway.waiting, told()], [1, ['ws']], 'looked at at once');
	await gateway.health('live');
	assert.deepEqual(told(), ['ws']);
	await pass(60_000);
	control.end();
	await gateway.health('live');
	assert.deepEqual(told(), ['ws', 'ws']);
	const [, after] = sights;
	assert.equal(after?.kind === 'usable' && after.via.bootId, 'boot-2');
});

test('it breaks and nobody is there: away at once, and back within two seconds', async () => {
	const {control, gateway, begin, pass, told} = watching([opened(), boot2]);
	await begin();
	await pass(60_000);
	control.end();
	await gateway.health('down');
	assert.deepEqual(told(), ['ws', 'away']);
	for (let look = 0; look < 20; look++) {
		await pass(1_500);
		await gateway.health('down');
	}
	await pass(1_500);
	await gateway.health('live');
	assert.equal(told().at(-1), 'ws');
});

test('it breaks and the look hangs: that is said after a second, with what was seen', async () => {
	const {control, gateway, begin, pass, sights, told} = watching([opened()]);
	await begin();
	await pass(60_000);
	control.end({code: 4000, byUs: true, silentMs: 60_000});
	await pass(999);
	assert.deepEqual(told(), ['ws']);
	await pass(1);
	assert.deepEqual(told(), ['ws', 'away']);
	assert.equal(sights[1]?.evidence.observations[0]?.kind, 'websocket-closed');
	await gateway.health('live');
	assert.deepEqual(told(), ['ws', 'away', 'ws']);
});

test('a stop that was announced is no surprise: it is said at once, and looked at when somebody may be there', async () => {
	const {clock, control, gateway, begin, pass, sights, told} = watching([opened(), boot2]);
	await begin();
	await pass(60_000);
	control.end({code: 1012, reason: 'service restart', shutdown: {reason: 'gateway stopping', restartExpectedMs: 1_200}});
	assert.deepEqual([told(), gateway.waiting], [['ws', 'away'], 0]);
	assert.equal(sights[1]?.nextLookAt, clock.now() + 1_200);
	await pass(1_200);
	await gateway.health('live');
	assert.equal(told().at(-1), 'ws');
});

test('a gateway that lets us in and drops us again is not dialled in a circle', async () => {
	const {control, gateway, begin, pass} = watching([opened()]);
	await begin();
	const dials = () => control.calls.filter(call => call === 'connect').length;
	for (let second = 0; second < 60; second++) {
		if (control.state.kind === 'open') control.end({code: 1008, reason: 'slow consumer'});
		if (gateway.waiting > 0) await gateway.health('live');
		await pass(1_000);
	}
	assert.ok(dials() > 3 && dials() < 12, `${dials()} attempts in a minute`);
});

test('approval is waited for over HTTP at a polite pace, and the chat goes on over the control plane then', async () => {
	const {control, gateway, begin, pass, told} = watching([pairing, pairing, opened()]);
	await begin();
	assert.deepEqual(told(), ['this device waits for approval: openclaw devices approve req-1']);
	assert.deepEqual(gateway.calls, ['health', 'access']);
	await pass(4_999);
	assert.equal(control.calls.length, 1);
	for (const expected of [1, 2]) {
		await pass(5_000);
		await gateway.health('live');
		assert.equal(told().length, expected);
	}
	assert.deepEqual([told().at(-1), gateway.calls.filter(call => call === 'access').length], ['ws', 1]);
});

test('a refusal for good is not asked again, HTTP goes on; the user may ask', async () => {
	const {control, gateway, watch, begin, pass, told} = watching([refusedWith({detail: 'PROTOCOL_MISMATCH'}), opened()]);
	await begin();
	for (let look = 0; look < 20; look++) {
		await pass(30_000);
		await gateway.health('live');
	}
	assert.deepEqual([told().length, control.calls], [1, ['connect']]);
	watch.lookAsked();
	await settled();
	await gateway.health('live');
	assert.equal(told().at(-1), 'ws');
});

test('the token is refused: it is not tried over HTTP, too, and nothing is asked by itself', async () => {
	const {clock, gateway, begin, told} = watching([refusedWith({detail: 'AUTH_TOKEN_MISMATCH'})], {pauseAfterRefusal: () => undefined});
	await begin();
	assert.deepEqual([told(), gateway.calls, clock.pending], [['refused'], ['health'], 0]);
});

test('a lock-out is waited for as long as the gateway says', async () => {
	const limited = refusedWith({detail: 'AUTH_RATE_LIMITED', retryAfterMs: 19_995});
	const {clock, gateway, begin, sights} = watching([limited], {pauseAfterRefusal: () => undefined});
	await begin();
	assert.deepEqual([sights[0]?.kind, gateway.calls, (sights[0]?.nextLookAt ?? 0) - clock.now()], ['refused', ['health'], 19_995]);
});

test('the token of the device is refused: HTTP goes on with the other one', async () => {
	const {begin, told} = watching([refusedWith({detail: 'AUTH_DEVICE_TOKEN_MISMATCH', with: 'device-token'})]);
	await begin();
	assert.deepEqual(told(), ['the control plane refuses the token of this device']);
});

test('the chat endpoint is off and the device waits for approval: it is looked at until somebody says yes', async () => {
	const {gateway, begin, pass, told} = watching([pairing, opened()], {pauseAfterRefusal: () => undefined});
	gateway.access = {auth: 'ok', chat: 'off'};
	await begin();
	assert.deepEqual(told(), ['refused']);
	await pass(5_000);
	await gateway.health('live');
	assert.deepEqual(told(), ['refused', 'ws']);
});

test('the chat endpoint is off and the control plane open: the chat does not ask', async () => {
	const {gateway, begin, told} = watching([opened()]);
	gateway.access = {auth: 'ok', chat: 'off'};
	await begin();
	assert.deepEqual([told(), gateway.calls], [['ws'], ['health']]);
});

test('a control plane that keeps silent is waited for two seconds; when it opens later, the chat takes it', async () => {
	const {control, gateway, begin, pass, told} = watching([undefined]);
	await begin();
	assert.deepEqual(told(), []);
	await pass(2_000);
	assert.deepEqual([told(), gateway.calls], [['the control plane has not answered yet'], ['health', 'access']]);
	control.open();
	await settled();
	assert.deepEqual(told().slice(1), ['ws']);
});

const turnedAway: ReadonlyArray<readonly [what: string, state: ControlState, ready: 'ready' | 'not-ready', expected: RegExp]> = [
	['drains', {kind: 'closed', closed: closedWith({upgradeStatus: 503, welcomed: false, challenged: false})}, 'not-ready', /^away$/],
	[
		'is behind a proxy',
		{kind: 'closed', closed: closedWith({upgradeStatus: 503, welcomed: false, challenged: false})},
		'ready',
		/HTTP 503/,
	],
	['starts', refusedWith({code: 'UNAVAILABLE', message: 'gateway starting', retryAfterMs: 1_000}), 'not-ready', /^away$/],
	['is as good as started', refusedWith({code: 'UNAVAILABLE', message: 'gateway starting'}), 'ready', /gateway starting/],
];
for (const [what, state, value, expected] of turnedAway) {
	test(`a live gateway that takes nobody in and ${what}: ${expected.source}`, async () => {
		const {gateway, begin, told, sights, clock} = watching([state]);
		const checkReadiness = async () => ({...(await scriptedGateway().checkReadiness(AbortSignal.abort())), value});
		Object.assign(gateway, {checkReadiness});
		await begin();
		assert.match(told()[0] ?? '', expected);
		if (value === 'not-ready') assert.equal((sights[0]?.nextLookAt ?? 0) - clock.now(), 500, 'looked at as one that is away');
	});
}

test('after sleep the connection is asked whether it lives, and dropped when it does not', async () => {
	const {control, gateway, watch, begin, told} = watching([opened()]);
	await begin();
	watch.lookAnew();
	await settled();
	assert.deepEqual([control.calls, gateway.calls], [['connect', 'system-presence'], ['health']]);
	control.answer = {ok: false, error: {code: 'timeout', message: 'no answer'}};
	watch.lookAnew();
	await settled();
	assert.deepEqual(control.calls.slice(1), ['system-presence', 'system-presence', 'disconnect']);
	assert.deepEqual(gateway.calls, ['health', 'forget peer', 'health']);
	await gateway.health('live');
	assert.deepEqual([told(), control.calls.at(-1)], [['ws', 'ws'], 'connect']);
});

test('what the user asks is answered by the control plane', async () => {
	const {control, gateway, watch, begin, sights} = watching([opened()]);
	await begin();
	watch.lookAsked();
	await settled();
	assert.deepEqual([control.calls.at(-1), gateway.calls], ['system-presence', ['health', 'forget refusal']]);
	assert.deepEqual(
		sights[1]?.evidence.observations.map(({kind}) => kind),
		['control-welcomed'],
	);
});

for (const [transport, attempts, expected] of [
	['http', [opened()], 'http'],
	['ws', [opened()], 'ws'],
	['ws', [pairing], 'refused'],
	['ws', [{kind: 'closed', closed: closedWith()}], 'away'],
] as const) {
	test(`${transport} alone, and the control plane ${attempts[0].kind}: ${expected}`, async () => {
		const {control, gateway, begin, told} = watching(attempts, {transport});
		await begin();
		assert.deepEqual(told(), [expected]);
		assert.equal(control.calls.length, transport === 'http' ? 0 : 1);
		assert.equal(gateway.calls.includes('access'), transport === 'http');
	});
}

test('stopped: nobody is heard any more, and no timer is left', async () => {
	const {clock, control, gateway, watch, begin, told} = watching([opened()]);
	await begin();
	await watch.stop();
	control.end();
	await settled();
	assert.deepEqual([told(), gateway.waiting, clock.pending], [['ws'], 0, 0]);
});

const starting = refusedWith({code: 'UNAVAILABLE', message: 'gateway starting; retry shortly', retryAfterMs: 2_000});

test('a gateway that is ready while its control plane still starts: online over HTTP, and over soon, however long it asked to wait', async () => {
	const {gateway, begin, pass, told} = watching([starting, starting, opened()]);
	await begin();
	assert.deepEqual(told(), ['the control plane refuses: gateway starting; retry shortly']);
	await pass(500);
	await gateway.health('live');
	await pass(499);
	assert.equal(gateway.waiting, 0, 'no busy loop');
	await pass(1);
	await gateway.health('live');
	assert.deepEqual(told(), ['the control plane refuses: gateway starting; retry shortly', 'ws']);
});

test('a control plane that takes long after an absence keeps nobody waiting; how its attempt ends is heard', async () => {
	const {control, gateway, begin, pass, told} = watching([opened(), undefined, opened()]);
	await begin();
	await pass(60_000);
	control.end();
	await gateway.health('down');
	await pass(500);
	await gateway.health('live');
	await pass(1_000);
	assert.equal(told().at(-1), 'the control plane has not answered yet');
	control.endAttempt(starting);
	await settled();
	assert.equal(gateway.waiting, 0);
	await pass(500);
	await gateway.health('live');
	assert.equal(told().at(-1), 'ws');
});
