import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {evidenceOf, failure, gateway} from '../evidence-of.js';
import {explained} from './explained.js';
import {client, listener, tailscale, triedThrice} from './surroundings.js';

const here = {origin: 'http://127.0.0.1:18789', addressClass: 'loopback'} as const;
const refusedAt = (address: string, more = {}) =>
	failure('ECONNREFUSED', {tookMs: 1}, {syscall: 'connect', address, port: 18_789, ...more});
const thrice = (address: string, more = {}) => triedThrice(address, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], more);
const problem = (row: string, setting: string, message: string, suggestion?: string): Observation => ({
	kind: 'configuration-problem',
	layer: 'config',
	atMs: 0,
	row,
	setting,
	message,
	...(suggestion ? {suggestion} : {}),
});

explained(
	'C03: an open config file, beside a gateway that works',
	evidenceOf([problem('C03', 'config.json', 'is open to other users of this machine (mode 644).'), gateway]),
	{
		id: 'C03',
		slug: 'config.readable',
		layer: 'config',
		severity: 'warning',
		confidence: 'certain',
		title: 'The config file can be read by other users',
		explanation: 'config.json is open to other users of this machine (mode 644).',
		evidence: [0],
		fixes: [{where: 'here', action: 'close it to others', command: 'chmod 600 ~/.clawtalk/config.json', applicability: 'safe-to-run'}],
		exitCode: 0,
		transient: false,
		verify: 'clawtalk status --only config',
	},
);

explained(
	'C10: a suggestion becomes a command',
	evidenceOf([problem('C10', 'gatewayUrl', 'An IPv6 address stands in brackets.', 'http://[2001:db8::7]:18789')]),
	{
		id: 'C10',
		slug: 'config.url.ipv6',
		layer: 'config',
		severity: 'error',
		confidence: 'certain',
		title: 'The IPv6 address in the gateway URL needs brackets',
		explanation: 'An IPv6 address stands in brackets.',
		evidence: [0],
		fixes: [
			{
				where: 'here',
				action: 'use http://[2001:db8::7]:18789',
				applicability: 'safe-to-run',
				command: "clawtalk config set gatewayUrl 'http://[2001:db8::7]:18789'",
			},
		],
		exitCode: 78,
		transient: false,
		verify: 'clawtalk status --only config',
	},
);

explained(
	'C16: a token that nobody filled in',
	evidenceOf([problem('C16', 'gatewayToken', 'the token is a placeholder or a variable that nobody filled in.')]),
	{
		id: 'C16',
		slug: 'config.token.placeholder',
		layer: 'config',
		severity: 'error',
		confidence: 'certain',
		title: 'The token is a placeholder or an unexpanded variable',
		explanation: 'The token is a placeholder or a variable that nobody filled in.',
		evidence: [0],
		fixes: [
			{where: 'here', action: 'enter the token anew, hidden', applicability: 'safe-to-run', command: 'clawtalk config set gatewayToken'},
		],
		exitCode: 78,
		transient: false,
		verify: 'clawtalk status --only config',
	},
);

explained(
	'C14: a suggestion that a shell could take amiss stays out of the command',
	evidenceOf([problem('C14', 'gatewayUrl', 'has a stray character inside.', 'http://a$(reboot).example')]),
	{
		id: 'C14',
		slug: 'config.url.characters',
		layer: 'config',
		severity: 'error',
		confidence: 'certain',
		title: 'The gateway URL has stray characters',
		explanation: 'gatewayUrl has a stray character inside.',
		evidence: [0],
		fixes: [
			{
				where: 'here',
				action: 'use http://a$(reboot).example',
				applicability: 'has-placeholders',
				shownApart: 'http://a$(reboot).example',
				command: 'clawtalk config set gatewayUrl URL',
			},
		],
		exitCode: 78,
		transient: false,
		verify: 'clawtalk status --only config',
	},
);

explained('C01: nothing configured, nobody there', evidenceOf([refusedAt('127.0.0.1')], {...here, source: 'default'}), {
	id: 'C01',
	slug: 'config.none',
	layer: 'config',
	severity: 'note',
	confidence: 'certain',
	title: 'No gateway is configured',
	explanation: 'So http://127.0.0.1:18789 was tried, the address of a gateway on this machine.',
	evidence: [0],
	fixes: [{where: 'here', action: 'name the gateway', applicability: 'has-placeholders', command: 'clawtalk config set gatewayUrl URL'}],
	verify: 'clawtalk status',
	exitCode: 0,
	transient: false,
});

explained(
	'C17: two tokens',
	evidenceOf([
		{kind: 'value-conflict', layer: 'config', atMs: 0, setting: 'gatewayToken', used: 'OPENCLAW_GATEWAY_TOKEN', ignored: 'config.json'},
		gateway,
	]),
	{
		id: 'C17',
		slug: 'config.conflict',
		layer: 'config',
		severity: 'warning',
		confidence: 'certain',
		title: 'Two sources give different tokens: OPENCLAW_GATEWAY_TOKEN and config.json',
		explanation: 'OPENCLAW_GATEWAY_TOKEN is used. If it is refused, the other may be right.',
		evidence: [0],
		fixes: [
			{where: 'here', action: 'to use config.json instead', command: 'unset OPENCLAW_GATEWAY_TOKEN', applicability: 'safe-to-run'},
			{where: 'here', action: 'see every setting and where it comes from', applicability: 'safe-to-run', command: 'clawtalk config list'},
		],
		exitCode: 0,
		transient: false,
		verify: 'clawtalk status --only config',
	},
);

explained(
	'C21: the own address of this machine',
	evidenceOf(
		[
			client(),
			refusedAt('100.69.69.10'),
			...thrice('100.69.69.10', {own: true}),
			listener([]),
			{kind: 'local-openclaw', layer: 'config', atMs: 1, state: 'absent'},
			tailscale(),
		],
		{origin: 'http://100.69.69.10:18789', addressClass: 'cgnat'},
	),
	{
		id: 'C21',
		slug: 'config.own-address',
		layer: 'tcp',
		severity: 'error',
		confidence: 'likely',
		title: "100.69.69.10 is this machine's own address, and nothing listens on port 18789 here",
		explanation:
			'No OpenClaw was found here: the gateway URL needs the address of the machine that runs the gateway. Commands such as tailscale ip print the address of the machine they are typed on.',
		evidence: [1, 2, 3, 4, 5, 6, 7],
		fixes: [
			{
				where: 'here',
				action: 'use the address of the gateway; online in this tailnet: box.tail1234.ts.net',
				applicability: 'has-placeholders',
				command: 'clawtalk config set gatewayUrl http://HOST:18789',
			},
			{
				where: 'gateway-host',
				action: 'if the gateway is meant to run on this machine: see why it does not',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
		],
		rivals: [{id: 'N01', title: 'A gateway on this machine is stopped', tellApart: 'openclaw gateway status, as the user who runs it'}],
		verify: 'clawtalk status --only tcp',
		exitCode: 69,
		transient: false,
	},
);

test('C15: of a session key or a model it is said, not of the token', () => {
	const titles = ['gatewayToken', 'sessionKey', 'model'].map(setting => {
		const {primary} = diagnose(evidenceOf([problem('C15', setting, 'the value contains a line break or another control character')]));
		return [primary?.title, primary?.fixes[0]?.command];
	});
	assert.deepEqual(titles, [
		['The token has stray characters', 'clawtalk config set gatewayToken'],
		['The session key has stray characters', 'clawtalk config list'],
		['The name of the model has stray characters', 'clawtalk config list'],
	]);
});
