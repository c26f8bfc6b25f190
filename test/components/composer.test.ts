import assert from 'node:assert/strict';
import {test} from 'node:test';
import {initialState} from '../../source/chat/initial-state.js';
import {update} from '../../source/chat/update.js';
import {composerView, placeInRow} from '../../source/components/composer.js';
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

const piece = {kind: 'paste', label: '[Pasted text #1 +20 lines]', text: 'a\n'.repeat(20)} as const;
const written = `Please look at ${piece.label}, 北京市朝阳区 and 👩‍👩‍👧, then tell me what of it matters most.\n\tindented`;
const frames: ReadonlyArray<readonly [columns: number, lines: readonly string[], x: number, y: number]> = [
	[
		40,
		[
			'❯ Please look at [Pasted text #1 +20 ',
			'  lines], 北京市朝阳区 and 👩‍👩‍👧, ',
			'  then tell me what of it matters most.',
			'      indented',
		],
		14,
		3,
	],
	[
		80,
		['❯ Please look at [Pasted text #1 +20 lines], 北京市朝阳区 and 👩‍👩‍👧, then ', '  tell me what of it matters most.', '      indented'],
		14,
		2,
	],
	[
		120,
		['❯ Please look at [Pasted text #1 +20 lines], 北京市朝阳区 and 👩‍👩‍👧, then tell me what of it matters most.', '      indented'],
		14,
		1,
	],
];

for (const [columns, lines, x, y] of frames) {
	test(`composer: the frame of a draft with a piece at ${columns} columns`, () => {
		const draft = {text: written, caret: written.length, pieces: [piece]};
		assert.deepEqual(composerView(draft, columns, 5, palette), {lines, caret: {x, y}});
	});
}

test('a piece is underlined in each row that it is in', () => {
	const colours = createPalette('16', 'dark');
	const drawn = composerView({text: `see ${piece.label}!`, caret: 0, pieces: [piece]}, 24, 5, colours).lines;
	assert.deepEqual(drawn, [
		`${colours.accent('❯ ')}see ${colours.underline(colours.accent('[Pasted text #1 '))}`,
		`  ${colours.underline(colours.accent('+20 lines]'))}!`,
	]);
});

test('a line of wide characters breaks between them, and no row is wider than any terminal may count', () => {
	assert.deepEqual(view('go 北京市朝阳区北京市|').lines, ['❯ go 北京市朝阳区北', '  京市']);
	assert.deepEqual(view('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧|').lines, ['❯ 👩‍👩‍👧👩‍👩‍👧', '  👩‍👩‍👧']);
});

const moves: ReadonlyArray<readonly [what: string, marked: string, above: string | undefined, below: string | undefined]> = [
	['one row', 'ab|c', undefined, undefined],
	['lines', 'abc\nd|\nefg', 'a|bc\nd\nefg', 'abc\nd\ne|fg'],
	['a wrapped line', 'some words that go on and| on', 'some word|s that go on and on', undefined],
	['into a shorter row', 'a\nsome words|', 'a|\nsome words', undefined],
	[
		'not behind the last character of a wrapped row',
		'abcdefghijklmnopqrstuvwxyz\nabcdefghijklmnopq|',
		'abcdefghijklmnopqrstuvwxyz|\nabcdefghijklmnopq',
		undefined,
	],
	['wide characters keep the column', '你好世界\nabc|d', '你|好世界\nabcd', undefined],
];

for (const [what, marked, above, below] of moves) {
	test(`the row above and below: ${what}`, () => {
		const text = marked.replace('|', '');
		const place = (direction: 'above' | 'below') => placeInRow({text, caret: marked.indexOf('|')}, 20, direction);
		const shown = (at: number | undefined) => (at === undefined ? undefined : `${text.slice(0, at)}|${text.slice(at)}`);
		assert.deepEqual([shown(place('above')), shown(place('below'))], [above, below]);
	});
}

test('the rows of a line of 100,000 characters stay where they are while it is typed', () => {
	const text = 'lorem ipsum dolor '.repeat(6_000);
	const rowsOf = (caret: number) => composerView({text: text.slice(0, caret), caret}, 80, 5, palette).lines;
	const before = rowsOf(100_000);
	const after = rowsOf(100_020);
	assert.equal(after.findIndex(line => line.slice(2) === before[2]?.slice(2)) >= 0, true);
	assert.match(before[0] ?? '', /^⋮ /);
});

const scripts = ['lorem ipsum dolor ', 'x', '北京市朝阳区', '👩‍👩‍👧', 'مَرْحَبًا بالعالم ', 'नमस्ते दुनिया ', 'line\n'];

for (const script of scripts) {
	test(`a key in 100,000 characters of ${JSON.stringify(script)} costs a few milliseconds`, () => {
		const text = script.repeat(100_000 / script.length);
		let state = initialState({at: 0, conversationId: 'c', ephemeral: false, place: {origin: 'http://127.0.0.1:1', path: 'loopback'}});
		state = {...state, draft: {text, caret: script.length * Math.floor(text.length / script.length / 2)}};
		const begun = process.cpuUsage();
		for (let key = 0; key < 60; key++) {
			[state] = update(
				state,
				key % 3 === 2 ? {type: 'edit-requested', edit: 'backward-delete-char', at: key} : {type: 'text-typed', text: 'é', at: key},
			);
			composerView(state.draft, 120, 10, palette);
		}
		assert.ok(process.cpuUsage(begun).user < 60 * 80_000, `${process.cpuUsage(begun).user / 60} µs a key`);
		assert.equal(state.draft.text.length, text.length + 20);
	});
}
