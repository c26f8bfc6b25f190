import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../../source/diagnosis/redact.js';
import type {ControlNews, ControlPlane, ControlState} from '../../../source/gateway/control-plane.js';
import type {Credential, Gateway} from '../../../source/gateway/gateway.js';
import {desertedPort} from '../../helpers/deserted-port.js';
import {makeDevice} from '../../openclaw/known-device.js';
import {certificate, otherCertificate} from '../recorded/certificates.js';
import {connectTo, type GatewayOptions, memoryLedger, sendJson, serve, token} from '../test-gateway.js';
import {type ControlServer, challenge, controlServer, helloOk, type Script, shape, wrongToken} from './control-server.js';

const never = new AbortController().signal;
const noToken: Credential = {kind: 'none'};

async function welcome(t: TestContext, script?: Script, options?: GatewayOptions) {
	const server = await controlServer(t, script);
	const gateway = connectTo(t, server.origin, options);
	const news = listen(gateway.control);
	const {value, observations} = await gateway.control.connect(never);
	return {server, gateway, news, value, observations, kinds: observations.map(({kind}) => kind)};
}

interface Heard {
	readonly all: ControlNews[];
	/** Resolves when so many news have been heard. */
	count(least: number): Promise<readonly ControlNews[]>;
}

function listen(control: ControlPlane): Heard {
	const all: ControlNews[] = [];
	let check: () => void = () => undefined;
	control.hear(one => {
		all.push(one);
		check();
	});
	return {
		all,
		count: least =>
			new Promise(resolve => {
				check = () => {
					if (all.length >= least) resolve(all);
				};
				check();
			}),
	};
}

function opened(state: ControlState) {
	assert.ok(state.kind === 'open', JSON.stringify(state));
	return state.hello;
}

function refused(state: ControlState) {
	assert.ok(state.kind === 'refused', JSON.stringify(state));
	return state.refusal;
}

test('identity first, then the handshake as a device, then the welcome; no Origin, no token in a header', async t => {
	const device = makeDevice();
	const {server, value, kinds, news} = await welcome(t, {}, {devices: device, headers: {'X-Door': new Secret('open')}});
	assert.deepEqual(shape(opened(value)), {
		protocol: 4,
		version: '2026.9.6',
		bootId: 'boot-1',
		scopes: ['operator.read', 'operator.write'],
		tickIntervalMs: 30_000,
		maxPayloadBytes: 26_214_400,
		mainSessionKey: 'agent:main:main',
		defaultAgent: 'main',
		methods: ['chat.send', 'chat.history'],
	});
	assert.deepEqual(kinds, ['peer-identified', 'control-welcomed']);
	assert.deepEqual(
		news.all.map(({kind}) => kind),
		['opened'],
	);
	assert.equal(server.seen[0]?.path, '/healthz');
	const [headers] = server.upgrades;
	assert.equal(headers?.['origin'], undefined);
	assert.equal(headers?.['authorization'], undefined);
	assert.equal(headers?.['x-door'], 'open');
	const [connect] = server.connects;
	assert.deepEqual(connect?.auth, {token, password: token});
	assert.deepEqual(connect?.['client'], {id: 'cli', mode: 'cli', version: '0.1.0', platform: process.platform});
	assert.deepEqual([connect?.['minProtocol'], connect?.['maxProtocol']], [3, 4]);
	const text = `v3|${device.id}|cli|cli|operator|operator.read,operator.write|1700000000000|${token}|nonce-1|${process.platform}|`;
	assert.deepEqual(connect?.device, {
		id: device.id,
		publicKey: device.publicKey,
		signature: device.sign(text),
		signedAt: 1_700_000_000_000,
		nonce: 'nonce-1',
	});
});

test('one connection at a time: who connects meanwhile or later is given it', async t => {
	const server = await controlServer(t);
	const {control} = connectTo(t, server.origin);
	const [one, two] = await Promise.all([control.connect(never), control.connect(never)]);
	const three = await control.connect(never);
	assert.equal(one, two);
	assert.equal(one, three);
	assert.equal(server.connects.length, 1);
});

test('an attempt that its first caller gives up is made again for whoever joined it, but not after a disconnect', async t => {
	for (const [what, kind, dials] of [
		['give up', 'open', 2],
		['disconnect', 'closed', 1],
	] as const) {
		const first = new AbortController();
		const server: ControlServer = await controlServer(t, {
			onConnect(_request, reply) {
				if (server.connects.length > 1) return reply.ok(helloOk());
				first.abort();
				if (what === 'disconnect') control.disconnect();
			},
		});
		const {control} = connectTo(t, server.origin);
		const [gaveUp, joined] = await Promise.all([control.connect(first.signal), control.connect(never)]);
		assert.deepEqual([gaveUp.value.kind, joined.value.kind, server.connects.length], ['closed', kind, dials], what);
	}
});

