import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findJsonError} from '../../source/config/json-error.js';

const valid = '{"a": [1, -2.5e3, true, false, null, "x\\u00e9\\n"], "b": {"c": {}}, "d": []}';

function parses(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

test('agrees with JSON.parse about every text that one changed, missing or added character makes', () => {
	for (let at = 0; at <= valid.length; at++) {
		for (const put of ['', '"', ',', '}', ']', '{', '[', ':', ' ', '1', '-', '.', 'e', '\\', '\n', 'x', '\u0000', "'", '/']) {
			for (const text of [
				valid.slice(0, at) + put + valid.slice(at),
				valid.slice(0, at) + put + valid.slice(at + 1),
				valid.slice(0, at) + put,
			]) {
				assert.equal(findJsonError(text) === undefined, parses(text), text);
			}
		}
	}
});

const places: ReadonlyArray<readonly [text: string, offset: number, reason: RegExp]> = [
	['{"a": 1,}', 7, /comma before "}"/],
	['[1, 2,\n]', 5, /comma before "]"/],
	['{\n// hello\n}', 2, /no comments/],
	["{'a': 1}", 1, /straight double quotes/],
	['{"a": "b}', 6, /not closed/],
	['{"a": "b\nc"}', 6, /not closed/],
	['{"a": "\\x"}', 7, /unknown escape/],
	['{"a" 1}', 5, /colon/],
	['{"a": 1 "b": 2}', 8, /comma or "}"/],
	['{a: 1}', 1, /name in double quotes/],
	['{"a": }', 6, /a value/],
	['{} {}', 3, /end of the file/],
	['{"a": 1', 7, /the file ends/],
	['', 0, /the file ends/],
	['['.repeat(300), 201, /nested deeper/],
];
for (const [text, offset, reason] of places) {
	test(`${JSON.stringify(text.slice(0, 30))} breaks at ${offset}`, () => {
		const error = findJsonError(text);
		assert.equal(error?.offset, offset);
		assert.match(error?.reason ?? '', reason);
	});
}
