import {evidenceOf, failure} from '../evidence-of.js';
import {explained} from './explained.js';
import {box, client, tailscale, tried} from './surroundings.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const tailnet = {origin: 'http://100.69.69.108:18789', addressClass: 'cgnat'} as const;
const silentAt = (address: string) => failure('UND_ERR_CONNECT_TIMEOUT', {timeoutMs: 2000}, {address, port: 18_789});

explained(
	'N07: Tailscale is off, in a session that comes over it',
	evidenceOf(
		[
			client({overSsh: true, sshOverTailnet: true}),
			failure('ENETUNREACH', {}, {address: '100.69.69.108', port: 18_789}),
			tailscale({state: 'Stopped', onlinePeers: []}),
		],
		tailnet,
	),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N07',
		slug: 'tailscale.off',
		confidence: 'certain',
		title: 'Tailscale is off on this machine',
		explanation: 'So there is no way to 100.69.69.108:18789 through a tailnet.',
		evidence: [1, 2],
		fixes: [
			{where: 'here', action: 'see what it says', command: 'tailscale status', applicability: 'safe-to-run'},
			{where: 'here', action: 'connect it; this will cut this session', command: 'tailscale up', applicability: 'changes-exposure'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N07: Tailscale is starting',
	evidenceOf([tried('100.69.69.108', 'no-answer'), tailscale({state: 'Starting', onlinePeers: []})], tailnet),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 75,
		transient: true,
		id: 'N07',
		slug: 'tailscale.off',
		confidence: 'certain',
		title: 'Tailscale is still starting on this machine',
		explanation: 'So there is no way to 100.69.69.108:18789 through a tailnet.',
		evidence: [0, 1],
		fixes: [{where: 'here', action: 'wait a moment and look again', command: 'clawtalk status', applicability: 'safe-to-run'}],
		verify: 'clawtalk status --only tcp',
	},
);

explained(
	'N08: the peer is offline',
	evidenceOf([silentAt('100.69.69.108'), tried('100.69.69.108', 'no-answer'), tailscale({peer: {...box, online: false}})], tailnet),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N08',
		slug: 'tailscale.peer-offline',
		confidence: 'certain',
		title: 'The machine box is not online in the tailnet',
		explanation: 'It is off or asleep, has no network, or is signed out of Tailscale. Which one cannot be seen from here.',
		evidence: [0, 1, 2],
		fixes: [
			{where: 'gateway-host', action: 'wake it or switch it on', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'see whether Tailscale is connected there',
				command: 'tailscale status',
				applicability: 'safe-to-run',
			},
			{where: 'here', action: 'in the admin console, see whether its key has expired', applicability: 'safe-to-run'},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N09: an address of nobody', evidenceOf([tried('100.69.69.108', 'no-answer'), tailscale()], tailnet), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N09',
	slug: 'tailscale.unknown-address',
	confidence: 'certain',
	title: 'No machine of your tailnet has the address of 100.69.69.108:18789',
	explanation: 'It may belong to another account or tailnet, to a machine that was registered anew, or to no machine at all.',
	evidence: [0, 1],
	fixes: [
		{
			where: 'here',
			action: 'use the name of the machine; online now: box.tail1234.ts.net',
			applicability: 'has-placeholders',
			command: 'clawtalk config set gatewayUrl http://NAME:18789',
		},
		{where: 'here', action: 'see the accounts of this machine', command: 'tailscale switch --list', applicability: 'safe-to-run'},
		{
			where: 'here',
			action: 'if it is in the tailnet of another account',
			command: 'tailscale switch ACCOUNT',
			applicability: 'changes-exposure',
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained('N10: the policy of the tailnet', evidenceOf([tried('100.69.69.108', 'no-answer'), tailscale({peer: box})], tailnet), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N10',
	slug: 'tailscale.policy',
	confidence: 'likely',
	title: 'box is online in the tailnet, and 100.69.69.108:18789 stays silent',
	explanation:
		'The access rules of the tailnet drop what they do not allow without a word, and so does a firewall on that machine. From here these look the same.',
	evidence: [0, 1],
	fixes: [
		{
			where: 'here',
			action: 'see whether the machine answers at all',
			command: 'tailscale ping 100.69.69.108',
			applicability: 'safe-to-run',
		},
		{
			where: 'here',
			action: 'reach it through ssh, also when it listens on its own loopback only',
			applicability: 'has-placeholders',
			command: 'clawtalk config set ssh USER@100.69.69.108 && clawtalk tunnel',
		},
		{
			where: 'here',
			action: 'or forward a port by hand; FREE is a free port here',
			command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@100.69.69.108',
			applicability: 'has-placeholders',
		},
		{
			where: 'here',
			action: 'in the access rules, allow this port to yourself only: {"src":["you@example.com"],"dst":["box"],"ip":["tcp:18789"]}',
			applicability: 'changes-exposure',
		},
	],
	rivals: [{id: 'N11', title: 'A firewall on the machine drops the packets', tellApart: 'its firewall rules, on the gateway host'}],
	verify: 'clawtalk status --only tcp',
});

explained('N11: dropped on the way', evidenceOf([silentAt('192.168.1.9'), tried('192.168.1.9', 'no-answer')], lan), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N11',
	slug: 'net.timeout',
	confidence: 'likely',
	title: '192.168.1.9:18789 does not answer',
	explanation:
		'The machine may be off or asleep, the address may be wrong, or a firewall on the way drops packets. Which one cannot be seen from here.',
	evidence: [0, 1],
	fixes: [
		{
			where: 'gateway-host',
			action: 'see whether the machine is up and the gateway runs',
			command: 'openclaw gateway status',
			applicability: 'safe-to-run',
		},
		{
			where: 'here',
			action: 'see which way packets take (Linux)',
			command: 'ip route get 192.168.1.9',
			applicability: 'safe-to-run',
		},
		{
			where: 'here',
			action: 'reach it through ssh, also when it listens on its own loopback only',
			applicability: 'has-placeholders',
			command: 'clawtalk config set ssh USER@192.168.1.9 && clawtalk tunnel',
		},
		{
			where: 'here',
			action: 'or forward a port by hand; FREE is a free port here',
			command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@192.168.1.9',
			applicability: 'has-placeholders',
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained(
	'N07: 100.64/10, and no Tailscale here',
	evidenceOf([tried('100.69.69.108', 'no-answer'), tailscale({state: 'not-installed', onlinePeers: []})], tailnet),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N07',
		slug: 'tailscale.off',
		confidence: 'likely',
		title: 'Tailscale was not found on this machine',
		explanation:
			'So there is no way to 100.69.69.108:18789 through a tailnet. That the address belongs to one is likely, and not certain: carriers use such addresses too.',
		evidence: [0, 1],
		fixes: [{where: 'here', action: 'install Tailscale here, or use an address that does not need it', applicability: 'safe-to-run'}],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N12: an exit node takes the LAN', evidenceOf([tried('192.168.1.9', 'no-answer'), tailscale({exitNodeTakesLan: true})], lan), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N12',
	slug: 'net.exit-node',
	confidence: 'likely',
	title: 'A Tailscale exit node takes the traffic to 192.168.1.9:18789',
	explanation:
		'This machine sends everything to the exit node, addresses of its own network included. Without that the address may answer, or not.',
	evidence: [0, 1],
	fixes: [
		{where: 'here', action: 'see which exit node is in use', command: 'tailscale status', applicability: 'safe-to-run'},
		{
			where: 'here',
			action: 'let this machine reach its own network beside the exit node',
			command: 'tailscale set --exit-node-allow-lan-access=true',
			applicability: 'changes-exposure',
		},
	],
	verify: 'clawtalk status --only tcp',
});

explained(
	'N16: no route, on macOS',
	evidenceOf([client({platform: 'darwin arm64'}), failure('EHOSTUNREACH', {}, {address: '192.168.1.9', port: 18_789})], lan),
	{
		layer: 'tcp',
		severity: 'error',
		exitCode: 69,
		transient: false,
		id: 'N16',
		slug: 'net.no-route',
		confidence: 'likely',
		title: 'There is no route to 192.168.1.9:18789',
		explanation:
			'The machine is off, the network or the VPN that leads there is off, the address is wrong, or a firewall rejects the connection. Which one cannot be seen from here.',
		evidence: [1],
		fixes: [
			{where: 'here', action: 'see which way packets take', command: 'route -n get 192.168.1.9', applicability: 'safe-to-run'},
			{
				where: 'gateway-host',
				action: 'see whether the machine is up and the gateway runs',
				command: 'openclaw gateway status',
				applicability: 'safe-to-run',
			},
			{
				where: 'here',
				action: 'reach it through ssh, also when it listens on its own loopback only',
				applicability: 'has-placeholders',
				command: 'clawtalk config set ssh USER@192.168.1.9 && clawtalk tunnel',
			},
			{
				where: 'here',
				action: 'or forward a port by hand; FREE is a free port here',
				command: 'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@192.168.1.9',
				applicability: 'has-placeholders',
			},
		],
		rivals: [
			{
				id: 'N15',
				title: 'macOS keeps this terminal from the local network',
				tellApart: 'curl reaches the address while clawtalk does not: System Settings, Privacy & Security, Local Network',
			},
		],
		verify: 'clawtalk status --only tcp',
	},
);

explained('N17: forbidden here', evidenceOf([tried('192.168.1.9', 'EACCES')], lan), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 69,
	transient: false,
	id: 'N17',
	slug: 'net.forbidden',
	confidence: 'likely',
	title: 'This machine forbids the connection to 192.168.1.9:18789',
	explanation: 'The system refused it before any packet left: a local firewall, a sandbox or a prohibited route.',
	evidence: [0],
	fixes: [{where: 'here', action: 'allow node in that firewall or sandbox', applicability: 'safe-to-run'}],
	verify: 'clawtalk status --only tcp',
});

explained('N18: the interface is down', evidenceOf([failure('ENETDOWN', {}, {address: '192.168.1.9', port: 18_789})], lan), {
	layer: 'tcp',
	severity: 'error',
	exitCode: 75,
	transient: true,
	id: 'N18',
	slug: 'net.interface-down',
	confidence: 'certain',
	title: 'The network interface of this machine is down',
	explanation: 'It is switched off, or the machine is just waking up.',
	evidence: [0],
	fixes: [{where: 'here', action: 'wait a moment and try again', applicability: 'safe-to-run'}],
	verify: 'clawtalk status --only tcp',
});
