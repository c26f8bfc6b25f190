import assert from 'node:assert/strict';
import {type Fields, withControl} from './control-client.js';
import type {Case} from './peer.js';

/** Methods that 2026.2.9 does not know: it asks for the scope that allows everything. */
const onlyNew: ReadonlyArray<readonly [string, Fields]> = [
	['sessions.describe', {key: 'main'}],
	['sessions.messages.subscribe', {key: 'main'}],
	['commands.list', {}],
	['system.info', {}],
	['exec.approval.list', {}],
	['nobody.knows', {}],
];

/** Methods that are refused, with the words for it. */
export const refusedMethodCases: readonly Case[] = [
	{
		name: 'knows fewer methods',
		generation: '2026.2.9',
		async run(peer) {
			await withControl(peer, {}, async control => {
				for (const [method, parameters] of onlyNew) {
					const {error} = await control.call(method, parameters);
					assert.deepEqual(
						[error.code, error.message, error.details],
						['INVALID_REQUEST', 'missing scope: operator.admin', undefined],
						method,
					);
				}
			});
		},
	},
	{
		name: 'refuses methods for which a scope is missing, and stays',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {scopes: ['operator.read']}, async control => {
				const refused: ReadonlyArray<readonly [string, Fields, string]> = [
					['chat.send', {sessionKey: 'main', message: 'x', idempotencyKey: 'x'}, 'operator.write'],
					['exec.approval.list', {}, 'operator.approvals'],
					['device.pair.list', {}, 'operator.pairing'],
					['nobody.knows', {}, 'operator.admin'],
				];
				for (const [method, parameters, scope] of refused) {
					const {error} = await control.call(method, parameters);
					assert.deepEqual([error.code, error.message], ['FORBIDDEN', `missing scope: ${scope}`], method);
					assert.deepEqual(error.details, {code: 'MISSING_SCOPE', missingScope: scope, requiredScopes: [scope]});
				}

				assert.equal((await control.call('health')).ok, true);
			});
		},
	},
	{
		name: 'refuses parameters that are missing or wrong',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const wrong: ReadonlyArray<readonly [string, Fields, string]> = [
					['chat.send', {sessionKey: 'main', message: 'x'}, "invalid chat.send params: must have required property 'idempotencyKey'"],
					['chat.send', {sessionKey: 'main', message: '', idempotencyKey: 'x'}, 'message or attachment required'],
					['chat.history', {}, "invalid chat.history params: must have required property 'sessionKey'"],
					['sessions.list', {limit: 'x'}, 'invalid sessions.list params: at /limit: must be integer'],
				];
				for (const [method, parameters, message] of wrong) {
					const {error} = await control.call(method, parameters);
					assert.deepEqual([error.code, error.message], ['INVALID_REQUEST', message]);
				}
			});
		},
	},
	{
		name: 'refuses a session of an agent that it does not have',
		generation: '2026.9.6',
		async run(peer) {
			await withControl(peer, {}, async control => {
				const asked = {sessionKey: 'agent:nobody:x', message: 'go [[n=1]]', idempotencyKey: crypto.randomUUID()};
				assert.equal((await control.call('chat.send', asked)).error.message, 'Agent "nobody" no longer exists in configuration');
			});
		},
	},
];
