import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type ChatInPty, chatEnvironment, launcher, startChat} from '../helpers/chat-program.js';
import {type PtyProgram, startInPty} from '../helpers/pty.js';
import {questionsTo} from '../helpers/questions.js';

const keys = {
	enter: '\r',
	up: '\u001B[A',
	down: '\u001B[B',
	ctrlA: '\u0001',
	ctrlC: '\u0003',
	ctrlE: '\u0005',
	ctrlO: '\u000F',
	ctrlU: '\u0015',
	ctrlW: '\u0017',
	ctrlY: '\u0019',
	altY: '\u001By',
	altZ: '\u001Bz',
	undo: '\u001F',
	altLess: '\u001B<',
} as const;

/** The composer's row of the caret is this. */
function typed(program: PtyProgram, line: string): Promise<void> {
	return program.until(line, () => program.cursor().line.trimEnd() === line);
}

/** The messages that the gateway got. */
function received({gateway}: ChatInPty): readonly string[] {
	return questionsTo(gateway).map(({text}) => text);
}

/** What is saved of drafts. */
function draftsIn(folder: string): string {
	if (!existsSync(folder)) return '';
	const files = readdirSync(folder).filter(name => name.endsWith('.draft.json'));
	return files.map(name => readFileSync(join(folder, name), 'utf8')).join('');
}

const longText = Array.from({length: 30}, (_, index) => `pasted line ${index}`).join('\n');

test('undo takes back, redo brings again', async context => {
	const {program} = await startChat(context);
	program.type('some words');
	await typed(program, '❯ some words');
	program.type(keys.ctrlW);
	await typed(program, '❯ some');
	program.type(keys.undo);
	await typed(program, '❯ some words');
	program.type(keys.undo);
	await typed(program, '❯');
	program.type(keys.altZ);
	await typed(program, '❯ some words');
});

test('what is cut comes back, the cut before that, too', async context => {
	const {program} = await startChat(context);
	program.type('one two');
	await typed(program, '❯ one two');
	program.type(keys.ctrlW);
	await typed(program, '❯ one');
	program.type('X');
	await typed(program, '❯ one X');
	program.type(keys.ctrlU);
	await typed(program, '❯');
	program.type(keys.ctrlY);
	await typed(program, '❯ one X');
	program.type(keys.altY);
	await typed(program, '❯ two');
});

test('a backslash before Enter is a new line; the caret goes to the start of the text', async context => {
	const chat = await startChat(context);
	const {program} = chat;
	program.type('first\\');
	await typed(program, '❯ first\\');
	program.type(keys.enter);
	await program.until('a second line', () => program.cursor().line === '' && program.cursor().column === 2);
	program.type('second [[n=1]]');
	await typed(program, '  second [[n=1]]');
	program.type(keys.altLess);
	await program.until('the start', () => program.cursor().line === '❯ first' && program.cursor().column === 2);
	program.type(keys.enter);
	await program.shows('tok0');
	assert.deepEqual(received(chat), ['first\nsecond [[n=1]]']);
});

test('a long paste is a label, is sent in full and is in the conversation in full', async context => {
	const chat = await startChat(context);
	const {program, home} = chat;
	program.type('what is this? [[n=1]] ');
	program.paste(longText);
	await program.shows('❯ what is this? [[n=1]] [Pasted text #1 +30 lines]');
	program.type(keys.enter);
	await program.shows('tok0');
	assert.deepEqual(received(chat), [`what is this? [[n=1]] ${longText}`]);
	const folder = join(home.home, '.clawtalk', 'conversations');
	const whole = JSON.stringify(longText).slice(1, -1);
	// Writing and sending go side by side: on a busy machine the first token may be quicker.
	const isKept = () =>
		existsSync(folder) &&
		readdirSync(folder).some(name => name.endsWith('.jsonl') && readFileSync(join(folder, name), 'utf8').includes(whole));
	while (!isKept()) await new Promise(setImmediate);
});

test('a label is one character to delete, can be undone, and shows its text in place', async context => {
	const {program} = await startChat(context);
	program.paste(longText);
	await typed(program, '❯ [Pasted text #1 +30 lines]');
	program.type('\u007F');
	await typed(program, '❯');
	program.type(keys.undo);
	await typed(program, '❯ [Pasted text #1 +30 lines]');
	program.type(keys.ctrlO);
	await typed(program, '  pasted line 29');
	program.type(keys.undo);
	await typed(program, '❯ [Pasted text #1 +30 lines]');
});

