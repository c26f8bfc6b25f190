import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decideToken, type TokenUse} from '../../source/config/token-policy.js';
import {classifyHost} from '../../source/network/address-class.js';

function useOf(origin: string, more: Partial<TokenUse>): TokenUse {
	return {
		origin,
		addressClass: classifyHost(new URL(origin).hostname),
		belongsTo: origin,
		tokenSource: 'config.json',
		toInsist: '--token-from home',
		insisted: false,
		explicit: false,
		insecure: false,
		allowedPlainHttp: false,
		tailscalePeer: false,
		canAsk: false,
		...more,
	};
}

const lan = 'http://192.168.1.5:18789';
const cgnat = 'http://100.69.69.108:18789';
const ula = 'http://[fd7a:115c:a1e0::5]:18789';
const tailnet = 'http://box.tail1234.ts.net:18789';
const open = 'http://example.com:18789';
const other = {belongsTo: 'https://gateway.example.com'};

const table: ReadonlyArray<readonly [origin: string, more: Partial<TokenUse>, decision: string]> = [
	['http://127.0.0.1:18789', {}, 'send'],
	['http://localhost:18789', {}, 'send'],
	['http://[::1]:18789', {}, 'send'],
	['https://example.com', {}, 'send'],
	['https://192.168.1.5:18789', {}, 'send'],
	[lan, {}, 'withhold plain-http-private'],
	[lan, {canAsk: true}, 'ask plain-http-private'],
	[lan, {allowedPlainHttp: true}, 'send'],
	[lan, {explicit: true}, 'send'],
	[lan, {insecure: true}, 'withhold plain-http-private'],
	[lan, {tailscalePeer: true}, 'withhold plain-http-private'],
	['http://gateway.local:18789', {}, 'withhold plain-http-private'],
	['http://gateway:18789', {}, 'withhold plain-http-private'],
	['http://169.254.1.1:18789', {}, 'withhold plain-http-private'],
	['http://[fd00::1]:18789', {tailscalePeer: true}, 'withhold plain-http-private'],
	[cgnat, {}, 'withhold plain-http-private'],
	[cgnat, {tailscalePeer: true}, 'send'],
	[ula, {tailscalePeer: true}, 'send'],
	[ula, {}, 'withhold plain-http-private'],
	[tailnet, {tailscalePeer: true}, 'send'],
	[tailnet, {canAsk: true}, 'ask plain-http-private'],
	[open, {}, 'withhold plain-http-public'],
	[open, {canAsk: true}, 'withhold plain-http-public'],
	[open, {explicit: true}, 'withhold plain-http-public'],
	[open, {allowedPlainHttp: true}, 'withhold plain-http-public'],
	[open, {insecure: true}, 'send'],
	['http://127.0.0.1:5555', other, 'withhold other-origin'],
	['http://127.0.0.1:5555', {...other, canAsk: true}, 'ask other-origin'],
	['http://127.0.0.1:5555', {...other, insisted: true}, 'send'],
	['http://gateway.example.com', other, 'withhold other-origin'],
	['https://gateway.example.com:8443', other, 'withhold other-origin'],
	[lan, {...other, canAsk: true}, 'ask other-origin'],
	[lan, {...other, insisted: true}, 'withhold plain-http-private'],
	[open, {...other, insecure: true}, 'withhold other-origin'],
	[open, {belongsTo: ''}, 'withhold other-origin'],
];

for (const [origin, more, expected] of table) {
	test(`${origin} ${JSON.stringify(more)}: ${expected}`, () => {
		const decision = decideToken(useOf(origin, more));
		assert.equal(decision.kind === 'send' ? 'send' : `${decision.kind} ${decision.reason}`, expected);
	});
}

test('what is said names both origins and the way to insist', () => {
	const held = decideToken(useOf('http://127.0.0.1:5555', other));
	const asked = decideToken(useOf('http://127.0.0.1:5555', {...other, canAsk: true}));
	assert.ok(held.kind === 'withhold' && asked.kind === 'ask');
	assert.match(held.message, /https:\/\/gateway\.example\.com .*http:\/\/127\.0\.0\.1:5555.*--token-from home$/);
	assert.match(asked.question, /https:\/\/gateway\.example\.com.*http:\/\/127\.0\.0\.1:5555/);
});

test('what is said about plain http ends with the command that allows it', () => {
	const decision = decideToken(useOf(lan, {}));
	assert.ok(decision.kind === 'withhold');
	assert.match(decision.message, /clawtalk trust add http:\/\/192\.168\.1\.5:18789$/);
});
