import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readChord} from '../../source/terminal/chord.js';
import {bindKeys, nameKeys, remapKeys} from '../../source/terminal/key-bindings.js';
import {keyHelp, keyTable} from '../../source/terminal/key-table.js';
import {createKeyReader, type KeyAction, type KeyDescription} from '../../source/terminal/keys.js';
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
const undo: KeyAction = {type: 'edit-requested', edit: 'undo'};
const editor: KeyAction = {type: 'editor-requested'};
const begun: KeyAction = {type: 'chord-begun', chord: 'Ctrl+X'};
const over: KeyAction = {type: 'chord-ended'};
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
	['Ctrl+/ as most terminals send it', '_', {ctrl: true}, [undo]],
	['Ctrl+/ by the kitty protocol', '/', {ctrl: true}, [undo]],
	['Ctrl+_ by the kitty protocol', '-', {ctrl: true, shift: true}, [undo]],
	['Ctrl+_ among other keys', 'a\u001f', {}, [typed('a'), undo]],
	['Alt+<', '<', {meta: true}, [{type: 'edit-requested', edit: 'beginning-of-buffer'}]],
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
	['Ctrl+G', 'g', {ctrl: true}, [editor]],
	['two strokes in one chunk', 'a\u0018\u0005b', {}, [typed('a'), begun, over, editor, typed('b')]],
	['page up', '', {pageUp: true}, [{type: 'scroll-requested', direction: 'up'}]],
	['an unknown chord types nothing', 'q', {ctrl: true}, []],
	['Cmd+C', 'c', {super: true}, []],
	['a released key', 'a', {eventType: 'release'}, []],
	['tab', '\t', {tab: true}, [{type: 'completion-requested'}]],
	['a foreign control character', 'a\u009Bb', {}, [typed('a')]],
];

test('Ctrl+J that arrives with text before it is a new line once the terminal is in raw mode', () => {
	const {read} = createKeyReader();
	assert.deepEqual(read('early\n', noKey), [typed('early'), submit]);
	assert.deepEqual(read('one\n', noKey), [typed('one'), newline]);
	assert.deepEqual(read('hi\r\n', noKey), [typed('hi'), submit]);
	const later = createKeyReader();
	later.endTypedAhead();
	assert.deepEqual(later.read('one\n', noKey), [typed('one'), newline]);
});

for (const [what, input, key, expected] of cases) {
	test(`a key: ${what}`, () => {
		assert.deepEqual(createKeyReader().read(input, {...noKey, ...key}), expected);
	});
}

test('a paste keeps its lines and loses control sequences', () => {
	assert.deepEqual(createKeyReader().paste('one\r\n\ttwo\x1B[31m\x1B]52;c;x\x07\rthree'), [paste('one\n\ttwo\nthree')]);
	assert.deepEqual(createKeyReader().paste(''), []);
});

test('no chord has two meanings, no name occurs twice', () => {
	const chords = keyTable.flatMap(binding => binding.chords.map(chord => chord.toLowerCase()));
	assert.equal(new Set(chords).size, chords.length);
	assert.equal(new Set(keyTable.map(binding => binding.name)).size, keyTable.length);
});

test('help lists what works, as it is bound', () => {
	const lines = wrapRows(keyHelp(3), 80);
	const help = lines.join('\n');
	assert.match(help, /^Enter +send$/m);
	assert.match(help, /Ctrl\+J, Shift\+Enter, Alt\+Enter/);
	assert.equal(lines.length, keyHelp(1).length, 'none is broken');
	const remapped = keyHelp(3, bindKeys({'external-editor': 'Ctrl+E', 'history-search': []}).rows);
	assert.ok(remapped.some(([chords, words]) => chords === 'Ctrl+E' && words.includes('editor')));
	assert.ok(!remapped.some(([, words]) => words.includes('search in earlier')));
	assert.ok(remapped.some(([chords, words]) => chords === 'End' && words === 'end of the line'));
});

test('every chord of the table is one that can be written in the configuration', () => {
	for (const {chords} of keyTable) for (const chord of chords) assert.deepEqual(readChord(chord), {ok: true, chord});
});

const spelled: ReadonlyArray<readonly [text: string, chord: string | RegExp]> = [
	['ctrl+x   CTRL+e', 'Ctrl+X Ctrl+E'],
	['shift+alt+return', 'Alt+Shift+Enter'],
	['Ctrl+X k', 'Ctrl+X K'],
	['pgup', 'PageUp'],
	['ctrl+space', 'Ctrl+Space'],
	['', /empty/],
	['k', /take K away from typing/],
	['Hyper+K', /modifier that is none: Hyper/],
	['Ctrl+F13', /no key of that name: F13/],
	['Ctrl+I', /arrives as Tab/],
	['Ctrl+Shift+K', /do not tell/],
	['Ctrl+5', /not sent by terminals/],
	['Alt+/', /not sent by terminals/],
	['Ctrl+X Esc', /ends a chord/],
	['Ctrl+X Ctrl+C', /always stops/],
	['Ctrl+X a b', /more than two strokes/],
	['Ctrl+', /no key|modifier|not sent/],
];
for (const [text, chord] of spelled) {
	test(`a chord written as ${JSON.stringify(text)}`, () => {
		const read = readChord(text);
		if (typeof chord === 'string') assert.deepEqual(read, {ok: true, chord});
		else assert.match(read.ok ? `read as ${read.chord}` : read.message, chord);
	});
}

