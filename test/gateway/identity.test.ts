import assert from 'node:assert/strict';
import {test} from 'node:test';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {HttpAnswer, PeerKind} from '../../source/diagnosis/evidence.js';
import {judge} from '../../source/gateway/identity.js';
import {joinEvidence} from '../../source/gateway/join-evidence.js';
import {oldCjk} from './recorded/openclaw-2026-2-9.js';
import {newCjk} from './recorded/openclaw-2026-9-6.js';
import {type Answerer, ask, challengeOn, connectTo, gatewayAnswering, sendJson, sendStream, serve, token} from './test-gateway.js';

const signal = new AbortController().signal;
const html: Answerer = (_seen, response) =>
	void response.writeHead(200, {'content-type': 'text/html'}).end('<title>OpenClaw Control</title>');
const challenge = {
	type: 'event',
	event: 'connect.challenge',
	payload: {nonce: 'n', ts: 1_000},
};

interface Stranger {
	readonly name: string;
	readonly answer: Answerer;
	readonly peer: PeerKind;
}

const strangers: readonly Stranger[] = [
	{name: 'another web server', answer: html, peer: 'other-web-server'},
	{
		name: 'a JSON server',
		answer: (_seen, response) => sendJson(response, 200, {status: 'ok'}),
		peer: 'other-web-server',
	},
	{
		name: 'a server that is not ok',
		answer: (_seen, response) => sendJson(response, 200, {ok: false}),
		peer: 'other-web-server',
	},
	{
		name: 'a list',
		answer: (_seen, response) => sendJson(response, 200, [{ok: true}]),
		peer: 'other-web-server',
	},
	{
		name: 'a gateway body that is too long to be one',
		answer: (_seen, response) => sendJson(response, 200, {ok: true, more: 'x'.repeat(5_000)}),
		peer: 'other-web-server',
	},
	{
		name: 'a login page',
		answer: (_seen, response) => void response.writeHead(302, {location: 'http://127.0.0.1:1/login?t=1'}).end(),
		peer: 'redirect',
	},
	{
		name: 'the pass-through proxy of the plugin',
		answer: (_seen, response) =>
			sendJson(response, 404, {
				type: 'error',
				error: {type: 'not_found_error', message: 'Not found'},
			}),
		peer: 'plugin-proxy',
	},
	{
		name: 'that proxy without its upstream',
		answer: (_seen, response) => void response.writeHead(502, {'content-type': 'text/plain'}).end('Bad Gateway'),
		peer: 'plugin-proxy',
	},
	{
		name: 'a proxy without a gateway',
		answer: (_seen, response) => void response.writeHead(502, {server: 'nginx'}).end(),
		peer: 'unknown',
	},
	{
		name: 'a server that wants a password',
		answer: (_seen, response) => void response.writeHead(401).end(),
		peer: 'other-web-server',
	},
	{
		name: 'nothing found',
		answer: (_seen, response) => void response.writeHead(404).end('Not Found'),
		peer: 'other-web-server',
	},
];

for (const {name, answer, peer} of strangers) {
	test(`${name} is ${peer} and never sees the token or the question`, async t => {
		const server = await serve(t, answer);
		const gateway = connectTo(t, server.origin);
		const asked = await ask(gateway, {question: {text: 'private words'}});
		assert.deepEqual(asked.outcome, {kind: 'unreachable'});
		const identified = asked.evidence.observations.find(({kind}) => kind === 'peer-identified');
		assert.ok(identified?.kind === 'peer-identified');
		assert.equal(identified.peer, peer);
		const withheld = asked.evidence.observations.at(-1);
		assert.ok(withheld?.kind === 'credential-withheld' && withheld.reason === 'peer-not-identified');
		assert.equal(asked.evidence.credential.sent, false);
		await gateway.listAgents(signal);
		await gateway.checkAccess(signal);
		const everything = JSON.stringify(server.seen);
		assert.ok(!everything.includes(token) && !everything.includes('private words'));
		assert.ok(server.seen.every(({method, path}) => method === 'GET' && (path === '/healthz' || path === '/')));
	});
}