test('news come in their order, also those in one piece with the welcome', async t => {
	const tick = (seq: number) => JSON.stringify({type: 'event', event: `e${seq}`, seq, payload: {seq}});
	const {news} = await welcome(t, {
		onConnect({id}, _reply, socket) {
			socket.send(JSON.stringify({type: 'res', id, ok: true, payload: helloOk()}));
			for (const seq of [1, 2, 5]) socket.send(tick(seq));
		},
	});
	const heard = await news.count(5);
	assert.deepEqual(
		heard.map(one => (one.kind === 'event' ? one.name : one.kind === 'gap' ? `${one.missing} missing` : one.kind)),
		['opened', 'e1', 'e2', '2 missing', 'e5'],
	);
});

test('calls: a payload, an error of the gateway, a time limit, a cancelled one, and none without a connection', async t => {
	const {gateway, server} = await welcome(t, {
		onCall(method, reply) {
			if (method === 'sessions.list') reply.ok({count: 3});
			if (method === 'exec.approval.list')
				reply.error({
					code: 'FORBIDDEN',
					message: 'missing scope:\u001b[31m operator.approvals',
					details: {code: 'MISSING_SCOPE'},
					retryAfterMs: 9,
				});
		},
	});
	const {control} = gateway;
	assert.deepEqual(await control.call('sessions.list', {}), {ok: true, payload: {count: 3}});
	assert.deepEqual(await control.call('exec.approval.list', {}), {
		ok: false,
		error: {code: 'FORBIDDEN', detail: 'MISSING_SCOPE', message: 'missing scope: operator.approvals'},
	});
	const late = await control.call('silent', {}, {timeoutMs: 1});
	assert.equal(!late.ok && late.error.code, 'timeout');
	const stop = new AbortController();
	const cancelled = control.call('silent', {}, {signal: stop.signal});
	stop.abort();
	assert.equal(await cancelled.then(answer => !answer.ok && answer.error.code), 'cancelled');
	const cut = control.call('silent', {});
	for (const socket of server.sockets) socket.terminate();
	assert.equal(await cut.then(answer => !answer.ok && answer.error.code), 'disconnected');
	assert.deepEqual(await control.call('sessions.list', {}), {ok: false, error: {code: 'disconnected', message: 'not connected'}});
});

test('the end of a connection is told with its announcement and as evidence of its own', async t => {
	const {server, news, gateway} = await welcome(t);
	server.broadcast({type: 'event', event: 'shutdown', seq: 1, payload: {reason: 'gateway restarting', restartExpectedMs: 1500}});
	for (const socket of server.sockets) socket.close(1012, 'service restart');
	const last = (await news.count(3)).at(-1);
	assert.ok(last?.kind === 'closed');
	const {atMs: _at, tookMs: _took, openMs, ...closed} = last.closed;
	assert.ok(openMs !== undefined);
	assert.deepEqual(closed, {
		kind: 'websocket-closed',
		layer: 'control',
		code: 1012,
		reason: 'service restart',
		challenged: true,
		welcomed: true,
		byUs: false,
		shutdown: {reason: 'gateway restarting', restartExpectedMs: 1500},
	});
	assert.deepEqual(
		last.evidence.observations.map(({kind}) => kind),
		['control-welcomed', 'websocket-closed'],
	);
	assert.equal(last.evidence.credential.sent, true);
	assert.equal(gateway.control.state.kind, 'closed');
	assert.equal(opened((await gateway.control.connect(never)).value).bootId, 'boot-1');
});

test('two ticks of silence close a half-open connection with 4000; frames put it off', async t => {
	const timers: {at: number; callback: () => void}[] = [];
	let now = 0;
	const schedule = (delayMs: number, callback: () => void) => {
		const timer = {at: now + delayMs, callback};
		timers.push(timer);
		return () => void timers.splice(timers.indexOf(timer) >>> 0, 1);
	};
	const advance = (ms: number) => {
		now += ms;
		for (const timer of timers.filter(({at}) => at <= now)) {
			timers.splice(timers.indexOf(timer), 1);
			timer.callback();
		}
	};
	const {server, news, gateway} = await welcome(t, {}, {control: {schedule, uptime: () => now}});
	advance(59_000);
	server.broadcast({type: 'event', event: 'tick', seq: 1, payload: {ts: 1}});
	await news.count(2);
	advance(2_000);
	assert.equal(gateway.control.state.kind, 'open');
	advance(58_000);
	const last = (await news.count(3)).at(-1);
	assert.ok(last?.kind === 'closed');
	assert.deepEqual([last.closed.code, last.closed.silentMs, last.closed.byUs], [4000, 60_000, true]);
	assert.equal(timers.length, 0);
});

