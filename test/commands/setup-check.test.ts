import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {checkGateway, targetToTry} from '../../source/commands/setup/setup-check.js';
import {certificate} from '../gateway/recorded/certificates.js';
import {type Answerer, gatewayAnswering, sendJson, serve} from '../gateway/test-gateway.js';
import {commandWorld} from '../helpers/command-world.js';
import {desertedPort} from '../helpers/deserted-port.js';
import {freshHome} from '../helpers/fresh-home.js';

async function tryOut(t: TestContext, gatewayUrl: string) {
	const world = commandWorld({env: freshHome(t).env, typed: []});
	const target = await targetToTry(
		{...world, flags: {}, isTailscalePeer: async () => false},
		{gatewayUrl, gatewayToken: 'sesame-0123456789'},
	);
	return 'line' in target ? target : await checkGateway(target, world.env, world.signal);
}

/** A gateway with a chat endpoint that answers `models` to the list of agents. */
function gateway(models: Answerer, chatStatus = 405): Answerer {
	return gatewayAnswering((seen, response, request) => {
		if (seen.path === '/v1/models') models(seen, response, request);
		else response.writeHead(chatStatus, chatStatus === 405 ? {allow: 'POST'} : {}).end();
	});
}

const agents: Answerer = (_seen, response) => sendJson(response, 200, {data: [{id: 'openclaw/main'}]});
const unauthorized: Answerer = (_seen, response) => sendJson(response, 401, {error: {type: 'unauthorized', message: 'Unauthorized'}});

const tries: ReadonlyArray<readonly [name: string, answer: Answerer, tls: boolean, ok: boolean, says: RegExp]> = [
	['a gateway that takes the token', gateway(agents), false, true, /takes the token/],
	[
		'a wrong token',
		gateway(unauthorized),
		false,
		false,
		/rejected the token \(17 characters, just typed; HTTP 401\).* On the gateway host/,
	],
	['a chat endpoint that is off', gateway(agents, 404), false, false, /switched off/],
	['another web server', (_seen, response) => sendJson(response, 200, {hello: 1}), false, false, /not an OpenClaw gateway/],
	['a self-signed certificate', gateway(agents), true, false, /self-signed.*clawtalk trust add https:\/\/127/],
];
for (const [name, answer, tls, ok, says] of tries) {
	test(`the setup tries ${name}: one line, and what to do`, async t => {
		const {origin} = await serve(t, answer, tls ? certificate : undefined);
		const check = await tryOut(t, origin);
		assert.equal(check.ok, ok, check.line);
		assert.match(check.line, says);
		assert.doesNotMatch(check.line, /\n|sesame|clawtalk status/);
	});
}

test('where nothing listens, it says how to see whether the gateway runs', async t => {
	const check = await tryOut(t, `http://127.0.0.1:${await desertedPort()}`);
	assert.match(check.line, /^Nothing listens on .* openclaw gateway status$/);
});

test('where the token may not go, nothing is tried', async t => {
	assert.match((await tryOut(t, 'http://192.168.1.5:18789')).line, /^Not tried: .*clawtalk trust add http:\/\/192\.168\.1\.5:18789/);
});
