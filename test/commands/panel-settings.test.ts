import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {openAddress} from '../../source/commands/chat/panel-address.js';
import {saveTokenAt, tokenPlaceFor, tokenPlaceInWords} from '../../source/commands/chat/token-place.js';
import {loadSettings} from '../../source/config/load.js';
import {commandWorld} from '../helpers/command-world.js';
import {freshHome} from '../helpers/fresh-home.js';

const other = {origin: 'http://127.0.0.1:28789', basePath: ''};

/** A home whose config.json says this. */
function homeWith(context: TestContext, config: unknown) {
	const {home, env} = freshHome(context);
	const path = join(home, '.clawtalk', 'config.json');
	mkdirSync(join(home, '.clawtalk'), {recursive: true, mode: 0o700});
	writeFileSync(path, JSON.stringify(config), {mode: 0o600});
	return {env, home, read: () => JSON.parse(readFileSync(path, 'utf8')) as unknown};
}

const first = {gatewayUrl: 'http://127.0.0.1:18999', gatewayToken: 'token-of-18999'};
const atOther = {gatewayUrl: other.origin};

const places: ReadonlyArray<readonly [what: string, config: object, preferred: string | undefined, words: string, after: object]> = [
	[
		'no place has the address',
		first,
		undefined,
		'the new profile 127-0-0-1-28789, with the address',
		{...first, profiles: {'127-0-0-1-28789': {gatewayUrl: other.origin, gatewayToken: 'new'}}},
	],
	[
		'the profile in use has another address',
		{...first, profiles: {home: {gatewayUrl: 'http://127.0.0.1:3'}, '127-0-0-1-28789': {gatewayUrl: 'http://127.0.0.1:4'}}},
		'home',
		'the new profile 127-0-0-1-28789-2, with the address',
		{
			...first,
			profiles: {
				home: {gatewayUrl: 'http://127.0.0.1:3'},
				'127-0-0-1-28789': {gatewayUrl: 'http://127.0.0.1:4'},
				'127-0-0-1-28789-2': {gatewayUrl: other.origin, gatewayToken: 'new'},
			},
		},
	],
	['the top level has it', atOther, undefined, 'config.json', {...atOther, gatewayToken: 'new'}],
	[
		'another profile has it',
		{...first, profiles: {work: atOther}},
		undefined,
		'profile work',
		{...first, profiles: {work: {...atOther, gatewayToken: 'new'}}},
	],
	[
		'a profile has it from the top level',
		{...atOther, profiles: {work: {defaultAgent: 'a'}}},
		'work',
		'profile work',
		{...atOther, profiles: {work: {defaultAgent: 'a', gatewayToken: 'new'}}},
	],
];

for (const [what, config, preferred, words, after] of places) {
	test(`a token is kept beside its own address: ${what}`, async context => {
		const {env, read} = homeWith(context, config);
		const place = await tokenPlaceFor(env, other, preferred);
		assert.ok(place);
		assert.equal(tokenPlaceInWords(place), words);
		assert.match(await saveTokenAt(env, place, 'new'), /saved in/i);
		assert.deepEqual(read(), after);
	});
}

test('a token is not saved when its place has another address by then', async context => {
	const {env, read} = homeWith(context, first);
	const place = {...other, isNew: false};
	assert.match(await saveTokenAt(env, place, 'new'), /^Not saved: .* the token belongs to http:\/\/127\.0\.0\.1:28789\.$/);
	assert.deepEqual(read(), first);
});

const tokens: ReadonlyArray<readonly [what: string, gateway: string, tokenFile: boolean, credential: object]> = [
	['one that only plain http kept back goes along', 'http://192.0.2.2:28789', true, {kind: 'token', source: '--token-file'}],
	['one of another gateway does not', 'http://192.0.2.2:28789', false, {kind: 'withheld', reason: 'other-origin', source: 'config.json'}],
];

for (const [what, gateway, tokenFile, expected] of tokens) {
	test(`another address and the token: ${what}`, async context => {
		const {env, home} = homeWith(context, first);
		const file = join(home, 'token');
		writeFileSync(file, 'token-of-the-run\n', {mode: 0o600});
		const flags = {gateway, ...(tokenFile && {tokenFile: file})};
		const loaded = await loadSettings({flags, env, stdinIsTTY: false});
		assert.ok(loaded.ok);
		const {settings} = loaded;
		const setting = {context: commandWorld({env, flags}), settings, write: () => undefined};
		const credential = {kind: 'withheld', reason: tokenFile ? 'plain-http-public' : 'other-origin', length: 16, source: 'x'} as const;
		const left = {...other, origin: gateway, source: '--gateway', addressClass: settings.addressClass, credential, headers: {}};
		const opened = await openAddress(setting, other.origin, left);
		assert.ok(opened.ok);
		context.after(() => opened.gateway.close());
		const {kind, reason, source} = opened.gateway.target.credential as unknown as Record<string, string>;
		assert.deepEqual(JSON.parse(JSON.stringify({kind, reason, source})), {...expected, source: 'x'});
	});
}
