import assert from 'node:assert/strict';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {locate} from '../../source/config/location.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {Scenario} from './scenario.js';

const token = new Secret('sesame-0123456789');
const origins = ['http://192.168.1.5:1', 'http://192.168.1.5:2', 'http://192.168.1.5:3'];

function locationsAt(home: string) {
	return locate({HOME: dirname(home)});
}

async function json(path: string): Promise<Readonly<Record<string, unknown>>> {
	return JSON.parse(await readFile(path, 'utf8'));
}

const config: Scenario = {
	name: 'config',
	async prepare(home) {
		const {configFile} = locationsAt(home);
		await mkdir(dirname(configFile), {recursive: true, mode: 0o700});
		await writeFile(configFile, JSON.stringify({defaultAgent: 'before', theme: 'dark'}), {mode: 0o600});
	},
	async run(home, step) {
		const {saveConfig} = await import('../../source/config/save.js');
		for (const name of ['one', 'two']) {
			await step(name, async () => {
				const result = await saveConfig(locationsAt(home), before => ({...before, defaultAgent: name}));
				if (!result.ok) throw Object.assign(new Error(result.problem.message), {code: 'TOLD'});
			});
		}
	},
	async check(home, saved) {
		const {defaultAgent, theme} = await json(locationsAt(home).configFile);
		assert.equal(theme, 'dark');
		const possible = ['before', 'one', 'two'];
		assert.ok(possible.indexOf(String(defaultAgent)) >= possible.indexOf(saved.at(-1) ?? 'before'), `${defaultAgent} after ${saved}`);
	},
};

const trust: Scenario = {
	name: 'trust',
	async prepare(home) {
		const {openTrust} = await import('../../source/config/trust.js');
		await openTrust(locationsAt(home)).allowPlainHttp('http://192.168.1.5:0');
	},
	async run(home, step) {
		const {openTrust} = await import('../../source/config/trust.js');
		for (const origin of origins.slice(0, 2)) await step(origin, () => openTrust(locationsAt(home)).allowPlainHttp(origin));
	},
	async check(home, saved) {
		const {openTrust} = await import('../../source/config/trust.js');
		const {trust: found, notices} = await openTrust(locationsAt(home)).read();
		assert.deepEqual(notices, []);
		for (const origin of ['http://192.168.1.5:0', ...saved]) assert.ok(found.plainHttp[origin], `${origin} is trusted no more`);
	},
};

const refusals: Scenario = {
	name: 'refusals',
	prepare: async () => undefined,
	async run(home, step) {
		const {openRefusals} = await import('../../source/config/refusals.js');
		const notices: string[] = [];
		const ledger = openRefusals(
			locationsAt(home),
			() => 1_000,
			line => notices.push(line),
		);
		for (const origin of origins) {
			await step(origin, async () => {
				await ledger.record(origin, token, {at: '2026-01-01T00:00:00.000Z', status: 401});
				if (notices.length > 0) throw Object.assign(new Error(notices.splice(0).join()), {code: 'TOLD'});
			});
		}
	},
	async check(home, saved) {
		const {openRefusals} = await import('../../source/config/refusals.js');
		const ledger = openRefusals(locationsAt(home), () => 1_000);
		for (const origin of saved) assert.equal((await ledger.find(origin, token))?.status, 401, origin);
	},
};

export const configScenarios: readonly Scenario[] = [config, trust, refusals];
