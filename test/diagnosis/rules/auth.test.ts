import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {CredentialWithheld} from '../../../source/diagnosis/evidence.js';
import {here, onGatewayHost} from '../../../source/diagnosis/fixes.js';
import {answer, evidenceOf, gateway} from '../evidence-of.js';
import {refused} from './captured.js';
import {clock, endpointOn, local, models, unauthorized} from './gateway-observations.js';
import {testDiagnoses} from './whole-diagnosis.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const tailnet = {origin: 'https://gw.tail1234.ts.net', addressClass: 'tailnet-name'} as const;

testDiagnoses([
	{
		name: 'A01: no token, as 2026.9.6 says it',
		as: 'primary',
		evidence: evidenceOf(refused, {}, {set: false, sent: false}),
		expected: {
			id: 'A01',
			slug: 'auth.token.missing',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The gateway wants a token, and none is set',
			explanation: 'A password of the gateway works in the place of a token.',
			evidence: [5],
			fixes: [
				onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show'),
				here('enter the token, hidden', 'clawtalk config set gatewayToken'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A02: a wrong token, as 2026.9.6 says it',
		as: 'primary',
		evidence: evidenceOf(refused),
		expected: {
			id: 'A02',
			slug: 'auth.token.rejected',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The gateway rejected the token (34 characters, from config.json)',
			explanation:
				'The token may be mistyped or replaced, or belong to another gateway. It is not sent again unless you ask for that, because ten wrong ones lock this address out for five minutes.',
			evidence: [5],
			fixes: [
				onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show'),
				here('enter the token anew, hidden', 'clawtalk config set gatewayToken'),
			],
			rivals: [
				{
					id: 'A03',
					title: 'The running gateway uses another token than its configuration names',
					tellApart: 'the token in ~/.openclaw/openclaw.json on the gateway host is the one used here',
				},
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A02: not the token of the gateway on this machine',
		as: 'primary',
		evidence: evidenceOf([...refused, local({token: 'literal', tokenMatches: false})]),
		expected: {
			id: 'A02',
			slug: 'auth.token.rejected',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The gateway rejected the token (34 characters, from config.json)',
			explanation:
				'It is not the one in openclaw.json on this machine. It is not sent again unless you ask for that, because ten wrong ones lock this address out for five minutes.',
			evidence: [5, 6],
			fixes: [
				onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show'),
				here('enter the token anew, hidden', 'clawtalk config set gatewayToken'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A03: the token of the configuration is refused',
		as: 'primary',
		evidence: evidenceOf([...refused, local({token: 'literal', tokenMatches: true})]),
		expected: {
			id: 'A03',
			slug: 'auth.gateway.older-token',
			layer: 'auth',
			severity: 'error',
			confidence: 'likely',
			title: 'The gateway refuses the very token that its openclaw.json names',
			explanation: 'The running gateway uses another one: from a variable of its service, or from before the file was changed.',
			evidence: [5, 6],
			fixes: [
				onGatewayHost('see whether the service brings a token of its own (Linux)', 'systemctl --user cat openclaw-gateway'),
				onGatewayHost('restart it, so that it reads that anew; this ends running answers', 'openclaw gateway restart', 'last-resort'),
				onGatewayHost(
					'write the service anew from the configuration; this ends running answers',
					'openclaw gateway install --force',
					'last-resort',
				),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A04: the gateway has its token from a variable',
		as: 'primary',
		evidence: evidenceOf([...refused, local({token: 'variable'})]),
		expected: {
			id: 'A04',
			slug: 'auth.gateway.unexpanded',
			layer: 'auth',
			severity: 'error',
			confidence: 'likely',
			title: 'The gateway refuses the token, and names its own only by a variable',
			explanation: 'Where that variable is not set for the gateway, no token fits. It may also be that the token here is wrong.',
			evidence: [5, 6],
			fixes: [
				onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show'),
				onGatewayHost('see whether the service brings a token of its own (Linux)', 'systemctl --user cat openclaw-gateway'),
				onGatewayHost('write the variable with its value into ~/.openclaw/.env'),
				onGatewayHost('restart it, so that it reads that anew; this ends running answers', 'openclaw gateway restart', 'last-resort'),
			],
			rivals: [{id: 'A02', title: 'The token here is wrong', tellApart: 'the token that the gateway shows'}],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A05: a password, not a token',
		as: 'primary',
		evidence: evidenceOf([...refused, local({authMode: 'password'})]),
		expected: {
			id: 'A05',
			slug: 'auth.wants-password',
			layer: 'auth',
			severity: 'error',
			confidence: 'likely',
			title: 'The gateway signs people in with a password, not with a token',
			explanation: 'Its openclaw.json on this machine says so. Over HTTP the password takes the place of the token.',
			evidence: [5, 6],
			fixes: [here('enter the password of the gateway where the token goes, hidden', 'clawtalk config set gatewayToken')],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A06: Serve, and no token',
		as: 'primary',
		evidence: evidenceOf([gateway, unauthorized], tailnet, {set: false, sent: false}),
		expected: {
			id: 'A06',
			slug: 'auth.token.missing.tailnet',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The gateway wants a token, and none is set',
			explanation: 'A Tailscale sign-in opens the web pages of the gateway, but never its chat endpoint.',
			evidence: [1],
			fixes: [
				onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show', 'safe-to-run', {
					since: '2026.8',
					fallback: 'read gateway.auth.token in ~/.openclaw/openclaw.json',
				}),
				here('enter the token, hidden', 'clawtalk config set gatewayToken'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A07: only through its proxy',
		as: 'primary',
		evidence: evidenceOf([...refused, local({authMode: 'trusted-proxy'})], {}, {set: false, sent: false}),
		expected: {
			id: 'A07',
			slug: 'auth.trusted-proxy',
			layer: 'auth',
			severity: 'error',
			confidence: 'likely',
			title: 'The gateway lets in only whom its identity proxy vouches for',
			explanation: 'Its openclaw.json on this machine says so. Where it has a password as well, that takes the place of the token here.',
			evidence: [5, 6],
			fixes: [
				here('use the URL of that proxy', 'clawtalk config set gatewayUrl https://NAME', 'has-placeholders'),
				here('enter the password of the gateway where the token goes, hidden', 'clawtalk config set gatewayToken'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A14: more than two minutes apart',
		as: 'note',
		evidence: evidenceOf([gateway, endpointOn, models(200), clock(7_200_000)]),
		expected: {
			id: 'A14',
			slug: 'auth.clock',
			layer: 'auth',
			severity: 'warning',
			confidence: 'certain',
			title: "The clock of this machine is 2 h ahead of the gateway's",
			explanation:
				'Which of the two is wrong is not known. The token is taken all the same, but a signed sign-in is refused and certificates may look expired.',
			evidence: [3],
			fixes: [
				here('compare this clock with another one', 'date -u'),
				onGatewayHost('compare that clock too', 'date -u'),
				here('on Linux, if this clock is wrong, set it from the network', 'sudo timedatectl set-ntp true'),
				here('on macOS', 'sudo sntp -sS time.apple.com'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'A14: a minute and a half apart',
		as: 'note',
		evidence: evidenceOf([gateway, endpointOn, models(200), clock(-90_000)]),
		expected: {
			id: 'A14',
			slug: 'auth.clock',
			layer: 'auth',
			severity: 'note',
			confidence: 'certain',
			title: "The clock of this machine is 90 s behind the gateway's",
			explanation: 'Which of the two is wrong is not known. Up to two minutes do no harm.',
			evidence: [3],
			fixes: [
				here('compare this clock with another one', 'date -u'),
				onGatewayHost('compare that clock too', 'date -u'),
				here('on Linux, if this clock is wrong, set it from the network', 'sudo timedatectl set-ntp true'),
				here('on macOS', 'sudo sntp -sS time.apple.com'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'A16: over HTTP',
		as: 'primary',
		evidence: evidenceOf([gateway, answer(403, {errorCode: 'PAIRING_REQUIRED', errorMessage: 'pairing required (requestId: 7c1e-9)'})]),
		expected: {
			id: 'A16',
			slug: 'auth.pairing',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'This device waits for approval',
			explanation: 'pairing required (requestId: 7c1e-9)',
			evidence: [1],
			fixes: [
				onGatewayHost('see which devices ask', 'openclaw devices list'),
				onGatewayHost(
					'approve this one, if it is in that list and you know the device',
					'openclaw devices approve 7c1e-9',
					'changes-exposure',
				),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'A24: unencrypted in the LAN',
		as: 'note',
		evidence: evidenceOf([gateway, endpointOn, models(200)], lan),
		expected: {
			id: 'A24',
			slug: 'auth.plain-http',
			layer: 'auth',
			severity: 'note',
			confidence: 'certain',
			title: 'The token crosses the network unencrypted',
			explanation: 'Others on that network can read it, and the conversation. It was allowed for this address.',
			evidence: [2],
			fixes: [
				here(
					'send it through ssh instead; FREE is a free port here',
					'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@192.168.1.9',
					'has-placeholders',
				),
				onGatewayHost('or let Tailscale Serve speak TLS for it'),
				onGatewayHost('if strangers use that network, change the token'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'H08: attribution',
		as: 'primary',
		evidence: evidenceOf([gateway, answer(403, {errorType: 'proxy_attribution_required'})]),
		expected: {
			id: 'H08',
			slug: 'auth.proxy-attribution',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The gateway does not trust the proxy in front of it',
			explanation: 'It refuses before it looks at the token, so the token may be right.',
			evidence: [1],
			fixes: [
				onGatewayHost('see which proxies it trusts', 'openclaw config get gateway.trustedProxies'),
				onGatewayHost(
					'add the address of the proxy to that list; this replaces the list',
					'openclaw config set gateway.trustedProxies \'["PROXY_ADDRESS"]\' --strict-json',
					'changes-exposure',
					{since: '2026.8', fallback: 'openclaw config set gateway.trustedProxies \'["PROXY_ADDRESS"]\' --json'},
				),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'H09: a permission is missing',
		as: 'primary',
		evidence: evidenceOf([gateway, answer(403, {errorCode: 'MISSING_SCOPE', errorMessage: 'missing scope: operator.write'})]),
		expected: {
			id: 'H09',
			slug: 'auth.scope',
			layer: 'auth',
			severity: 'error',
			confidence: 'certain',
			title: 'The token lacks a permission: missing scope: operator.write',
			explanation: 'The gateway knows the token and does not allow it this.',
			evidence: [1],
			fixes: [
				onGatewayHost('see and approve devices', 'openclaw devices list'),
				here('enter the token anew, hidden', 'clawtalk config set gatewayToken'),
			],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
	{
		name: 'H00: any other 403',
		as: 'primary',
		evidence: evidenceOf([gateway, answer(403, {body: 'text'})]),
		expected: {
			id: 'H00',
			slug: 'auth.forbidden',
			layer: 'auth',
			severity: 'error',
			confidence: 'possible',
			title: 'The request was refused: it does not say which',
			explanation: 'The answer comes from the gateway or from a proxy before it.',
			evidence: [1],
			fixes: [],
			verify: 'clawtalk status --only auth',
			exitCode: 77,
			transient: false,
		},
	},
]);

function heldBack(more: Omit<CredentialWithheld, 'kind' | 'layer' | 'atMs'>, source = 'config.json') {
	const evidence = evidenceOf([gateway, {kind: 'credential-withheld', layer: 'auth', atMs: 1, ...more}], {}, {sent: false, source});
	return diagnose({...evidence, at: '2026-11-20T12:00:00.000Z'}).primary;
}

test('A25 names the place of the token where that is known, and the way with a token of its own', () => {
	const named = [
		['config.json', 'default'],
		['profile home', 'home'],
		['OPENCLAW_GATEWAY_TOKEN', 'environment'],
		['profile --json', 'PROFILE'],
		['profile a;b', 'PROFILE'],
	] as const;
	for (const [source, name] of named) {
		const [insist, own] = heldBack({reason: 'other-origin', belongsTo: 'https://gw.example'}, source)?.fixes ?? [];
		assert.match(insist?.command ?? '', new RegExp(`^clawtalk ask (?:--profile \\S+ )?--token-from ${name} --gateway http://127`));
		assert.match(own?.command ?? '', /^clawtalk status --gateway http:\/\/127\S+ --token$/);
	}
});

test('A27 says how long ago, the same in every time zone, and to try again first', () => {
	const cases = [
		['2026-11-20T11:59:50.000Z', /this token 10 s ago, so/],
		['2026-11-20T11:56:00.000Z', /this token 4 min ago, so/],
		['2026-11-20T09:00:00.000Z', /this token 3 h ago, so/],
		['2026-11-01T12:00:00.000Z', /this token 19 days ago, so/],
		['2026-11-20T12:30:00.000Z', /this token before, so/],
	] as const;
	for (const [refusedAt, title] of cases) {
		const diagnosis = heldBack({reason: 'refused-before', refusedStatus: 401, refusedAt});
		assert.match(diagnosis?.title ?? '', title);
		assert.match(diagnosis?.fixes[0]?.command ?? '', /^clawtalk status$/);
	}
});
