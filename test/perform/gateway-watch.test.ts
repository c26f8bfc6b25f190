import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Sight, watchGateway} from '../../source/perform/gateway-watch.js';
import {failure} from '../diagnosis/evidence-of.js';
import {type ManualClock, manualClock} from './manual-clock.js';
import {scriptedGateway, settled} from './scripted-gateway.js';

/** A watch over a gateway that is reached over HTTP alone. @param contact How each bare connection to it fails. */
function watching(contact?: string) {
	const clock = manualClock();
	const gateway = scriptedGateway('http');
	const sights: Sight[] = [];
	const surroundings = {clock, random: () => 0, ...(contact !== undefined && {contact: async () => contact})};
	const watch = watchGateway(gateway, surroundings, sight => sights.push(sight));
	return {clock, gateway, watch, kinds: () => sights.map(sight => sight.kind), sights};
}

async function pass(clock: ManualClock, ms: number): Promise<void> {
	clock.advance(ms);
	await settled();
}

test('the first good look asks for access too, later ones do not and report nothing', async () => {
	const {clock, gateway, watch, kinds} = watching();
	watch.look();
	await gateway.health('live');
	assert.deepEqual([gateway.calls, kinds()], [['health', 'access'], ['usable']]);
	clock.advance(30_000);
	await gateway.health('live');
	clock.advance(30_000);
	await gateway.health('live');
	assert.deepEqual(gateway.calls, ['health', 'access', 'health', 'health']);
	assert.deepEqual(kinds(), ['usable']);
	assert.deepEqual(gateway.limits, [4_000, undefined, undefined], 'somebody waits for the first one');
});

test('away: a look every moment at first, then every second, and each one tells when the next comes', async () => {
	const {clock, gateway, watch, sights} = watching();
	watch.look();
	const pauses: number[] = [];
	for (let look = 0; look < 7; look++) {
		await gateway.health('down');
		const pause = (sights.at(-1)?.nextLookAt ?? 0) - clock.now();
		pauses.push(pause);
		clock.advance(pause - 1);
		assert.equal(gateway.waiting, 0, 'not before its time');
		clock.advance(1);
		await settled();
		assert.equal(gateway.waiting, 1);
	}
	assert.deepEqual(pauses, [500, 500, 500, 500, 1_000, 1_000, 1_000]);
	assert.equal(sights.length, 7);
});

test('a long outage is looked at every ten seconds and told no more while it stays the same', async () => {
	const {clock, gateway, watch, sights} = watching('ECONNREFUSED');
	watch.look();
	await gateway.health('down');
	await pass(clock, 500);
	await gateway.health('down');
	for (let second = 0; second < 600; second++) await pass(clock, 1_000);
	const told = sights.length;
	assert.ok(told < 150, `${told} reports in ten minutes`);
	gateway.calls.length = 0;
	for (let second = 0; second < 3_600; second++) await pass(clock, 1_000);
	assert.deepEqual([sights.length, gateway.calls], [told, []], 'an hour without a word');
	assert.equal(clock.pending, 1);
});

test('looks do not overlap: one that is wanted meanwhile follows', async () => {
	const {gateway, watch} = watching();
	watch.look();
	watch.look();
	watch.lookAsked();
	watch.look();
	await settled();
	assert.equal(gateway.waiting, 1);
	await gateway.health('live');
	assert.deepEqual(gateway.calls, ['health', 'access', 'forget refusal', 'health']);
	assert.equal(gateway.waiting, 1);
});

test('what the user asks for is reported though nothing changed', async () => {
	const {gateway, watch, kinds} = watching();
	watch.look();
	await gateway.health('live');
	watch.lookAsked();
	await settled();
	await gateway.health('live');
	assert.deepEqual(kinds(), ['usable', 'usable']);
	assert.equal(gateway.calls.filter(call => call === 'access').length, 2);
});

test('a wrong token is seen before the first question', async () => {
	const {gateway, watch, kinds} = watching();
	gateway.access = {auth: 'refused', chat: 'on'};
	watch.look();
	await gateway.health('live');
	assert.deepEqual(kinds(), ['refused']);
});

test('a chat endpoint that is off is seen too', async () => {
	const {gateway, watch, kinds} = watching();
	gateway.access = {auth: 'ok', chat: 'off'};
	watch.look();
	await gateway.health('live');
	assert.deepEqual(kinds(), ['refused']);
});

test('another web server is a refusal, not an outage', async () => {
	const {gateway, watch, kinds} = watching();
	watch.look();
	await gateway.health('down', {kind: 'peer-identified', layer: 'identity', atMs: 0, peer: 'other-web-server'});
	assert.deepEqual(kinds(), ['refused']);
});

