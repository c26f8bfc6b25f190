import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/diagnosis/redact.js';
import type {Credential} from '../../source/gateway/gateway.js';
import {newCjk} from './recorded/openclaw-2026-9-6.js';
import {ask, connectTo, gatewayAnswering, memoryLedger, sendJson, sendStream, serve, token} from './test-gateway.js';

const signal = new AbortController().signal;
const noon = Date.parse('2026-11-20T12:00:00Z');
const unauthorized = {
	error: {message: 'Unauthorized', type: 'unauthorized'},
};

test('a withheld token: the question is refused here, with the reason, and nothing is sent', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const credential: Credential = {
		kind: 'withheld',
		reason: 'other-origin',
		length: 9,
		source: 'file',
		belongsTo: 'http://127.0.0.1:1',
	};
	const asked = await ask(connectTo(t, server.origin, {credential}));
	assert.deepEqual(asked.outcome, {kind: 'refused'});
	assert.deepEqual(asked.evidence.credential, {
		set: true,
		source: 'file',
		length: 9,
		sent: false,
		withheld: 'other-origin',
	});
	const [withheld] = asked.evidence.observations;
	assert.ok(withheld?.kind === 'credential-withheld' && withheld.belongsTo === 'http://127.0.0.1:1');
	assert.equal(server.connections(), 0);
});

test('without a token none is sent', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const asked = await ask(connectTo(t, server.origin, {credential: {kind: 'none'}}));
	assert.equal(asked.outcome.kind, 'complete');
	assert.deepEqual(asked.evidence.credential, {set: false, sent: false});
	assert.ok(server.seen.every(({authorization}) => authorization === undefined));
});

for (const status of [401, 403])
	test(`a token refused with ${status} is not sent again until the user asks for it`, async t => {
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => sendJson(response, status, unauthorized)),
		);
		const ledger = memoryLedger();
		const gateway = connectTo(t, server.origin, {ledger, now: () => noon});
		const posts = () => server.seen.filter(({authorization}) => authorization !== undefined).length;
		assert.deepEqual((await ask(gateway)).outcome, {kind: 'refused'});
		assert.deepEqual(ledger.entries, {
			[server.origin]: {at: '2026-11-20T12:00:00.000Z', status},
		});

		const second = await ask(connectTo(t, server.origin, {ledger, now: () => noon}));
		assert.deepEqual(second.outcome, {kind: 'refused'});
		const withheld = second.evidence.observations.at(-1);
		assert.ok(withheld?.kind === 'credential-withheld' && withheld.reason === 'refused-before' && withheld.refusedStatus === status);
		await gateway.listAgents(signal);
		assert.equal((await gateway.checkAccess(signal)).value.auth, 'unknown');
		assert.equal(posts(), 1);

		await gateway.forgetRefusal();
		await ask(gateway);
		assert.equal(posts(), 2);
	});

test('Retry-After is respected to the millisecond', async t => {
	let status = 429;
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => {
			if (status === 429) sendJson(response, 429, {error: {type: 'rate_limited', message: 'later'}}, {'retry-after': '20'});
			else sendStream(response, newCjk);
		}),
	);
	let now = noon;
	const ledger = memoryLedger();
	const gateway = connectTo(t, server.origin, {ledger, now: () => now});
	await ask(gateway);
	assert.equal(ledger.entries[server.origin]?.until, '2026-11-20T12:00:20.000Z');
	status = 200;
	now = noon + 19_999;
	assert.equal(await gateway.retryInMs(), 1);
	const early = await ask(gateway);
	assert.deepEqual(early.outcome, {kind: 'refused'});
	const withheld = early.evidence.observations.at(-1);
	assert.ok(withheld?.kind === 'credential-withheld' && withheld.retryAt === '2026-11-20T12:00:20.000Z');
	now = noon + 20_000;
	assert.equal(await gateway.retryInMs(), undefined);
	assert.equal((await ask(gateway)).outcome.kind, 'complete');
});

for (const [message, isLockout] of [
	['Too many failed authentication attempts. Please try again later.', true],
	['Slow down', undefined],
] as const) {
	test(`a 429 is remembered as what it was: ${message}`, async t => {
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => sendJson(response, 429, {error: {type: 'rate_limited', message}})),
		);
		const ledger = memoryLedger();
		await ask(connectTo(t, server.origin, {ledger}));
		assert.equal(ledger.entries[server.origin]?.isLockout, isLockout);
		const withheld = (await ask(connectTo(t, server.origin, {ledger}))).evidence.observations.at(-1);
		assert.ok(withheld?.kind === 'credential-withheld' && withheld.refusedAsLockout === isLockout);
	});
}

for (const status of [400, 404, 500, 503]) {
	test(`${status} says nothing about the token and is not remembered`, async t => {
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => sendJson(response, status, {})),
		);
		const ledger = memoryLedger();
		await ask(connectTo(t, server.origin, {ledger}));
		assert.deepEqual(ledger.entries, {});
	});
}

const secret = 'secret-of-mine';
for (const [name, value] of [
	['a line break', `${secret}\nx`],
	['a typographic quote', `\u201C${secret}\u201D`],
	['a NUL', `${secret}\0`],
] as const) {
	test(`a token with ${name} is a problem of the configuration, told without the token`, async t => {
		const server = await serve(
			t,
			gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
		);
		const asked = await ask(
			connectTo(t, server.origin, {
				credential: {
					kind: 'token',
					secret: new Secret(value),
					source: 'file',
				},
			}),
		);
		assert.deepEqual(asked.outcome, {kind: 'refused'});
		const [problem] = asked.evidence.observations;
		assert.ok(problem?.kind === 'configuration-problem' && problem.row === 'C15' && problem.setting === 'gatewayToken');
		assert.ok(!JSON.stringify(asked).includes(secret));
		assert.equal(server.connections(), 0);
	});
}

test('headers of the profile go to the identified gateway only, and cannot replace ours', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	await ask(
		connectTo(t, server.origin, {
			headers: {'CF-Access-Client-Id': new Secret('client-id')},
		}),
	);
	assert.deepEqual(
		server.seen.map(({headers}) => headers['cf-access-client-id']),
		[undefined, 'client-id'],
	);
	const asked = await ask(
		connectTo(t, server.origin, {
			headers: {Authorization: new Secret('Basic abcdefgh')},
		}),
	);
	assert.ok(asked.evidence.observations[0]?.kind === 'configuration-problem');
	assert.ok(!JSON.stringify(asked).includes('abcdefgh'));
});

test('a session key that no header can carry is told', async t => {
	const server = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const asked = await ask(connectTo(t, server.origin), {
		question: {sessionKey: 'a\r\nx-evil: 1'},
	});
	const [problem] = asked.evidence.observations;
	assert.ok(problem?.kind === 'configuration-problem' && problem.setting === 'sessionKey');
	assert.equal(server.connections(), 0);
});

test('a remembered gateway that moved is identified anew before the token goes out', async t => {
	const ledger = memoryLedger();
	const first = await serve(
		t,
		gatewayAnswering((_seen, response) => sendStream(response, newCjk)),
	);
	const gateway = connectTo(t, first.origin, {ledger});
	await ask(gateway);
	await new Promise(resolve => first.server.close(resolve));
	const asked = await ask(gateway);
	assert.deepEqual(asked.outcome, {kind: 'unreachable'});
	assert.deepEqual(asked.kinds, ['network-failure']);
	assert.equal(asked.evidence.credential.sent, false);
	assert.ok(!JSON.stringify(asked).includes(token));
});
