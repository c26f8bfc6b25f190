import assert from 'node:assert/strict';
import type {NetworkInterfaceInfo} from 'node:os';
import {test} from 'node:test';
import {addressesOf, compareAddresses, compareClock, type NetworkChange, watchNetworkChanges} from '../../source/network/changes.js';

function entry(address: string, internal = false): NetworkInterfaceInfo {
	return {
		address,
		internal,
		netmask: '255.255.255.0',
		family: 'IPv4',
		mac: '00:00:00:00:00:00',
		cidr: null,
	};
}

test('loopback addresses are not counted', () => {
	assert.deepEqual(
		addressesOf({
			lo: [entry('127.0.0.1', true)],
			wlan0: [entry('10.0.0.2')],
			eth0: [entry('10.0.0.1')],
		}),
		['eth0 10.0.0.1', 'wlan0 10.0.0.2'],
	);
});

test('the same addresses are no change', () => assert.equal(compareAddresses(['a 1', 'b 2'], ['a 1', 'b 2']), undefined));

test('an address that came and one that went are told', () => {
	assert.deepEqual(compareAddresses(['a 1'], ['a 2']), {
		kind: 'interfaces',
		added: ['a 2'],
		removed: ['a 1'],
	});
});

test('a late timer is no jump; sleep and a clock set back are', () => {
	assert.equal(compareClock(2_000, 11_999), undefined);
	assert.deepEqual(compareClock(2_000, 62_000), {
		kind: 'clock-jump',
		jumpMs: 60_000,
	});
	assert.deepEqual(compareClock(2_000, -3_600_000), {
		kind: 'clock-jump',
		jumpMs: -3_602_000,
	});
});

test('the watcher tells each change once and stops when told', () => {
	let at = 0;
	let address = '10.0.0.1';
	let tick: () => void = () => assert.fail('no timer');
	let isStopped = false;
	const changes: NetworkChange[] = [];
	const stop = watchNetworkChanges(change => changes.push(change), 2_000, {
		now: () => at,
		interfaces: () => ({eth0: [entry(address)]}),
		every(intervalMs, callback) {
			assert.equal(intervalMs, 2_000);
			tick = callback;
			return () => {
				isStopped = true;
			};
		},
	});
	at += 2_000;
	tick();
	assert.equal(changes.length, 0);
	at += 60_000;
	address = '10.0.0.7';
	tick();
	assert.deepEqual(
		changes.map(change => change.kind),
		['clock-jump', 'interfaces'],
	);
	at += 2_000;
	tick();
	assert.equal(changes.length, 2);
	stop();
	assert.equal(isStopped, true);
});
