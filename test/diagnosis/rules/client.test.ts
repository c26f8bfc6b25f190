import {evidenceOf, failure, gateway} from '../evidence-of.js';
import {explained} from './explained.js';
import {client, openclaw, stacks, tried, triedThrice} from './surroundings.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const refusedAt = (address: string, more = {}) =>
	failure('ECONNREFUSED', {tookMs: 1}, {syscall: 'connect', address, port: 18_789, ...more});
const none = {undici: 'ECONNREFUSED', fetch: 'ECONNREFUSED'} as const;

explained(
	'N13: a proxy, and the gateway behind it can be reached',
	evidenceOf([failure('ECONNREFUSED', {}, {address: '10.0.0.1', port: 3128}), tried('192.168.1.9', 'connected')], {
		...lan,
		proxy: 'http://10.0.0.1:3128',
	}),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N13',
		verify: 'clawtalk status --only identity',
		slug: 'net.proxy',
		confidence: 'certain',
		title: 'The connection went to the proxy http://10.0.0.1:3128, which did not take it',
		explanation: 'A proxy setting sends requests for 192.168.1.9 there. A direct connection came about.',
		evidence: [0, 1],
		fixes: [
			{
				where: 'here',
				action: 'if the gateway needs no proxy, take the setting proxy out',
				command: 'clawtalk config edit',
				applicability: 'safe-to-run',
			},
		],
	},
);

explained(
	"N24: Node's own fetch alone fails",
	evidenceOf([client(), gateway, stacks({fetch: 'ECONNREFUSED'}, {fetch: 'ECONNREFUSED'}, {fetch: 'ECONNREFUSED'})]),
	{
		layer: 'tcp',
		severity: 'note',
		exitCode: 0,
		transient: false,
		id: 'N24',
		verify: 'clawtalk status',
		slug: 'client.fetch',
		confidence: 'certain',
		title: "Bare connections come through, requests of Node's own fetch do not",
		explanation:
			'In 3 of 3 rounds, so neither the network nor the gateway is at fault; why is not known. clawtalk does not use that fetch.',
		evidence: [2],
		fixes: [{where: 'here', action: 'try another Node than 24.16.0', command: 'nvm install --lts', applicability: 'safe-to-run'}],
	},
);

explained('N24: undici fails too', evidenceOf([refusedAt('127.0.0.1'), stacks(none, none, none)]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N24',
	verify: 'clawtalk status',
	slug: 'client.fetch',
	confidence: 'certain',
	title: 'Bare connections come through, requests of undici do not',
	explanation: 'In 3 of 3 rounds, so neither the network nor the gateway is at fault; why is not known. clawtalk asks in this way.',
	evidence: [1],
	fixes: [{where: 'here', action: 'try another Node than this one', command: 'nvm install --lts', applicability: 'safe-to-run'}],
});

explained(
	'N26: now and then',
	evidenceOf([refusedAt('127.0.0.1'), ...triedThrice('127.0.0.1', ['ECONNREFUSED', 'connected', 'ECONNREFUSED']), openclaw()]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 75,
		transient: true,
		id: 'N26',
		slug: 'net.flapping',
		confidence: 'certain',
		title: '127.0.0.1:18789 answers only some of the time',
		explanation:
			'Of 4 connections 1 came about. A gateway that has just started or restarts in a loop does that, or something on the way; the client does not.',
		evidence: [0, 1, 2, 3],
		fixes: [
			{where: 'here', action: 'wait a moment and look again', command: 'clawtalk status', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'see whether it restarts again and again',
				command: 'openclaw gateway status --deep',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'read the log of the service (Linux)',
				command: 'journalctl --user -u openclaw-gateway -n 50',
				applicability: 'safe-to-run',
			},
		],
		rivals: [
			{id: 'N02', title: 'The gateway restarts in a loop', tellApart: 'openclaw gateway status --deep, or its log, on the gateway host'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N26: refused, and then every way comes through', evidenceOf([refusedAt('127.0.0.1'), stacks({}, {}, {})]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 75,
	transient: true,
	id: 'N26',
	slug: 'net.flapping',
	confidence: 'certain',
	title: '127.0.0.1:18789 answers only some of the time',
	explanation:
		'It failed at first and came about afterwards. A gateway that has just started or restarts in a loop does that, or something on the way; the client does not.',
	evidence: [0, 1],
	fixes: [
		{where: 'here', action: 'wait a moment and look again', command: 'clawtalk status', applicability: 'safe-to-run'},
		{
			where: 'gateway-host',
			action: 'see whether it restarts again and again',
			command: 'openclaw gateway status --deep',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'read the log of the service (Linux)',
			command: 'journalctl --user -u openclaw-gateway -n 50',
			applicability: 'safe-to-run',
		},
	],
	rivals: [
		{id: 'N02', title: 'The gateway restarts in a loop', tellApart: 'openclaw gateway status --deep, or its log, on the gateway host'},
	],
	verify: 'clawtalk status --only tcp',
});

explained('N27: no long-term Node, beside a failure', evidenceOf([client({node: '25.2.1'}), refusedAt('127.0.0.1')]), {
	layer: 'tcp',
	severity: 'note',
	exitCode: 0,
	transient: false,
	id: 'N27',
	verify: 'clawtalk status',
	slug: 'client.node',
	confidence: 'possible',
	title: 'This is Node 25.2.1, not a long-term release',
	explanation: 'It is seldom the cause of a failed connection. A long-term release would rule it out.',
	evidence: [0],
	fixes: [{where: 'here', action: 'use a long-term release', command: 'nvm install --lts', applicability: 'safe-to-run'}],
});
