import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import type {DemoGateway, DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {chatOf, connectControl, createDevice, endOf, type Fields, freshKey, send, textOf, withControl} from '../contract/control-client.js';

async function withGateway(options: Partial<DemoGatewayOptions>, use: (gateway: DemoGateway) => Promise<void>): Promise<void> {
	const gateway = await startDemoGateway({token: 'right-token', ...options});
	try {
		await use(gateway);
	} finally {
		await gateway.stop();
	}
}

for (const how of ['drain', 'kill'] as const) {
	test(`a gateway that comes back by ${how} has another boot id, the same port and what was said`, async () => {
		await withGateway({}, async gateway => {
			const {bootId} = gateway.control;
			const sessionKey = freshKey();
			const before = await connectControl(gateway);
			await endOf(before, await send(before, sessionKey, 'go [[n=2 rate=0]]'));
			await gateway.restart(how);
			const shutdown = before.events.find(({event}) => event === 'shutdown');
			assert.deepEqual(shutdown?.payload, how === 'drain' ? {reason: 'gateway restarting', restartExpectedMs: 1000} : undefined);
			await withControl(gateway, {}, async control => {
				assert.notEqual(gateway.control.bootId, bootId);
				assert.equal((control.hello['server'] as Fields)['bootId'], gateway.control.bootId);
				const {payload} = await control.call('chat.history', {sessionKey});
				assert.equal((payload['messages'] as unknown[]).length, 2);
			});
		});
	});
}

test('the agent restarts its gateway when it is asked to, and answers again', async () => {
	await withGateway({}, async gateway => {
		const {bootId} = gateway.control;
		const control = await connectControl(gateway);
		await endOf(control, await send(control, freshKey(), 'please restart'));
		await control.event(({event}) => event === 'shutdown');
		while (gateway.control.bootId === bootId) await new Promise(resolve => setImmediate(resolve));
	});
});

test('a gateway that is stopped while it restarts stays stopped', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const control = await connectControl(gateway);
	await endOf(control, await send(control, freshKey(), 'please restart'));
	await control.event(({event}) => event === 'shutdown');
	await gateway.stop();
	await assert.rejects(fetch(`${gateway.origin}/healthz`), TypeError);
});

test('events that are left out are counted', async () => {
	await withGateway({}, async gateway => {
		await withControl(gateway, {}, async control => {
			gateway.control.broadcast('one', {});
			gateway.control.skipEvents(2);
			for (const name of ['two', 'three', 'four']) gateway.control.broadcast(name, {});
			await control.event(({event}) => event === 'four');
			assert.deepEqual(
				control.events.map(({event, seq}) => [event, seq]),
				[
					['one', 1],
					['four', 4],
				],
			);
		});
	});
});

const closes: ReadonlyArray<readonly [number, string]> = [
	[1000, ''],
	[1001, 'going away'],
	[1003, 'no such data'],
	[1008, 'slow consumer'],
	[1011, 'gateway message handler unavailable'],
	[1013, 'gateway starting'],
	[4001, 'gateway auth changed'],
];

for (const [code, reason] of closes) {
	test(`every connection is closed with ${code} on request`, async () => {
		await withGateway({}, async gateway => {
			const control = await connectControl(gateway);
			const closed = control.event(() => false).catch((error: unknown) => String(error));
			gateway.control.closeAll(code, reason);
			assert.equal(await closed, `Error: closed with ${code} ${reason}`);
		});
	});
}

test('a device from elsewhere waits until it is approved, and is known then', async () => {
	await withGateway({seenFrom: 'lan'}, async gateway => {
		const device = createDevice();
		const refused = await connectControl(gateway, {device}).catch((error: unknown) => (error as Error).cause);
		const {details} = refused as {details: Fields};
		assert.deepEqual([details['code'], details['reason'], details['deviceId']], ['PAIRING_REQUIRED', 'not-paired', device.id]);
		await assert.rejects(connectControl(gateway, {device}));
		assert.deepEqual(gateway.control.pairingRequests, [details['requestId']]);
		gateway.control.approvePairing(String(details['requestId']));
		await withControl(gateway, {device}, async ({hello}) => {
			assert.equal(typeof (hello['auth'] as Fields)['deviceToken'], 'string');
		});
		const more = {device, scopes: ['operator.read', 'operator.write', 'operator.approvals']};
		const upgrade = await connectControl(gateway, more).catch((error: unknown) => (error as Error).cause);
		assert.equal((upgrade as {details: Fields}).details['reason'], 'scope-upgrade');
		await withControl(gateway, {}, async control => {
			assert.equal((await control.call('sessions.list')).error.message, 'missing scope: operator.read');
		});
	});
});

