import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {addresses} from './lab/plan.js';
import {type RealOpenClaw, realOpenClaw} from './lab/real-openclaw.js';
import {noWorlds} from './lab/support.js';
import type {World} from './lab/world.js';
import {onlyListed, openWorldFor, playIn, rightToken, type Scenario} from './scenario.js';

const here = 'http://127.0.0.1:18789';
const onLan = `http://${addresses.remoteLan}:18789`;
const onTailnet = `http://${addresses.remoteTailnet}:18789`;
const wrongToken = `wrong-${crypto.randomUUID()}`;

/** What a look says about a gateway on loopback of the other machine; the services of the world are running. */
const steps = {
	'2026.9.6': [
		look('asked for on the LAN address of its machine', {url: onLan, expect: {id: 'N04', exitCode: 69, token: 'kept'}}),
		look('asked for on the tailnet address of its machine', {url: onTailnet, expect: {id: 'N04', exitCode: 69, token: 'kept'}}),
		there('asked for on its own machine', {expect: {id: null, exitCode: 0, token: 'kept'}}),
		there('asked with a wrong token', {token: wrongToken, expect: {id: 'A02', exitCode: 77, token: 'kept'}}),
		there('asked without a token', {token: null, expect: {id: 'A01', exitCode: 77, token: 'kept'}}),
		there('asked on a wrong port', {url: 'http://127.0.0.1:18790', expect: {id: 'N06', exitCode: 69, command: /:18789/, token: 'kept'}}),
	],
	'2026.2.9': [
		look('asked for on the LAN address of its machine', {url: onLan, expect: {id: 'N04', exitCode: 69, token: 'kept'}}),
		there('asked for on its own machine', {expect: {id: null, exitCode: 0, token: 'kept'}}),
		there('asked with a wrong token', {token: wrongToken, expect: {id: 'A02', exitCode: 77, token: 'kept'}}),
		there('asked without a token', {token: null, expect: {id: 'A01', exitCode: 77, token: 'kept'}}),
	],
} as const;

function look(name: string, scenario: Omit<Scenario, 'name'>): Scenario {
	return {name, ...scenario};
}

function there(name: string, scenario: Omit<Scenario, 'name'>): Scenario {
	return {name, url: here, runsOn: 'remote', ...scenario};
}

// One after the other: a start takes all that two cores have.
if (!onlyListed(Object.values(steps).flat())) describe('real OpenClaw', {concurrency: 1, skip: noWorlds ?? false}, playAll);

function playAll(): void {
	for (const generation of ['2026.9.6', '2026.2.9'] as const) {
		describe(generation, {concurrency: 1}, () => {
			let world: World;
			let openclaw: RealOpenClaw;
			// The world ends with the suite, not with the hook that makes it.
			const ends: Array<() => Promise<void> | void> = [];
			before(async () => {
				world = await openWorldFor({after: end => ends.push(end as () => Promise<void>)}, {name: generation, remote: []});
				openclaw = await realOpenClaw(world, generation, rightToken, 'remote');
				await world.start('remote', openclaw.service);
			});
			after(async () => {
				for (const end of ends) await end();
			});
			for (const step of steps[generation]) test(step.name, async () => playIn(world, step));
			if (generation === '2026.9.6') {
				test('its own words for a wrong token are recognised', async () => recognise(world, openclaw));
				test('its chat endpoint is switched off while /v1/responses stays on', async () => switchOff(world, openclaw));
			}
		});
	}
}

/** What `openclaw` itself prints about a refused token, handed to explain. */
async function recognise(world: World, openclaw: RealOpenClaw): Promise<void> {
	const said = await openclaw.run(['gateway', 'call', 'health', '--url', 'ws://127.0.0.1:18789', '--token', wrongToken]);
	assert.notEqual(said.code, 0);
	const text = `${said.stdout}\n${said.stderr}`;
	await playIn(world, {
		name: 'recognised',
		command: ['explain', '--json'],
		stdin: text,
		expect: {id: 'A11', exitCode: 0, token: 'kept', mayReach: null},
	});
}

async function switchOff(world: World, openclaw: RealOpenClaw): Promise<void> {
	openclaw.configure(({gateway}) => {
		gateway.http.endpoints.chatCompletions.enabled = false;
	});
	const isOff = async () => {
		const script = `fetch('${here}/v1/chat/completions').then(answer => process.exit(answer.status === 404 ? 0 : 1))`;
		const {code} = await world.run({command: [process.execPath, '-e', script], env: {}, cwd: world.folder, limitMs: 10_000}, 'remote');
		return code === 0;
	};
	const deadline = Date.now() + 30_000;
	while (!(await isOff())) assert.ok(Date.now() < deadline, 'the gateway takes up its configuration');
	await playIn(world, there('off', {expect: {id: null, notes: ['H11'], exitCode: 0, token: 'kept'}}));
}
