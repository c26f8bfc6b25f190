import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import type {Completion} from '../../source/chat/composer/completion.js';
import type {Piece} from '../../source/chat/composer/piece.js';
import {initialState} from '../../source/chat/initial-state.js';
import type {State} from '../../source/chat/state.js';
import {attachmentLines} from '../../source/components/attachment-lines.js';
import {completionLines} from '../../source/components/completion-lines.js';
import {createPalette} from '../../source/terminal/palette.js';

const drawing = {palette: createPalette('none', 'none')};
const base: State = initialState({at: 1, conversationId: 'c', ephemeral: true, place: {origin: 'http://127.0.0.1:1', path: 'loopback'}});
const items = [
	{text: 'agent', label: '/agent NAME', description: 'talk to another agent, or see which there are'},
	{text: 'attach', label: '/attach PATH', description: 'attach a text file or an image'},
];
const completion: Completion = {source: 'commands', from: 0, to: 2, query: 'a', items, selected: 1};
const hint = 'Tab takes it · ↑↓ choose · Esc closes';

const frames: ReadonlyArray<readonly [columns: number, room: number, expected: readonly string[]]> = [
	[40, 6, ['  /agent NAME   talk to another agent,…', '❯ /attach PATH  attach a text file or a…', hint]],
	[80, 12, ['  /agent NAME   talk to another agent, or see which there are', '❯ /attach PATH  attach a text file or an image', hint]],
	[120, 12, ['  /agent NAME   talk to another agent, or see which there are', '❯ /attach PATH  attach a text file or an image', hint]],
	[40, 2, ['  /agent NAME   talk to another agent,…', '❯ /attach PATH  attach a text file or a…']],
	[40, 1, ['❯ /attach PATH  attach a text file or a…']],
	[40, 0, []],
];
for (const [columns, room, expected] of frames) {
	test(`the list in ${columns} columns with room for ${room}`, () => {
		assert.deepEqual(completionLines({...base, completion}, columns, room, drawing), expected);
	});
}

test('a long list shows eight lines around the selected one, and how far it goes', () => {
	const many = Array.from({length: 40}, (_, index) => ({text: `file-${index}.ts`}));
	const lines = completionLines({...base, completion: {...completion, source: 'mention', items: many, selected: 20}}, 80, 30, drawing);
	assert.deepEqual([lines.length, lines[3], lines.at(-1)], [8, '❯ file-20.ts', '21/40 · Tab attaches it · ↑↓ choose · Esc closes']);
});

test('names from outside are made safe, and wide ones stay within the width', () => {
	const wild = [{text: '\u001B[31m红色文件名很长很长很长很长很长很长.ts', description: 'two\nlines'}];
	const lines = completionLines({...base, completion: {...completion, items: wild, selected: 0}}, 40, 8, drawing);
	assert.ok(
		lines.every(line => stringWidth(line) <= 40 && !/[\u001B\n]/.test(line)),
		JSON.stringify(lines),
	);
});

test('a closed list is not shown', () => {
	assert.deepEqual(completionLines({...base, completion: {...completion, isClosed: true}}, 80, 8, drawing), []);
});

const text: Piece = {
	kind: 'text-file',
	label: '[file src/a.ts 2.1 KB]',
	path: 'src/a.ts',
	bytes: 2150,
	text: 'import x;\n\n\tconst a = 1;\nmore\n',
};
const image: Piece = {kind: 'image', label: '[image cat.png 34 KB]', path: 'cat.png', bytes: 34_000, mediaType: 'image/png', id: 'i1'};
const drafted = (...pieces: readonly Piece[]): State => ({
	...base,
	heldImages: ['i1'],
	draft: {text: pieces.map(({label}) => label).join(' '), caret: 0, pieces},
});

const attachments: ReadonlyArray<readonly [what: string, state: State, columns: number, expected: readonly string[]]> = [
	['a text', drafted(text), 80, ['with: src/a.ts, text, 2150 bytes, 4 lines', '  │ import x;', '  │ const a = 1;']],
	['an image', drafted(image), 40, ['with: cat.png, PNG image, 34000 bytes']],
	['both', drafted(text, image), 120, ['with: src/a.ts, text', 'with: cat.png, PNG image']],
	['a label that was deleted', {...drafted(image), draft: {text: 'x', caret: 0, pieces: [image]}}, 80, []],
	['an image that is gone', {...drafted(image), heldImages: []}, 40, ['gone: cat.png, image; attach it again,…']],
];
for (const [what, state, columns, expected] of attachments) {
	test(`what travels with the message: ${what}`, () => assert.deepEqual(attachmentLines(state, columns, drawing), expected));
}
