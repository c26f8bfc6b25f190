import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ProxyEnvironment, proxyFor} from '../../source/network/proxy-route.js';

const proxy = 'http://proxy.example:3128';
const everywhere: ProxyEnvironment = {
	HTTPS_PROXY: proxy,
	HTTP_PROXY: proxy,
	ALL_PROXY: proxy,
};

const neverProxied = [
	'https://127.0.0.1:18789',
	'https://localhost',
	'https://10.0.0.1',
	'https://192.168.1.9',
	'https://169.254.1.1',
	'https://100.100.1.1:18789',
	'https://[fd7a:115c:a1e0::1]',
	'https://[fd00::1]',
	'https://[::1]:18789',
	'https://box.tail1234.ts.net',
	'https://printer.local',
	'https://gateway',
];

for (const origin of neverProxied) {
	test(`${origin} is reached directly, whatever the environment or the profile says`, () => {
		assert.equal(proxyFor(origin, everywhere, proxy), undefined);
	});
}

interface Case {
	readonly name: string;
	readonly origin?: string;
	readonly env: ProxyEnvironment;
	readonly profile?: string;
	readonly expected: string | undefined;
}

const cases: readonly Case[] = [
	{
		name: 'https takes HTTPS_PROXY',
		env: {HTTPS_PROXY: proxy},
		expected: proxy,
	},
	{
		name: 'lower case comes first',
		env: {https_proxy: 'http://lower:1', HTTPS_PROXY: proxy},
		expected: 'http://lower:1',
	},
	{
		name: 'a proxy without a scheme is http',
		env: {HTTPS_PROXY: 'proxy.example:3128'},
		expected: proxy,
	},
	{
		name: 'HTTP_PROXY and ALL_PROXY are not for https',
		env: {HTTP_PROXY: proxy, ALL_PROXY: proxy},
		expected: undefined,
	},
	{
		name: 'plain http takes no proxy of the environment',
		origin: 'http://gateway.example.com',
		env: everywhere,
		expected: undefined,
	},
	{
		name: 'plain http takes the proxy of the profile',
		origin: 'http://gateway.example.com',
		env: {},
		profile: proxy,
		expected: proxy,
	},
	{
		name: 'the profile beats the environment',
		env: {HTTPS_PROXY: 'http://other:1'},
		profile: proxy,
		expected: proxy,
	},
	{
		name: 'an empty variable is none',
		env: {HTTPS_PROXY: ''},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: everything',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '*'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: the name',
		env: {HTTPS_PROXY: proxy, NO_PROXY: 'a.b, Gateway.Example.com'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: a parent domain',
		env: {HTTPS_PROXY: proxy, no_proxy: 'example.com'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: a parent domain with a dot',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '.example.com'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: a parent domain with a star',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '*.example.com'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: the end of a name is not a domain',
		env: {HTTPS_PROXY: proxy, NO_PROXY: 'ple.com'},
		expected: proxy,
	},
	{
		name: 'NO_PROXY: our port',
		env: {HTTPS_PROXY: proxy, NO_PROXY: 'example.com:443'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: another port',
		env: {HTTPS_PROXY: proxy, NO_PROXY: 'example.com:8443'},
		expected: proxy,
	},
	{
		name: 'NO_PROXY: an address',
		origin: 'https://203.0.113.9',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '203.0.113.9'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: a CIDR block',
		origin: 'https://203.0.113.9',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '203.0.113.0/24'},
		expected: undefined,
	},
	{
		name: 'NO_PROXY: another block',
		origin: 'https://203.0.114.9',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '203.0.113.0/24'},
		expected: proxy,
	},
	{
		name: 'NO_PROXY: a broken block',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '1.2.3.4/99,/,x/y'},
		expected: proxy,
	},
	{
		name: 'NO_PROXY: an IPv6 address',
		origin: 'https://[2001:db8::1]',
		env: {HTTPS_PROXY: proxy, NO_PROXY: '[2001:db8::1]'},
		expected: undefined,
	},
];

for (const {name, origin = 'https://gateway.example.com', env, profile, expected} of cases) {
	test(name, () => assert.equal(proxyFor(origin, env, profile), expected));
}
