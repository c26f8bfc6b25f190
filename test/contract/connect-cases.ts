import assert from 'node:assert/strict';
import {Secret} from '../../source/diagnosis/redact.js';
import type {ControlState} from '../../source/gateway/control-plane.js';
import type {Gateway, Refusal, RefusalLedger} from '../../source/gateway/gateway.js';
import {openGateway} from '../../source/gateway/open-gateway.js';
import {type KnownDevice, makeDevice} from '../openclaw/known-device.js';
import type {Case, Peer} from './peer.js';

const never = new AbortController().signal;

interface Client {
	readonly gateway: Gateway;
	/** What was recorded against the token. */
	readonly refusals: Refusal[];
}

/** clawtalk's own control plane, closed after `use`. Absent `token`: none is configured. */
async function connecting<T>(
	peer: Peer,
	{token, devices}: {readonly token?: string; readonly devices?: KnownDevice},
	use: (client: Client, state: ControlState) => Promise<T>,
	offersDevice = true,
): Promise<T> {
	const refusals: Refusal[] = [];
	const ledger: RefusalLedger = {
		find: async () => refusals.at(-1),
		record: async (_origin, _token, refusal) => void refusals.push(refusal),
		clear: async () => void refusals.splice(0),
	};
	const gateway = openGateway(
		{
			origin: peer.origin,
			basePath: '',
			source: 'test',
			addressClass: 'loopback',
			credential: token === undefined ? {kind: 'none'} : {kind: 'token', secret: new Secret(token), source: 'test'},
			headers: {},
		},
		{ledger, env: {}, now: Date.now, ...(devices === undefined ? {} : {devices})},
	);
	try {
		return await use({gateway, refusals}, (await gateway.control.connect(never, {offersDevice})).value);
	} finally {
		await gateway.close();
	}
}

function refusalIn(state: ControlState) {
	assert.ok(state.kind === 'refused', JSON.stringify(state));
	return state.refusal;
}

/** A device that the peer has let in once, with what it was given. */
async function pairedDevice(peer: Peer): Promise<KnownDevice> {
	const devices = makeDevice();
	await connecting(peer, {token: peer.token, devices}, async (_client, state) => assert.equal(state.kind, 'open', JSON.stringify(state)));
	assert.ok(devices.tokens.get(peer.origin)?.secret, 'no device token was issued');
	return devices;
}

const both = ['operator.read', 'operator.write'];

/** How clawtalk's own control plane is let in, and how it is not. */
export const connectCases: readonly Case[] = [
	{
		name: 'lets a new device in with the token, on its own machine, and gives it a token of its own',
		async run(peer) {
			const devices = await pairedDevice(peer);
			await connecting(peer, {token: peer.token, devices}, async ({gateway}, state) => {
				assert.ok(state.kind === 'open');
				assert.equal(state.hello.protocol, peer.generation === '2026.2.9' ? 3 : 4);
				assert.deepEqual(state.hello.scopes, both);
				assert.deepEqual(state.hello.welcomed.missingScopes, []);
				assert.equal(state.hello.tickIntervalMs, 30_000);
				assert.ok(state.hello.startedAt !== undefined && state.hello.startedAt <= Date.now());
				assert.equal(state.hello.mainSessionKey, 'agent:main:main');
				assert.ok((await gateway.control.call('sessions.list', {})).ok);
				const unknown = await gateway.control.call('no.such.method', {});
				assert.ok(!unknown.ok);
				assert.match(unknown.error.message, /unknown method|missing scope/);
			});
		},
	},
	{
		name: 'lets the token in without a device, and a look leaves the device unknown',
		async run(peer) {
			await connecting(peer, {token: peer.token}, async (_client, state) => assert.equal(state.kind, 'open', JSON.stringify(state)));
			const devices = makeDevice();
			await connecting(peer, {token: peer.token, devices}, async (_client, state) => assert.equal(state.kind, 'open'), false);
			assert.equal(devices.tokens.size, 0);
		},
	},
	{
		name: 'lets the device in with its own token, where none is configured and once where a wrong one is',
		async run(peer) {
			const devices = await pairedDevice(peer);
			await connecting(peer, {devices}, async (_client, state) => {
				assert.ok(state.kind === 'open', JSON.stringify(state));
				assert.deepEqual(state.hello.scopes, both);
			});
			await connecting(peer, {token: 'not-the-token-of-it', devices}, async ({refusals}, state) => {
				assert.equal(state.kind === 'open' && state.hello.refusedToken, 'test', 'said of whose token it was');
				assert.equal(state.kind, 'open', JSON.stringify(state));
				assert.deepEqual(
					refusals.map(({status}) => status),
					[401],
				);
			});
		},
	},
	{
		name: 'refuses a wrong token, which is held back after that',
		async run(peer) {
			await connecting(peer, {token: 'not-the-token-of-it', devices: makeDevice()}, async ({gateway, refusals}, state) => {
				const {code, detail, message, with: tried} = refusalIn(state);
				assert.deepEqual([code, tried], ['INVALID_REQUEST', 'token']);
				assert.equal(detail, peer.generation === '2026.2.9' ? undefined : 'AUTH_TOKEN_MISMATCH');
				assert.match(message, /^unauthorized: gateway token mismatch/);
				assert.deepEqual(
					refusals.map(({status}) => status),
					[401],
				);
				assert.equal((await gateway.control.connect(never)).value.kind, 'withheld');
			});
		},
	},
	{
		name: 'refuses who has neither a token nor a device',
		async run(peer) {
			await connecting(peer, {}, async (_client, state) => {
				const {code, detail, message} = refusalIn(state);
				assert.equal(code, 'NOT_PAIRED');
				assert.equal(detail, peer.generation === '2026.2.9' ? undefined : 'DEVICE_IDENTITY_REQUIRED');
				assert.equal(message, 'device identity required');
			});
		},
	},
	{
		name: 'refuses a device token that it did not give, which is forgotten',
		async run(peer) {
			const devices = await pairedDevice(peer);
			devices.tokens.set(peer.origin, {secret: new Secret('not-what-it-gave'), scopes: both});
			await connecting(peer, {devices}, async ({refusals}, state) => {
				const {message, detail} = refusalIn(state);
				assert.match(message, /token mismatch/);
				assert.equal(detail, peer.generation === '2026.2.9' ? undefined : 'AUTH_DEVICE_TOKEN_MISMATCH');
				assert.deepEqual(refusals, []);
			});
			assert.equal(devices.tokens.size, 0);
		},
	},
];
