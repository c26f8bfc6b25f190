import {answer, evidenceOf, failure, gateway, peer} from '../evidence-of.js';
import {explained} from './explained.js';
import {listener, openclaw, sibling, triedThrice} from './surroundings.js';

const own = {origin: 'http://192.168.1.5:18789', addressClass: 'private'} as const;
const refusedAt = (address: string, more = {}) =>
	failure('ECONNREFUSED', {tookMs: 1}, {syscall: 'connect', address, port: 18_789, ...more});
const thrice = (address: string, more = {}) => triedThrice(address, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], more);
const {mode: _mode, ...withoutMode} = openclaw();

explained(
	'O01: plugin and gateway want the same port, and the plugin has it',
	evidenceOf([openclaw({pluginProxyPort: 18_789}), peer('plugin-proxy')]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'O01',
		verify: 'clawtalk status',
		slug: 'port.plugin-proxy-collides',
		confidence: 'certain',
		title: 'The gateway and the proxy of the ClawTalk plugin are both set to port 18789',
		explanation:
			"The proxy has it here, and would pass every request on to api.anthropic.com; the token was not sent. The gateway takes a change of the plugin's port by itself, within seconds.",
		evidence: [0, 1],
		fixes: [
			{
				where: 'gateway-host',
				action: 'move the proxy to a port of its own',
				command: 'openclaw config set plugins.entries.clawtalk.config.proxyPort 18793',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
		],
	},
);

explained(
	'O01: plugin and gateway want the same port, and the gateway has it',
	evidenceOf([gateway, openclaw({pluginProxyPort: 18_789})]),
	{
		layer: 'tcp',
		severity: 'warning',
		exitCode: 0,
		transient: false,
		id: 'O01',
		verify: 'clawtalk status',
		slug: 'port.plugin-proxy-collides',
		confidence: 'certain',
		title: 'The gateway and the proxy of the ClawTalk plugin are both set to port 18789',
		explanation:
			"Whichever starts first on an address gets it, so it may work today and not after a restart. The gateway takes a change of the plugin's port by itself, within seconds.",
		evidence: [1],
		fixes: [
			{
				where: 'gateway-host',
				action: 'move the proxy to a port of its own',
				command: 'openclaw config set plugins.entries.clawtalk.config.proxyPort 18793',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'see whether the gateway runs and where it listens',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
		],
	},
);

explained(
	"O02: the plugin's proxy without its origin",
	evidenceOf([
		answer(502, {method: 'GET', path: '/healthz', body: 'text', excerpt: 'Bad Gateway'}),
		peer('unknown'),
		openclaw({port: 18_790, pluginProxyPort: 18_789}),
	]),
	{
		layer: 'identity',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'O02',
		slug: 'peer.plugin-proxy',
		confidence: 'likely',
		title: 'Port 18789 of this machine is set for the proxy of the ClawTalk plugin, not for the gateway',
		explanation:
			'That proxy answers 502 when it cannot reach api.anthropic.com, and passes every request on to there when it can. The token was not sent.',
		evidence: [2, 0],
		fixes: [
			{
				where: 'here',
				action: 'use the port of the gateway',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://127.0.0.1:18790',
			},
		],
		verify: 'clawtalk status --only identity',
	},
);

explained(
	'O04: another program owns the port',
	evidenceOf([
		answer(200, {method: 'GET', path: '/healthz', body: 'html', title: 'Welcome'}),
		peer('other-web-server'),
		listener(['0.0.0.0'], 'nginx'),
	]),
	{
		layer: 'identity',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'O04',
		slug: 'port.other-program',
		confidence: 'certain',
		title: 'Another program owns port 18789 of this machine: nginx',
		explanation: 'It is no OpenClaw gateway: the port in the gateway URL is wrong, or that program took the port first. No token was sent.',
		evidence: [2, 1],
		fixes: [
			{where: 'here', action: 'check the port of the gateway URL', applicability: 'safe-to-run', command: 'clawtalk config get gatewayUrl'},
			{where: 'here', action: 'see the program', command: 'lsof -nP -iTCP:18789 -sTCP:LISTEN', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'see the port of the gateway',
				command: 'openclaw config get gateway.port',
				applicability: 'safe-to-run',
			},
		],
		verify: 'clawtalk status --only identity',
	},
);

explained(
	'O05: refused, because the gateway was not restarted',
	evidenceOf(
		[
			...thrice('192.168.1.5', {own: true}),
			sibling('loopback', 'http://127.0.0.1:18789'),
			listener(['127.0.0.1', '::1'], 'node'),
			openclaw({bind: 'lan'}),
		],
		own,
	),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'O05',
		verify: 'clawtalk status',
		slug: 'gateway.not-as-configured',
		confidence: 'certain',
		title: 'What listens on port 18789 of this machine does not match gateway.bind lan',
		explanation:
			'It listens on 127.0.0.1, ::1. It was not restarted since the change, was started with flags of its own, or belongs to another profile.',
		evidence: [0, 1, 2, 4, 5],
		fixes: [
			{
				where: 'gateway-host',
				action: 'compare the configuration of the command line with that of the service',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'see with which flags the service starts it (Linux)',
				command: 'systemctl --user cat openclaw-gateway',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'start it anew; this ends every running answer',
				command: 'openclaw gateway restart',
				applicability: 'last-resort',
			},
		],
	},
);

explained('O05: wider open than configured', evidenceOf([gateway, listener(['0.0.0.0'], 'node'), openclaw()]), {
	layer: 'tcp',
	severity: 'warning',
	exitCode: 0,
	transient: false,
	id: 'O05',
	verify: 'clawtalk status',
	slug: 'gateway.not-as-configured',
	confidence: 'certain',
	title: 'What listens on port 18789 of this machine does not match gateway.bind loopback',
	explanation:
		'It listens on 0.0.0.0. It was not restarted since the change, was started with flags of its own, or belongs to another profile.',
	evidence: [1, 2],
	fixes: [
		{
			where: 'gateway-host',
			action: 'compare the configuration of the command line with that of the service',
			command: 'openclaw gateway status',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'see with which flags the service starts it (Linux)',
			command: 'systemctl --user cat openclaw-gateway',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'start it anew; this ends every running answer',
			command: 'openclaw gateway restart',
			applicability: 'last-resort',
		},
	],
});

explained(
	'O06: Serve needs loopback',
	evidenceOf([refusedAt('127.0.0.1'), listener([]), openclaw({bind: 'tailnet', tailscaleMode: 'serve'})]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		confidence: 'likely',
		evidence: [0, 2],
		id: 'O06',
		slug: 'gateway.start.serve-bind',
		title: 'The gateway refuses to start: gateway.tailscale.mode serve needs gateway.bind loopback',
		explanation:
			"OpenClaw's configuration on this machine has gateway.bind tailnet. That the gateway gave up because of it is inferred: its log says so, if it did.",
		fixes: [
			{
				where: 'gateway-host',
				action: 'read the log of the service (Linux)',
				command: 'journalctl --user -u openclaw-gateway -n 50',
				applicability: 'safe-to-run',
			},
			{
				where: 'gateway-host',
				action: 'let the gateway listen on loopback only',
				command: 'openclaw config set gateway.bind loopback',
				applicability: 'safe-to-run',
			},
			{where: 'gateway-host', action: 'then start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('O07: no authentication', evidenceOf([refusedAt('127.0.0.1'), listener([]), openclaw({bind: 'lan', authMode: 'none'})]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	confidence: 'likely',
	evidence: [0, 2],
	id: 'O07',
	slug: 'gateway.start.no-auth',
	title: 'The gateway refuses to listen on lan without authentication',
	explanation:
		"OpenClaw's configuration on this machine has gateway.auth.mode none. That the gateway gave up because of it is inferred: its log says so, if it did.",
	fixes: [
		{
			where: 'gateway-host',
			action: 'let the gateway listen on loopback only',
			command: 'openclaw config set gateway.bind loopback',
			applicability: 'safe-to-run',
		},
		{where: 'gateway-host', action: 'then start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
		{
			where: 'gateway-host',
			action: 'read the log of the service (Linux)',
			command: 'journalctl --user -u openclaw-gateway -n 50',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'or let it listen on lan with a token',
			command: 'openclaw doctor --generate-gateway-token',
			applicability: 'changes-exposure',
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained('O08: a client of another gateway', evidenceOf([refusedAt('127.0.0.1'), listener([]), openclaw({mode: 'remote'})]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	confidence: 'likely',
	evidence: [0, 2],
	id: 'O08',
	slug: 'gateway.start.mode',
	title: 'OpenClaw on this machine is set to use a gateway elsewhere',
	explanation:
		'With gateway.mode remote no gateway starts here. If it is meant to run on this machine, the mode is wrong; otherwise the address in clawtalk is.',
	fixes: [
		{
			where: 'gateway-host',
			action: 'see which gateway that is',
			command: 'openclaw config get gateway.remote.url',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'if the gateway is meant to run on this machine',
			command: 'openclaw config set gateway.mode local',
			applicability: 'safe-to-run',
		},
		{where: 'gateway-host', action: 'then start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
	],
	verify: 'clawtalk status --only tcp',
});

explained('O08: no mode', evidenceOf([refusedAt('127.0.0.1'), listener([]), withoutMode]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	confidence: 'likely',
	evidence: [0, 2],
	id: 'O08',
	slug: 'gateway.start.mode',
	title: 'The gateway of this machine has no gateway.mode, so it does not start',
	explanation:
		'It starts with gateway.mode local only, or when started with --allow-unconfigured. Its log says so, if that was the reason.',
	fixes: [
		{
			where: 'gateway-host',
			action: 'read the log of the service (Linux)',
			command: 'journalctl --user -u openclaw-gateway -n 50',
			applicability: 'safe-to-run',
		},
		{
			where: 'gateway-host',
			action: 'if the gateway is meant to run on this machine',
			command: 'openclaw config set gateway.mode local',
			applicability: 'safe-to-run',
		},
		{where: 'gateway-host', action: 'then start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
	],
	verify: 'clawtalk status --only tcp',
});

explained(
	'O09: cannot be parsed',
	evidenceOf([refusedAt('127.0.0.1'), listener([]), {kind: 'local-openclaw', layer: 'config', atMs: 1, state: 'unparsable'}]),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		confidence: 'likely',
		evidence: [0, 2],
		id: 'O09',
		slug: 'gateway.start.config',
		title: "OpenClaw's configuration on this machine cannot be parsed",
		explanation: 'A gateway does not start with it. OpenClaw may have kept an older one beside it that still worked.',
		fixes: [
			{
				where: 'gateway-host',
				action: 'see what is wrong with it',
				command: 'openclaw config validate',
				applicability: 'safe-to-run',
				since: '2026.8',
				fallback: 'openclaw gateway status',
			},
			{
				where: 'gateway-host',
				action: 'see what a repair would find, without changing anything',
				command: 'openclaw doctor --lint',
				applicability: 'safe-to-run',
				since: '2026.8',
				fallback: 'mend the file by hand',
			},
			{
				where: 'gateway-host',
				action: 'before any repair: keep a copy',
				command: 'openclaw backup create --verify',
				applicability: 'safe-to-run',
				since: '2026.8',
				fallback: 'copy ~/.openclaw',
			},
			{where: 'gateway-host', action: 'let OpenClaw repair it', command: 'openclaw doctor --fix', applicability: 'last-resort'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('O10: custom without a host', evidenceOf([refusedAt('127.0.0.1'), listener([]), openclaw({bind: 'custom'})]), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	confidence: 'likely',
	evidence: [0, 2],
	id: 'O10',
	slug: 'gateway.start.bind',
	title: 'The gateway is bound to a custom address, and none is set',
	explanation:
		'gateway.bind takes loopback, lan, tailnet, auto, or custom with gateway.customBindHost. That the gateway gave up because of it is inferred: its log says so, if it did.',
	fixes: [
		{
			where: 'gateway-host',
			action: 'let the gateway listen on loopback only',
			command: 'openclaw config set gateway.bind loopback',
			applicability: 'safe-to-run',
		},
		{where: 'gateway-host', action: 'then start it', command: 'openclaw gateway start', applicability: 'safe-to-run'},
		{
			where: 'gateway-host',
			action: 'read the log of the service (Linux)',
			command: 'journalctl --user -u openclaw-gateway -n 50',
			applicability: 'safe-to-run',
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained('O11: several gateways', evidenceOf([gateway, sibling('default-port', 'http://127.0.0.1:19001')]), {
	layer: 'tcp',
	severity: 'note',
	exitCode: 0,
	transient: false,
	id: 'O11',
	verify: 'clawtalk status',
	slug: 'gateway.several',
	confidence: 'certain',
	title: 'More than one gateway answers on this machine',
	explanation: 'Besides 127.0.0.1:18789: http://127.0.0.1:19001. Each has a configuration, a token and sessions of its own.',
	evidence: [1],
	fixes: [{where: 'gateway-host', action: 'see which is which', command: 'openclaw gateway status --deep', applicability: 'safe-to-run'}],
});
