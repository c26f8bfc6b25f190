import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Evidence, Observation} from '../../../source/diagnosis/evidence.js';
import {answer, evidenceOf, failure, gateway, peer} from '../evidence-of.js';
import {assertWellFormed} from './explained.js';
import {client, listener, lookedUp, openclaw, sibling, tailscale, triedThrice} from './surroundings.js';

const refused = ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'] as const;
const noRoute = ['ENETUNREACH', 'ENETUNREACH', 'ENETUNREACH'] as const;
const own = {own: true} as const;
const ownAddress = {origin: 'http://192.168.1.5:18789', addressClass: 'private'} as const;
const ownName = {origin: 'http://mybox:18789', addressClass: 'single-label'} as const;
const proxied = {origin: 'https://gw.example', addressClass: 'public', proxy: 'http://proxy.corp:3128'} as const;
const behindPrefix = {origin: 'http://gw.lan', basePath: '/openclaw', addressClass: 'public'} as const;
const withheld: Observation = {kind: 'credential-withheld', layer: 'auth', atMs: 1, reason: 'plain-http-private'};
const withheldPublic: Observation = {...withheld, reason: 'plain-http-public'};

function redirect(location: string): readonly Observation[] {
	return [answer(301, {method: 'GET', path: '/healthz', layer: 'identity', body: 'html', headers: {location}}), peer('redirect')];
}

