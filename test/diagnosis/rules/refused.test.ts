import {evidenceOf, failure} from '../evidence-of.js';
import {explained} from './explained.js';
import {box, listener, openclaw, service, sibling, tailscale, triedThrice} from './surroundings.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const own = {origin: 'http://192.168.1.5:18789', addressClass: 'private'} as const;
const tailnet = {origin: 'http://100.69.69.108:18789', addressClass: 'cgnat'} as const;
const refusedAt = (address: string, more = {}) =>
	failure('ECONNREFUSED', {tookMs: 1}, {syscall: 'connect', address, port: 18_789, ...more});
const thrice = (address: string, more = {}) => triedThrice(address, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], more);

explained(
	'N01: this machine, with all that was looked at',
	evidenceOf([
		refusedAt('127.0.0.1'),
		...thrice('127.0.0.1'),
		sibling('loopback', 'http://[::1]:18789', 'refused'),
		listener([]),
		openclaw(),
	]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N01',
		slug: 'net.refused.loopback',
		confidence: 'certain',
		title: 'Nothing listens on 127.0.0.1:18789',
		explanation:
			'OpenClaw is set up on this machine, so its gateway is stopped or could not start. If a tunnel is meant to lead there, that is down.',
		evidence: [0, 1, 2, 3, 6],
		fixes: [
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
			{where: 'gateway-host', action: 'start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'read the log of the service (Linux)',
				command: 'journalctl --user -u openclaw-gateway -n 50',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N01: this machine, from a question alone', evidenceOf([refusedAt('127.0.0.1')], {source: 'profile home'}), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N01',
	slug: 'net.refused.loopback',
	confidence: 'certain',
	title: 'Nothing listens on 127.0.0.1:18789',
	explanation: 'The gateway is not running, or listens on another port or address of this machine; if a tunnel leads there, it is down.',
	evidence: [0],
	fixes: [
		{
			where: 'gateway-host',
			action: 'see whether the gateway runs and where it listens',
			command: 'openclaw gateway status',
			applicability: 'safe-to-run',
		},
		{where: 'gateway-host', action: 'start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
		{
			where: 'gateway-host',
			action: 'read the log of the service (Linux)',
			command: 'journalctl --user -u openclaw-gateway -n 50',
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
	rivals: [
		{
			id: 'N03',
			title: 'It listens on another address of this machine',
			tellApart: 'clawtalk status also asks the other addresses of this machine',
		},
		{id: 'N06', title: 'It listens on another port', tellApart: 'clawtalk status also asks the usual ports of this machine'},
	],
	verify: 'clawtalk status --profile home --only tcp',
});

explained(
	'N01, D08: both families of localhost',
	evidenceOf([...thrice('::1'), ...thrice('127.0.0.1')], {origin: 'http://localhost:18789', addressClass: 'loopback'}),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N01',
		slug: 'net.refused.loopback',
		confidence: 'certain',
		title: 'Nothing listens on [::1]:18789 or 127.0.0.1:18789',
		explanation: 'The gateway is not running, or listens on another port or address of this machine; if a tunnel leads there, it is down.',
		evidence: [0, 1, 2, 3, 4, 5],
		fixes: [
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
			{where: 'gateway-host', action: 'start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'read the log of the service (Linux)',
				command: 'journalctl --user -u openclaw-gateway -n 50',
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
				action: 'or forward a port by hand; FREE is a free port here',
				command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@HOST',
				applicability: 'has-placeholders',
			},
		],
		rivals: [
			{
				id: 'N03',
				title: 'It listens on another address of this machine',
				tellApart: 'clawtalk status also asks the other addresses of this machine',
			},
			{id: 'N06', title: 'It listens on another port', tellApart: 'clawtalk status also asks the usual ports of this machine'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N02: the service restarts again and again',
	evidenceOf([refusedAt('127.0.0.1'), ...triedThrice('127.0.0.1', ['ECONNREFUSED', 'connected', 'ECONNREFUSED']), service(), openclaw()]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N02',
		slug: 'net.crash-loop',
		confidence: 'certain',
		title: 'The gateway of this machine is restarted again and again (41 times so far)',
		explanation: 'It starts and ends before it can be used. Its log says why.',
		evidence: [0, 1, 2, 3, 4],
		fixes: [
			{
				where: 'gateway-host',
				action: 'read the log of the service (Linux)',
				command: 'journalctl --user -u openclaw-gateway -n 50',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'see what the service and its configuration look like',
				command: 'openclaw gateway status --deep',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N03: another address of this machine answers',
	evidenceOf([refusedAt('127.0.0.1'), ...thrice('127.0.0.1'), sibling('own-address', 'http://100.69.69.10:18789')]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N03',
		slug: 'net.refused.other-interface',
		confidence: 'certain',
		title: 'The gateway is up, but not on 127.0.0.1:18789',
		explanation:
			'It answers at http://100.69.69.10:18789, so it does not listen on every address of this machine. OpenClaw before 2026.8 does that when it is bound to the tailnet, and any version may when it is bound to one address.',
		evidence: [0, 1, 2, 3, 4],
		fixes: [
			{
				where: 'here',
				action: 'use the address that answers; plain http there wants a yes before the token is sent',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://100.69.69.10:18789',
			},
			{
				where: 'gateway-host',
				action: 'or let it listen on loopback only, and reach it from elsewhere through ssh or Tailscale Serve',
				command: 'openclaw config set gateway.bind loopback',
				applicability: 'changes-exposure',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N03: another family answers', evidenceOf([...thrice('127.0.0.1'), sibling('loopback', 'http://[::1]:18789')]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N03',
	slug: 'net.refused.other-interface',
	confidence: 'certain',
	title: 'The gateway is up, but not on 127.0.0.1:18789',
	explanation: 'It answers at http://[::1]:18789, so it does not listen on every address of this machine.',
	evidence: [0, 1, 2, 3],
	fixes: [
		{
			where: 'here',
			action: 'use the address that answers',
			applicability: 'safe-to-run',
			command: "clawtalk config set gatewayUrl 'http://[::1]:18789'",
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained(
	'N03: something listens on another address, and nobody asked it',
	evidenceOf([...thrice('127.0.0.1'), listener(['192.168.1.5'])]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N03',
		slug: 'net.refused.other-interface',
		confidence: 'likely',
		title: 'Something listens on port 18789 of this machine, but not on 127.0.0.1:18789',
		explanation: 'It listens on 192.168.1.5 only. Whether it is the gateway was not seen.',
		evidence: [0, 1, 2, 3],
		fixes: [
			{
				where: 'here',
				action: 'use the address that it listens on',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://192.168.1.5:18789',
			},
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N04: another machine',
	evidenceOf([refusedAt('192.168.1.9'), ...thrice('192.168.1.9'), sibling('default-port', 'http://192.168.1.9:19001', 'refused')], {
		...lan,
		source: 'profile home',
	}),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'likely',
		title: 'The host answers, but nothing listens on 192.168.1.9:18789',
		explanation: 'The gateway may be stopped, listen on its own loopback only, or use another port. From here these look the same.',
		evidence: [0, 1, 2, 3, 4],
		fixes: [
			{
				where: 'here',
				action: 'reach it through ssh, also when it listens on its own loopback only',
				applicability: 'has-placeholders',
				command: 'clawtalk config set --profile home ssh USER@192.168.1.9 && clawtalk tunnel home',
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
				command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@192.168.1.9',
				applicability: 'has-placeholders',
			},
			{
				where: 'gateway-host',
				action: 'only if the whole local network shall reach it directly',
				command: 'openclaw config set gateway.bind lan',
				applicability: 'changes-exposure',
			},
		],
		rivals: [
			{id: 'N01', title: 'The gateway is stopped', tellApart: 'openclaw gateway status, on the gateway host'},
			{id: 'N06', title: 'It listens on another port', tellApart: 'openclaw config get gateway.port, on the gateway host'},
		],
		verify: 'clawtalk status --profile home --only tcp',
	},
);

explained(
	'N04: the gateway of this machine is on loopback',
	evidenceOf([...thrice('192.168.1.5', {own: true}), sibling('loopback', 'http://127.0.0.1:18789')], own),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'certain',
		title: 'The gateway of this machine listens on its loopback, not on 192.168.1.5:18789',
		explanation: 'It answers at http://127.0.0.1:18789. From other machines it is reached through ssh or Tailscale Serve.',
		evidence: [0, 1, 2, 3],
		fixes: [
			{
				where: 'here',
				action: 'use the address that answers',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://127.0.0.1:18789',
			},
			{
				where: 'gateway-host',
				action: 'only if the whole local network shall reach it directly',
				command: 'openclaw config set gateway.bind lan',
				applicability: 'changes-exposure',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N05: Tailscale Serve has it',
	evidenceOf([...thrice('100.69.69.108'), tailscale({peer: box}), sibling('serve-name', 'https://box.tail1234.ts.net')], tailnet),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N05',
		slug: 'net.refused.serve',
		confidence: 'certain',
		title: 'The gateway is published at https://box.tail1234.ts.net, not on 100.69.69.108:18789',
		explanation: 'Tailscale Serve leads to it there, with a certificate. The port itself is open on the loopback of its machine only.',
		evidence: [0, 1, 2, 4],
		fixes: [
			{
				where: 'here',
				action: 'use that address',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl https://box.tail1234.ts.net',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N06: another port answers',
	evidenceOf([...thrice('192.168.1.9', {port: 18_790}), sibling('default-port', 'http://192.168.1.9:18789')], {
		...lan,
		origin: 'http://192.168.1.9:18790',
	}),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N06',
		slug: 'net.refused.port',
		confidence: 'certain',
		title: 'A gateway listens on port 18789, and nothing on 192.168.1.9:18790',
		explanation: 'The port was changed in one place only. Whether it is the gateway that was meant is not known.',
		evidence: [0, 1, 2, 3],
		fixes: [
			{
				where: 'here',
				action: 'use that port',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://192.168.1.9:18789',
			},
			{
				where: 'gateway-host',
				action: 'see the port in the configuration of the gateway',
				command: 'openclaw config get gateway.port',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N06: another port is configured here',
	evidenceOf([...thrice('127.0.0.1'), sibling('default-port', 'http://127.0.0.1:19001', 'refused'), openclaw({port: 19_001})]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N06',
		slug: 'net.refused.port',
		confidence: 'likely',
		title: 'Nothing listens on 127.0.0.1:18789; the gateway of this machine is set to port 19001',
		explanation: "That port is in OpenClaw's configuration here. Whether a gateway runs on it was not seen.",
		evidence: [0, 1, 2, 4],
		fixes: [
			{
				where: 'here',
				action: 'use that port',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://127.0.0.1:19001',
			},
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);
