import assert from 'node:assert/strict';
import {getActiveResourcesInfo} from 'node:process';
import {test} from 'node:test';
import {generations} from '../../../source/demo/options.js';
import {startDemoGateway} from '../../../source/demo/server.js';
import {Secret} from '../../../source/diagnosis/redact.js';
import {makeDevice} from '../../openclaw/known-device.js';
import {connectTo, token} from '../test-gateway.js';

for (const generation of generations) {
	test(`the control plane of the demo gateway, ${generation}: welcome, call, tick, restart, another boot`, async t => {
		const gateway = await startDemoGateway({generation, token, tickIntervalMs: 1_000});
		t.after(() => gateway.stop());
		const devices = makeDevice();
		const {control} = connectTo(t, gateway.origin, {devices});
		const {value} = await control.connect(new AbortController().signal);
		assert.ok(value.kind === 'open', JSON.stringify(value));
		assert.equal(value.hello.protocol, generation === '2026.2.9' ? 3 : 4);
		assert.deepEqual(value.hello.scopes, ['operator.read', 'operator.write']);
		const answer = await control.call('sessions.list', {});
		assert.ok(answer.ok && Array.isArray(answer.payload['sessions']));
		const closed = new Promise<string>(resolve =>
			control.hear(news => news.kind === 'closed' && resolve(news.closed.shutdown?.reason ?? '')),
		);
		await gateway.restart('drain');
		assert.match(await closed, /gateway/);
		const again = await control.connect(new AbortController().signal);
		assert.ok(again.value.kind === 'open');
		if (generation === '2026.9.6') assert.notEqual(again.value.hello.bootId, value.hello.bootId);
	});
}

test('1,000 connections leave no listener, no timer and no socket behind', async t => {
	const gateway = await startDemoGateway({token});
	t.after(() => gateway.stop());
	const devices = makeDevice();
	const client = connectTo(t, gateway.origin, {devices, credential: {kind: 'token', secret: new Secret(token), source: 'test'}});
	const lifetime = new AbortController();
	const listeners = countListeners(lifetime.signal);
	const connectOnce = async (index: number) => {
		const {value} = await client.control.connect(lifetime.signal);
		assert.equal(value.kind, 'open');
		if (index % 3 === 0) await client.control.call('sessions.list', {});
		// By us, by the gateway, and by nobody's wish.
		if (index % 3 === 0) client.control.disconnect();
		else {
			const closed = new Promise<void>(resolve => {
				const stop = client.control.hear(({kind}) => {
					if (kind !== 'closed') return;
					stop();
					resolve();
				});
			});
			if (index % 3 === 1) gateway.control.closeAll(1012, 'service restart');
			else gateway.control.dropAll();
			await closed;
		}
	};
	for (let index = 0; index < 20; index++) await connectOnce(index);
	const timers = countOf('Timeout');
	for (let index = 0; index < 1_000; index++) await connectOnce(index);
	assert.equal(listeners(), 0);
	assert.ok(countOf('Timeout') <= timers + 5, `${timers} timers before, ${countOf('Timeout')} after`);
	// Those of the other end, in this process too, close in their own time.
	assert.ok(countOf('TCPSocketWrap') <= 20, getActiveResourcesInfo().join(' '));
});

function countOf(kind: string): number {
	return getActiveResourcesInfo().filter(one => one === kind).length;
}

/** How many more listeners a signal has than it was left with. */
function countListeners(signal: AbortSignal): () => number {
	let count = 0;
	const add = signal.addEventListener.bind(signal);
	const remove = signal.removeEventListener.bind(signal);
	signal.addEventListener = (...parameters: Parameters<typeof add>) => {
		count += 1;
		add(...parameters);
	};
	signal.removeEventListener = (...parameters: Parameters<typeof remove>) => {
		count -= 1;
		remove(...parameters);
	};
	return () => count;
}
