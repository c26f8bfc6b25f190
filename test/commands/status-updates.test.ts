import assert from 'node:assert/strict';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {readVersion} from '../../source/version.js';
import {atEnd} from '../helpers/at-end.js';
import {commandWorld} from '../helpers/command-world.js';
import {desertedPort} from '../helpers/deserted-port.js';
import {freshHome} from '../helpers/fresh-home.js';

/** A registry on loopback; resolves to its address. */
async function registry(context: TestContext, answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	atEnd(context, () => {
		server.closeAllConnections();
		return new Promise(resolve => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm`;
}

async function check(context: TestContext, address: string) {
	const env = {...freshHome(context).env, npm_config_registry: address};
	const [text, json] = [commandWorld({env}), commandWorld({env})];
	const code = await runCommandLine(['status', '--check-updates'], text);
	assert.equal(await runCommandLine(['status', '--check-updates', '--json'], json), code);
	return {code, said: text.stdoutText(), document: JSON.parse(json.stdoutText()) as Record<string, unknown>, stderr: text.stderrText()};
}

const current = readVersion();
const published: ReadonlyArray<readonly [version: string, state: string, said: RegExp]> = [
	[current, 'current', /is the latest version\.\n$/],
	['99.0.0', 'newer', /^clawtalk 99\.0\.0 is there; this is .*npm install --global clawtalk\n$/],
	['0.0.1', 'ahead', /^This is clawtalk .*; the latest one at .* is 0\.0\.1\.\n$/],
];
for (const [version, state, said] of published) {
	test(`the registry has ${state === 'current' ? 'this version' : version}`, async context => {
		const requests: Array<readonly [string | undefined, string | undefined]> = [];
		const address = await registry(context, (request, response) => {
			requests.push([request.url, request.headers.authorization]);
			response.end(JSON.stringify({name: 'clawtalk', version}));
		});
		const found = await check(context, address);
		assert.deepEqual([found.code, found.stderr], [0, '']);
		assert.match(found.said, said);
		assert.deepEqual(found.document, {schema: 'clawtalk.updates/1', registry: address, current, state, latest: version});
		assert.deepEqual(requests[0], ['/npm/clawtalk/latest', undefined]);
	});
}

const failing: ReadonlyArray<readonly [what: string, answer: RequestListener, state: string, said: RegExp]> = [
	[
		'does not have it',
		(_request, response) => response.writeHead(404).end('{}'),
		'not-published',
		/^There is no clawtalk at .*not published/,
	],
	['is broken', (_request, response) => response.writeHead(500).end(), 'unreachable', /cannot be told: 127\.0\.0\.1:\d+ answered 500\./],
	['is none', (_request, response) => response.end('<html>sign in</html>'), 'unreachable', /did not answer as a registry does/],
	[
		'says what is no version',
		(_request, response) => response.end('{"name":"clawtalk","version":"1.0.0\\u001b[31m"}'),
		'unreachable',
		/did not answer as a registry/,
	],
	['is silent', () => undefined, 'unreachable', /did not answer in 3 s/],
];
for (const [what, answer, state, said] of failing) {
	test(`the registry ${what}`, async context => {
		const found = await check(context, await registry(context, answer));
		assert.deepEqual([found.code, found.document['state']], [state === 'unreachable' ? 69 : 0, state]);
		assert.match(found.said, said);
	});
}

test('nobody listens there', async context => {
	const port = await desertedPort();
	assert.match((await check(context, `http://127.0.0.1:${port}`)).said, /cannot be reached \(ECONNREFUSED\)/);
});

test('it looks at nothing else, and goes with no other way of looking', async context => {
	const world = commandWorld({env: freshHome(context).env});
	assert.equal(await runCommandLine(['status', '--check-updates', '--watch'], world), 2);
	assert.match(world.stderrText(), /do not go together/);
});
