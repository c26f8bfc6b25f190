import assert from 'node:assert/strict';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {loadSettings} from '../../source/config/load.js';
import {locate} from '../../source/config/location.js';
import {problemLine} from '../../source/config/problem-line.js';
import {type ResolveContext, resolveTarget, type TargetResult} from '../../source/config/resolve-target.js';
import type {SettingsFlags} from '../../source/config/settings.js';
import {openTrust} from '../../source/config/trust.js';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

const lan = 'http://192.168.1.5:18789';

async function resolve(
	home: FreshHome,
	flags: SettingsFlags = {},
	more: Partial<ResolveContext> = {},
	env: Record<string, string> = {},
): Promise<TargetResult> {
	const all = {...home.env, ...env};
	const result = await loadSettings({flags, env: all, stdinIsTTY: more.ask !== undefined});
	assert.ok(result.ok, JSON.stringify(result));
	return resolveTarget(result.settings, {
		locations: locate(all),
		env: all,
		insecure: false,
		isTailscalePeer: async () => false,
		onWithheld: 'stop',
		signal: new AbortController().signal,
		...more,
	});
}

/** What became of the token, in short. */
function fate(result: TargetResult): string {
	if (!result.ok) return `stopped ${result.problems.map(({exitCode}) => exitCode).join()}`;
	const {credential} = result.target;
	return credential.kind === 'token'
		? `sent ${credential.secret.reveal()}`
		: credential.kind === 'withheld'
			? `withheld ${credential.reason}`
			: 'none';
}

test('the SSH tunnel: a profile token is withheld from 127.0.0.1, and --token-from insists', async t => {
	const home = freshHome(t);
	home.writeConfig({profiles: {home: {gatewayUrl: 'https://gateway.example.com', gatewayToken: 'sesame-home'}}});
	const tunnel = {profile: 'home', gateway: 'http://127.0.0.1:5555'};
	const stopped = await resolve(home, tunnel);
	assert.equal(fate(stopped), 'stopped 78');
	assert.ok(!stopped.ok);
	assert.match(stopped.problems[0]?.message ?? '', /https:\/\/gateway\.example\.com.*http:\/\/127\.0\.0\.1:5555.*--token-from home$/);
	assert.equal(fate(await resolve(home, tunnel, {onWithheld: 'carry'})), 'withheld other-origin');
	assert.equal(fate(await resolve(home, {gateway: 'http://127.0.0.1:5555', tokenFrom: 'home'})), 'sent sesame-home');
});

test('on a terminal one question names both origins; the yes is not remembered', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'https://gateway.example.com', gatewayToken: 'sesame-file'});
	const asked: string[] = [];
	const answering = (answer: boolean | undefined): Partial<ResolveContext> => ({
		ask: async question => {
			asked.push(question);
			return answer;
		},
	});
	const flags = {gateway: 'http://127.0.0.1:5555'};
	assert.equal(fate(await resolve(home, flags, answering(true))), 'sent sesame-file');
	assert.equal(fate(await resolve(home, flags, answering(false))), 'stopped 78');
	assert.equal(fate(await resolve(home, flags, answering(undefined))), 'stopped 130');
	assert.equal(asked.length, 3);
	assert.match(asked[0] ?? '', /https:\/\/gateway\.example\.com.*http:\/\/127\.0\.0\.1:5555/);
});

test('plain http in the LAN: stopped, then sent after one yes that is remembered', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: lan, gatewayToken: 'sesame-file'});
	assert.equal(fate(await resolve(home)), 'stopped 78');
	let questions = 0;
	const yes = async (): Promise<boolean> => {
		questions++;
		return true;
	};
	assert.equal(fate(await resolve(home, {}, {ask: yes})), 'sent sesame-file');
	assert.equal(fate(await resolve(home, {}, {ask: yes})), 'sent sesame-file');
	assert.equal(fate(await resolve(home)), 'sent sesame-file');
	assert.equal(questions, 1);
	assert.equal(statSync(locate(home.env).trustFile).mode & 0o777, 0o600);
});

test('plain http in the LAN: nothing to ask when URL and token are both given for the run', async t => {
	const home = freshHome(t);
	const env = {CLAWTALK_GATEWAY_URL: lan, CLAWTALK_GATEWAY_TOKEN: 'sesame-env'};
	assert.equal(fate(await resolve(home, {}, {}, env)), 'sent sesame-env');
	assert.equal(fate(await resolve(home, {gateway: lan, token: 'sesame-flag'})), 'sent sesame-flag');
	home.writeConfig({gatewayToken: 'sesame-file', gatewayUrl: lan});
	assert.equal(fate(await resolve(home, {gateway: lan})), 'stopped 78');
});