test('a tool waits for its approval, whoever decides', async () => {
	await withGateway({}, async gateway => {
		const options = {scopes: ['operator.read', 'operator.write', 'operator.approvals'], caps: ['tool-events', 'exec-approvals']};
		await withControl(gateway, options, async control => {
			const order = '[[n=1 rate=0 fault=tool ask=1 args={"command":"echo~hello"}]]';
			const runId = await send(control, freshKey(), `go ${order}`);
			const {payload} = await control.event(({event}) => event === 'exec.approval.requested');
			assert.equal((payload['request'] as Fields)['runId'], runId);
			assert.deepEqual(gateway.control.pendingApprovals, [payload['id']]);
			assert.equal(gateway.control.resolveApproval(String(payload['id']), 'deny'), true);
			await endOf(control, runId);
			const result = control.events.findLast(({payload: told}) => told['stream'] === 'tool')?.payload['data'] as Fields;
			assert.match(textOf(result['result']), /^Exec denied \(gateway id=[\w-]+, user-denied\): echo hello$/);
		});
	});
});

test('a tool that nobody can approve is denied at once', async () => {
	await withGateway({}, async gateway => {
		await withControl(gateway, {}, async control => {
			const runId = await send(control, freshKey(), 'go [[n=1 rate=0 fault=tool ask=1 args={"command":"echo~hello"}]]');
			await endOf(control, runId);
			assert.match(JSON.stringify(control.events), /Headless runs cannot wait for interactive exec approval/);
		});
	});
});

const endings: ReadonlyArray<readonly [string, readonly unknown[]]> = [
	['duplicate', ['final', 'final']],
	['late', ['final', 'delta', 'final']],
	['error-after', ['final', 'error']],
];

for (const [odd, expected] of endings) {
	test(`the end of a run can be odd: ${odd}`, async () => {
		await withGateway({}, async gateway => {
			await withControl(gateway, {}, async control => {
				const runId = await send(control, freshKey(), `go [[n=3 rate=0 odd=${odd}]]`);
				await endOf(control, runId);
				gateway.control.broadcast('done', {});
				await control.event(({event}) => event === 'done');
				const states = chatOf(control, runId).map(({state}) => state);
				assert.deepEqual(states.slice(states.indexOf('final')), expected);
			});
		});
	});
}

test('a run can be replaced, leave events out, and be followed by those of others', async () => {
	await withGateway({}, async gateway => {
		await withControl(gateway, {}, async control => {
			const replaced = await endOf(control, await send(control, freshKey(), 'go [[n=5 rate=0 at=2 odd=replace]]'));
			assert.equal(textOf(replaced['message']), 'Replaced. tok2 tok3 tok4');
			const silent = await endOf(control, await send(control, freshKey(), 'go [[n=5 rate=0 odd=silent-final]]'));
			assert.equal('message' in silent, false);
			await endOf(control, await send(control, freshKey(), 'go [[n=5 rate=0 at=2 odd=strangers]]'));
			assert.match(JSON.stringify(control.events), /somebody:else/);
			await endOf(control, await send(control, freshKey(), 'go [[n=5 rate=0 at=2 odd=gap]]'));
			const numbers = control.events.map(({seq}) => seq);
			assert.equal((numbers.at(-1) ?? 0) - (numbers[0] ?? 0), numbers.length + 1);
		});
	});
});

test('a frame may be as large as a client takes, and larger', async () => {
	await withGateway({}, async gateway => {
		await withControl(gateway, {}, async control => {
			await endOf(control, await send(control, freshKey(), 'go [[n=3 rate=0 at=1 odd=big]]'));
			const longest = Math.max(...control.events.map(({payload}) => textOf(payload['message'] ?? {content: ''}).length));
			assert.equal(longest, 24 * 1024 * 1024);
		});
	});
});

test('ticks come as often as it is told, until it falls silent', async () => {
	await withGateway({tickIntervalMs: 10}, async gateway => {
		const socket = new WebSocket(gateway.origin.replace('http', 'ws'));
		const frames: string[] = [];
		socket.on('message', data => frames.push(String(data)));
		await once(socket, 'message');
		const client = {id: 'cli', version: '1', platform: 'linux', mode: 'cli'};
		const params = {minProtocol: 3, maxProtocol: 4, client, role: 'operator', scopes: [], auth: {token: 'right-token'}};
		socket.send(JSON.stringify({type: 'req', id: 'c', method: 'connect', params}));
		while (!frames.some(frame => frame.includes('"tick"'))) await once(socket, 'message');
		socket.terminate();
	});
});
