import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readGatewayUrl} from '../../source/config/gateway-url.js';

const accepted: ReadonlyArray<readonly [text: string, url: string, corrections: number]> = [
	['http://127.0.0.1:18789', 'http://127.0.0.1:18789', 0],
	['http://127.0.0.1:18789/', 'http://127.0.0.1:18789', 0],
	['HTTP://LOCALHOST:18789', 'http://localhost:18789', 0],
	['https://box.tail1234.ts.net', 'https://box.tail1234.ts.net', 0],
	['https://example.com/openclaw', 'https://example.com/openclaw', 0],
	['http://[::1]:18789', 'http://[::1]:18789', 0],
	['100.69.69.108:18789', 'http://100.69.69.108:18789', 1],
	['localhost:18789', 'http://localhost:18789', 1],
	['//192.168.1.5:18789', 'http://192.168.1.5:18789', 1],
	['[::1]:18789', 'http://[::1]:18789', 1],
	['box.tail1234.ts.net:18789', 'http://box.tail1234.ts.net:18789', 1],
	['box.tail1234.ts.net:443', 'https://box.tail1234.ts.net', 1],
	['ws://127.0.0.1:18789', 'http://127.0.0.1:18789', 1],
	['wss://example.com', 'https://example.com', 1],
	['http:example.com', 'http://example.com', 1],
	['http:127.0.0.1:18789', 'http://127.0.0.1:18789', 1],
	['http:/127.0.0.1:18789', 'http://127.0.0.1:18789', 1],
	['http://127.0.0.1:18789/v1', 'http://127.0.0.1:18789', 1],
	['http://127.0.0.1:18789/v1/chat/completions', 'http://127.0.0.1:18789', 1],
	['http://127.0.0.1:18789/healthz', 'http://127.0.0.1:18789', 1],
	['http://127.0.0.1:18789/chat?session=main', 'http://127.0.0.1:18789', 1],
	['https://example.com/openclaw/v1/', 'https://example.com/openclaw', 1],
	['"http://127.0.0.1:18789"', 'http://127.0.0.1:18789', 1],
	['“http://127.0.0.1:18789”', 'http://127.0.0.1:18789', 1],
	['  http://127.0.0.1:18789\n', 'http://127.0.0.1:18789', 1],
	[' "ws://127.0.0.1:18789/v1" ', 'http://127.0.0.1:18789', 4],
];

for (const [text, url, corrections] of accepted) {
	test(`${JSON.stringify(text)} is read as ${url}, ${corrections} corrections said`, () => {
		const read = readGatewayUrl(text);
		assert.ok(read.ok, JSON.stringify(read));
		assert.equal(read.origin + read.basePath, url);
		assert.equal(read.corrections.length, corrections, read.corrections.join(' | '));
	});
}

const refused: ReadonlyArray<readonly [text: string, row: string, suggestion?: string]> = [
	['', 'C05'],
	['http://', 'C05'],
	['http://:18789', 'C05'],
	['example.com', 'C05', 'https://example.com'],
	['example.com:18789', 'C06', 'https://example.com:18789'],
	['8.8.8.8:18789', 'C05', 'https://8.8.8.8:18789'],
	['127.0.0.1', 'C05', 'http://127.0.0.1:18789'],
	['box.tail1234.ts.net', 'C05', 'https://box.tail1234.ts.net'],
	['ftp://example.com', 'C06'],
	['file:///etc/passwd', 'C06'],
	['http://::1:18789', 'C10', 'http://[::1]:18789'],
	['::1', 'C10', 'http://[::1]:18789'],
	['http://[fe80::1%25en0]:18789', 'C10'],
	['http://fe80::1%en0:18789', 'C10'],
	['http://[nonsense]:18789', 'C10'],
	['http://127.0.0.1:0', 'C11'],
	['http://127.0.0.1:65536', 'C11'],
	['http://127.0.0.1:port', 'C11'],
	['http://127.0.0.1:', 'C11'],
	['http://127.0.0.1:6000', 'C11'],
	['http://127.0.0.1:10080', 'C11'],
	['http://me:hunter2secret@127.0.0.1:18789', 'C12'],
	['me:hunter2secret@127.0.0.1:18789', 'C12'],
	['http://127.0.0.1:18789/?token=hunter2secret', 'C13'],
	['http://127.0.0.1:18789/#token=hunter2secret', 'C13'],
	['127.0.0.1:18789?access_token=hunter2secret', 'C13'],
	['http://127.0.0.1 :18789', 'C14'],
	['http://127.0.0.1\n:18789', 'C14'],
	['http://127.0.0.1:18789\u001b[2J', 'C14'],
	['http://0.0.0.0:18789', 'C18', 'http://127.0.0.1:18789'],
	['0.0.0.0:18789', 'C18', 'http://127.0.0.1:18789'],
	['http://[::]:18789', 'C18', 'http://127.0.0.1:18789'],
];

for (const [text, row, suggestion] of refused) {
	test(`${JSON.stringify(text)} is stopped by ${row}`, () => {
		const read = readGatewayUrl(text);
		assert.ok(!read.ok);
		assert.equal(read.finding.row, row);
		assert.equal(read.finding.suggestion, suggestion);
		assert.doesNotMatch(read.finding.message, /hunter2secret/);
		assert.doesNotMatch(read.finding.message, /\p{Cc}/u);
	});
}

test('every suggestion is itself accepted without a correction', () => {
	for (const [text] of refused) {
		const read = readGatewayUrl(text);
		if (read.ok || read.finding.suggestion === undefined) continue;
		const again = readGatewayUrl(read.finding.suggestion);
		assert.ok(again.ok, read.finding.suggestion);
		assert.deepEqual(again.corrections, []);
	}
});

test('a missing port and https to an address are warned about, not stopped', () => {
	const rows = (text: string): readonly string[] => {
		const read = readGatewayUrl(text);
		return read.ok ? read.warnings.map(({row}) => row) : ['stopped'];
	};
	assert.deepEqual(rows('http://192.168.1.5'), ['C09']);
	assert.deepEqual(rows('https://192.168.1.5:18789'), ['C20']);
	assert.deepEqual(rows('https://127.0.0.1:18789'), []);
	assert.deepEqual(rows('https://example.com'), []);
});
