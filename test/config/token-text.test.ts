import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readTokenText} from '../../source/config/token-text.js';

const token = 'sesame-0123456789';

const corrected: ReadonlyArray<readonly [text: string, corrections: number]> = [
	[token, 0],
	[` ${token}`, 1],
	[`${token}\r\n`, 1],
	[`"${token}"`, 1],
	[`“${token}”`, 1],
	[`Bearer ${token}`, 1],
	[`bearer  ${token}`, 1],
	[` "Bearer ${token}" `, 3],
];
for (const [text, corrections] of corrected) {
	test(`${JSON.stringify(text)} gives the token, ${corrections} corrections said`, () => {
		const read = readTokenText(text);
		assert.ok(read.ok);
		assert.equal(read.token, token);
		assert.equal(read.corrections.length, corrections);
		assert.doesNotMatch(read.corrections.join(), /sesame/);
	});
}

const stopped: ReadonlyArray<readonly [text: string, row: string]> = [
	['', 'C15'],
	[' \n', 'C15'],
	['Bearer ', 'C15'],
	[`${token}\n${token}`, 'C15'],
	[`sesame\u0000-0123`, 'C15'],
	[`sesame\u001b[31m-0123`, 'C15'],
	[`sesame\u00a0-0123`, 'C15'],
	[`sesame\u200b-0123`, 'C15'],
	[`sesame’-0123`, 'C15'],
	['$OPENCLAW_GATEWAY_TOKEN', 'C16'],
	[`\${OPENCLAW_GATEWAY_TOKEN}`, 'C16'],
	[`"\${OPENCLAW_GATEWAY_TOKEN}"`, 'C16'],
	['Bearer $TOKEN', 'C16'],
	['%OPENCLAW_GATEWAY_TOKEN%', 'C16'],
	['<token>', 'C16'],
	['your-token', 'C16'],
	['YOUR_GATEWAY_TOKEN_HERE', 'C16'],
	['***', 'C16'],
	['••••••••', 'C16'],
	['__OPENCLAW_REDACTED__', 'C16'],
	['set · 64 characters', 'C16'],
	['[secret]', 'C16'],
];
for (const [text, row] of stopped) {
	test(`${JSON.stringify(text)} is stopped by ${row}, and not quoted`, () => {
		const read = readTokenText(text);
		assert.ok(!read.ok);
		assert.equal(read.row, row);
		assert.doesNotMatch(read.message, /sesame/);
	});
}

test('passwords with spaces, umlauts and dollars pass as they are', () => {
	for (const text of ['correct horse battery', 'Schlüssel', '$ecret', 'a$B', '<a>b', 'x']) {
		assert.deepEqual(readTokenText(text), {
			ok: true,
			token: text,
			corrections: [],
		});
	}
});

test('the newline that ends a file or a pipe is not worth a word, more white space is', () => {
	assert.deepEqual(readTokenText(`${token}\n`, true), {
		ok: true,
		token,
		corrections: [],
	});
	assert.deepEqual(readTokenText(`${token}\r\n`, true), {
		ok: true,
		token,
		corrections: [],
	});
	assert.deepEqual(readTokenText(`${token} \n`, true), {
		ok: true,
		token,
		corrections: ['white space around the token was removed'],
	});
});
