import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, type TestContext, test} from 'node:test';
import {checkAnswer, checkPackets, checkSecrets, readAll} from './checks.js';
import type {FinishedRun, Machine, Service} from './lab/plan.js';
import {noWorlds, type Part, reasonToSkip, worldPath} from './lab/support.js';
import {openWorld, type World} from './lab/world.js';

/** A small world, what clawtalk is asked in it, and what it must say. */
export interface Scenario {
	readonly name: string;
	readonly needs?: readonly Part[];
	/** Services of the machine clawtalk runs on, and of the other one. Started in this order, the other one's first. */
	readonly client?: Made;
	readonly remote?: Made;
	readonly clientFirewall?: string;
	readonly remoteFirewall?: string;
	/** No address and no route in the tailnet. */
	readonly withoutTailnet?: boolean;
	/** The name server of the world at 127.0.0.1; without it, nobody answers there. */
	readonly names?: Readonly<Record<string, readonly string[]>>;
	/** What `tailscale status --json` says; without it there is no Tailscale. */
	readonly tailscale?: unknown;
	/** `~/.openclaw/openclaw.json`. */
	readonly openclaw?: unknown;
	/** Other files of the home folder, by their path in it. */
	readonly home?: Readonly<Record<string, string>>;
	/** Words after `clawtalk` of runs before the one that is judged. */
	readonly earlier?: ReadonlyArray<readonly string[]>;
	/** `~/.clawtalk/config.json`, besides the gateway. */
	readonly config?: Readonly<Record<string, unknown>>;
	/** Origins that may get the token over plain http. */
	readonly trusts?: readonly string[];
	readonly env?: Readonly<Record<string, string>> | ((world: World) => Readonly<Record<string, string>>);
	/** The token in use; `undefined` = the right one, `null` = none. */
	readonly token?: string | null;
	/** The gateway asked for; absent when `config` names it. */
	readonly url?: string;
	/** Words after `clawtalk`; `status --json` when absent. */
	readonly command?: readonly string[];
	readonly stdin?: string;
	/** Which machine clawtalk runs on. */
	readonly runsOn?: Machine;
	readonly expect: Expected;
}

export type Made = readonly Service[] | ((world: World) => readonly Service[]);

export interface Expected {
	/** The primary diagnosis; null when all is well. */
	readonly id: string | null;
	readonly exitCode: number;
	/** The first command that is printed, here or in another fix; null when none is. */
	readonly command?: RegExp | null;
	/** A command that is printed too, after the first. */
	readonly offers?: RegExp;
	/** How sure the diagnosis may be at most: what is not proved is not certain. */
	readonly notCertain?: boolean;
	/** Ids among the notes. */
	readonly notes?: readonly string[];
	readonly absent?: readonly string[];
	/** What the whole document must say. */
	readonly says?: RegExp;
	/** Whether the token reached anybody. */
	readonly token: 'kept' | 'sent';
	/** Destinations beyond those that any look may have, as `tcp 192.168.77.1 443`; null when not one packet may leave. */
	readonly mayReach?: readonly string[] | null;
	/** The least time it takes: what is awaited is awaited. */
	readonly notBeforeMs?: number;
}

let listed: Scenario[] | undefined;

/** The scenarios of some test files, none of them played: what the suite shows. */
export async function listScenarios(files: readonly URL[]): Promise<readonly Scenario[]> {
	listed = [];
	for (const file of files) await import(file.href);
	return listed;
}

/** True when scenarios are only listed; then they are, and nothing may be played. */
export function onlyListed(scenarios: readonly Scenario[]): boolean {
	listed?.push(...scenarios);
	return listed !== undefined;
}

/** Plays every scenario of a table in a world of its own, a few at a time. */
export function play(title: string, scenarios: readonly Scenario[]): void {
	if (onlyListed(scenarios)) return;
	describe(title, {concurrency: 2}, () => {
		for (const scenario of scenarios) {
			const reason = reasonToSkip(scenario.needs ?? []);
			test(scenario.name, {skip: reason ?? false}, async context => playOne(context, scenario));
		}
	});
}

/** Plays scenarios without services one after the other in one world. */
export function playInOneWorld(title: string, scenarios: readonly Scenario[]): void {
	if (onlyListed(scenarios)) return;
	describe(title, {concurrency: 1, skip: noWorlds ?? false}, () => {
		let world: World;
		// The world ends with the suite, not with the hook that makes it.
		const ends: Array<() => Promise<void> | void> = [];
		before(async () => {
			world = await openWorldFor({after: end => ends.push(end as () => Promise<void>)}, {name: title});
		});
		after(async () => {
			for (const end of ends) await end();
		});
		for (const scenario of scenarios) test(scenario.name, async () => playIn(world, scenario));
	});
}

const launcher = path.resolve('bin/clawtalk.js');

async function playOne(context: TestContext, scenario: Scenario): Promise<void> {
	await playIn(await openWorldFor(context, scenario), scenario);
}

