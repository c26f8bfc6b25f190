import {addresses} from './lab/plan.js';
import {boxName, tailnet} from './lab/tailnet.js';
import {play} from './scenario.js';

const {remoteLan, remoteLan6, remoteTailnet, remotePublic, nobodyTailnet, tailscaleResolver} = addresses;
const gateway = 'http://gateway.local:18789';
const box = `http://${boxName}:18789`;

play('names', [
	{
		name: 'the name does not exist',
		names: {},
		url: gateway,
		expect: {id: 'D01', exitCode: 68, token: 'kept'},
	},
	{
		name: 'no name server answers',
		url: gateway,
		expect: {id: 'D02', exitCode: 75, token: 'kept'},
	},
	{
		name: 'the name server is broken',
		client: [{kind: 'names', at: ['127.0.0.1'], names: {}, broken: true}],
		url: gateway,
		expect: {id: 'D02', exitCode: 75, token: 'kept'},
	},
	{
		name: 'a tailnet name while Tailscale is stopped',
		names: {},
		withoutTailnet: true,
		tailscale: tailnet({state: 'Stopped'}),
		url: box,
		expect: {id: 'D03', exitCode: 68, command: /^tailscale status$/, offers: /^tailscale up$/, token: 'kept'},
	},
	{
		name: 'a tailnet name that Tailscale knows and the system does not ask it for',
		names: {},
		client: [{kind: 'names', at: [tailscaleResolver], names: {[boxName]: [remoteTailnet]}}],
		tailscale: tailnet(),
		url: box,
		expect: {id: 'D04', exitCode: 68, command: /100\.69\.69\.108/, token: 'kept'},
	},
	{
		name: 'a tailnet name that somebody else answers for',
		names: {[boxName]: [remotePublic]},
		client: [{kind: 'names', at: [tailscaleResolver], names: {[boxName]: [remoteTailnet]}}],
		remote: [{kind: 'http', at: [remotePublic, 18_789], answers: {'*': page(200, 'Blocked by policy')}}],
		tailscale: tailnet(),
		url: box,
		expect: {id: 'D05', exitCode: 68, command: /100\.69\.69\.108/, token: 'kept'},
	},
	{
		name: 'a tailnet name with the address the machine had before',
		names: {[boxName]: [nobodyTailnet]},
		remote: [],
		tailscale: tailnet(),
		url: box,
		expect: {id: 'D06', exitCode: 68, token: 'kept'},
	},
	{
		name: 'a name of two families, and the gateway is on IPv4 alone',
		names: {'gateway.local': [remoteLan6, remoteLan]},
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		url: gateway,
		expect: {id: null, exitCode: 0, notes: ['D09'], token: 'sent'},
	},
	{
		name: 'a name of two families, and nothing comes back over IPv6',
		names: {'gateway.local': [remoteLan6, remoteLan]},
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: 'ip6 daddr fd00:77::1 tcp dport 18789 drop;',
		url: gateway,
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'a short name that means another machine in this network',
		names: {gateway: [remoteLan]},
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': page(200, 'Printer')}}],
		url: 'http://gateway:18789',
		expect: {id: 'H02', exitCode: 69, notes: ['D10'], token: 'kept'},
	},
	{
		name: 'a name that leads to another web server',
		names: {'gateway.local': [remoteLan]},
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': page(200, 'Printer')}}],
		url: gateway,
		expect: {id: 'H02', exitCode: 69, says: /Printer/, token: 'kept'},
	},
]);

function page(status: number, title: string) {
	return {status, headers: {'Content-Type': 'text/html'}, body: `<!doctype html><title>${title}</title>`};
}
