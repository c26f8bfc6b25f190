import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {sanitize} from '../../source/terminal/sanitize.js';
import {showInvisible} from '../../source/terminal/show-invisible.js';
import {torture} from './torture.js';

const texts: ReadonlyArray<readonly [what: string, text: string, shown: string]> = [
	['plain text', 'ls -la "a b" | sort', 'ls -la "a b" | sort'],
	['other scripts', 'echo é ü ß 日本 한국 नमस्ते العربية', 'echo é ü ß 日本 한국 नमस्ते العربية'],
	['a right-to-left override', 'rm \u202Egpj.exe', 'rm \\u{202E}gpj.exe'],
	['isolates', 'a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
	['zero width', 'ec\u200Bho\u200D\uFEFF', 'ec\\u{200B}ho\\u{200D}\\u{FEFF}'],
	['a colour', '\u001B[31mred\u001B[0m', '\\u{1B}[31mred\\u{1B}[0m'],
	['an escape of one byte', 'a\u009B2J', 'a\\u{9B}2J'],
	['a line drawn over', 'rm -rf /\rls -la  ', 'rm -rf /\\u{D}ls -la  '],
	['backspaces', 'rm\b\bls', 'rm\\u{8}\\u{8}ls'],
	['line ends and tabs', 'a\nb\tc', 'a\\u{A}b\\u{9}c'],
	['spaces that are none', 'ls\u00A0-la\u3000\u2800x', 'ls\\u{A0}-la\\u{3000}\\u{2800}x'],
	['tags', 'ls\u{E0041}', 'ls\\u{E0041}'],
	['variation selectors', 'a\uFE0Fb\u{E0100}', 'a\\u{FE0F}b\\u{E0100}'],
	['half a pair', 'a\uD800b', 'a\\u{D800}b'],
	['a private character', 'a\uE000', 'a\\u{E000}'],
	['a pile of marks', 'a\u0301\u0302\u0303\u0304', 'a\u0301\u0302\\u{303}\\u{304}'],
	['a mark on nothing', '\u0301 \u0301', '\\u{301} \\u{301}'],
	['a flag', '\u{1F1E9}\u{1F1EA}', '\\u{1F1E9}\\u{1F1EA}'],
	['a filler', 'x\u3164=1', 'x\\u{3164}=1'],
];

for (const [what, text, shown] of texts) {
	test(`${what} is to be seen`, () => assert.equal(showInvisible(text), shown));
}

test('nothing of a hostile text acts on a terminal, and nothing of it is dropped', () => {
	for (const text of Object.values(torture)) {
		const shown = showInvisible(text);
		assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
		assert.equal(sanitize(shown), shown);
		const back = shown.replace(/\\u\{([0-9A-F]+)\}/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
		if (!text.includes('\\u{')) assert.equal(back, text);
		assert.ok(stringWidth(shown) > 0 || text === '');
	}
});
