import assert from 'node:assert/strict';
import {type Answer, connectControl, createDevice, type Fields, type TestDevice} from './control-client.js';
import type {Case, Peer} from './peer.js';

const isOld = ({generation}: Peer) => generation === '2026.2.9';

/** What a handshake brought: the `auth` of a welcome, or the error of a refusal. */
async function greet(peer: Peer, device: TestDevice, more: Fields = {}, change: (device: Fields) => Fields = shown => shown) {
	try {
		const control = await connectControl(peer, {device, params: more, changeDevice: change});
		control.close();
		return {auth: (control.hello['auth'] ?? {}) as Fields};
	} catch (error) {
		return {refused: (error as Error).cause as Answer['error']};
	}
}

interface Refused {
	readonly name: string;
	change(device: Fields): Fields;
	readonly message: string;
	/** `error.details.code` and `recommendedNextStep` or `reason` on 2026.9.6. */
	readonly details: Fields;
}

const refused: readonly Refused[] = [
	{
		name: 'a signature that is wrong',
		change: device => ({...device, signature: Buffer.alloc(64, 1).toString('base64url')}),
		message: 'device signature invalid',
		details: {code: 'DEVICE_AUTH_SIGNATURE_INVALID', reason: 'device-signature'},
	},
	{
		name: 'a challenge of another connection',
		change: device => ({...device, nonce: 'another'}),
		message: 'device nonce mismatch',
		details: {code: 'DEVICE_AUTH_NONCE_MISMATCH', reason: 'device-nonce-mismatch'},
	},
	{
		name: 'a signature of yesterday',
		change: device => ({...device, signedAt: Number(device['signedAt']) - 86_400_000}),
		message: 'device signature expired',
		details: {code: 'DEVICE_AUTH_SIGNATURE_EXPIRED', reason: 'device-signature-stale'},
	},
	{
		name: 'the name of another device',
		change: device => ({...device, id: '0'.repeat(64)}),
		message: 'device identity mismatch',
		details: {code: 'DEVICE_AUTH_DEVICE_ID_MISMATCH', reason: 'device-id-mismatch'},
	},
];

/** Devices: let in on loopback with the shared token, known by a token of their own, refused with these words. */
export const deviceCases: readonly Case[] = [
	{
		name: 'lets a new device in on loopback and gives it a token, the same one each time',
		async run(peer) {
			const device = createDevice();
			const {auth: first} = await greet(peer, device);
			assert.deepEqual([first?.['role'], first?.['scopes']], ['operator', ['operator.read', 'operator.write']]);
			assert.equal(typeof first?.['deviceToken'], 'string');
			assert.equal(typeof first?.['issuedAtMs'], 'number');
			const {auth: again} = await greet(peer, device);
			assert.equal(again?.['deviceToken'], first?.['deviceToken']);
			assert.equal(again?.['method'], isOld(peer) ? undefined : 'token');
		},
	},
	{
		name: 'knows a device by its own token',
		async run(peer) {
			const device = createDevice();
			const token = (await greet(peer, device)).auth?.['deviceToken'];
			const {auth} = await greet({...peer, token: String(token)}, device);
			assert.equal(auth?.['deviceToken'], token);
			assert.equal(auth?.['method'], isOld(peer) ? undefined : 'device-token');
		},
	},
	{
		name: 'takes the token of a device beside a shared token that is wrong',
		generation: '2026.9.6',
		async run(peer) {
			const device = createDevice();
			const deviceToken = (await greet(peer, device)).auth?.['deviceToken'];
			const {auth} = await greet({...peer, token: 'wrong'}, device, {auth: {token: 'wrong', deviceToken}});
			assert.equal(auth?.['method'], 'device-token');
		},
	},
	{
		name: 'refuses the token of a device under that name',
		generation: '2026.2.9',
		async run(peer) {
			const {refused: error} = await greet(peer, createDevice(), {auth: {token: peer.token, deviceToken: 'x'}});
			assert.equal(error?.message, "invalid connect params: at /auth: unexpected property 'deviceToken'");
		},
	},
	{
		name: 'refuses the token of another device, and a token for more than it was given for',
		generation: '2026.9.6',
		async run(peer) {
			const device = createDevice();
			const deviceToken = String((await greet(peer, device)).auth?.['deviceToken']);
			const other = await greet({...peer, token: deviceToken}, createDevice(), {auth: {deviceToken}});
			assert.equal(other.refused?.message, 'unauthorized: device token mismatch (rotate/reissue device token)');
			assert.equal(other.refused.details?.['code'], 'AUTH_DEVICE_TOKEN_MISMATCH');
			const scopes = ['operator.read', 'operator.write', 'operator.approvals'];
			const more = await connectControl({...peer, token: deviceToken}, {device, scopes, params: {auth: {deviceToken}}}).catch(
				(error: unknown) => error,
			);
			assert.equal((more as Error).message, 'unauthorized: device token scope mismatch (re-pair or approve scope upgrade)');
		},
	},
	{
		name: 'gives a device more scopes with the shared token on loopback, and another token with them',
		async run(peer) {
			const device = createDevice();
			const before = (await greet(peer, device)).auth?.['deviceToken'];
			const scopes = ['operator.read', 'operator.write', 'operator.approvals'];
			const control = await connectControl(peer, {device, scopes});
			control.close();
			const auth = control.hello['auth'] as Fields;
			assert.deepEqual([[...(auth['scopes'] as string[])].sort(), auth['deviceToken'] === before], [[...scopes].sort(), false]);
		},
	},
	{
		name: 'asks for another approval when a device says that it is another machine',
		generation: '2026.9.6',
		async run(peer) {
			const device = createDevice();
			await greet(peer, device);
			const control = await connectControl(peer, {device, client: {platform: 'darwin'}}).catch((error: unknown) => error);
			const {message, cause} = control as Error & {cause: Answer['error']};
			assert.equal(message, 'pairing required: device identity changed and must be re-approved');
			const {code, reason, deviceId, approvedScopes} = cause.details ?? {};
			assert.deepEqual([cause.code, code, reason, deviceId], ['NOT_PAIRED', 'PAIRING_REQUIRED', 'metadata-upgrade', device.id]);
			assert.deepEqual(approvedScopes, ['operator.read', 'operator.write']);
		},
	},
	{
		name: 'says which token to mend when the shared one is wrong',
		async run(peer) {
			const {refused: error} = await greet({...peer, token: 'wrong'}, createDevice());
			assert.match(error?.message ?? '', /^unauthorized: gateway token mismatch/);
			const next = error?.details?.['recommendedNextStep'];
			assert.equal(next, isOld(peer) ? undefined : 'retry_with_device_token');
		},
	},
	...refused.map(({name, change, message, details}) => ({
		name: `refuses a device with ${name}`,
		async run(peer: Peer) {
			const {refused: error} = await greet(peer, createDevice(), {}, change);
			assert.equal(error?.message, message);
			assert.deepEqual(error.details, isOld(peer) ? undefined : details);
		},
	})),
];