for (const [when, before] of [
	['', async () => undefined],
	[
		', also after one that it did mark',
		async (program: PtyProgram) => {
			program.paste(longText);
			await typed(program, '❯ [Pasted text #1 +30 lines]');
			program.type(keys.ctrlC);
			await typed(program, '❯');
		},
	],
] as const) {
	test(`a paste that the terminal does not mark sends nothing${when}`, async context => {
		const chat = await startChat(context);
		const {program} = chat;
		await before(program);
		// In one piece: of pieces that a busy machine writes at different times the first would be typed text with its Enter.
		program.type('one\rtwo\rthree\r[[n=1]]\r');
		await program.shows(/❯ one\n {2}two\n {2}three\n {2}\[\[n=1\]\]/);
		// Any key but text and Enter ends the burst.
		program.type(keys.ctrlE);
		await program.until('the line end of the last line', () => program.cursor().column === 2);
		assert.deepEqual(received(chat), []);
		program.type(keys.ctrlE + keys.enter);
		await program.shows('tok0');
		assert.deepEqual(received(chat), ['one\ntwo\nthree\n[[n=1]]\n']);
	});
}

test('text and Enter in one go are sent, as from a script', async context => {
	const chat = await startChat(context);
	chat.program.type('from a script [[n=1]]\r');
	await chat.program.shows('tok0');
	assert.deepEqual(received(chat), ['from a script [[n=1]]']);
});

test('↑ takes the last queued message back to be edited', async context => {
	const chat = await startChat(context);
	const {program} = chat;
	program.type('Count [[n=2000 rate=50]]\r');
	await program.shows('tok1');
	program.type('later\r');
	await program.shows('next: later');
	program.type('latest [[n=1]]\r');
	await program.shows('next: latest');
	program.type(keys.up);
	await program.until('one is taken back', lines => !lines.some(line => line.startsWith('next: latest')));
	await typed(program, '❯ latest [[n=1]]');
	program.type(' changed\r');
	await program.shows('next: latest [[n=1]] changed');
	program.type(keys.ctrlC);
	await program.shows('2 queued messages are held back');
	program.type(keys.enter);
	await program.shows('tok0');
	await program.until('both are sent', () => received(chat).length === 3);
	assert.deepEqual(received(chat).slice(1), ['later', 'latest [[n=1]] changed']);
});

test('Ctrl+C puts the draft into the input history with all that its labels stand for', async context => {
	const {program} = await startChat(context);
	program.type('look: ');
	program.paste(longText);
	await typed(program, '❯ look: [Pasted text #1 +30 lines]');
	program.type(keys.ctrlC);
	await typed(program, '❯');
	program.type(keys.up);
	await typed(program, '  pasted line 29');
	program.type(keys.altLess);
	await typed(program, '❯ look: pasted line 0');
});

test('a draft survives SIGKILL with what its labels stand for', async context => {
	const {program, home, gateway} = await startChat(context);
	program.type('keep: ');
	program.paste(longText);
	await typed(program, '❯ keep: [Pasted text #1 +30 lines]');
	const folder = join(home.home, '.clawtalk', 'conversations');
	while (!draftsIn(folder).includes('pasted line 29')) await new Promise(setImmediate);
	program.signal('SIGKILL');
	await program.ended();
	const again = startInPty(context, process.execPath, [launcher], {env: chatEnvironment(home, gateway)});
	await typed(again, '❯ keep: [Pasted text #1 +30 lines]');
	again.type(keys.ctrlO);
	await typed(again, '  pasted line 29');
});

test('↑ and ↓ go by the rows of the screen', async context => {
	const {program} = await startChat(context, {columns: 40});
	program.type('these words are wrapped into more than one row of it');
	await typed(program, '  than one row of it');
	program.type(keys.up);
	await program.until('the row above', () => program.cursor().line.startsWith('❯ these words') && program.cursor().column === 20);
	program.type(keys.down);
	await typed(program, '  than one row of it');
});
