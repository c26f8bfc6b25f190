import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runCommandLine} from '../../source/commands/command-line/run-command-line.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {catalogue} from '../../source/diagnosis/catalogue/catalogue.js';
import {explainEntry} from '../../source/diagnosis/catalogue/explained.js';
import {exitCodes} from '../../source/exit-codes.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

type DemoGateway = Awaited<ReturnType<typeof startDemoGateway>>;

const token = 'demo-token-of-this-test';

/** Every command of clawtalk that a fix or its check prints, with the ids that print it. */
const printed = new Map<string, string[]>();
for (const row of catalogue.map(explainEntry)) {
	if (row.kind === 'unseen') continue;
	const {id, fixes, verify} = row.diagnosis;
	for (const line of [...fixes.map(({command}) => command), verify]) {
		for (const part of (line ?? '').split(' && ')) {
			const command = part.replace(/^[A-Z_]+=\S+ /, '');
			if (command.startsWith('clawtalk ')) printed.set(command, [...(printed.get(command) ?? []), id]);
		}
	}
}

/** A value for each placeholder, and the demo gateway in the place of the gateways of the examples. */
function filled(command: string, {origin}: DemoGateway): readonly string[] {
	const values: Readonly<Record<string, string>> = {
		...{URL: origin, QUESTION: 'hello', SECONDS: '5', PROFILE: 'home', NAME: '127.0.0.1', ADDRESS: '127.0.0.1', HOST: '127.0.0.1'},
		...{USER: 'me', FILE: 'token.txt', PORT: '18789'},
	};
	const plain = command
		.replace(/https?:\/\/(?:\[[^\]]+\]|[A-Za-z0-9._-]+)(?::(?:\d+|PORT))?/g, origin)
		.replace(/@(?:gateway\.example|[\d.]+|HOST)\b/g, '@127.0.0.1')
		.replace(/\b[A-Z]{3,}\b/g, word => values[word] ?? assert.fail(`${word} in: ${command}`));
	return plain
		.split(' ')
		.slice(1)
		.map(word => word.replace(/^'(.*)'$/, '$1'));
}

async function run(t: TestContext, gateway: DemoGateway, command: string) {
	const {home, env, writeConfig} = freshHome(t);
	writeFileSync(join(home, 'token.txt'), token, {mode: 0o600});
	const profiles = {home: {gatewayUrl: gateway.origin, gatewayToken: token}};
	writeConfig({gatewayUrl: gateway.origin, gatewayToken: token, profiles, ...(command === 'clawtalk tunnel' ? {ssh: 'me@127.0.0.1'} : {})});
	const asksForToken = / (?:gatewayToken|--token)$/.test(command);
	const world = commandWorld({
		// No program of this machine is to be found: neither ssh nor an editor.
		env: {...env, PATH: home, EDITOR: process.execPath},
		...(asksForToken || command.endsWith(' edit') ? {typed: [['oken', `${token}\r`]]} : {}),
		signal: AbortSignal.timeout(20_000),
	});
	if (command.endsWith(' edit')) Object.assign(world.stdout, {isTTY: true});
	return {code: await runCommandLine(filled(command, gateway), world), said: world.stderrText()};
}

test('there are commands to run', () => {
	assert.ok(printed.size > 15, [...printed.keys()].join('\n'));
});

for (const [command, ids] of printed) {
	test(`${command} is no wrong usage (${[...new Set(ids)].slice(0, 3).join(' ')})`, async t => {
		const gateway = await startDemoGateway({token});
		t.after(() => gateway.kill());
		const {code, said} = await run(t, gateway, command);
		assert.notEqual(code, exitCodes.usage, said);
		assert.notEqual(code, exitCodes.bug, said);
		assert.ok(!said.includes(token));
	});
}

test('wrong usage is noticed', async t => {
	const gateway = await startDemoGateway({token});
	t.after(() => gateway.kill());
	for (const wrong of ['clawtalk status --no-such-flag', 'clawtalk no-such-command', 'clawtalk config set']) {
		assert.equal((await run(t, gateway, wrong)).code, exitCodes.usage, wrong);
	}
});