const refused: ReadonlyArray<readonly [what: string, remap: Readonly<Record<string, unknown>>, message: RegExp]> = [
	['an unknown name', {'history-serch': 'Ctrl+R'}, /^has no key "history-serch"\. The nearest one is history-search\./],
	['no chord', {submit: 5}, /^submit needs a chord such as "Ctrl\+G", or a list/],
	['an unreadable chord', {submit: 'Ctrl+Foo'}, /^submit: "Ctrl\+Foo" has no key of that name: Foo\./],
	['a chord for two', {redraw: 'Ctrl+B', raw: ['Alt+M', 'ctrl+b']}, /^gives Ctrl\+B to both redraw and raw\.$/],
	['a chord that begins another', {redraw: 'Ctrl+X', raw: 'Ctrl+X m'}, /^gives Ctrl\+X to redraw and Ctrl\+X M to raw: one begins/],
	['nothing sends', {'insert-newline': 'Enter'}, /^leaves no key that sends/],
	['nothing quits', {interrupt: [], 'end-of-input': []}, /^leaves no key that quits/],
];
for (const [what, remap, message] of refused) {
	test(`a change of keys is refused: ${what}`, () => {
		const remapped = remapKeys(remap);
		assert.match(remapped.ok ? 'accepted' : remapped.message, message);
	});
}

test('a key that the user gives is taken from the key that usually has it', () => {
	const {find, rows} = bindKeys({submit: ['Ctrl+S', 'Ctrl+J'], 'insert-newline': 'Enter', redraw: 'Ctrl+X'});
	assert.deepEqual(find('ctrl+s'), submit);
	assert.deepEqual(find('enter'), newline);
	assert.deepEqual(find('ctrl+j'), submit);
	assert.equal(find('ctrl+l'), undefined);
	assert.deepEqual(find('ctrl+x'), {type: 'redraw-requested'});
	assert.equal(find('ctrl+x ctrl+e'), undefined);
	assert.deepEqual(rows.find(({name}) => name === 'external-editor')?.usual, ['Ctrl+G', 'Ctrl+X Ctrl+E']);
});

test('keys of two strokes are named whole, what is quoted and words of no key stay', () => {
	const {rows} = bindKeys({'code-blocks': 'Ctrl+X b', submit: ['Ctrl+S'], 'insert-newline': 'Enter', 'beginning-of-line': 'Alt+A'});
	assert.equal(
		nameKeys('Ctrl+X Ctrl+Y shows all. Enter opens “Enter Sandman” and `Enter`. Home is where Entering and Ctrl+X Ctrl+E are.', rows),
		'Ctrl+X B shows all. Ctrl+S opens “Enter Sandman” and `Enter`. Home is where Entering and Ctrl+X Ctrl+E are.',
	);
	assert.equal(nameKeys('Enter sends', bindKeys().rows), 'Enter sends');
});

test('our own words name the keys that are in force', () => {
	const {rows} = bindKeys({cancel: 'Ctrl+Q', interrupt: ['Alt+C', 'Ctrl+C'], 'external-editor': []});
	assert.equal(
		nameKeys('Esc stops · Ctrl+C again quits · Ctrl+T: why · Ctrl+G', rows),
		'Ctrl+Q stops · Alt+C again quits · Ctrl+T: why · Ctrl+G',
	);
});

const ctrl = (letter: string): readonly [string, Partial<KeyDescription>] => [letter, {ctrl: true}];
const seconds: ReadonlyArray<readonly [what: string, second: readonly [string, Partial<KeyDescription>], expected: readonly KeyAction[]]> =
	[
		['the second stroke', ctrl('e'), [over, editor]],
		['another second stroke', ctrl('y'), [over, {type: 'code-blocks-requested'}]],
		['a letter that completes nothing is lost', ['q', {}], [over]],
		['and only it', ['quit', {}], [over, typed('uit')]],
		['Enter sends nothing', ['\r', {return: true}], [over]],
		['Esc drops it', ['', {escape: true}], [over]],
		['Ctrl+C stops all the same', ctrl('c'), [over, {type: 'interrupt-requested'}]],
		['the first stroke again', ctrl('x'), [over]],
	];
for (const [what, second, expected] of seconds) {
	test(`after Ctrl+X: ${what}`, () => {
		const {read} = createKeyReader();
		assert.deepEqual(read('x', {...noKey, ctrl: true}), [begun]);
		assert.deepEqual(read(second[0], {...noKey, ...second[1]}), expected);
		assert.deepEqual(read('a', noKey), [typed('a')], 'the key after it is as ever');
	});
}

test('a paste after the first stroke is pasted', () => {
	const {read, paste: pasteIn} = createKeyReader();
	read('x', {...noKey, ctrl: true});
	assert.deepEqual(pasteIn('text'), [over, paste('text')]);
});

test('lines that arrive in one string are a paste, also when the one before was marked', () => {
	const reader = createKeyReader();
	reader.paste('x');
	assert.deepEqual(reader.read('hello\rnext', noKey), [paste('hello\nnext')]);
});
