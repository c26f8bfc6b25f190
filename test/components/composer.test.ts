import assert from 'node:assert/strict';
import {test} from 'node:test';
import {composerView} from '../../source/components/composer.js';
import {createPalette} from '../../source/terminal/palette.js';

const palette = createPalette('none', 'auto');

/** `|` marks the caret. */
function view(marked: string, columns = 20, maxHeight = 5) {
	const caret = marked.indexOf('|');
	return composerView({text: marked.replace('|', ''), caret}, columns, maxHeight, palette);
}

const cases: ReadonlyArray<readonly [what: string, marked: string, lines: readonly string[], x: number, y: number]> = [
	['empty', '|', ['❯ '], 2, 0],
	['one line', 'hello|', ['❯ hello'], 7, 0],
	['caret in the middle', 'he|llo', ['❯ hello'], 4, 0],
	['wide characters', '你好|', ['❯ 你好'], 6, 0],
	['emoji of several code points', '👩‍👩‍👧x|', ['❯ 👩‍👩‍👧x'], 5, 0],
	['two lines', 'one\ntwo|', ['❯ one', '  two'], 5, 1],
	['caret at a line start', 'one\n|two', ['❯ one', '  two'], 2, 1],
	['caret at a line end', 'one|\ntwo', ['❯ one', '  two'], 5, 0],
	['first line empty', '\n|', ['❯ ', '  '], 2, 1],
	['caret before an empty first line', '|\nx', ['❯ ', '  x'], 2, 0],
	['wrapped between words', 'some words that go on|', ['❯ some words that ', '  go on'], 7, 1],
	['wrapped inside a long word', 'abcdefghijklmnopqrstu|', ['❯ abcdefghijklmnopq', '  rstu'], 6, 1],
	['a full row moves the caret on only with the next character', 'abcdefghijklmnopq|', ['❯ abcdefghijklmnopq'], 19, 0],
	['tab', '\tx|', ['❯     x'], 7, 0],
];

for (const [what, marked, lines, x, y] of cases) {
	test(`composer: ${what}`, () => {
		assert.deepEqual(view(marked), {lines, caret: {x, y}});
	});
}

test('a high draft scrolls with the caret and marks what is hidden', () => {
	const lines = Array.from({length: 30}, (_, index) => `line ${index}`);
	const middle = lines.with(15, 'line| 15').join('\n');
	assert.deepEqual(view(middle).lines, ['⋮ line 13', '  line 14', '  line 15', '  line 16', '⋮ line 17']);
	assert.equal(view(middle).caret.y, 2);
	const end = `${lines.join('\n')}|`;
	assert.deepEqual(view(end).lines, ['⋮ line 25', '  line 26', '  line 27', '  line 28', '  line 29']);
	assert.deepEqual(view(`|${lines.join('\n')}`).lines, ['❯ line 0', '  line 1', '  line 2', '  line 3', '⋮ line 4']);
});

test('every caret position of a text is shown inside the terminal', () => {
	const text = 'Grüße 👩‍👩‍👧 from 北京市朝阳区\n\n\tindented line that wraps more than once, surely\n';
	for (const {index: caret} of new Intl.Segmenter().segment(`${text}x`)) {
		for (const columns of [8, 12, 33]) {
			for (const height of [1, 2, 4]) {
				const {lines, caret: place} = composerView({text, caret}, columns, height, palette);
				assert.ok(lines.length <= height && place.y >= 0 && place.y < lines.length, `${caret} in ${columns}×${height}`);
				assert.ok(place.x >= 2 && place.x < columns, `${caret} in ${columns}×${height}: column ${place.x}`);
			}
		}
	}
});