/** What was seen; the diagnosis, how sure, and the commands of its fixes in their order. */
const cases: ReadonlyArray<readonly [name: string, Evidence, id: string, confidence: string, commands: readonly (string | undefined)[]]> = [
	[
		'the own name of a machine leads to 127.0.1.1, and nothing runs there',
		evidenceOf([lookedUp(['127.0.1.1'], {name: 'mybox'}), ...triedThrice('127.0.1.1', refused), openclaw()], ownName),
		'N01',
		'certain',
		['openclaw gateway status', 'openclaw gateway start', 'journalctl --user -u openclaw-gateway -n 50'],
	],
	[
		'the own name of a machine leads to 127.0.1.1, and the gateway is on 127.0.0.1',
		evidenceOf(
			[lookedUp(['127.0.1.1'], {name: 'mybox'}), ...triedThrice('127.0.1.1', refused), sibling('loopback', 'http://127.0.0.1:18789')],
			ownName,
		),
		'N03',
		'certain',
		['clawtalk config set gatewayUrl http://127.0.0.1:18789'],
	],
	[
		'one of its own addresses was asked, and the gateway is on another one',
		evidenceOf(
			[...triedThrice('192.168.1.5', refused, own), sibling('own-address', 'http://100.69.69.10:18789'), openclaw({bind: 'tailnet'})],
			ownAddress,
		),
		'N03',
		'certain',
		['clawtalk config set gatewayUrl http://100.69.69.10:18789'],
	],
	[
		'a listener on :: for IPv6 alone is no gateway that comes and goes',
		evidenceOf([...triedThrice('127.0.0.1', refused), listener(['::'], 'python3')]),
		'N03',
		'likely',
		["clawtalk config set gatewayUrl 'http://[::1]:18789'", 'openclaw gateway status'],
	],
	[
		'a name with an IPv6 address only, where there is no IPv6',
		evidenceOf([lookedUp(['2001:db8::1'], {name: 'v6.example'}), ...triedThrice('2001:db8::1', noRoute)], {
			origin: 'http://v6.example:18789',
			addressClass: 'public',
		}),
		'N16',
		'certain',
		[
			'ip route get 2001:db8::1',
			'openclaw gateway status',
			'clawtalk config set ssh USER@v6.example && clawtalk tunnel',
			'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@v6.example',
		],
	],
	[
		'the name of the proxy is not known: that of the gateway was not looked up',
		evidenceOf(
			[client({proxyVariables: ['HTTPS_PROXY']}), failure('ENOTFOUND', {layer: 'dns', phase: 'lookup'}, {address: 'proxy.corp'})],
			proxied,
		),
		'N13',
		'certain',
		['export NO_PROXY="$NO_PROXY,gw.example"', 'env | grep -i _proxy'],
	],
	[
		'NO_PROXY is no help against a proxy of the settings',
		evidenceOf([client(), failure('ECONNREFUSED', {}, {address: '10.0.0.1', port: 3128})], proxied),
		'N13',
		'certain',
		['clawtalk config edit'],
	],
	[
		'a redirect to the same address is no other address',
		evidenceOf(redirect('http://127.0.0.1:18789/login')),
		'H03',
		'certain',
		['clawtalk config get gatewayUrl'],
	],
	[
		'a redirect to https keeps the prefix of a reverse proxy',
		evidenceOf(redirect('https://gw.lan/openclaw/healthz'), behindPrefix),
		'H03',
		'certain',
		['clawtalk config set gatewayUrl https://gw.lan/openclaw'],
	],
	[
		'https instead of http on the usual port is on the usual port',
		evidenceOf([gateway, withheldPublic], behindPrefix),
		'C19',
		'certain',
		[
			'clawtalk config set gatewayUrl https://gw.lan/openclaw',
			'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@gw.lan',
			'clawtalk ask --insecure QUESTION',
		],
	],
	[
		'an IPv6 address stands in quotes, and trust comes after what needs none',
		evidenceOf([gateway, withheld], {origin: 'http://[fd00::5]:18789', addressClass: 'unique-local'}),
		'A26',
		'certain',
		[
			'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@fd00::5',
			"clawtalk trust add 'http://[fd00::5]:18789'",
		],
	],
	[
		'the page that a web server shows for a wrong path',
		evidenceOf([
			answer(404, {method: 'GET', path: '/healthz', layer: 'identity', body: 'html', title: '404 Not Found'}),
			peer('other-web-server'),
		]),
		'H14',
		'likely',
		['clawtalk config get gatewayUrl'],
	],
	[
		'a TLS handshake that nobody answers',
		evidenceOf([failure('', {layer: 'tls', phase: 'tls', attempts: [], timeoutMs: 3000})], {
			origin: 'https://10.0.0.9',
			addressClass: 'private',
		}),
		'N28',
		'certain',
		['openclaw gateway status', 'clawtalk config get gatewayUrl', 'openclaw gateway restart'],
	],
	[
		'both loopback addresses answer: the one that every program takes is advised',
		evidenceOf(
			[
				...triedThrice('192.168.1.5', refused, own),
				sibling('loopback', 'http://127.0.0.1:18789'),
				sibling('loopback', 'http://[::1]:18789'),
			],
			ownAddress,
		),
		'N04',
		'certain',
		['clawtalk config set gatewayUrl http://127.0.0.1:18789', 'openclaw config set gateway.bind lan'],
	],
	[
		'nothing on the port of a web server: what is before the gateway is missing, and its port is not forwarded',
		evidenceOf(triedThrice('100.69.69.108', refused, {port: 443}), {origin: 'https://box.tail1234.ts.net', addressClass: 'tailnet-name'}),
		'N04',
		'likely',
		[
			'tailscale serve status',
			'openclaw gateway status',
			'clawtalk config set ssh USER@box.tail1234.ts.net && clawtalk tunnel',
			'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 USER@box.tail1234.ts.net',
		],
	],
	[
		'somebody refuses in the place of a tailnet that is switched off',
		evidenceOf([...triedThrice('100.69.69.108', refused), tailscale({state: 'Stopped', onlinePeers: []})], {
			origin: 'http://100.69.69.108:18789',
			addressClass: 'cgnat',
		}),
		'N07',
		'likely',
		['tailscale status', 'tailscale up'],
	],
	[
		'one of its own addresses was asked, and what is advised is set already',
		evidenceOf([...triedThrice('100.69.69.10', refused, own), sibling('loopback', 'http://127.0.0.1:18789'), openclaw({bind: 'tailnet'})], {
			origin: 'http://100.69.69.10:18789',
			addressClass: 'cgnat',
		}),
		'N04',
		'certain',
		['clawtalk config set gatewayUrl http://127.0.0.1:18789'],
	],
	[
		'a refusal of somebody before the gateway does not say what is behind it',
		evidenceOf(
			[
				answer(403, {method: 'GET', path: '/healthz', layer: 'identity', body: 'html', headers: {server: 'cloudflare'}}),
				peer('other-web-server'),
			],
			{origin: 'https://gw.example', addressClass: 'public'},
		),
		'H14',
		'possible',
		['clawtalk config get gatewayUrl'],
	],
	[
		'a proxy that gave up on an answer: the run may go on',
		evidenceOf([gateway, answer(504, {body: 'html', headers: {server: 'nginx'}})], {origin: 'https://gw.example', addressClass: 'public'}),
		'H22',
		'likely',
		['openclaw gateway status'],
	],
	[
		'an OpenClaw that uses a gateway elsewhere tells nothing about the one at the end of a tunnel',
		evidenceOf([openclaw({mode: 'remote', token: 'literal', tokenMatches: false}), gateway, refusal()]),
		'A02',
		'certain',
		['openclaw gateway auth-token --show', 'clawtalk config set gatewayToken'],
	],
];