test('an old gateway is known by its challenge, once', async t => {
	const server = await serve(t, (seen, response, request) => {
		if (seen.method === 'POST') sendStream(response, oldCjk);
		else html(seen, response, request);
	});
	let challenges = 0;
	challengeOn(server.server, challenge).on('connection', (_socket, request) => {
		challenges += 1;
		assert.equal(request.headers.origin, undefined);
		assert.equal(request.headers.authorization, undefined);
	});
	const gateway = connectTo(t, server.origin, {now: () => 6_000});
	const asked = await ask(gateway);
	assert.deepEqual(asked.outcome, {
		kind: 'complete',
		finishReason: 'unstated',
	});
	const identified = asked.evidence.observations.find(({kind}) => kind === 'peer-identified');
	assert.ok(identified?.kind === 'peer-identified');
	assert.deepEqual([identified.peer, identified.clockSkewMs, identified.address], ['gateway-by-challenge', 5_000, '127.0.0.1']);
	await ask(gateway);
	assert.equal((await gateway.checkHealth(signal)).value, 'live');
	assert.equal(challenges, 1);
	gateway.forgetPeer();
	assert.equal((await gateway.checkHealth(signal)).value, 'live');
	assert.equal(challenges, 2);
});

for (const [name, frame] of [
	['another first frame', {type: 'hello'}],
	['a challenge without a nonce', {type: 'event', event: 'connect.challenge', payload: {}}],
] as const) {
	test(`${name} is no proof`, async t => {
		const server = await serve(t, html);
		challengeOn(server.server, frame);
		const {value, observations} = await connectTo(t, server.origin).identify(signal);
		assert.equal(value, undefined);
		assert.deepEqual(
			observations.map(({kind}) => kind),
			['http-answer', 'websocket-closed', 'peer-identified'],
		);
	});
}

test('the identity is asked once, and again after a change of network', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const gateway = connectTo(t, server.origin);
	const asked = () => server.seen.filter(({path}) => path === '/healthz').length;
	await ask(gateway);
	await ask(gateway);
	assert.equal((await gateway.identify(signal)).value, 'gateway');
	assert.equal(asked(), 1);
	gateway.forgetPeer();
	await ask(gateway);
	assert.equal(asked(), 2);
});

test('when another server takes the place, the health check notices and the token stays here', async t => {
	let isGateway = true;
	const server = await serve(t, (seen, response, request) => {
		if (isGateway) gatewayAnswering((_seen, answer) => sendStream(answer, newCjk))(seen, response, request);
		else html(seen, response, request);
	});
	const gateway = connectTo(t, server.origin);
	await ask(gateway);
	isGateway = false;
	assert.equal((await gateway.checkHealth(signal)).value, 'down');
	const before = server.seen.length;
	assert.deepEqual((await ask(gateway)).outcome, {kind: 'unreachable'});
	assert.ok(server.seen.slice(before).every(({authorization, method}) => authorization === undefined && method === 'GET'));
});

test('nobody there: one observation, no identity', async t => {
	const server = await serve(t, html);
	await new Promise(resolve => server.server.close(resolve));
	const {value, observations} = await connectTo(t, server.origin).identify(signal);
	assert.equal(value, undefined);
	assert.equal(observations.length, 1);
	const [failure] = observations;
	assert.ok(failure?.kind === 'network-failure');
	assert.deepEqual(
		[failure.layer, failure.phase, failure.attempts[0]?.code, failure.attempts[0]?.port],
		['tcp', 'connect', 'ECONNREFUSED', server.port],
	);
});

test('the words of /healthz are kept apart', async t => {
	let status = 'starting';
	const server = await serve(t, (_seen, response) => sendJson(response, 200, {ok: true, status}));
	const gateway = connectTo(t, server.origin);
	assert.equal((await gateway.checkHealth(signal)).value, 'starting');
	status = 'draining';
	assert.equal((await gateway.checkHealth(signal)).value, 'draining');
	status = 'live';
	assert.equal((await gateway.checkHealth(signal)).value, 'live');
});

test('a gateway that drains is live, and says at /readyz that it takes no questions; other troubles of it do not count', async t => {
	let failing = ['gateway-draining'];
	const server = await serve(t, ({path}, response) => {
		if (path === '/healthz') sendJson(response, 200, {ok: true, status: 'live'});
		else sendJson(response, 503, {ready: false, failing});
	});
	const gateway = connectTo(t, server.origin);
	const health = await gateway.checkHealth(signal);
	assert.equal(health.value, 'live');
	const {value, evidence} = await gateway.checkReadiness(signal);
	assert.equal(value, 'not-ready');
	assert.equal(diagnose(joinEvidence(health.evidence, evidence)).primary?.id, 'H24');
	failing = ['telegram'];
	assert.equal((await gateway.checkReadiness(signal)).value, 'ready');
	assert.ok(server.seen.every(({headers}) => headers['authorization'] === undefined));
});

test('a bad gateway away from this machine proves nothing', () => {
	const answer: HttpAnswer = {
		kind: 'http-answer',
		layer: 'identity',
		atMs: 0,
		method: 'GET',
		path: '/healthz',
		status: 502,
		body: 'text',
		headers: {},
	};
	assert.equal(judge(answer, {text: 'Bad Gateway', whole: true}, 'public'), 'unknown');
});
