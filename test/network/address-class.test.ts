import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AddressClass, classifyHost} from '../../source/network/address-class.js';

const table: ReadonlyArray<readonly [string, AddressClass]> = [
	['127.0.0.1', 'loopback'],
	['127.255.0.9', 'loopback'],
	['localhost', 'loopback'],
	['LOCALHOST.', 'loopback'],
	['gateway.localhost', 'local-name'],
	['::1', 'loopback'],
	['[::1]', 'loopback'],
	['[::ffff:127.0.0.1]', 'loopback'],
	['::ffff:7f00:1', 'loopback'],
	['10.1.2.3', 'private'],
	['172.16.0.1', 'private'],
	['172.31.255.255', 'private'],
	['172.32.0.1', 'public'],
	['192.168.1.1', 'private'],
	['[::ffff:192.168.1.1]', 'private'],
	['169.254.10.1', 'link-local'],
	['fe80::1%en0', 'link-local'],
	['100.64.0.1', 'cgnat'],
	['100.127.255.255', 'cgnat'],
	['100.128.0.1', 'public'],
	['fd7a:115c:a1e0::53', 'tailscale-v6'],
	['fd00::1', 'unique-local'],
	['fc12::1', 'unique-local'],
	['box.tail1234.ts.net', 'tailnet-name'],
	['ts.net.example.com', 'public'],
	['printer.local', 'local-name'],
	['gateway', 'single-label'],
	['0.0.0.0', 'unspecified'],
	['::', 'unspecified'],
	['203.0.113.5', 'public'],
	['2001:db8::1', 'public'],
	['::ffff:8.8.8.8', 'public'],
	['example.com', 'public'],
	['localhost.example.com', 'public'],
];

for (const [host, expected] of table) {
	test(`${host} is ${expected}`, () => assert.equal(classifyHost(host), expected));
}
