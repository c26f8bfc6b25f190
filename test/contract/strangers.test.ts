import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FaultName} from '../../source/demo/faults.js';
import type {Generation} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {ask} from './client.js';

/** Who may sit on the port instead of a gateway, and what `ask` then exits with. */
const strangers: ReadonlyArray<readonly [FaultName, Generation]> = [
	['html-200', '2026.9.6'],
	['redirect', '2026.9.6'],
	['captive-portal', '2026.9.6'],
	['plugin-proxy', '2026.9.6'],
	['bad-gateway', '2026.9.6'],
	['garbage-http', '2026.9.6'],
	['drop-on-accept', '2026.9.6'],
	['upgrade-refused', '2026.2.9'],
];

for (const [fault, generation] of strangers) {
	test(`a stranger on the port never sees the token: ${fault}`, async context => {
		const stranger = await startDemoGateway({generation, fault, token: 'token-for-a-gateway'});
		context.after(stranger.stop);
		const {outcome, text, error} = await ask(stranger, 'hello');
		assert.equal(outcome.kind, 'unreachable');
		assert.equal(text, '');
		assert.match(error ?? '', /\S/);
		assert.deepEqual(
			stranger.requests.filter(request => request.authorization !== 'absent' || JSON.stringify(request).includes('token-for')),
			[],
		);
	});
}