test('Tailscale is asked only when it matters, and for this host', async t => {
	const home = freshHome(t);
	const asked: string[] = [];
	const isTailscalePeer = async (host: string): Promise<boolean> => {
		asked.push(host);
		return true;
	};
	for (const gatewayUrl of [
		'https://box.tail1.ts.net',
		'http://127.0.0.1:5555',
		'http://100.69.69.108:18789',
		'http://[fd7a:115c:a1e0::5]:5555',
	]) {
		home.writeConfig({gatewayUrl, gatewayToken: 'sesame-file'});
		assert.equal(fate(await resolve(home, {}, {isTailscalePeer})), 'sent sesame-file');
	}
	assert.deepEqual(asked, ['100.69.69.108', '[fd7a:115c:a1e0::5]']);
	home.writeConfig({gatewayUrl: 'http://100.69.69.108:18789', gatewayToken: 'sesame-file', probes: 'minimal'});
	assert.equal(fate(await resolve(home, {}, {isTailscalePeer})), 'stopped 78');
	assert.equal(asked.length, 2, 'minimal probes run no programs');
	home.writeConfig({gatewayUrl: 'http://100.69.69.108:18789', gatewayToken: 'sesame-file'});
	assert.equal(fate(await resolve(home)), 'stopped 78');
});

test('a public address over plain http: only with --insecure', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'http://example.com:18789', gatewayToken: 'sesame-file'});
	assert.equal(fate(await resolve(home, {}, {ask: async () => true})), 'stopped 78');
	assert.equal(fate(await resolve(home, {}, {insecure: true})), 'sent sesame-file');
});

test('secret headers follow the plain-http rule too, also without a token', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: lan, headers: {'X-Key': 'sesame-header'}});
	assert.equal(fate(await resolve(home)), 'stopped 78');
	const carried = await resolve(home, {}, {onWithheld: 'carry'});
	assert.ok(carried.ok);
	assert.deepEqual(carried.target.headers, {});
	await openTrust(locate(home.env)).allowPlainHttp(lan);
	const sent = await resolve(home);
	assert.ok(sent.ok);
	assert.equal(sent.target.headers['x-key']?.reveal(), 'sesame-header');
});

test('a withheld token leaves headers of the same origin alone', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: 'https://gateway.example.com', headers: {'X-Key': 'sesame-header'}});
	const carried = await resolve(home, {}, {onWithheld: 'carry'}, {CLAWTALK_GATEWAY_TOKEN: 'sesame-env'});
	assert.equal(fate(carried), 'withheld other-origin');
	assert.ok(carried.ok);
	assert.equal(carried.target.headers['x-key']?.reveal(), 'sesame-header');
});

test('--token asks hidden, at the end, and Ctrl+C gives 130', async t => {
	const home = freshHome(t);
	const ask = async (): Promise<boolean> => true;
	assert.equal(fate(await resolve(home, {token: ''}, {ask, askHidden: async () => 'sesame-typed'})), 'sent sesame-typed');
	assert.equal(fate(await resolve(home, {token: ''}, {ask, askHidden: async () => undefined})), 'stopped 130');
	assert.equal(fate(await resolve(home, {token: ''}, {ask, askHidden: async () => ''})), 'stopped 78');
});

test('the pin of the origin is part of the target', async t => {
	const home = freshHome(t);
	const fingerprint = Array.from({length: 32}, () => 'AB').join(':');
	await openTrust(locate(home.env)).pin('https://192.168.1.5:18789', fingerprint);
	const pinned = await resolve(home, {gateway: 'https://192.168.1.5:18789'});
	const other = await resolve(home, {gateway: 'https://192.168.1.6:18789'});
	assert.ok(pinned.ok && other.ok);
	assert.equal(pinned.target.pin, fingerprint);
	assert.equal(other.target.pin, undefined);
});

test('a broken trust file allows nothing, is kept aside, and that is said once', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayUrl: lan, gatewayToken: 'sesame-file'});
	const {trustFile} = locate(home.env);
	writeFileSync(trustFile, `{"plainHttp": {"${lan}": `);
	const first = await resolve(home);
	assert.equal(fate(first), 'stopped 78');
	const aside = /kept as (\S+),/.exec(first.notices.join())?.[1] ?? '';
	assert.equal(readFileSync(aside, 'utf8'), `{"plainHttp": {"${lan}": `);
	assert.deepEqual((await resolve(home)).notices, []);
});

test('no secret is readable in the settings or in the target', async t => {
	const home = freshHome(t);
	home.writeConfig({gatewayToken: 'sesame-file', headers: {'X-Key': 'sesame-header'}});
	const result = await resolve(home);
	assert.equal(fate(result), 'sent sesame-file');
	assert.doesNotMatch(JSON.stringify(result), /sesame/);
});

test('a line says the name of the thing once', () => {
	const message = 'the token (config.json) belongs to another gateway.';
	assert.equal(problemLine({where: 'token', message, exitCode: 78}), `clawtalk: ${message}`);
	assert.equal(problemLine({where: 'gatewayUrl', message, exitCode: 78}), `clawtalk: gatewayUrl: ${message}`);
});