test('a disconnect ends it at once, an attempt under way, too', async t => {
	const {gateway, news} = await welcome(t);
	gateway.control.disconnect();
	const last = news.all.at(-1);
	assert.ok(last?.kind === 'closed' && last.closed.byUs && last.closed.code === 1000);
	const again = gateway.control.connect(never);
	gateway.control.disconnect();
	assert.equal((await again).value.kind, 'closed');
	assert.equal(gateway.control.state.kind, 'closed');
});

test('an aborted attempt ends as closed by us, however far it had come', async t => {
	const stop = new AbortController();
	const {value} = await welcomeWith(t, {onConnect: () => stop.abort()}, stop.signal);
	assert.ok(value.kind === 'closed' && value.closed?.byUs);
	const before = new AbortController();
	before.abort();
	const {value: never, gateway} = await welcomeWith(t, {}, before.signal);
	assert.equal(never.kind, 'closed');
	assert.equal(gateway.control.state.kind, 'closed');
});

async function welcomeWith(t: TestContext, script: Script, signal: AbortSignal): Promise<{value: ControlState; gateway: Gateway}> {
	const server = await controlServer(t, script);
	const gateway = connectTo(t, server.origin);
	return {gateway, value: (await gateway.control.connect(signal)).value};
}

test('a refusal is told with what the gateway said and how it closed', async t => {
	const {value, observations, kinds} = await welcome(
		t,
		{
			onConnect: (_request, reply) =>
				reply.error(
					{
						code: 'NOT_PAIRED',
						message: 'pairing required: device is not approved yet (requestId: r-1)',
						details: {code: 'PAIRING_REQUIRED', reason: 'not-paired', requestId: 'r-1', recommendedNextStep: 'wait_then_retry'},
					},
					[1008, 'pairing required: device is not approved yet (requestId: r-1)'],
				),
		},
		{devices: makeDevice()},
	);
	const {atMs: _at, tookMs: _took, deviceId, ...refusal} = refused(value);
	assert.match(deviceId ?? '', /^[0-9a-f]{64}$/);
	assert.deepEqual(refusal, {
		kind: 'control-refused',
		layer: 'control',
		code: 'NOT_PAIRED',
		detail: 'PAIRING_REQUIRED',
		message: 'pairing required: device is not approved yet (requestId: r-1)',
		reason: 'not-paired',
		requestId: 'r-1',
		nextStep: 'wait_then_retry',
		requestedScopes: ['operator.read', 'operator.write'],
		with: 'token',
	});
	assert.deepEqual(kinds, ['peer-identified', 'control-refused', 'websocket-closed']);
	const closed = observations.at(-1);
	assert.ok(closed?.kind === 'websocket-closed' && closed.code === 1008 && !closed.byUs);
});

test('a wrong token is remembered and not sent again; a limit ends by itself', async t => {
	const ledger = memoryLedger();
	let now = Date.parse('2026-11-20T12:00:00Z');
	const limited = {code: 'UNAVAILABLE', message: 'unauthorized: too many failed authentication attempts (retry later)', retryable: true};
	let error: object = wrongToken;
	const {server, gateway, value} = await welcome(
		t,
		{
			onConnect: (_request, reply) =>
				error === limited
					? reply.error({...limited, retryAfterMs: 20_000, details: {code: 'AUTH_RATE_LIMITED'}}, [1008, ''])
					: reply.error(error, [1008, '']),
		},
		{ledger, now: () => now},
	);
	assert.equal(refused(value).detail, 'AUTH_TOKEN_MISMATCH');
	assert.equal(Object.values(ledger.entries)[0]?.status, 401);
	assert.equal((await gateway.control.connect(never)).value.kind, 'withheld');
	assert.equal(server.connects.length, 1);
	await gateway.forgetRefusal();
	error = limited;
	assert.equal(refused((await gateway.control.connect(never)).value).retryAfterMs, 20_000);
	assert.equal(await gateway.retryInMs(), 20_000);
	now += 20_000;
	await gateway.control.connect(never);
	assert.equal(server.connects.length, 3);
});

