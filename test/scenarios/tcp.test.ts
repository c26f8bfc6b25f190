import {addresses} from './lab/plan.js';
import {play, type Scenario} from './scenario.js';

const {remoteLan, remoteLan6, nobodyLan, clientTailnet} = addresses;
const here = 'http://127.0.0.1:18789';
const lan = `http://${remoteLan}:18789`;
const openclaw = {gateway: {mode: 'local', port: 18_789, bind: 'loopback'}};

const lastWeek = {at: '2026-01-02T10:00:00.000Z', origin: here, state: 'up', by: 'status', path: 'loopback', version: '2026.9.4'};

const healthy: readonly Scenario[] = [
	{
		name: 'all is well on loopback',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: here,
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'all is well with 2026.2.9',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], generation: '2026.2.9'}],
		url: here,
		expect: {id: null, exitCode: 0, notes: ['V01'], token: 'sent'},
	},
	{
		name: 'all is well with another version than last time',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: here,
		home: {'.clawtalk/connection-log.jsonl': `${JSON.stringify(lastWeek)}\n`},
		expect: {id: null, exitCode: 0, notes: ['V03'], token: 'sent'},
	},
	{
		name: 'all is well over IPv6',
		remote: [{kind: 'gateway', at: [remoteLan6, 18_789]}],
		url: `http://[${remoteLan6}]:18789`,
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
];

const refused: readonly Scenario[] = [
	{
		name: 'the gateway of this machine is stopped',
		url: here,
		openclaw,
		expect: {id: 'N01', exitCode: 69, command: /^openclaw gateway status$/, token: 'kept'},
	},
	{
		name: 'nothing listens on localhost, in both families',
		url: 'http://localhost:18789',
		openclaw,
		expect: {id: 'N01', exitCode: 69, command: /^openclaw gateway status$/, token: 'kept'},
	},
	{
		name: 'the gateway is on loopback of the other machine, and asked for on its LAN address',
		remote: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: lan,
		expect: {id: 'N04', exitCode: 69, command: /192\.168\.77\.1/, token: 'kept'},
	},
	{
		name: 'the gateway is on the tailnet address of this machine, and asked for on 127.0.0.1',
		client: [{kind: 'gateway', at: [clientTailnet, 18_789]}],
		url: here,
		openclaw: {gateway: {mode: 'local', port: 18_789, bind: 'tailnet'}},
		expect: {id: 'N03', exitCode: 69, command: /http:\/\/100\.69\.69\.10:18789/, token: 'kept'},
	},
	{
		name: 'a wrong port of the other machine',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		url: `http://${remoteLan}:18790`,
		expect: {id: 'N06', exitCode: 69, command: /http:\/\/192\.168\.77\.1:18789/, token: 'kept'},
	},
	{
		name: 'a wrong port of this machine',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: 'http://127.0.0.1:18790',
		expect: {id: 'N06', exitCode: 69, command: /http:\/\/127\.0\.0\.1:18789/, token: 'kept'},
	},
	{
		name: 'a firewall answers with a reset',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: 'tcp dport 18789 reject with tcp reset;',
		url: lan,
		expect: {id: 'N04', exitCode: 69, command: /192\.168\.77\.1/, token: 'kept'},
	},
	{
		name: 'a firewall answers that the port cannot be reached',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: 'tcp dport 18789 reject with icmp port-unreachable;',
		url: lan,
		expect: {id: 'N04', exitCode: 69, command: /192\.168\.77\.1/, token: 'kept'},
	},
	{
		name: 'a gateway in a restart loop: every second connection is refused',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		clientFirewall: 'tcp dport 18789 tcp flags & (syn | ack) == syn numgen inc mod 2 0 reject with tcp reset;',
		url: here,
		openclaw,
		expect: {id: 'N26', exitCode: 75, token: 'kept', absent: ['N24', 'N01']},
	},
];

const unreachable: readonly Scenario[] = [
	{
		name: 'packets are dropped on the way',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: 'tcp dport 18789 drop;',
		url: lan,
		expect: {id: 'N11', exitCode: 69, token: 'kept', notBeforeMs: 1900},
	},
	{
		name: 'nobody has that address in the local network, and the system still looks for it',
		remote: [],
		// Three questions of ARP, which would take 3 s: too near to the end of a look.
		client: [{kind: 'command', command: ['sh', '-c', 'echo 3000 > /proc/sys/net/ipv4/neigh/lan0/retrans_time_ms']}],
		url: `http://${nobodyLan}:18789`,
		expect: {id: 'N11', exitCode: 69, token: 'kept'},
	},
	{
		name: 'a firewall answers that the host cannot be reached',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: 'tcp dport 18789 reject with icmp host-unreachable;',
		url: lan,
		expect: {id: 'N16', exitCode: 69, command: /192\.168\.77\.1/, token: 'kept'},
	},
	{
		name: 'there is no route',
		url: 'http://10.9.9.9:18789',
		expect: {id: 'N16', exitCode: 69, command: /10\.9\.9\.9/, token: 'kept'},
	},
	{
		name: 'this machine forbids the connection',
		client: [{kind: 'command', command: ['ip', 'route', 'add', 'prohibit', '10.9.9.9']}],
		url: 'http://10.9.9.9:18789',
		expect: {id: 'N17', exitCode: 69, token: 'kept'},
	},
];

const speechless: readonly Scenario[] = [
	{
		name: 'the other machine takes the connection and closes it',
		remote: [{kind: 'socket', at: [remoteLan, 18_789], does: 'close'}],
		url: lan,
		expect: {id: 'N22', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the other machine takes the connection and resets it',
		remote: [{kind: 'socket', at: [remoteLan, 18_789], does: 'reset'}],
		url: lan,
		expect: {id: 'N22', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the port takes the connection and never speaks',
		client: [{kind: 'socket', at: ['127.0.0.1', 18_789], does: 'silence'}],
		url: here,
		expect: {id: 'N28', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the port belongs to sshd',
		remote: [{kind: 'socket', at: [remoteLan, 18_789], does: 'ssh-banner'}],
		url: lan,
		expect: {id: 'O04', exitCode: 69, token: 'kept'},
	},
];

play('the bare connection', [...healthy, ...refused, ...unreachable, ...speechless]);
