import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Observation} from '../../../source/diagnosis/evidence.js';
import {factsIn, lookAtLocalOpenClaw, openClawConfigPath} from '../../../source/diagnosis/probes/local-openclaw.js';
import {Secret} from '../../../source/diagnosis/redact.js';
import {temporaryFolder} from './look-at.js';

for (const [env, path] of [
	[{}, '/home/me/.openclaw/openclaw.json'],
	[{HOME: '/h'}, '/h/.openclaw/openclaw.json'],
	[{HOME: '/h', OPENCLAW_HOME: '/o'}, '/o/.openclaw/openclaw.json'],
	[{HOME: '/h', OPENCLAW_STATE_DIR: '/state'}, '/state/openclaw.json'],
	[{OPENCLAW_STATE_DIR: '/state', OPENCLAW_CONFIG_PATH: '/c.json5'}, '/c.json5'],
] as const) {
	test(`with ${JSON.stringify(env)} OpenClaw reads ${path}`, () => assert.equal(openClawConfigPath(env, '/home/me'), path));
}

const everything = {
	meta: {lastTouchedVersion: '2026.9.6'},
	gateway: {
		port: 18_790,
		mode: 'local',
		bind: 'custom',
		customBindHost: '10.0.0.5',
		auth: {mode: 'token', token: 'canary-token-1', password: 'canary-password-2'},
		tailscale: {mode: 'serve'},
		http: {endpoints: {chatCompletions: {enabled: true}}},
		reload: {mode: 'hybrid'},
		remote: {token: 'canary-remote-3'},
	},
	plugins: {entries: {clawtalk: {config: {proxyPort: 18_793, pairPassword: 'canary-pair-4'}}}},
	channels: {telegram: {botToken: 'canary-channel-5'}},
};

test('allow-listed keys and nothing else; the token is compared and dropped', () => {
	const facts = factsIn(everything, new Secret('canary-token-1'));
	assert.deepEqual(facts, {
		port: 18_790,
		bind: 'custom',
		customBindHost: '10.0.0.5',
		mode: 'local',
		authMode: 'token',
		token: 'literal',
		tokenMatches: true,
		tailscaleMode: 'serve',
		chatCompletions: true,
		reloadMode: 'hybrid',
		pluginProxyPort: 18_793,
		touchedBy: '2026.9.6',
	});
	assert.ok(!JSON.stringify(facts).includes('canary'));
});

for (const [token, ours, expected] of [
	['theirs', 'ours', {token: 'literal', tokenMatches: false}],
	['theirs', undefined, {token: 'literal'}],
	[`\${OPENCLAW_GATEWAY_TOKEN}`, 'ours', {token: 'variable'}],
	[{source: 'env', id: 'X'}, 'ours', {token: 'reference'}],
	['', 'ours', {token: 'unset'}],
	[undefined, 'ours', {token: 'unset'}],
] as const) {
	test(`their token ${JSON.stringify(token)}, ours ${ours ?? 'unknown'}`, () => {
		assert.deepEqual(factsIn({gateway: {auth: {token}}}, ours === undefined ? undefined : new Secret(ours)), expected);
	});
}

test('values that are no such thing are left out', () => {
	const odd = {gateway: {port: '18789', bind: ['lan'], mode: 'x'.repeat(500), auth: 'token', http: {endpoints: null}}};
	assert.deepEqual(factsIn(odd, undefined), {token: 'unset'});
	assert.deepEqual(factsIn([], undefined), {token: 'unset'});
	assert.deepEqual(factsIn({gateway: {bind: 'l\u001B[2Jan'}}, undefined), {bind: 'lan', token: 'unset'});
});

async function stateOf(path: string): Promise<readonly Observation[]> {
	const observations: Observation[] = [];
	const add = (...more: readonly Observation[]) => void observations.push(...more);
	await lookAtLocalOpenClaw({signal: new AbortController().signal, elapsed: () => 0, add, join: () => undefined}, path, undefined);
	return observations;
}

const common = {kind: 'local-openclaw', layer: 'config', atMs: 0, tookMs: 0};

test('JSON5 is read; what is not, not there or no file is told apart, without a word of its text', async t => {
	const folder = temporaryFolder(t);
	const file = join(folder, 'openclaw.json');
	assert.deepEqual(await stateOf(file), [{...common, state: 'absent'}]);
	writeFileSync(file, "// a comment\n{gateway: {bind: 'lan',},}");
	assert.deepEqual(await stateOf(file), [{...common, state: 'read', bind: 'lan', token: 'unset'}]);
	writeFileSync(file, "{gateway: {auth: {token: 'canary'");
	assert.deepEqual(await stateOf(file), [{...common, state: 'unparsable'}]);
	mkdirSync(join(folder, 'folder'));
	assert.deepEqual(await stateOf(join(folder, 'folder')), [{...common, state: 'unreadable'}]);
	assert.deepEqual(await stateOf(join(file, 'below')), [{...common, state: 'absent'}]);
});

test('a huge file holds nothing up, and one that plays with prototypes changes nothing', async t => {
	const path = join(temporaryFolder(t), 'openclaw.json');
	const seen: Observation[] = [];
	const scope = {
		signal: new AbortController().signal,
		elapsed: () => 0,
		add: (...more: readonly Observation[]) => void seen.push(...more),
		join: () => undefined,
	};
	const deep = '['.repeat(4_000_000);
	for (const text of [deep, `// by hand\n${deep}`, '{"__proto__": {"gateway": {"port": 1}}}', '{__proto__: {gateway: {port: 1}}}']) {
		writeFileSync(path, text);
		const began = performance.now();
		await lookAtLocalOpenClaw(scope, path, undefined);
		assert.ok(performance.now() - began < 15_000);
	}
	assert.deepEqual(
		seen.map(one => (one.kind === 'local-openclaw' ? [one.state, one.port] : [])),
		[
			['unreadable', undefined],
			['unreadable', undefined],
			['read', undefined],
			['read', undefined],
		],
	);
});
