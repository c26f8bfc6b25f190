import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {describeFaults, type FaultName, faults, isFaultName} from '../../source/demo/faults.js';
import type {DemoGatewayOptions} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';

interface Seen {
	readonly status: number;
	readonly type: string;
	readonly headers: Headers;
	readonly text: string;
	/** The body broke off. */
	readonly broken: boolean;
}

/** One streaming question to a gateway with this fault; undefined when no HTTP answer came. */
async function ask(fault: FaultName, options: Partial<DemoGatewayOptions> = {}): Promise<Seen | undefined> {
	const gateway = await startDemoGateway({token: 'right-token', fault, ...options});
	try {
		const response = await fetch(`${gateway.origin}/v1/chat/completions`, {
			method: 'POST',
			redirect: 'manual',
			headers: {Authorization: 'Bearer right-token'},
			body: JSON.stringify({stream: true, messages: [{role: 'user', content: 'go [[n=8 rate=0]]'}]}),
		}).catch(() => undefined); // no answer: that is what some faults are
		return response && {...(await readAll(response)), status: response.status, type: typeOf(response), headers: response.headers};
	} finally {
		await gateway.stop();
	}
}

const typeOf = (response: Response) => response.headers.get('content-type')?.split(';')[0] ?? '';

async function readAll(response: Response): Promise<{text: string; broken: boolean}> {
	const decoder = new TextDecoder();
	let text = '';
	try {
		for await (const chunk of response.body ?? []) {
			text += decoder.decode(chunk as Uint8Array, {stream: true});
		}

		return {text, broken: false};
	} catch {
		return {text, broken: true}; // the connection was destroyed: the test asks for it
	}
}

const refusals: ReadonlyArray<readonly [FaultName, number, string, RegExp, Record<string, string>?]> = [
	['unauthorized', 401, 'application/json', /"type":"unauthorized"/],
	['forbidden', 403, 'application/json', /missing scope: operator\.write/],
	['pairing', 403, 'application/json', /PAIRING_REQUIRED/],
	['endpoint-off-404', 404, 'text/plain', /^Not Found$/],
	['endpoint-off-405', 405, 'text/plain', /^Method Not Allowed$/],
	['endpoint-off-html', 200, 'text/html', /OpenClaw Control/],
	['draining', 503, 'application/json', /gateway_unavailable/, {'retry-after': '1'}],
	['rate-limited', 429, 'text/plain', /^Too Many Requests$/, {'retry-after': '7'}],
	['lockout', 429, 'application/json', /Too many failed authentication attempts/, {'retry-after': '20'}],
	['internal-error', 500, 'application/json', /internal error/],
	['json-instead-of-stream', 200, 'application/json', /"object":"chat\.completion"/],
	['html-200', 200, 'text/html', /Welcome to nginx/],
	['redirect', 308, '', /^$/, {location: 'https://gateway.example/v1/chat/completions'}],
	['captive-portal', 302, '', /^$/, {location: 'http://login.hotel.example/?continue=1'}],
	['plugin-proxy', 404, 'application/json', /"type":"not_found_error"/],
	['bad-gateway', 502, 'text/html', /502 Bad Gateway/],
];

describe('faults that answer in place of the gateway', () => {
	for (const [fault, status, type, body, headers = {}] of refusals) {
		test(fault, async () => {
			const seen = await ask(fault);
			assert.deepEqual({status: seen?.status, type: seen?.type}, {status, type});
			assert.match(seen?.text ?? '', body);
			for (const [name, value] of Object.entries(headers)) {
				assert.equal(seen?.headers.get(name), value);
			}
		});
	}
});

const first = /"content":"tok0"/;
const streams: ReadonlyArray<readonly [FaultName, {present?: RegExp; absent?: RegExp; broken?: boolean}]> = [
	['cut', {present: first, absent: /tok3|DONE|finish_reason":"/, broken: true}],
	['closed-early', {present: first, absent: /tok3|DONE|finish_reason":"/}],
	[
		'error-in-stream',
		{present: /tok2.*\n\ndata: {"error":{"message":"upstream provider error","type":"api_error"}}\n\ndata: \[DONE]\n\n$/s},
	],
	['empty', {present: /\[DONE]\n\n$/, absent: /"content"|finish_reason":"/}],
	['no-done', {present: /tok7.*"finish_reason":"stop"}]}\n\n$/s, absent: /DONE/}],
	['length', {present: /"finish_reason":"length"/, absent: /tok3/}],
	['garbage', {present: /data: {broken\n\n$/, absent: /"content"/}],
];

describe('faults in the stream of an answer', () => {
	for (const [fault, {present = /^/, absent = /^\b$/, broken = false}] of streams) {
		test(fault, async () => {
			const seen = await ask(fault);
			assert.equal(seen?.status, 200);
			assert.equal(seen.type, 'text/event-stream');
			assert.equal(seen.broken, broken);
			assert.match(seen.text, present);
			assert.doesNotMatch(seen.text, absent);
		});
	}

	test('too-large-line', async () => {
		const seen = await ask('too-large-line', {faultOptions: {lineBytes: 300_000}});
		assert.ok((seen?.text.split('\n').findLast(line => line.length > 10) ?? '').length >= 300_000);
	});
});

describe('faults without an answer', () => {
	for (const fault of ['drop-on-accept', 'garbage-http', 'cut-before-headers'] as const) {
		test(fault, async () => assert.equal(await ask(fault), undefined));
	}
});

test('a fault is listed with its description, and known by name', () => {
	const lines = describeFaults().trimEnd().split('\n');
	assert.equal(lines.length, Object.keys(faults).length);
	assert.ok(lines.every(line => /^[\w-]+ {2,}\S/.test(line)));
	assert.equal(isFaultName('cut'), true);
	assert.equal(isFaultName('toString'), false);
});

test('an endpoint that is off is off for GET too, as the releases answer it', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	const get = async () => {
		const {status, headers} = await fetch(`${gateway.origin}/v1/chat/completions`);
		return [status, headers.get('content-type')?.split(';')[0]];
	};
	assert.deepEqual(await get(), [405, 'text/plain']);
	gateway.setFault('endpoint-off-404');
	assert.deepEqual(await get(), [404, 'text/plain']);
	for (const fault of ['endpoint-off-405', 'endpoint-off-html'] as const) {
		gateway.setFault(fault);
		assert.deepEqual(await get(), [200, 'text/html']);
	}
	await gateway.stop();
});

test('health stays good while what needs a token fails', async () => {
	const gateway = await startDemoGateway({token: 'right-token'});
	for (const fault of ['unauthorized', 'draining', 'lockout', 'cut', 'endpoint-off-404'] as const) {
		gateway.setFault(fault);
		assert.equal((await fetch(`${gateway.origin}/healthz`)).status, 200);
		assert.equal((await fetch(`${gateway.origin}/readyz`)).status, fault === 'draining' ? 503 : 200);
	}

	await gateway.stop();
});
