import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findMeaning, keyHelp, keyTable} from '../../source/terminal/key-table.js';
import {type KeyAction, type KeyDescription, pasted, readKeys} from '../../source/terminal/keys.js';
import {wrapRows} from '../../source/terminal/wrap.js';

const noKey: KeyDescription = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageUp: false,
	pageDown: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	tab: false,
	backspace: false,
	delete: false,
	ctrl: false,
	shift: false,
	meta: false,
};

const typed = (text: string): KeyAction => ({type: 'text-typed', text});
const paste = (text: string): KeyAction => ({type: 'text-pasted', text});
const submit: KeyAction = {type: 'submit-requested'};
const newline: KeyAction = {type: 'edit-requested', edit: 'insert-newline'};
const back: KeyAction = {type: 'edit-requested', edit: 'backward-delete-char'};

const cases: ReadonlyArray<readonly [what: string, input: string, key: Partial<KeyDescription>, expected: readonly KeyAction[]]> = [
	['a letter', 'a', {}, [typed('a')]],
	['a capital letter', 'A', {shift: true}, [typed('A')]],
	['an emoji of several code points', '👩‍👩‍👧', {}, [typed('👩‍👩‍👧')]],
	['Enter', '\r', {return: true}, [submit]],
	['text and Enter in one chunk', 'hi\r', {}, [typed('hi'), submit]],
	['typed before the program started', 'early\n', {}, [typed('early'), submit]],
	['carriage return and line feed', 'hi\r\n', {}, [typed('hi'), submit]],
	['Ctrl+J', '\n', {}, [newline]],
	['Ctrl+J by the kitty protocol', 'j', {ctrl: true}, [newline]],
	['Shift+Enter by the kitty protocol', '\r', {return: true, shift: true}, [newline]],
	['Alt+Enter', '\r', {return: true, meta: true}, [newline]],
	['Shift+Enter by modifyOtherKeys', '[27;2;13~', {}, [newline]],
	['Ctrl+J by modifyOtherKeys', '[27;5;106~', {}, [newline]],
	['a shifted letter by modifyOtherKeys', '[27;2;65~', {}, [typed('A')]],
	['an unmarked paste of lines sends nothing', 'one\rtwo\r', {}, [paste('one\ntwo\n')]],
	['an unmarked paste with line feeds', 'one\n\ntwo', {}, [paste('one\n\ntwo')]],
	[
		'keys in the middle of a chunk',
		'ab\u0001c\u0005',
		{},
		[typed('ab'), {type: 'edit-requested', edit: 'beginning-of-line'}, typed('c'), {type: 'edit-requested', edit: 'end-of-line'}],
	],
	['backspace', '', {backspace: true}, [back]],
	['delete', '', {delete: true}, [{type: 'edit-requested', edit: 'delete-char'}]],
	['Alt+Backspace', '', {backspace: true, meta: true}, [{type: 'edit-requested', edit: 'backward-kill-word'}]],
	['Alt+F', 'f', {meta: true}, [{type: 'edit-requested', edit: 'forward-word'}]],
	['Ctrl+Left', '', {leftArrow: true, ctrl: true}, [{type: 'edit-requested', edit: 'backward-word'}]],
	['Up', '', {upArrow: true}, [{type: 'edit-requested', edit: 'previous-line'}]],
	['Escape', '', {escape: true}, [{type: 'cancel-requested'}]],
	['Escape twice at once', '', {escape: true, meta: true}, [{type: 'cancel-requested'}]],
	['Ctrl+C', 'c', {ctrl: true}, [{type: 'interrupt-requested'}]],
	['Ctrl+D', 'd', {ctrl: true}, [{type: 'end-of-input'}]],
	['Ctrl+Z', 'z', {ctrl: true}, [{type: 'suspend-requested'}]],
	['Ctrl+T', 't', {ctrl: true}, [{type: 'panel-requested'}]],
	['a reserved key', 'g', {ctrl: true}, []],
	['page up', '', {pageUp: true}, [{type: 'scroll-requested', direction: 'up'}]],
	['an unknown chord types nothing', 'q', {ctrl: true}, []],
	['Cmd+C', 'c', {super: true}, []],
	['a released key', 'a', {eventType: 'release'}, []],
	['tab', '\t', {tab: true}, [{type: 'completion-requested'}]],
	['a foreign control character', 'a\u009Bb', {}, [typed('a')]],
];

for (const [what, input, key, expected] of cases) {
	test(`readKeys: ${what}`, () => {
		assert.deepEqual(readKeys(input, {...noKey, ...key}), expected);
	});
}

test('a paste keeps its lines and loses control sequences', () => {
	assert.deepEqual(pasted('one\r\n\ttwo\x1B[31m\x1B]52;c;x\x07\rthree'), [paste('one\n\ttwo\nthree')]);
	assert.deepEqual(pasted(''), []);
});

test('no chord has two meanings, no name occurs twice', () => {
	const chords = keyTable.flatMap(binding => binding.chords.map(chord => chord.toLowerCase()));
	assert.equal(new Set(chords).size, chords.length);
	assert.equal(new Set(keyTable.map(binding => binding.name)).size, keyTable.length);
});

test('help lists what works and hides what is reserved', () => {
	const lines = wrapRows(keyHelp(3), 80);
	const help = lines.join('\n');
	assert.match(help, /^Enter +send$/m);
	assert.match(help, /Ctrl\+J, Shift\+Enter, Alt\+Enter/);
	assert.equal(lines.length, keyHelp(1).length, 'none is broken');
	assert.doesNotMatch(help, /Ctrl\+[RGO]\b/);
	assert.deepEqual(findMeaning('CTRL+G'), {type: 'reserved'});
});
