import assert from 'node:assert/strict';
import {
	type ConnectOptions,
	type ControlClient,
	connectControl,
	createDevice,
	type Fields,
	type Heard,
	withControl,
} from './control-client.js';
import type {Case, Peer} from './peer.js';

const isOld = ({generation}: Peer) => generation === '2026.2.9';
const scopes = ['operator.read', 'operator.write', 'operator.approvals'];
const caps = ['tool-events', 'exec-approvals'];
const isRequested = ({event}: Heard) => event === 'exec.approval.requested';
const isResolved = ({event}: Heard) => event === 'exec.approval.resolved';

/** Two surfaces of one device: one asks for an approval, the other is asked. */
async function withBoth(peer: Peer, use: (asking: ControlClient, deciding: ControlClient) => Promise<void>): Promise<void> {
	const device = createDevice();
	const options: ConnectOptions = {scopes, caps, device};
	const deciding = await connectControl(peer, options);
	await withControl(peer, options, async asking => use(asking, deciding)).finally(() => deciding.close());
}

const asked = (timeoutMs = 30_000) => ({
	command: 'rm -rf /tmp/nothing',
	cwd: '/tmp',
	host: 'gateway',
	security: 'allowlist',
	ask: 'on-miss',
	agentId: 'main',
	timeoutMs,
});

/** Requests for approval: told, listed, decided once, expired. */
export const approvalCases: readonly Case[] = [
	{
		name: 'asks another surface for approval, and gives its decision to who asked',
		async run(peer) {
			await withBoth(peer, async (asking, deciding) => {
				const answer = asking.call('exec.approval.request', asked());
				const {payload} = await deciding.event(isRequested);
				const {command, cwd, host, agentId} = payload['request'] as Fields;
				assert.deepEqual([command, cwd, host, agentId], ['rm -rf /tmp/nothing', '/tmp', 'gateway', 'main']);
				assert.equal(Number(payload['expiresAtMs']) - Number(payload['createdAtMs']), 30_000);
				const {id} = payload;
				assert.equal((await deciding.call('exec.approval.resolve', {id, decision: 'perhaps'})).error.message, 'invalid decision');
				assert.deepEqual((await deciding.call('exec.approval.resolve', {id, decision: 'allow-once'})).payload, {ok: true});
				const {payload: decided} = await answer;
				assert.deepEqual([decided['id'], decided['decision']], [id, 'allow-once']);
				const {payload: told} = await asking.event(isResolved);
				assert.deepEqual([told['id'], told['decision'], told['resolvedBy']], [id, 'allow-once', 'cli']);
			});
		},
	},
	{
		name: 'lists what waits for approval, with what may be decided',
		generation: '2026.9.6',
		async run(peer) {
			await withBoth(peer, async (asking, deciding) => {
				const answer = asking.call('exec.approval.request', {...asked(), ask: 'always'});
				const {payload} = await deciding.event(isRequested);
				const listed = (await deciding.call('exec.approval.list')).payload as unknown as Fields[];
				const own = listed.find(({id}) => id === payload['id']);
				assert.equal(own?.['approvalKind'], 'exec');
				assert.deepEqual((own['request'] as Fields)['allowedDecisions'], ['allow-once', 'deny']);
				const {error} = await deciding.call('exec.approval.resolve', {id: payload['id'], decision: 'allow-always'});
				assert.deepEqual(
					[error.message, error.details?.['reason']],
					['allow-always is unavailable for this command', 'APPROVAL_ALLOW_ALWAYS_UNAVAILABLE'],
				);
				await deciding.call('exec.approval.resolve', {id: payload['id'], decision: 'deny'});
				assert.equal((await answer).payload['decision'], 'deny');
				assert.deepEqual((await deciding.call('exec.approval.list')).payload, []);
			});
		},
	},
	{
		name: 'takes one decision and refuses another one',
		async run(peer) {
			await withBoth(peer, async (asking, deciding) => {
				const answer = asking.call('exec.approval.request', asked());
				const {id} = (await deciding.event(isRequested)).payload;
				await deciding.call('exec.approval.resolve', {id, decision: 'deny'});
				await answer;
				const {error} = await deciding.call('exec.approval.resolve', {id, decision: 'allow-once'});
				assert.equal(error.message, isOld(peer) ? 'unknown approval id' : 'approval already resolved');
				assert.equal((await deciding.call('exec.approval.resolve', {id, decision: 'deny'})).ok, !isOld(peer));
				const unknown = await deciding.call('exec.approval.resolve', {id: 'nothing', decision: 'deny'});
				assert.equal(unknown.error.message, isOld(peer) ? 'unknown approval id' : 'unknown or expired approval id');
			});
		},
	},
	{
		name: 'lets a request expire',
		async run(peer) {
			await withBoth(peer, async (asking, deciding) => {
				const {payload} = await asking.call('exec.approval.request', asked(400));
				assert.equal(payload['decision'], null);
				// 2026.2.9 tells nobody of it.
				if (isOld(peer)) return;
				const {payload: told} = await deciding.event(isResolved);
				assert.deepEqual([told['decision'], told['resolvedBy']], ['deny', null]);
			});
		},
	},
	{
		name: 'asks nobody who has not said that it takes approvals, nor another device',
		generation: '2026.9.6',
		async run(peer) {
			const device = createDevice();
			const without = await connectControl(peer, {scopes, device, caps: ['tool-events']});
			const stranger = await connectControl(peer, {scopes, caps, device: createDevice()});
			await withControl(peer, {scopes, caps, device}, async asking => {
				const {payload} = await asking.call('exec.approval.request', asked());
				assert.equal(payload['decision'], null);
				assert.deepEqual([without.events.filter(isRequested), stranger.events.filter(isRequested)], [[], []]);
			}).finally(() => {
				without.close();
				stranger.close();
			});
		},
	},
];
