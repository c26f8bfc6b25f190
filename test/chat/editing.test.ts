import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Draft, draftOf, emptyDraft, insert, insertPiece, joinDrafts, outgoingOf} from '../../source/chat/composer/draft.js';
import {changed, type Editing, editNow, noEditing} from '../../source/chat/composer/editing.js';
import {insertPaste, unfoldPiece} from '../../source/chat/composer/large-paste.js';
import type {Piece} from '../../source/chat/composer/piece.js';
import type {Edit} from '../../source/chat/event.js';
import {seededRandom} from '../helpers/seeded-random.js';

interface Editor {
	readonly draft: Draft;
	readonly editing: Editing;
	readonly at: number;
}

const fresh: Editor = {draft: emptyDraft, editing: noEditing, at: 0};

/** Edits by name, anything else is typed, each `pauseMs` after the one before. */
function after(editor: Editor, keys: readonly string[], pauseMs = 10): Editor {
	return keys.reduce(({draft, editing, at}, key) => {
		const now = at + pauseMs;
		if (names.includes(key as Edit)) return {...editNow(editing, draft, key as Edit, now), at: now};
		const typed = insert(draft, key);
		return {draft: typed, editing: changed(editing, draft, typed, 'typing', now), at: now};
	}, editor);
}

const names: readonly Edit[] = [
	...(['backward-char', 'forward-char', 'backward-word', 'forward-word', 'beginning-of-line', 'end-of-line'] as const),
	...(['beginning-of-buffer', 'end-of-buffer', 'previous-line', 'next-line', 'backward-delete-char', 'delete-char'] as const),
	...(['backward-kill-word', 'kill-word', 'kill-line', 'unix-line-discard', 'yank', 'yank-pop', 'undo', 'redo', 'insert-newline'] as const),
];

