import {makeCertificate} from './lab/certificates.js';
import {addresses} from './lab/plan.js';
import {boxName, tailnet} from './lab/tailnet.js';
import {play} from './scenario.js';

const {remoteLan, remoteTailnet, nobodyTailnet, clientTailnet} = addresses;
const asked = `http://${remoteTailnet}:18789`;
const dropped = 'tcp dport 18789 drop;';

play('the tailnet', [
	{
		name: 'all is well: plain http into a tailnet that carries it',
		remote: [{kind: 'gateway', at: [remoteTailnet, 18_789]}],
		tailscale: tailnet(),
		url: asked,
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'the gateway is on loopback of the peer, and asked for on its tailnet address',
		remote: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		tailscale: tailnet(),
		url: asked,
		expect: {id: 'N04', exitCode: 69, command: /^ssh .*(100\.69\.69\.108|box)/, token: 'kept'},
	},
	{
		name: 'the gateway is published with Tailscale Serve',
		needs: ['openssl'],
		names: {[boxName]: [remoteTailnet]},
		remote: world => [{kind: 'gateway', at: [remoteTailnet, 443], tls: makeCertificate(world.folder, {names: `DNS:${boxName}`})}],
		env: world => ({NODE_EXTRA_CA_CERTS: `${world.folder}/certificates/authority.pem`}),
		tailscale: tailnet(),
		url: asked,
		expect: {id: 'N05', exitCode: 69, command: /https:\/\/box\.tail1234\.ts\.net/, token: 'kept'},
	},
	{
		name: 'Tailscale is stopped',
		withoutTailnet: true,
		tailscale: tailnet({state: 'Stopped'}),
		url: asked,
		expect: {id: 'N07', exitCode: 69, command: /^tailscale status$/, offers: /^tailscale up$/, token: 'kept'},
	},
	{
		name: 'Tailscale wants a login',
		withoutTailnet: true,
		tailscale: tailnet({state: 'NeedsLogin'}),
		url: asked,
		expect: {id: 'N07', exitCode: 69, command: /^tailscale status$/, offers: /^tailscale up$/, token: 'kept'},
	},
	{
		name: 'the peer is offline',
		remote: [],
		remoteFirewall: dropped,
		tailscale: tailnet({boxOnline: false}),
		url: asked,
		expect: {id: 'N08', exitCode: 69, token: 'kept'},
	},
	{
		name: 'nobody in the tailnet has that address',
		remote: [],
		tailscale: tailnet(),
		url: `http://${nobodyTailnet}:18789`,
		expect: {id: 'N09', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the peer is online, and its policy drops the port',
		remote: [{kind: 'gateway', at: [remoteTailnet, 18_789]}],
		remoteFirewall: dropped,
		tailscale: tailnet(),
		url: asked,
		expect: {id: 'N10', exitCode: 69, token: 'kept'},
	},
	{
		name: 'an exit node takes the LAN',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		remoteFirewall: dropped,
		tailscale: tailnet({withExitNode: true}),
		url: `http://${remoteLan}:18789`,
		expect: {
			id: 'N12',
			exitCode: 69,
			command: /^tailscale status$/,
			offers: /^tailscale set --exit-node-allow-lan-access=true$/,
			token: 'kept',
		},
	},
	{
		name: 'an address of 100.64/10 that does not answer, and no Tailscale here',
		remote: [],
		remoteFirewall: dropped,
		url: asked,
		expect: {id: 'N07', exitCode: 69, notCertain: true, says: /carriers use such addresses/, token: 'kept'},
	},
	{
		name: 'the own address of this machine instead of the gateway’s',
		tailscale: tailnet(),
		url: `http://${clientTailnet}:18789`,
		expect: {id: 'C21', exitCode: 69, notCertain: true, token: 'kept'},
	},
]);
