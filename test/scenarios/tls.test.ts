import {type CertificateWish, makeCertificate} from './lab/certificates.js';
import {nginx} from './lab/nginx.js';
import {addresses} from './lab/plan.js';
import {boxName, tailnet} from './lab/tailnet.js';
import type {World} from './lab/world.js';
import {play, type Scenario} from './scenario.js';

const {remoteLan, remoteTailnet} = addresses;
const names = {'gateway.example': [remoteLan]};
const https = 'https://gateway.example:18789';
const itsName = 'DNS:gateway.example';
const pinned = Array.from({length: 32}, () => 'AB').join(':');

/** The other machine's gateway behind TLS. */
const behind = (wish: CertificateWish) => (world: World) =>
	[{kind: 'gateway', at: [remoteLan, 18_789], tls: makeCertificate(world.folder, wish)}] as const;
/** The authority of the world is known to Node. */
const authorityKnown = (world: World) => ({NODE_EXTRA_CA_CERTS: `${world.folder}/certificates/authority.pem`});

const certificates: ReadonlyArray<Pick<Scenario, 'name' | 'expect' | 'env'> & {readonly wish: CertificateWish}> = [
	{
		name: 'all is well',
		wish: {names: itsName},
		env: authorityKnown,
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'a self-signed certificate',
		wish: {names: itsName, signedBy: 'itself'},
		expect: {
			id: 'L03',
			exitCode: 76,
			command: /^openssl x509 /,
			offers: /^clawtalk trust add https:\/\/gateway\.example:18789$/,
			token: 'kept',
		},
	},
	{
		name: 'a certificate of an authority that is not known here',
		wish: {names: itsName, sendsAuthority: true},
		expect: {id: 'L04', exitCode: 76, command: /gateway\.example:18789|NODE_EXTRA_CA_CERTS/, token: 'kept'},
	},
	{
		name: 'an incomplete chain',
		wish: {names: itsName, signedBy: 'intermediate'},
		env: authorityKnown,
		expect: {id: 'L04', exitCode: 76, token: 'kept'},
	},
	{
		name: 'a certificate for another name',
		wish: {names: 'DNS:other.example'},
		env: authorityKnown,
		expect: {id: 'L05', exitCode: 76, command: /https:\/\/NAME:18789$/, says: /other\.example/, token: 'kept'},
	},
	{
		name: 'an expired certificate',
		wish: {names: itsName, fromDays: -60, toDays: -2},
		env: authorityKnown,
		expect: {id: 'L06', exitCode: 76, token: 'kept'},
	},
	{
		name: 'a certificate of tomorrow',
		wish: {names: itsName, fromDays: 1},
		env: authorityKnown,
		expect: {id: 'L06', exitCode: 76, command: /^date/, token: 'kept'},
	},
	{
		name: 'a certificate of an inspector on the way',
		wish: {names: itsName, authority: '/O=Zscaler Inc./CN=Zscaler Intermediate Root CA', sendsAuthority: true},
		expect: {id: 'L07', exitCode: 76, command: /NODE_EXTRA_CA_CERTS/, token: 'kept'},
	},
	{
		name: 'certificate checks are off',
		wish: {names: itsName},
		env: world => ({...authorityKnown(world), NODE_TLS_REJECT_UNAUTHORIZED: '0'}),
		expect: {id: null, exitCode: 0, notes: ['L10'], token: 'sent'},
	},
];

play('TLS', [
	...certificates.map(({wish, ...part}): Scenario => ({...part, needs: ['openssl'], names, remote: behind(wish), url: https})),
	{
		name: 'a certificate other than the one that was pinned',
		needs: ['openssl'],
		names,
		remote: behind({names: itsName, signedBy: 'itself'}),
		home: {
			'.clawtalk/trust.json': JSON.stringify({schema: 'clawtalk.trust/1', plainHttp: {}, pins: {[https]: {fingerprint: pinned, at: ''}}}),
		},
		url: https,
		expect: {id: 'L09', exitCode: 76, offers: /^clawtalk trust reset https:\/\/gateway\.example:18789$/, token: 'kept'},
	},
	{
		name: 'a server that refuses the handshake',
		needs: ['nginx'],
		names,
		remote: world => [nginx(world, [remoteLan, 18_789, 'ssl'], 'ssl_reject_handshake on;')],
		url: https,
		expect: {id: 'L00', exitCode: 76, token: 'kept'},
	},
	{
		name: 'Tailscale Serve without its certificate yet',
		names: {[boxName]: [remoteTailnet]},
		remote: [{kind: 'socket', at: [remoteTailnet, 443], does: 'silence'}],
		tailscale: tailnet(),
		url: `https://${boxName}`,
		expect: {id: 'L08', exitCode: 75, token: 'kept'},
	},
	{
		name: 'https is asked for, and the gateway speaks plain http',
		names: {'gateway.local': [remoteLan]},
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		url: 'https://gateway.local:18789',
		expect: {id: 'L02', exitCode: 76, command: /http:\/\/gateway\.local:18789/, token: 'kept'},
	},
	{
		name: 'plain http is asked for, and the gateway speaks TLS',
		needs: ['openssl'],
		names,
		remote: behind({names: itsName}),
		url: 'http://gateway.example:18789',
		expect: {id: 'L01', exitCode: 76, command: /https:\/\/gateway\.example:18789/, token: 'kept'},
	},
]);
