import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectControl, endOf, send} from '../contract/control-client.js';
import {atEnd} from '../helpers/at-end.js';
import {demoGatewayFor, launcher, token} from '../helpers/chat-program.js';
import {freshHome} from '../helpers/fresh-home.js';
import {runProgram} from '../helpers/run-program.js';

for (const generation of ['2026.9.6', '2026.2.9'] as const) {
	test(`${generation}: the gateway's sessions are listed, and nothing is asked in them`, async context => {
		const gateway = await demoGatewayFor(context, {generation});
		const other = await connectControl({origin: gateway.origin, token, generation});
		atEnd(context, () => other.close());
		await endOf(other, await send(other, 'agent:main:kitchen:1', 'What is a heron? [[n=2 rate=0]]'));
		const home = freshHome(context);
		const env = {...home.env, CLAWTALK_GATEWAY_TOKEN: token};
		const list = (...args: readonly string[]) =>
			runProgram(process.execPath, [launcher, 'sessions', 'list', '--gateway-sessions', '--gateway', gateway.origin, ...args], {env});
		const lines = await list();
		assert.equal(lines.code, 0, lines.stderr);
		assert.match(lines.stdout, /^agent:main:kitchen:1\t\d{4}-\d\d-\d\dT[\d:.]+Z\tmain\tkitchen\t[^\t]+\n$/);
		const {schema, total, sessions} = JSON.parse((await list('--json')).stdout);
		assert.deepEqual(
			[schema, total, sessions[0].key, sessions[0].from],
			['clawtalk.gateway-sessions/1', 1, 'agent:main:kitchen:1', 'kitchen'],
		);
	});
}

test('a gateway that refuses the token lists nothing and says why; other subcommands ask no gateway', async context => {
	const gateway = await demoGatewayFor(context);
	const {env} = freshHome(context);
	const run = (...args: readonly string[]) =>
		runProgram(process.execPath, [launcher, ...args], {env: {...env, CLAWTALK_GATEWAY_TOKEN: 'wrong-token-0123456789'}});
	const refused = await run('sessions', 'list', '--gateway-sessions', '--gateway', gateway.origin);
	assert.deepEqual([refused.code, refused.stdout], [77, '']);
	assert.match(refused.stderr, /token/);
	const other = await run('sessions', 'show', 'x', '--gateway', gateway.origin);
	assert.deepEqual([other.code, other.stderr], [2, 'clawtalk: sessions: show does not take --gateway. See clawtalk help sessions.\n']);
});
