import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {controlServer, helloOk, type Script, wrongToken} from '../gateway/control/control-server.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

async function nodes(t: TestContext, script: Script, argv: readonly string[] = []) {
	const {origin, connects} = await controlServer(t, script);
	const world = commandWorld({env: {...freshHome(t).env, CLAWTALK_GATEWAY_URL: origin, CLAWTALK_GATEWAY_TOKEN: 'nodes-test-token-1234'}});
	const code = await runCommandLine(['nodes', ...argv], world);
	return {code, stdout: world.stdoutText(), stderr: world.stderrText(), connects};
}

const listing = (...listed: readonly object[]): Script => ({onCall: (_method, reply) => reply.ok({nodes: listed})});
const desk = {
	nodeId: 'desk-1',
	displayName: 'desk',
	platform: 'linux',
	connected: true,
	approvalState: 'approved',
	commands: ['system.run'],
};

test('a node that can run something ends with 0, and no device was shown', async t => {
	const {code, stdout, connects} = await nodes(t, listing(desk));
	assert.equal(stdout, 'desk (linux)  session online · callable: system.run · allowed\n');
	assert.equal(code, 0);
	assert.equal(connects[0]?.device, undefined);
});

test('nodes of which none can run anything end with 80, with what to do', async t => {
	const {code, stdout, stderr} = await nodes(t, listing({...desk, connected: false, commands: []}));
	assert.equal(code, 80);
	assert.match(stdout, /session offline · not callable · allowed/);
	assert.match(stderr, /\[E01\]\n {2}On the gateway host: see which nodes are connected: openclaw nodes status\n/);
});

test('no nodes end with 0; as a document, too', async t => {
	assert.equal((await nodes(t, listing())).stdout, 'No nodes: commands of the agent run where the gateway runs.\n');
	const {code, stdout} = await nodes(t, listing(desk), ['--json']);
	const {schema, ok, exitCode, nodes: listed, error} = JSON.parse(stdout);
	assert.deepEqual([code, schema, ok, exitCode, error], [0, 'clawtalk.nodes/1', true, 0, null]);
	assert.deepEqual([listed[0].id, listed[0].online, listed[0].callable, listed[0].allowed], ['desk-1', 'yes', 'yes', 'yes']);
});

test('a gateway that refuses, and one that allows nothing, end with 77 and one line', async t => {
	const refused = await nodes(t, {onConnect: (_request, reply) => reply.error(wrongToken, [1008, wrongToken.message])});
	assert.equal(refused.code, 77);
	assert.match(refused.stderr, /^clawtalk: The gateway rejected the token that was sent\. .*\n$/);
	const none = helloOk({auth: {method: 'token', role: 'operator', scopes: []}});
	const nameless = await nodes(t, {
		onConnect: (_request, reply) => reply.ok(none),
		onCall: (_method, reply) => reply.error({code: 'FORBIDDEN', message: 'missing scope: operator.read'}),
	});
	assert.equal(nameless.code, 77);
	assert.match(nameless.stderr, /without an approved device/);
});