function marked({text, caret}: Draft): string {
	return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

const cases: ReadonlyArray<readonly [what: string, keys: readonly string[], expected: string]> = [
	['typing that goes on is one step', ['a', 'b', 'c', 'undo'], '|'],
	['what is undone can be redone', ['a', 'b', 'undo', 'redo'], 'ab|'],
	['a motion ends a step', ['a', 'backward-char', 'b', 'undo'], '|a'],
	['a new line is a step', ['a', 'insert-newline', 'b', 'undo', 'undo'], 'a|'],
	['deleting is one step', ['abc', 'backward-delete-char', 'backward-delete-char', 'undo'], 'abc|'],
	['a kill is undone, caret and all', ['one two', 'backward-word', 'kill-word', 'undo'], 'one |two'],
	['what is typed after undo ends what could be redone', ['a', 'undo', 'b', 'redo'], 'b|'],
	['undo of nothing', ['undo', 'redo'], '|'],
	['a kill is yanked', ['one two', 'backward-kill-word', 'beginning-of-line', 'yank'], 'two|one '],
	['kills in a row are one', ['one two three', 'backward-kill-word', 'backward-kill-word', 'yank'], 'one two three|'],
	['kills in both directions keep their order', ['one two', 'backward-word', 'kill-word', 'backward-kill-word', 'yank'], 'one two|'],
	['a key between them makes two', ['one two', 'backward-kill-word', 'x', 'unix-line-discard', 'yank'], 'one x|'],
	['the kill before', ['one two', 'backward-kill-word', 'x', 'unix-line-discard', 'yank', 'yank-pop'], 'two|'],
	['and round', ['one two', 'backward-kill-word', 'x', 'unix-line-discard', 'yank', 'yank-pop', 'yank-pop'], 'one x|'],
	['it is one step more to undo', ['one two', 'backward-kill-word', 'x', 'unix-line-discard', 'yank', 'yank-pop', 'undo', 'undo'], '|'],
	['only right after a yank', ['one', 'unix-line-discard', 'yank', 'a', 'yank-pop'], 'onea|'],
];

for (const [what, keys, expected] of cases) {
	test(`editing: ${what}`, () => assert.equal(marked(after(fresh, keys).draft), expected));
}

test('typing after a pause is a step of its own', () => {
	const typed = after(after(fresh, ['one']), [' two'], 3_000);
	assert.equal(after(typed, ['undo']).draft.text, 'one');
});

test('steps belong to the draft: one that came from elsewhere has none', () => {
	const typed = after(fresh, ['one']);
	assert.equal(after({...typed, draft: draftOf('recalled')}, ['undo']).draft.text, 'recalled');
});

test('the memory of undo is bounded; the newest step stays', () => {
	const long = 'x'.repeat(900_000);
	const many = after(fresh, [long, 'insert-newline', 'a', 'insert-newline', 'b', 'insert-newline'], 3_000);
	assert.ok(many.editing.past.length <= 3, `${many.editing.past.length} steps`);
	assert.equal(after(many, ['undo']).draft.text, `${long}\na\nb`);
	const steps = Array.from({length: 400}, () => ['insert-newline', 'a']).flat();
	assert.ok(after(fresh, steps).editing.past.length <= 300);
});

const paste = Array.from({length: 12}, (_, index) => `line ${index}`).join('\n');
const pasted = insertPaste(insert(emptyDraft, 'see '), paste);

test('a long paste is a label that is sent in full', () => {
	assert.equal(marked(pasted), 'see [Pasted text #1 +12 lines]|');
	assert.deepEqual(outgoingOf(pasted), {text: `see ${paste}`, images: []});
	assert.equal(insertPaste(emptyDraft, 'x'.repeat(1_001)).text, '[Pasted text #1 1001 characters]');
	for (const short of ['x'.repeat(1_000), 'a\n'.repeat(10)]) assert.equal(insertPaste(emptyDraft, short).text, short);
});

const units: ReadonlyArray<readonly [Edit, string, string]> = [
	['backward-char', 'see [P]|', 'see |[P]'],
	['forward-char', 'see |[P]', 'see [P]|'],
	['backward-word', 'see [P]|', 'see |[P]'],
	['forward-word', 'see |[P] on', 'see [P]| on'],
	['backward-delete-char', 'see [P]|', 'see |'],
	['delete-char', 'see |[P] on', 'see | on'],
	['backward-kill-word', 'see [P]|', 'see |'],
	['kill-word', 'see| [P] on', 'see| on'],
	['previous-line', 'see [P]\n123456|', 'see |[P]\n123456'],
	['next-line', '123456|\nsee [P] on', '123456\nsee [P]| on'],
];
const label = '[Pasted text #1 +12 lines]';

for (const [name, before, expected] of units) {
	test(`a piece is one unit: ${name} ${JSON.stringify(before)}`, () => {
		const caret = before.replace('[P]', label).indexOf('|');
		const {draft} = editNow(noEditing, {...pasted, text: before.replace('|', '').replace('[P]', label), caret}, name, 0);
		assert.equal(marked(draft).replace(label, '[P]'), expected);
	});
}

test('a killed piece comes back with what it stands for, also twice', () => {
	const {draft} = after({...fresh, draft: pasted}, ['backward-kill-word', 'yank', 'yank']);
	assert.equal(draft.text, 'see [Pasted text #1 +12 lines][Pasted text #2 +12 lines]');
	assert.equal(outgoingOf(draft).text, `see ${paste}${paste}`);
});

test('what a piece stands for is not searched for labels', () => {
	const quoting = insertPaste(insertPaste(emptyDraft, `${paste}\n[Pasted text #2 +12 lines]`), paste);
	assert.equal(quoting.text, '[Pasted text #1 +13 lines][Pasted text #1 +12 lines]');
	assert.equal(
		outgoingOf(insertPaste(pasted, `[Pasted text #1 +12 lines]\n${paste}`)).text,
		`see ${paste}[Pasted text #1 +12 lines]\n${paste}`,
	);
});

test('drafts are joined with their pieces', () => {
	const image: Piece = {kind: 'image', label: '[Image #1 a.png]', path: 'a.png', bytes: 9, mediaType: 'image/png', id: 'one'};
	const joined = joinDrafts([insertPiece(pasted, image), emptyDraft, insertPiece(pasted, {...image, id: 'two'})]);
	assert.equal(joined.text, `see ${label}[Image #1 a.png]\n\nsee [Pasted text #2 +12 lines][Image #2 a.png]`);
	const {text, images} = outgoingOf(joined);
	assert.equal(text, `see ${paste}[Image #1 a.png]\n\nsee ${paste}[Image #2 a.png]`);
	assert.deepEqual(
		images.map(({id}) => id),
		['one', 'two'],
	);
});

test('a piece beside the caret is unfolded in place', () => {
	assert.equal(marked(unfoldPiece(pasted)), `see ${paste}|`);
	assert.equal(unfoldPiece({...pasted, caret: 4}).text, `see ${paste}`);
	assert.equal(unfoldPiece({...pasted, caret: 1}).text, pasted.text);
	assert.equal(unfoldPiece(pasted).pieces, undefined);
});

const snippets = [
	...[
		'a',
		' ',
		'word',
		'\n',
		'\t',
		'漢字',
		'한',
		'👨‍👩‍👧',
		'🇩',
		'🇪🇺',
		'\u0301',
		'\u200d',
		'👍🏽',
		'ก็',
		'नि',
		'\ufe0f',
		'©',
		'🏳️‍🌈',
		'\r\n',
		'1\u20e3',
	],
	...['שָׁלוֹם', 'مَرْحَبًا', '\u0600', '\ud83d', '\udc4d', paste, `${paste}\u0301`, '\u200d'.repeat(1_100), label],
];

test('random edits keep the caret where it may stand and the text well formed, and undo returns to each former state', () => {
	const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
	for (let seed = 1; seed <= 80; seed++) {
		const random = seededRandom(seed);
		let editor = fresh;
		const former: Draft[] = [];
		for (let step = 0; step < 100; step++) {
			const before = editor.draft;
			const [isEdit, choice] = [random(2) === 0, random(1_000)];
			const name = names[choice % names.length] as Edit;
			if (isEdit) editor = after(editor, [name], 3_000);
			else {
				const draft = insertPaste(before, snippets[choice % snippets.length] as string);
				editor = {draft, editing: changed(editor.editing, before, draft, 'other', editor.at + 3_000), at: editor.at + 3_000};
			}
			const said = `seed ${seed}, step ${step}, ${isEdit ? name : 'paste'}: ${JSON.stringify(marked(before))} became ${JSON.stringify(marked(editor.draft))}`;
			assertSound(editor.draft, segmenter, said);
			if (isEdit && (name === 'undo' || name === 'redo')) former.length = 0;
			else if (before.text !== editor.draft.text) former.push(before);
		}
		for (const draft of former.slice(-200).toReversed()) {
			editor = after(editor, ['undo']);
			assert.deepEqual(editor.draft, draft, `seed ${seed}`);
		}
	}
});

function assertSound({text, caret, pieces = []}: Draft, segmenter: Intl.Segmenter, said: string): void {
	assert.ok(text.isWellFormed(), said);
	const places = new Set([...Array.from(segmenter.segment(text), segment => segment.index), text.length]);
	assert.ok(places.has(caret), said);
	assert.equal(new Set(pieces.map(piece => piece.label)).size, pieces.length, said);
	for (const piece of pieces) {
		const start = text.indexOf(piece.label);
		assert.ok(start !== -1, said);
		assert.ok(caret <= start || caret >= start + piece.label.length, said);
	}
}