function refusal(): Observation {
	return answer(401, {method: 'GET', path: '/v1/models', layer: 'auth', errorType: 'unauthorized'});
}

for (const [name, evidence, id, confidence, commands] of cases) {
	test(name, () => {
		const {primary} = diagnose(evidence);
		assert.ok(primary !== undefined);
		assert.deepEqual([primary.id, primary.confidence], [id, confidence]);
		assert.deepEqual(
			primary.fixes.map(({command}) => command).filter(command => command !== undefined),
			commands,
		);
		assertWellFormed(primary, evidence);
	});
}

test('nobody is advised to open a gateway to the internet', () => {
	const evidence = evidenceOf(triedThrice('203.0.113.5', refused), {origin: 'http://203.0.113.5:18789', addressClass: 'public'});
	const {primary} = diagnose(evidence);
	assert.equal(primary?.id, 'N04');
	assert.ok(!primary.fixes.some(({applicability}) => applicability === 'changes-exposure'));
});

test('a proxy that does not reach the gateway is said once', () => {
	const seen = [answer(502, {method: 'GET', path: '/healthz', layer: 'identity', body: 'empty'}), peer('unknown')];
	const {primary, alternatives} = diagnose(evidenceOf(seen, {origin: 'https://gw.example', addressClass: 'public'}));
	assert.deepEqual([primary?.id, alternatives], ['H21', []]);
});

test('what stays on this machine does not cross a network', () => {
	const chat = answer(405, {method: 'GET', body: 'text', headers: {allow: 'POST'}});
	const models = answer(200, {method: 'GET', path: '/v1/models', layer: 'auth'});
	const seen = (more: Partial<typeof own>) =>
		diagnose(evidenceOf([...triedThrice('192.168.1.5', ['connected', 'connected', 'connected'], more), gateway, chat, models], ownAddress));
	assert.deepEqual(seen(own).notes, []);
	assert.deepEqual(
		seen({}).notes.map(({id}) => id),
		['A24'],
	);
});

test('the version of another gateway is no split installation', () => {
	const version: Observation = {kind: 'gateway-facts', layer: 'identity', atMs: 1, version: '2026.5.1'};
	const notesWith = (mode: string) => diagnose(evidenceOf([openclaw({mode, touchedBy: '2026.9.6'}), gateway, version])).notes;
	assert.deepEqual(notesWith('remote'), []);
	assert.deepEqual(
		notesWith('local').map(({id}) => id),
		['V04'],
	);
});

test('a proxy without a health endpoint before a gateway tells nothing about its age', () => {
	const missing = answer(404, {method: 'GET', path: '/healthz', layer: 'identity', body: 'html', headers: {server: 'nginx'}});
	const greeted: Observation = {kind: 'peer-identified', layer: 'identity', atMs: 1, peer: 'gateway-by-challenge'};
	assert.deepEqual(diagnose(evidenceOf([missing, greeted])).notes, []);
});

test('a command about a gateway of --gateway keeps the prefix of a reverse proxy', () => {
	const seen = [answer(404, {method: 'GET', path: '/healthz', layer: 'identity'}), peer('unknown')];
	const {primary} = diagnose(evidenceOf(seen, {...behindPrefix, source: '--gateway'}));
	assert.equal(primary?.verify, 'clawtalk status --gateway http://gw.lan/openclaw --only identity');
});