const issuing = (deviceToken: string): Script => ({
	onConnect({params}, reply) {
		const given = params.auth?.['deviceToken'];
		if (given === deviceToken || params.auth?.['token'] === token) {
			reply.ok(helloOk({auth: {method: given ? 'device-token' : 'token', role: 'operator', scopes: params.scopes, deviceToken}}));
		} else if (given === undefined) reply.error(wrongToken, [1008, 'unauthorized: gateway token mismatch']);
		else reply.error({...wrongToken, details: {code: 'AUTH_DEVICE_TOKEN_MISMATCH'}}, [1008, 'unauthorized: device token mismatch']);
	},
});

test('what the gateway gives the device is kept, stands in for a missing token, and once for a wrong one', async t => {
	const devices = makeDevice();
	const {server} = await welcome(t, issuing('device-token-number-1'), {devices});
	assert.equal(devices.tokens.get(server.origin)?.secret.reveal(), 'device-token-number-1');
	const without = await connectTo(t, server.origin, {devices, credential: noToken}).control.connect(never);
	assert.equal(opened(without.value).welcomed.authMethod, 'device-token');
	assert.deepEqual(server.connects.at(-1)?.auth, {deviceToken: 'device-token-number-1'});
	assert.deepEqual([without.evidence.credential.set, without.evidence.credential.sent], [false, false]);
	const ledger = memoryLedger();
	const wrong: Credential = {kind: 'token', secret: new Secret('an-old-token'), source: 'test'};
	const gateway = connectTo(t, server.origin, {devices, credential: wrong, ledger});
	const {value, observations} = await gateway.control.connect(never);
	assert.equal(opened(value).welcomed.authMethod, 'device-token');
	assert.deepEqual([opened(without.value).refusedToken, opened(value).refusedToken], [undefined, 'test']);
	assert.deepEqual(
		observations.map(({kind}) => kind),
		['peer-identified', 'control-refused', 'websocket-closed', 'control-welcomed'],
	);
	const sent = server.connects.length;
	gateway.control.disconnect();
	assert.equal(opened((await gateway.control.connect(never)).value).refusedToken, 'test', 'remembered');
	assert.equal(server.connects.length, sent + 1, 'the wrong token is held back by now');
});

test('a device token that the gateway does not know any more is forgotten, and nothing is tried for ever', async t => {
	const devices = makeDevice();
	const server = await controlServer(t, issuing('device-token-number-2'));
	devices.tokens.set(server.origin, {secret: new Secret('stale-device-token'), scopes: ['operator.read']});
	const {value} = await connectTo(t, server.origin, {devices, credential: noToken}).control.connect(never);
	assert.equal(refused(value).detail, 'AUTH_DEVICE_TOKEN_MISMATCH');
	assert.equal(devices.tokens.size, 0);
	assert.deepEqual(server.connects[0]?.scopes, ['operator.read']);
	devices.tokens.set(server.origin, {secret: new Secret('stale-device-token'), scopes: ['operator.read']});
	const wrong: Credential = {kind: 'token', secret: new Secret('an-old-token'), source: 'test'};
	assert.equal((await connectTo(t, server.origin, {devices, credential: wrong}).control.connect(never)).value.kind, 'refused');
	assert.equal(server.connects.length, 3);
});

test('a look comes as the device only where the gateway knows it', async t => {
	const devices = makeDevice();
	const server = await controlServer(t, issuing('device-token-number-3'));
	const look = async () => {
		await connectTo(t, server.origin, {devices}).control.connect(never, {offersDevice: false});
		return server.connects.at(-1);
	};
	assert.equal((await look())?.device, undefined);
	devices.tokens.set(server.origin, {secret: new Secret('device-token-number-3'), scopes: ['operator.read', 'operator.write']});
	assert.equal((await look())?.device?.id, devices.id);
});

test('a key that cannot be used keeps nobody away who has a token here; without one it is said', async t => {
	const broken = {...makeDevice(), identity: () => Promise.reject(new Error('~/.clawtalk/identity.json is not a device identity'))};
	const {value, server} = await welcome(t, {}, {devices: broken});
	assert.equal(value.kind, 'open');
	const {value: withheld, observations} = await connectTo(t, server.origin, {devices: broken, credential: noToken}).control.connect(never);
	assert.equal(withheld.kind, 'withheld');
	const problem = observations.at(-1);
	assert.ok(problem?.kind === 'configuration-problem' && /is not a device identity/.test(problem.message));
});