test('after sleep or on another network everything is found out anew, at once', async () => {
	const {gateway, watch} = watching();
	watch.look();
	await gateway.health('live');
	watch.lookAnew();
	await gateway.health('live');
	assert.deepEqual(gateway.calls, ['health', 'access', 'forget peer', 'health', 'access']);
});

test('away, it is looked at by a bare connection, until that ends in another way', async () => {
	const clock = manualClock();
	const gateway = scriptedGateway('http');
	const sights: Sight[] = [];
	const ends = ['ECONNREFUSED', 'ECONNREFUSED', 'ETIMEDOUT', undefined];
	const contact = async () => {
		gateway.calls.push('contact');
		return ends.shift();
	};
	const watch = watchGateway(gateway, {clock, random: () => 0, contact}, sight => sights.push(sight));
	const wait = async () => {
		clock.advance((sights.at(-1)?.nextLookAt ?? 0) - clock.now());
		await settled();
	};
	watch.look();
	await gateway.health('down');
	await wait();
	await gateway.health('down');
	assert.deepEqual(gateway.calls, ['health', 'contact', 'health'], 'the first one tells nothing to compare with');
	await wait();
	assert.deepEqual([gateway.calls.slice(3), sights.length], [['contact'], 3], 'the same: nothing is asked');
	assert.equal(sights[2]?.evidence, sights[1]?.evidence);
	await wait();
	await gateway.health('down');
	assert.deepEqual(gateway.calls.slice(4), ['contact', 'health']);
	await wait();
	await gateway.health('live');
	assert.deepEqual(gateway.calls.slice(6), ['contact', 'health', 'access']);
	assert.equal(sights.at(-1)?.kind, 'usable');
});

test('an outage is compared with nothing of the one before', async () => {
	const {clock, gateway, watch, kinds} = watching('ECONNREFUSED');
	watch.look();
	await gateway.health('down');
	await pass(clock, 500);
	await gateway.health('down');
	watch.lookAsked();
	await settled();
	await gateway.health('live');
	await pass(clock, 30_000);
	await gateway.health('down');
	assert.equal(kinds().at(-1), 'away');
	await pass(clock, 500);
	assert.equal(gateway.waiting, 1, 'the first bare connection of an outage tells nothing');
	await gateway.health('down');
	await watch.stop();
});

test('a refusal that waiting does not change is not looked at again by itself', async () => {
	for (const pause of [undefined, 5_000]) {
		const clock = manualClock();
		const gateway = scriptedGateway('http');
		const sights: Sight[] = [];
		gateway.access = {auth: 'refused', chat: 'on'};
		const watch = watchGateway(gateway, {clock, random: () => 0, pauseAfterRefusal: () => pause}, sight => sights.push(sight));
		watch.look();
		await gateway.health('live');
		assert.deepEqual([sights[0]?.kind, sights[0]?.nextLookAt, clock.pending], ['refused', pause && clock.now() + pause, pause ? 1 : 0]);
	}
});

test('stopped: no timer is left, and a late answer is not reported', async () => {
	const {clock, gateway, watch, kinds} = watching();
	watch.look();
	watch.stop();
	await gateway.health('live');
	assert.deepEqual([kinds(), clock.pending], [[], 0]);
});

test('a gateway that was there and hangs up is looked at again before anything is said: one that was killed refuses then', async () => {
	const codesOf = (sights: readonly Sight[]) =>
		sights.map(({kind, evidence}) => `${kind} ${evidence.observations.map(codeOf).join()}`.trim());
	const codeOf = (observation: Sight['evidence']['observations'][number]) =>
		observation.kind === 'network-failure' ? observation.attempts[0]?.code : '';
	for (const [second, said] of [
		['ECONNREFUSED', 'away ECONNREFUSED'],
		['ECONNRESET', 'away ECONNRESET'],
	] as const) {
		const {clock, gateway, watch, sights} = watching();
		watch.look();
		await gateway.health('live');
		await pass(clock, 30_000);
		await gateway.health('down', failure('ECONNRESET'));
		assert.deepEqual(codesOf(sights), ['usable'], 'nothing is said yet');
		await pass(clock, 300);
		await gateway.health('down', failure(second));
		assert.deepEqual(codesOf(sights), ['usable', said]);
	}
	const fresh = watching();
	fresh.watch.look();
	await fresh.gateway.health('down', failure('ECONNRESET'));
	assert.deepEqual(codesOf(fresh.sights), ['away ECONNRESET'], 'at the first look nothing speaks for a gateway');
});
