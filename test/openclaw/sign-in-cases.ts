import assert from 'node:assert/strict';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {ask} from '../contract/client.js';
import {evidenceOf, gateway as identified} from '../diagnosis/evidence-of.js';
import {makeDevice} from './known-device.js';
import {type Lab, type LiveCase, openOwn, ownConnection} from './live-cases.js';
import type {RealGateway} from './real-gateway.js';
import {connectStrangely, type Handshake, signed} from './strange-client.js';

/** Signs in as no clawtalk does, and tells what came of it. */
async function signIn({origin, generation}: Pick<RealGateway, 'origin' | 'generation'>, handshake: Handshake): Promise<Evidence> {
	const {observations, close} = await connectStrangely(origin, signed(generation, handshake));
	close();
	return evidenceOf([identified, ...observations]);
}

function isLocked({observations}: Evidence): boolean {
	return observations.some(seen => seen.kind === 'control-refused' && seen.detail === 'AUTH_RATE_LIMITED');
}

/** Of the address of this machine in its network: loopback, where everybody else comes from, is never locked out unless that is configured. */
async function lockOut({gateway, beyond}: Lab): Promise<Evidence> {
	for (let tries = 0; tries < 20; tries += 1) {
		const evidence = await signIn({...gateway, origin: beyond}, {auth: {token: 'wrong'}});
		if (isLocked(evidence)) return evidence;
	}
	throw new Error('20 wrong tokens, and not locked out');
}

/** While the gateway has its token, and from an address that nobody needs any more. */
export const signInCases: readonly LiveCase[] = [
	{
		id: 'A23',
		name: 'a setup code that it never made',
		generation: '2026.9.6',
		title: /setup code/,
		run: ({gateway}) => signIn(gateway, {auth: {bootstrapToken: 'x'.repeat(43)}, device: makeDevice()}),
	},
	{id: 'A20', name: 'ten wrong tokens', generation: '2026.9.6', title: /for another \d+ s, after wrong tokens$/, run: lockOut},
	{
		id: 'A20',
		name: 'the right token of clawtalk, from the same address',
		generation: '2026.9.6',
		title: /^The gateway refuses this address after wrong tokens$/,
		run: ({gateway, beyond}) => ownConnection(beyond, gateway.token, makeDevice()),
	},
];

/** Changes how a gateway signs people in. */
export async function withAuth(gateway: RealGateway, auth: Settings, more: Settings = {}): Promise<void> {
	await gateway.configure(({gateway: settings, ...config}) => ({...config, gateway: {...(settings as object), ...more, auth}}));
}

type Settings = Readonly<Record<string, unknown>>;

/** A question of clawtalk, whose secret is the password, is answered. */
function chats(transport: 'http' | 'ws'): LiveCase {
	return {
		id: undefined,
		name: `clawtalk chats with a password, ${transport === 'http' ? 'over HTTP' : 'over the control plane'}`,
		async run({gateway, password}) {
			const peer = {...gateway, token: password, transport};
			const answer = await ask(peer, 'hi [[n=3 rate=0]]');
			assert.deepEqual([answer.text, answer.exitCode, answer.error], ['tok0 tok1 tok2', 0, undefined]);
			return answer.evidence;
		},
	};
}

const ofVariable = {source: 'OPENCLAW_GATEWAY_PASSWORD', transport: 'http'} as const;

/** Of a gateway that signs people in with a password. */
export const passwordCases: readonly LiveCase[] = [
	chats('http'),
	chats('ws'),
	{
		id: 'A23',
		name: 'a wrong password of clawtalk',
		title: /password/,
		run: ({gateway}) => ownConnection(gateway.origin, 'wrong', undefined),
	},
	{
		id: 'A02',
		name: 'a wrong password of clawtalk over HTTP, where the gateway says what it says of tokens',
		title: /^The gateway rejected the password \(5 characters, from OPENCLAW_GATEWAY_PASSWORD\)$/,
		async run({gateway}) {
			const own = openOwn(gateway.origin, 'wrong', undefined, ofVariable);
			try {
				return (await ask({...gateway, transport: 'http'}, 'hi [[n=3 rate=0]]', {gateway: own})).evidence;
			} finally {
				await own.close();
			}
		},
	},
	{id: 'A23', name: 'a device without a password', title: /password/, run: ({gateway}) => signIn(gateway, {device: makeDevice()})},
];

/** What Tailscale Serve adds to what it passes on. */
const fromServe = {
	'x-forwarded-for': '100.64.0.9',
	'x-forwarded-proto': 'https',
	'x-forwarded-host': 'gateway.tail1234.ts.net',
	'tailscale-user-login': 'user@example.com',
};

/** Starts a gateway that was killed with another way of signing in. On loopback alone: none listens beyond it without a secret. */
async function startedWith({gateway}: Lab, auth: Settings, more: Settings = {}): Promise<void> {
	await withAuth(gateway, auth, {bind: 'loopback', ...more});
	await gateway.restart();
}

/** The last ones: from here on nobody gets in. 2026.9.6 does not start without a token, it makes one. */
export const nobodyCases: readonly LiveCase[] = [
	{
		id: 'A22',
		name: 'a gateway without a token',
		generation: '2026.2.9',
		async run(lab) {
			await startedWith(lab, {mode: 'token', allowTailscale: true});
			return ownConnection(lab.gateway.origin, 'any', undefined);
		},
	},
	{
		id: 'A22',
		name: 'somebody whom Tailscale does not know: which step failed is not told, and no A21',
		generation: '2026.2.9',
		run: ({gateway}) => signIn(gateway, {device: makeDevice(), headers: fromServe}),
	},
	{
		id: 'A23',
		name: 'a gateway that believes its identity proxy alone',
		generation: '2026.9.6',
		async run(lab) {
			const trustedProxy = {userHeader: 'x-forwarded-user'};
			await startedWith(lab, {mode: 'trusted-proxy', trustedProxy}, {trustedProxies: ['192.0.2.1']});
			return signIn(lab.gateway, {auth: {token: lab.gateway.token}, device: makeDevice()});
		},
	},
];