const endings: ReadonlyArray<readonly [name: string, script: Script, expected: object]> = [
	['a frame that is no challenge, for too long', {greeting: '{"hello":1}'}, {code: 1008, byUs: true, challenged: false}],
	['nothing at all', {greeting: undefined}, {code: 1008, byUs: true, challenged: false}],
	['a long frame before the handshake', {greeting: `"${'x'.repeat(70_000)}"`}, {code: 1009, byUs: true, challenged: false}],
	['no answer to the handshake', {onConnect: () => undefined}, {byUs: true, challenged: true}],
	['1000 without a word', {onConnect: (_request, _reply, socket) => socket.close(1000)}, {code: 1000, byUs: false, challenged: true}],
	['a cut', {onConnect: (_request, _reply, socket) => socket.terminate()}, {code: 1006, byUs: false, challenged: true}],
	['a challenge without a nonce', {greeting: challenge.replace('nonce-1', '')}, {code: 1008, byUs: true, challenged: false}],
];

for (const [name, script, expected] of endings) {
	test(`a handshake that ends with ${name}`, async t => {
		const {value, kinds} = await welcome(t, script, {control: {challengeWithinMs: 50, helloWithinMs: 50}});
		assert.ok(value.kind === 'closed' && value.closed, JSON.stringify(value));
		const {code, byUs, challenged, welcomed} = value.closed;
		assert.deepEqual({code, byUs, challenged, welcomed, ...expected}, {code, byUs, challenged, welcomed});
		assert.equal(welcomed, false);
		assert.deepEqual(kinds, ['peer-identified', 'websocket-closed']);
	});
}

test('an upgrade that is refused is told with its status and the words of the gateway', async t => {
	const server = await controlServer(t);
	const gateway = connectTo(t, server.origin);
	await gateway.identify(never);
	server.server.removeAllListeners('upgrade');
	server.server.on('upgrade', (_request, socket) =>
		socket.end('HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\n\r\nGateway websocket admission closed'),
	);
	const {value} = await gateway.control.connect(never);
	assert.ok(value.kind === 'closed');
	assert.deepEqual([value.closed?.upgradeStatus, value.closed?.reason], [503, 'Gateway websocket admission closed']);
});

test('nobody there, and a stranger: nothing is sent', async t => {
	const nobody = await connectTo(t, `http://127.0.0.1:${await desertedPort()}`).control.connect(never);
	assert.deepEqual(nobody.value, {kind: 'closed'});
	assert.deepEqual(
		nobody.observations.map(({kind}) => kind),
		['network-failure'],
	);
	const stranger = await serve(t, (_seen, response) => sendJson(response, 200, {name: 'not a gateway'}));
	const {value, observations} = await connectTo(t, stranger.origin).control.connect(never);
	assert.equal(value.kind, 'withheld');
	assert.ok(observations.some(({kind}) => kind === 'credential-withheld'));
	assert.deepEqual(
		stranger.seen.map(({path, authorization}) => [path, authorization]),
		[['/healthz', undefined]],
	);
});

test('the pin holds for the control plane: another certificate is sent nothing', async t => {
	const pin = new X509Certificate(certificate.cert).fingerprint256;
	const pinned = await welcome(t, {tls: certificate}, {pin});
	assert.equal(pinned.value.kind, 'open');
	const other = await controlServer(t, {tls: otherCertificate});
	const {value, observations} = await connectTo(t, other.origin, {pin}).control.connect(never);
	assert.equal(value.kind, 'closed');
	assert.ok(observations.some(({kind}) => kind === 'pin-mismatch'));
	assert.equal(other.connects.length, 0);
});

test('a gateway that has moved is identified anew before the token goes there', async t => {
	const {gateway, server, value} = await welcome(t);
	assert.equal(value.kind, 'open');
	gateway.control.disconnect();
	server.server.removeAllListeners('upgrade');
	server.server.on('upgrade', (_request, socket) => socket.destroy());
	const {observations} = await gateway.control.connect(never);
	assert.deepEqual(
		observations.map(({kind}) => kind),
		['peer-identified', 'websocket-closed'],
	);
});

test('frames of megabytes are read', async t => {
	const {server, news} = await welcome(t);
	const text = 'x'.repeat(20 * 1024 * 1024);
	server.broadcast({type: 'event', event: 'chat', seq: 1, payload: {text}});
	const last = (await news.count(2)).at(-1);
	assert.ok(last?.kind === 'event' && String(last.payload['text']).length === text.length);
});

test('events that are no objects come with an empty payload; frames that are nothing are left out', async t => {
	const {server, news} = await welcome(t);
	for (const socket of server.sockets)
		for (const text of ['null', '[]', '"text"', '{"type":"event"}', '{', '{"type":"res"}']) socket.send(text);
	server.broadcast({type: 'event', event: 'odd', seq: 1, payload: 'text'});
	const heard = await news.count(2);
	assert.deepEqual(heard.at(-1), {kind: 'event', name: 'odd', payload: {}});
});