/** Makes the world of a scenario, without its services. */
export async function openWorldFor(context: Pick<TestContext, 'after'>, scenario: Omit<Scenario, 'expect'>): Promise<World> {
	return openWorld(context, {
		remote: scenario.remote !== undefined || scenario.remoteFirewall !== undefined,
		tailnet: scenario.withoutTailnet !== true,
		...(scenario.clientFirewall === undefined ? {} : {clientFirewall: scenario.clientFirewall}),
		...(scenario.remoteFirewall === undefined ? {} : {remoteFirewall: scenario.remoteFirewall}),
		files: {
			'/etc/resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
			'/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
			'/etc/nsswitch.conf': 'passwd: files\nhosts: files dns\n',
			'/etc/passwd': 'root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/tmp:/bin/sh\n',
		},
		secrets: secretsOf(scenario),
	});
}

/** Furnishes a world, runs clawtalk in it once and judges what it said and did. */
export async function playIn(world: World, scenario: Scenario): Promise<void> {
	const secrets = secretsOf(scenario);
	await furnish(world, scenario);
	for (const command of scenario.earlier ?? []) await runClawtalk(world, {...scenario, command}, secrets);
	const written = readAll(world.home);
	await world.forgetPackets();
	const finished = await runClawtalk(world, scenario, secrets);
	const [packets, records] = await Promise.all([world.packets(), world.records()]);
	const seen = `\n${finished.stdout}\n${finished.stderr}\n${packets.join('\n')}`;
	checkAnswer(scenario, finished, seen);
	checkSecrets({world, written, finished, records, secrets, expected: scenario.expect, seen});
	if ((scenario.runsOn ?? 'client') === 'client') checkPackets(scenario, packets, seen);
	if (scenario.expect.notBeforeMs !== undefined) assert.ok(finished.tookMs >= scenario.expect.notBeforeMs, `${finished.tookMs} ms`);
}

/** The token of every world, and a password that lies about: neither may show anywhere. */
export const rightToken = `token-${crypto.randomUUID()}`;
export const canaryPassword = `canary-${crypto.randomUUID()}`;

function secretsOf({token}: Pick<Scenario, 'token'>): readonly string[] {
	return [rightToken, canaryPassword, ...(typeof token === 'string' && token.length > 12 ? [token] : [])];
}

async function furnish(world: World, scenario: Scenario): Promise<void> {
	const {home} = world;
	for (const [file, text] of Object.entries(scenario.home ?? {})) writeSecret(path.join(home, file), text);
	const folder = path.join(home, '.clawtalk');
	if (scenario.config) writeSecret(path.join(folder, 'config.json'), JSON.stringify(scenario.config));
	if (scenario.trusts) {
		const plainHttp = Object.fromEntries(scenario.trusts.map(origin => [origin, '2026-01-01T00:00:00.000Z']));
		writeSecret(path.join(folder, 'trust.json'), JSON.stringify({schema: 'clawtalk.trust/1', plainHttp, pins: {}}));
	}
	if (scenario.openclaw !== undefined) writeSecret(path.join(home, '.openclaw/openclaw.json'), textOf(scenario.openclaw));
	if (scenario.tailscale !== undefined) {
		const stub = path.join(world.folder, 'bin/tailscale');
		writeSecret(stub, `#!/bin/sh\ncat <<'END'\n${textOf(scenario.tailscale)}\nEND\n`);
		chmodSync(stub, 0o700);
	}
	if (scenario.names) await world.start('client', {kind: 'names', at: ['127.0.0.1'], names: scenario.names});
	for (const machine of ['remote', 'client'] as const) {
		const made = scenario[machine] ?? [];
		for (const service of typeof made === 'function' ? made(world) : made) await world.start(machine, service);
	}
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function writeSecret(file: string, text: string): void {
	mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	writeFileSync(file, text, {mode: 0o600});
}

async function runClawtalk(world: World, scenario: Scenario, secrets: readonly string[]): Promise<FinishedRun> {
	const {url, token, env = {}, command = ['status', '--json'], stdin} = scenario;
	const given = token === undefined ? rightToken : token;
	const [name = 'status', ...rest] = command;
	return world
		.run(
			{
				command: [process.execPath, launcher, name, ...(url === undefined ? [] : ['--gateway', url]), ...rest],
				env: {
					HOME: world.home,
					TMPDIR: world.folder,
					PATH: `${world.folder}/bin:${worldPath}`,
					LANG: 'C.UTF-8',
					...(given === null ? {} : {CLAWTALK_GATEWAY_TOKEN: given}),
					...(typeof env === 'function' ? env(world) : env),
				},
				cwd: world.home,
				limitMs: 45_000,
				...(stdin === undefined ? {} : {stdin}),
			},
			scenario.runsOn ?? 'client',
		)
		.catch((error: unknown) => {
			throw new Error(secrets.reduce((text, secret) => text.replaceAll(secret, 'SECRET'), String(error)));
		});
}
