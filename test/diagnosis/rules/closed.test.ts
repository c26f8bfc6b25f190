import {evidenceOf, failure} from '../evidence-of.js';
import {explained} from './explained.js';
import {listener, tls} from './surroundings.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const request = {phase: 'request', layer: 'identity'} as const;

explained(
	'N19: the far end of an ssh tunnel is dead',
	evidenceOf([failure('UND_ERR_SOCKET', request), listener(['127.0.0.1'], 'ssh')], {source: 'profile home'}),
	{
		layer: 'identity',
		severity: 'error',
		exitCode: 69,
		transient: false,
		verify: 'clawtalk status --profile home --only identity',
		id: 'N19',
		slug: 'net.closed.loopback',
		confidence: 'certain',
		title: 'The ssh tunnel on 127.0.0.1:18789 is up, and its far end does not answer',
		explanation:
			'ssh takes the connection here and then cannot open it on the other side: the gateway there is stopped, or the forward names a wrong port.',
		evidence: [0, 1],
		fixes: [
			{
				where: 'here',
				action: 'if ssh forwards this port: look for "connect failed" in its window, or open it anew',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'at the far end of the tunnel: see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'at the far end of the tunnel: start it',
				command: 'openclaw gateway start',
				applicability: 'safe-to-run',
			},
			{
				where: 'here',
				action: 'if the gateway is on another machine, reach it through ssh',
				applicability: 'has-placeholders',
				command: 'clawtalk config set --profile home ssh USER@HOST && clawtalk tunnel home',
			},
			{
				where: 'here',
				action: 'or forward a port by hand; FREE is a free port here',
				command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@HOST',
				applicability: 'has-placeholders',
			},
		],
	},
);

explained('N19: closed at once, by nobody knows whom', evidenceOf([failure('UND_ERR_SOCKET', request)]), {
	layer: 'identity',
	severity: 'error',
	exitCode: 69,
	transient: false,
	verify: 'clawtalk status --only identity',
	id: 'N19',
	slug: 'net.closed.loopback',
	confidence: 'likely',
	title: '127.0.0.1:18789 accepts the connection and closes it without a word',
	explanation: 'That is how a tunnel or a published container port behaves whose far end is dead; a server that expects TLS does it too.',
	evidence: [0],
	fixes: [
		{
			where: 'here',
			action: 'if ssh forwards this port: look for "connect failed" in its window, or open it anew',
			applicability: 'safe-to-run',
		},
		{
			where: 'here',
			action: 'if the gateway is on another machine, reach it through ssh',
			applicability: 'has-placeholders',
			command: 'clawtalk config set ssh USER@HOST && clawtalk tunnel',
		},
		{
			where: 'here',
			action: 'if the server speaks TLS, use https',
			command: 'clawtalk status --gateway https://127.0.0.1:18789',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'see whether the gateway runs and where it listens',
			command: 'openclaw gateway status',
			applicability: 'safe-to-run',
		},
		{
			where: 'here',
			action: 'or forward a port by hand; FREE is a free port here',
			command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@HOST',
			applicability: 'has-placeholders',
		},
		{
			where: 'gateway-host',
			action:
				'inside the container, let the gateway listen on the address of the container, with a token, and publish the port on 127.0.0.1 only',
			command: 'openclaw config set gateway.bind lan',
			applicability: 'changes-exposure',
		},
	],
	rivals: [
		{
			id: 'N20',
			title: 'A container publishes the port, and the gateway listens only inside it',
			tellApart: 'the program that listens on the port: docker-proxy, or ssh',
		},
		{id: 'L01', title: 'The server speaks TLS', tellApart: 'clawtalk status tries a TLS handshake'},
	],
});

explained(
	'N20: a container publishes the port',
	evidenceOf([failure('ECONNRESET', request), listener(['0.0.0.0'], 'docker-proxy'), tls({spoken: false})]),
	{
		layer: 'identity',
		severity: 'error',
		exitCode: 69,
		transient: false,
		verify: 'clawtalk status --only identity',
		id: 'N20',
		slug: 'net.closed.container',
		confidence: 'likely',
		title: 'A container publishes 127.0.0.1:18789, and nothing answers inside it',
		explanation: 'The gateway may be stopped in there, or listen on the loopback of the container, which a published port does not reach.',
		evidence: [0, 1],
		fixes: [
			{
				where: 'here',
				action: 'see the log of the container',
				command: 'docker logs --tail 50 CONTAINER',
				applicability: 'has-placeholders',
			},
			{
				where: 'gateway-host',
				action:
					'inside the container, let the gateway listen on the address of the container, with a token, and publish the port on 127.0.0.1 only',
				command: 'openclaw config set gateway.bind lan',
				applicability: 'changes-exposure',
			},
		],
	},
);

explained('N22: closed at once by another machine', evidenceOf([failure('ECONNRESET', request), tls({spoken: false})], lan), {
	layer: 'identity',
	severity: 'error',
	exitCode: 69,
	transient: false,
	verify: 'clawtalk status --only identity',
	id: 'N22',
	slug: 'net.closed.remote',
	confidence: 'possible',
	title: '192.168.1.9:18789 accepts the connection and closes it without a word',
	explanation: 'A load balancer without a backend or an overloaded server behaves like this.',
	evidence: [0],
	fixes: [
		{
			where: 'gateway-host',
			action: 'see whether the gateway runs and where it listens',
			command: 'openclaw gateway status',
			applicability: 'safe-to-run',
		},
	],
});
