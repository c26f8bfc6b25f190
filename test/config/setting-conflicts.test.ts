import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadSettings} from '../../source/config/load.js';
import type {SettingsFlags} from '../../source/config/settings.js';
import {freshHome} from '../helpers/fresh-home.js';

const url = 'http://127.0.0.1:18789';

const cases: ReadonlyArray<
	readonly [name: string, config: object, env: Record<string, string>, flags: SettingsFlags, expected: readonly string[]]
> = [
	['one source', {gatewayUrl: url, gatewayToken: 'one-token-x'}, {}, {}, []],
	[
		'the same twice',
		{gatewayUrl: url, gatewayToken: 'one-token-x'},
		{CLAWTALK_GATEWAY_URL: `${url}/`, CLAWTALK_GATEWAY_TOKEN: ' one-token-x'},
		{},
		[],
	],
	[
		'a URL of the environment and of the file',
		{gatewayUrl: 'http://127.0.0.1:18790'},
		{CLAWTALK_GATEWAY_URL: url},
		{},
		['gatewayUrl: CLAWTALK_GATEWAY_URL, not config.json'],
	],
	[
		'two variables',
		{},
		{CLAWTALK_GATEWAY_URL: url, OPENCLAW_GATEWAY_URL: 'http://127.0.0.1:18790'},
		{},
		['gatewayUrl: CLAWTALK_GATEWAY_URL, not OPENCLAW_GATEWAY_URL'],
	],
	[
		'two tokens for the same gateway',
		{gatewayUrl: url, gatewayToken: 'one-token-x'},
		{CLAWTALK_GATEWAY_URL: url, OPENCLAW_GATEWAY_TOKEN: 'other-token-x'},
		{},
		['gatewayToken: OPENCLAW_GATEWAY_TOKEN, not config.json'],
	],
	[
		'a token of another gateway',
		{gatewayUrl: 'http://127.0.0.1:18790', gatewayToken: 'one-token-x'},
		{CLAWTALK_GATEWAY_TOKEN: 'other-token-x'},
		{gateway: url},
		[],
	],
	[
		'a gateway that is wished for',
		{gatewayUrl: 'http://127.0.0.1:18790'},
		{OPENCLAW_GATEWAY_URL: 'http://127.0.0.1:18791'},
		{gateway: url},
		[],
	],
	[
		'a token of a flag and of the environment',
		{gatewayUrl: url},
		{CLAWTALK_GATEWAY_URL: url, CLAWTALK_GATEWAY_TOKEN: 'one-token-x'},
		{token: 'other-token-x'},
		['gatewayToken: --token, not CLAWTALK_GATEWAY_TOKEN'],
	],
];
for (const [name, config, env, flags, expected] of cases) {
	test(`conflicts of sources: ${name}`, async t => {
		const home = freshHome(t);
		home.writeConfig(config);
		const result = await loadSettings({flags, env: {...home.env, ...env}, stdinIsTTY: false});
		assert.ok(result.ok);
		const {conflicts} = result.settings;
		assert.deepEqual(
			conflicts.map(({setting, used, ignored}) => `${setting}: ${used}, not ${ignored}`),
			expected,
		);
		assert.doesNotMatch(JSON.stringify(conflicts), /token-x/);
	});
}
