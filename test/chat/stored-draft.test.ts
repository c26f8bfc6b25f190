import assert from 'node:assert/strict';
import {test} from 'node:test';
import {outgoingOf} from '../../source/chat/composer/draft.js';
import type {Piece} from '../../source/chat/composer/piece.js';
import {restoredDraft, storedDraft} from '../../source/chat/composer/stored-draft.js';
import {beginning, run} from './steps.js';

const paste: Piece = {kind: 'paste', label: '[Pasted text #1 +20 lines]', text: 'x\n'.repeat(20)};
const file: Piece = {kind: 'text-file', label: '[file a.ts 2 B]', path: 'a.ts', bytes: 2, text: 'a\n'};
const image: Piece = {kind: 'image', label: '[image a.png 2 B]', path: 'a.png', bytes: 2, mediaType: 'image/png', id: 'i1'};
const draft = {text: `see ${paste.label} ${file.label} ${image.label}`, caret: 0, pieces: [paste, file, image]};

test('a draft comes back from the disk with what its labels stand for, but for images', () => {
	const stored = JSON.parse(JSON.stringify(storedDraft(draft)));
	assert.deepEqual(stored.pieces, [paste, file]);
	const {state} = run(beginning(), {type: 'draft-restored', ...stored});
	assert.equal(outgoingOf(state.draft).text, outgoingOf(draft).text);
	assert.deepEqual(outgoingOf(state.draft).images, []);
});

test('a draft that comes back while something is typed goes to the history with what its labels stand for', () => {
	const {state} = run(beginning(), {type: 'text-typed', text: 'new'}, {type: 'draft-restored', ...storedDraft(draft)});
	assert.equal(state.inputHistory.lines.at(-1), outgoingOf(draft).text);
});

const broken: ReadonlyArray<readonly [what: string, piece: unknown]> = [
	['nothing', null],
	['a number', 4],
	['no text', {kind: 'paste', label: '[x]'}],
	['a file without a path', {kind: 'text-file', label: '[x]', text: 'y', bytes: 1}],
	['an image', {...image, label: '[x]', text: 'y'}],
	['a kind of a later clawtalk', {kind: 'sound', label: '[x]', text: 'y'}],
	['an empty label', {kind: 'paste', label: '', text: 'y'}],
	['a label that is not there', {kind: 'paste', label: '[y]', text: 'y'}],
];
for (const [what, piece] of broken) {
	test(`what is no whole piece is left out: ${what}`, () => {
		assert.deepEqual(restoredDraft({text: 'a [x]', pieces: [piece]}), {text: 'a [x]', caret: 5});
	});
}
