import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createSanitizer, maxSequenceLength, sanitize, sanitizeLine} from '../../source/terminal/sanitize.js';

const cases: ReadonlyArray<readonly [what: string, input: string, expected: string]> = [
	['plain text', 'Hello, Wörld!\n\tindented', 'Hello, Wörld!\n\tindented'],
	['emoji with joiner and selector', '👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
	['Persian with a non-joiner', 'می‌خواهم', 'می‌خواهم'],
	['colour', 'a\x1B[31mred\x1B[0mb', 'aredb'],
	['8-bit CSI', 'a\x9B2Jb', 'ab'],
	['clear screen and scrollback', '\x1B[2J\x1B[3J\x1B[Hx', 'x'],
	['private mode', '\x1B[?1049hx', 'x'],
	['title, ended by BEL', 'a\x1B]0;pwned\x07b', 'ab'],
	['clipboard, ended by ST', 'a\x1B]52;c;cm0gLXJm\x1B\\b', 'ab'],
	['8-bit OSC and ST', 'a\x9D0;t\x9Cb', 'ab'],
	['link', '\x1B]8;;http://evil/\x1B\\text\x1B]8;;\x1B\\', 'text'],
	['DCS', 'a\x1BP1$r0m\x1B\\b', 'ab'],
	['APC, PM, SOS', 'a\x1B_x\x1B\\\x1B^y\x1B\\\x1BXz\x1B\\b', 'ab'],
	['reset', 'a\x1Bcb', 'ab'],
	['character set', 'a\x1B(0b', 'ab'],
	['CSI cut by a line feed', 'a\x1B[31\nb', 'a\nb'],
	['OSC never ended keeps the next line', 'a\x1B]0;title\nb', 'a\nb'],
	['escape inside a string starts a new sequence', '\x1B]0;t\x1B[31mx', 'x'],
	['bell, backspace, NUL, DEL, form feed', 'a\x07\x08\0\x7F\fb', 'ab'],
	['C1 next line', 'a\x85b', 'ab'],
	['line ends', 'a\r\nb\rc\n\rd', 'a\nb\nc\n\nd'],
	['line and paragraph separator', 'a\u2028b\u2029c', 'a\nb\nc'],
	['bidirectional overrides and isolates', 'a\u202Eb\u202C\u2066c\u2069\u200Fd', 'abcd'],
	['zero width', 'a\u200Bb\u2060c\uFEFFd\u00ADe', 'abcde'],
	['tags', 'a\u{E0061}\u{E007F}b', 'ab'],
	['half surrogates', 'a\uD83Db\uDE00c\uD83D', 'a\uFFFDb\uFFFDc\uFFFD'],
	['two high surrogates', '\uD83D\uD83D\uDE00', '\uFFFD\u{1F600}'],
	['trailing escape', 'a\x1B', 'a'],
];

for (const [what, input, expected] of cases) {
	test(`sanitize: ${what}`, () => {
		assert.equal(sanitize(input), expected);
	});
}

test('an unterminated sequence swallows a bounded piece of text', () => {
	const text = 'x'.repeat(3 * maxSequenceLength);
	assert.equal(sanitize(`\x1B]52;${text}`).length, 3 + text.length - maxSequenceLength);
	assert.ok(sanitize(`\x1B[${'1'.repeat(1000)}`).length > 900);
});

test('random input in random pieces gives the same as whole, and no control character', () => {
	const alphabet = ['a', ' ', '\n', '\r', '\t', '\x1B', '[', ']', '\\', ';', '3', 'm', 'P', '(', '\x07', '\x9B', '\x9C', '\x9D', '\x7F'];
	alphabet.push('\uD83D', '\uDE00', '\u200D', '\u202E', '\u2028', '\uDB40', '\uDC61', 'é', '\x18', '\0');
	let seed = 42;
	const random = (below: number) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((seed / 2_147_483_648) * below);
	};
	for (let round = 0; round < 3000; round++) {
		const text = Array.from({length: random(60)}, () => alphabet[random(alphabet.length)]).join('');
		const sanitizer = createSanitizer();
		let pieces = '';
		for (let at = 0; at < text.length; ) {
			const next = at + 1 + random(7);
			pieces += sanitizer.push(text.slice(at, next));
			at = next;
		}
		pieces += sanitizer.end();
		assert.equal(pieces, sanitize(text), JSON.stringify(text));
		assert.doesNotMatch(pieces, /[\0-\x08\x0B-\x1F\x7F-\x9F]/, JSON.stringify(text));
		assert.equal(pieces.isWellFormed(), true, JSON.stringify(text));
		assert.equal(sanitize(pieces), pieces);
	}
});

test('sanitizeLine makes one line', () => {
	assert.equal(sanitizeLine('  two\nlines\tand \x1B[31mred  '), 'two lines and red');
});
