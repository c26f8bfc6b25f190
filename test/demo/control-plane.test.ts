import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import type {FaultName} from '../../source/demo/faults.js';
import type {DemoGateway, DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';

const connectFrame = JSON.stringify({
	type: 'req',
	id: 'c1',
	method: 'connect',
	params: {minProtocol: 3, maxProtocol: 4, client: {id: 'cli'}, role: 'operator', scopes: [], auth: {token: 'right-token'}},
});

async function withGateway(options: Partial<DemoGatewayOptions>, use: (gateway: DemoGateway) => Promise<void>): Promise<void> {
	const gateway = await startDemoGateway({token: 'right-token', ...options});
	try {
		await use(gateway);
	} finally {
		await gateway.stop();
	}
}

/** Opens a WebSocket and sends `frame`, if any, once challenged. Resolves with code, reason and frames when it is closed. */
async function converse({origin}: DemoGateway, frame?: string, onFrame?: (text: string) => void) {
	const socket = new WebSocket(origin.replace('http', 'ws'));
	const frames: string[] = [];
	socket.on('message', data => {
		frames.push(String(data));
		if (frames.length === 1 && frame !== undefined) socket.send(frame);
		onFrame?.(String(data));
	});
	const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
	return {code, reason: String(reason), frames};
}

const closes: ReadonlyArray<readonly [FaultName, number, RegExp]> = [
	['close-1000', 1000, /^$/],
	['close-1006', 1006, /^$/],
	['close-1008', 1008, /^unauthorized: gateway token mismatch/],
	['close-1012', 1012, /^service restart$/],
	['pairing', 1008, /^pairing required: device is not approved yet \(requestId: /],
	['lockout', 1008, /^unauthorized: too many failed authentication attempts/],
];

for (const [fault, code, reason] of closes) {
	test(`the WebSocket is closed with ${code}: ${fault}`, async () => {
		await withGateway({fault}, async gateway => {
			const closed = await converse(gateway, connectFrame);
			assert.equal(closed.code, code);
			assert.match(closed.reason, reason);
			assert.match(closed.frames[0] ?? '', /connect\.challenge/);
		});
	});
}

test('the upgrade is refused while draining', async () => {
	await withGateway({fault: 'draining'}, async gateway => {
		const socket = new WebSocket(gateway.origin.replace('http', 'ws'));
		const [error] = (await once(socket, 'error')) as [Error];
		assert.match(error.message, /503/);
	});
});

test('a client that does not connect in time is closed with 1000', async () => {
	await withGateway({handshakeTimeoutMs: 20}, async gateway => {
		const {code, frames} = await converse(gateway);
		assert.deepEqual({code, frames: frames.length}, {code: 1000, frames: 1});
	});
});

test('stopping says goodbye to connected clients', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const closed = await converse(gateway, connectFrame, text => {
		if (text.includes('hello-ok')) void gateway.stop();
	});
	assert.deepEqual({code: closed.code, reason: closed.reason}, {code: 1012, reason: 'service restart'});
	assert.match(closed.frames.at(-1) ?? '', /"event":"shutdown"/);
	assert.equal(gateway.requests[0]?.authorization, 'right');
});
